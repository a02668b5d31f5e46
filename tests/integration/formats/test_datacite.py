"""DataCite's schema takes datacite.json."""

import json
from pathlib import Path

from datacite import schema45


def test_datacite_is_valid(release: Path) -> None:
    """The metadata obey the JSON Schema of DataCite's kernel 4.5."""
    said = json.loads((release / "datacite.json").read_text(encoding="utf-8"))
    assert [error.message for error in schema45.validator.iter_errors(said)] == []
    assert said["relatedIdentifiers"][0]["relationType"] == "IsVersionOf"
