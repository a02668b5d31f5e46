"""Licences: known identifiers only, where they stand, and what LICENSE says."""

from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression

from builder.core.errors import UsageError
from builder.release.documents.licences import (
    LICENCES,
    check_licence,
    hub_licence,
    licence_address,
    licence_file,
)


def test_every_identifier_is_one_of_spdx() -> None:
    """Each licence of the list is an SPDX identifier, written as SPDX writes it."""
    assert [name for name in LICENCES if canonicalize_license_expression(name) != name] == []


@pytest.mark.parametrize("licence", ["", "cc0-1.0", "CC-BY", "free", "LicenseRef-", "LicenseRef-a b"])
def test_an_unknown_licence_is_refused(licence: str) -> None:
    """What is no identifier is refused with the usual ones, and with the place of all others."""
    with pytest.raises(UsageError, match=r"CC-BY-4\.0.*builder release --help.*LicenseRef-NAME"):
        check_licence(licence)


@pytest.mark.parametrize("licence", ["CC0-1.0", "ODbL-1.0", "LicenseRef-our-terms"])
def test_a_known_licence_is_taken(licence: str) -> None:
    """SPDX identifiers and names of one's own terms pass."""
    assert check_licence(licence) is None


@pytest.mark.parametrize(
    ("licence", "address", "hub"),
    [
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "cc0-1.0"),
        ("CC-BY-NC-SA-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/", "cc-by-nc-sa-4.0"),
        ("ODbL-1.0", "https://spdx.org/licenses/ODbL-1.0.html", "odbl"),
        ("NLOD-2.0", "https://spdx.org/licenses/NLOD-2.0.html", "other"),
        ("LicenseRef-ours", "LICENSE", "other"),
    ],
)
def test_a_licence_has_a_place_and_a_word(licence: str, address: str, hub: str) -> None:
    """A licence is told by its address, and by the Hub's word for it where there is one."""
    assert (licence_address(licence), hub_licence(licence)) == (address, hub)


def test_cc0_comes_in_full(repository: Path) -> None:
    """The words of CC0 are those that the repository is given under, to the byte."""
    assert licence_file("CC0-1.0", "T", "me") == (repository / "LICENSE-DATA").read_bytes()


def test_other_licences_are_named() -> None:
    """Any other licence is named with its place, and the publisher's own words go first."""
    said = licence_file("CC-BY-4.0", "Tiny", "me").decode()
    assert "SPDX-License-Identifier: CC-BY-4.0" in said
    assert "https://creativecommons.org/licenses/by/4.0/" in said
    assert licence_file("LicenseRef-ours", "Tiny", "me", "Our terms.\n") == b"Our terms.\n"
    assert b"Ask the publisher" in licence_file("LicenseRef-ours", "Tiny", "me")
