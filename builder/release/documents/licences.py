"""The licences that a dataset may name: SPDX identifiers, their titles, and the text that goes into LICENSE."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from builder.core.errors import UsageError
from builder.core.packaged import data_text

_CC = "Creative Commons"
LICENCES: Mapping[str, str] = MappingProxyType(
    {
        "CC0-1.0": f"{_CC} Zero v1.0 Universal",
        "CC-PDDC": f"{_CC} Public Domain Dedication and Certification",
        "CC-BY-3.0": f"{_CC} Attribution 3.0 Unported",
        "CC-BY-4.0": f"{_CC} Attribution 4.0 International",
        "CC-BY-SA-3.0": f"{_CC} Attribution Share Alike 3.0 Unported",
        "CC-BY-SA-4.0": f"{_CC} Attribution Share Alike 4.0 International",
        "CC-BY-NC-3.0": f"{_CC} Attribution Non Commercial 3.0 Unported",
        "CC-BY-NC-4.0": f"{_CC} Attribution Non Commercial 4.0 International",
        "CC-BY-NC-SA-3.0": f"{_CC} Attribution Non Commercial Share Alike 3.0 Unported",
        "CC-BY-NC-SA-4.0": f"{_CC} Attribution Non Commercial Share Alike 4.0 International",
        "CC-BY-ND-4.0": f"{_CC} Attribution No Derivatives 4.0 International",
        "CC-BY-NC-ND-4.0": f"{_CC} Attribution Non Commercial No Derivatives 4.0 International",
        "PDDL-1.0": "Open Data Commons Public Domain Dedication & License 1.0",
        "ODC-By-1.0": "Open Data Commons Attribution License v1.0",
        "ODbL-1.0": "Open Data Commons Open Database License v1.0",
        "CDLA-Permissive-1.0": "Community Data License Agreement Permissive 1.0",
        "CDLA-Permissive-2.0": "Community Data License Agreement Permissive 2.0",
        "CDLA-Sharing-1.0": "Community Data License Agreement Sharing 1.0",
        "C-UDA-1.0": "Computational Use of Data Agreement v1.0",
        "O-UDA-1.0": "Open Use of Data Agreement v1.0",
        "DL-DE-BY-2.0": "Data licence Germany – attribution – version 2.0",
        "DL-DE-ZERO-2.0": "Data licence Germany – zero – version 2.0",
        "etalab-2.0": "Etalab Open License 2.0",
        "NLOD-2.0": "Norwegian Licence for Open Government Data (NLOD) 2.0",
        "OGL-UK-3.0": "Open Government Licence v3.0",
        "Apache-2.0": "Apache License 2.0",
        "BSD-3-Clause": 'BSD 3-Clause "New" or "Revised" License',
        "MIT": "MIT License",
    }
)
"""SPDX identifiers of licences that datasets are under, with their SPDX titles."""

_USUAL = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "ODbL-1.0")
_OWN = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")
_ON_THE_HUB = frozenset(
    {
        *(
            "cc0-1.0",
            "cc-by-3.0",
            "cc-by-4.0",
            "cc-by-sa-3.0",
            "cc-by-sa-4.0",
            "cc-by-nc-3.0",
            "cc-by-nc-4.0",
        ),
        *("cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc-by-nc-nd-4.0", "pddl", "odc-by", "odbl"),
        *("cdla-permissive-1.0", "cdla-permissive-2.0", "cdla-sharing-1.0", "c-uda", "etalab-2.0"),
        *("apache-2.0", "bsd-3-clause", "mit"),
    }
)
_CREATIVE = re.compile(r"CC-(BY(?:-[A-Z]{2})*)-([0-9.]+)")


def check_licence(licence: str) -> None:
    """Raise ``UsageError`` for a licence that is neither known nor one's own (``LicenseRef-NAME``)."""
    if licence not in LICENCES and not _OWN.fullmatch(licence):
        said = f"'{licence}' is no SPDX identifier of a licence that is known" if licence else "none is set"
        close = get_close_matches(licence, LICENCES, 1)
        hint = f" Did you mean '{close[0]}'?" if close else ""
        raise UsageError(
            f"pyproject.toml: [tool.builder] licence: {said}.{hint} Usual are {', '.join(_USUAL)}; builder release "
            "--help lists all. LicenseRef-NAME stands for terms of your own."
        )


def is_own(licence: str) -> bool:
    """Whether a licence is terms of the publisher's own, which SPDX does not list."""
    return licence not in LICENCES


def licence_title(licence: str) -> str:
    """The title of a licence, or what stands for one of the publisher's own."""
    return LICENCES.get(licence, f"terms of the publisher ({licence})")


def licence_address(licence: str) -> str:
    """Where a licence can be read; the file LICENSE for terms of the publisher's own."""
    if licence == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    creative = _CREATIVE.fullmatch(licence)
    if creative:
        return f"https://creativecommons.org/licenses/{creative[1].lower()}/{creative[2]}/"
    return "LICENSE" if is_own(licence) else f"https://spdx.org/licenses/{licence}.html"


def hub_licence(licence: str) -> str:
    """What the Hugging Face Hub calls a licence; ``other`` where it has no word for it."""
    shorter = {"PDDL-1.0": "pddl", "ODC-By-1.0": "odc-by", "ODbL-1.0": "odbl", "C-UDA-1.0": "c-uda"}
    word = shorter.get(licence, licence.lower())
    return word if word in _ON_THE_HUB else "other"


def licence_file(licence: str, title: str, holder: str, own: str = "") -> bytes:
    """The file LICENSE: the words that the publisher gave, those of CC0, or which licence holds and where it stands."""
    if own:
        return own.encode()
    if licence == "CC0-1.0":
        return data_text("release/documents", "texts/CC0-1.0.txt").encode()
    where = "Ask the publisher for them." if is_own(licence) else f"Its text: {licence_address(licence)}"
    return (
        f"{title}\nby {holder}\n\nThis dataset is given under: {licence_title(licence)}\n"
        f"SPDX-License-Identifier: {licence}\n{where}\n"
    ).encode()
