"""All documents: from the facts alone, the same bytes for the same facts, true to the tier."""

import json

import pyarrow as pa
import pytest
import yaml

from builder.core.errors import UsageError
from builder.release.documents.blocks import quality
from builder.release.documents.counting import counted
from builder.release.documents.rendering import render
from builder.release.documents.responsible import rai_faults
from tests.unit.release.documents.example import TIERS, example_facts, example_tables, known

NAMES = {
    *(
        "README.md",
        "DATASHEET.md",
        "CHANGELOG.md",
        "LICENSE",
        "CITATION.cff",
        "croissant.json",
        "datapackage.json",
    ),
    *("datacite.json", "codebook.md", "codebook.json", "stats.json"),
}


SPLITS = {
    "units": [{"unit_type": "comment", "split": "train", "rows": 3}],
    "reasons": {},
    "torn_articles": 0,
    "torn_clusters": 0,
}


def backwards(value: object) -> object:
    """The same JSON value with the keys of every object in the opposite order."""
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(value)}
    return [backwards(each) for each in value] if isinstance(value, list) else value


def head(card: bytes) -> dict[str, object]:
    """What the YAML at the head of a card says."""
    said: dict[str, object] = yaml.safe_load(card.decode().split("---\n")[1])
    return said


@pytest.mark.parametrize("tier", TIERS)
def test_all_documents_are_written(tier: str) -> None:
    """Every document is there at every tier, with the schemas of its tables."""
    facts, schemas = example_facts(tier)
    made = render(facts, schemas)
    assert set(made) == NAMES | {f"schemas/{name}.schema.json" for name in schemas}
    assert all(made.values())


def test_order_does_not_matter() -> None:
    """Documents rendered from what stands in the release are those of the release, to the byte."""
    facts, schemas = example_facts()
    made = render(facts, schemas)
    read = {name: json.loads(made[f"schemas/{name}.schema.json"]) for name in sorted(schemas)}
    assert render(json.loads(made["stats.json"]), read) == made
    assert render(backwards(facts), read) == made  # type: ignore[arg-type] # an object again


def test_an_open_release_tells_no_text() -> None:
    """At the open tier no document describes a text column, and the card names the open folder."""
    made = render(*example_facts("open"))
    assert b"tiny-open-1.2.0/data" in made["README.md"]
    for name in ("codebook.json", "croissant.json", "datapackage.json"):
        assert b'"text"' not in made[name]
    assert b"No text travels" in made["DATASHEET.md"]


def test_the_hash_of_a_file_is_in_many_documents() -> None:
    """A file's hash stands in stats, Croissant and datasheet, so that none can be edited alone."""
    made = render(*example_facts())
    for name in ("stats.json", "croissant.json", "DATASHEET.md"):
        assert b"a" * 64 in made[name], name


def test_the_card_tells_loaders_what_they_need() -> None:
    """Each table with rows is a configuration with version and number of rows, comments the default."""
    facts, schemas = example_facts(languages=["de", "und"])
    facts["files"]["labels"]["rows"] = 0
    said = head(render(facts, schemas)["README.md"])
    assert [each["config_name"] for each in said["configs"]] == [
        "articles",
        "comments",
        "authors",
        "segments",
    ]  # type: ignore[attr-defined]
    assert [each["config_name"] for each in said["configs"] if each.get("default")] == ["comments"]  # type: ignore[attr-defined]
    assert {each["version"] for each in said["configs"]} == {"1.2.0"}  # type: ignore[attr-defined]
    assert said["dataset_info"][1]["splits"] == [{"name": "train", "num_bytes": 9, "num_examples": 3}]  # type: ignore[index]
    assert (said["license"], said["language"], said["size_categories"]) == ("cc-by-4.0", ["de"], ["n<1K"])


def test_terms_of_ones_own() -> None:
    """A licence that SPDX does not list is named, and its words are the file LICENSE."""
    made = render(*example_facts(licence="LicenseRef-ours", licence_text="Ask first.\n"))
    said = head(made["README.md"])
    assert (said["license"], said["license_name"], said["license_link"]) == (
        "other",
        "licenseref-ours",
        "LICENSE",
    )
    assert made["LICENSE"] == b"Ask first.\n"
    assert "license" not in yaml.safe_load(made["CITATION.cff"])


def test_who_is_cited_and_where() -> None:
    """Creators, identifiers and address of the settings are in citation, DataCite and card."""
    more = {
        "creators": ["Ann", "Bob"],
        "doi": "10.1234/a.2",
        "concept_doi": "10.1234/a",
        "url": "https://a.example",
    }
    made = render(*example_facts(**more))
    citation = yaml.safe_load(made["CITATION.cff"])
    assert [each["name"] for each in citation["authors"]] == ["Ann", "Bob"]
    assert (citation["doi"], citation["identifiers"][0]["value"]) == ("10.1234/a.2", "10.1234/a")
    assert json.loads(made["datacite.json"])["doi"] == "10.1234/a.2"
    assert b"Ann; Bob (2031): Tiny: two comments, version 1.2.0. 10.1234/a.2" in made["README.md"]
    assert b"us@tiny.example" not in made["CITATION.cff"]


def test_an_unknown_licence_is_refused() -> None:
    """No document is written under a licence that nobody knows."""
    facts, schemas = example_facts(licence="CC-FREE")
    with pytest.raises(UsageError, match="CC-FREE"):
        render(facts, schemas)


def test_the_changelog_goes_back() -> None:
    """This version and those before it are told, newest first, with rows and reason."""
    rows = {
        "comments": {"added": 2, "removed": 0, "changed": 1},
        "labels": {"added": 0, "removed": 0, "changed": 0},
    }
    first = {
        "version": "1.1.0",
        "date": "2031-04-01",
        "bump": None,
        "bump_reason": None,
        "rows_changed": None,
    }
    more = {"previous": "1.1.0", "bump": "minor", "bump_reason": "Two new comments.", "rows_changed": rows}
    text = render(*example_facts(**more, history=[first]))["CHANGELOG.md"].decode()
    assert text.index("## 1.2.0 - 2031-05-09") < text.index("## 1.1.0 - 2031-04-01")
    assert "A minor version: Two new comments." in text
    assert "| `comments` | 2 | 0 | 1 |" in text
    assert "labels" not in text
    assert "The first version." in text


def test_keys_stay_at_home_with_their_columns() -> None:
    """A table whose key the tier keeps at home has no key in any document."""
    facts, schemas = example_facts()
    del schemas["labels"]["properties"]["unit_id"]
    made = render(facts, schemas)
    (labels,) = [one for one in json.loads(made["codebook.json"])["tables"] if one["name"] == "labels"]
    assert labels["key"] == []
    assert b'"labels/unit_id"' not in made["croissant.json"]


def test_wrong_words_for_responsible_ai_are_found() -> None:
    """A property that the vocabulary lacks and a day that is none are found, though the validator is silent."""
    said = json.loads(render(*example_facts())["croissant.json"])
    assert list(rai_faults(said)) == []
    wrong = said | {"rai:sheep": "Baa.", "rai:dataCollectionTimeFrame": ["2031-04-02", "soon"]}
    assert [fault.partition(" ")[0] for fault in rai_faults(wrong)] == [
        "rai:sheep",
        "rai:dataCollectionTimeFrame:",
    ]


def test_limits_tell_of_single_answers_and_agreement() -> None:
    """Labels of one answer, and agreement that is not defined, stand among the known limits."""
    facts, schemas = example_facts()
    tables = example_tables()
    single = [{**row, "n": 1} for row in tables["labels"].to_pylist()]
    labels = pa.Table.from_pylist(single, tables["labels"].schema)
    counts = {**facts["counted"], "labels": counted({"labels": labels}, schemas)["labels"]}
    agreement = [{"question": "tone", "option": None, "alpha": None, "undefined": "no overlap"}]
    made = render({**facts, "counted": counts, "told": {"agreement": agreement}}, schemas)
    said = made["README.md"].decode().partition("## Known limits")[2]
    assert "- 2 of 2 labels of `tone` of label set `first` rest on one answer." in said
    assert "- Agreement on `tone` is not defined: no overlap." in said
    assert "rest on one answer" not in render(facts, schemas)["README.md"].decode()


def test_snippets_have_their_imports() -> None:
    """What the card offers to load the tables with names each package that it uses."""
    said = render(*example_facts())["README.md"].decode().partition("```python\n")[2].partition("```")[0]
    assert said.startswith("import datasets, duckdb, pandas, polars")


def test_rules_and_rates_are_said_plainly() -> None:
    """How splits are drawn has no empty word, and rates say that they were measured on other texts."""
    facts, schemas = example_facts()
    told = {
        "splits": {"by": "article", "salt": "", "train": 0.8, "validation": 0.1, "test": 0.1},
        "error_rates": {"language": {"head": ["texts", "right"], "rows": [["pages", "95.7 %"]]}},
    }
    counts = {**facts["counted"], "splits": SPLITS}
    said = render({**facts, "counted": counts, "told": told}, schemas)["DATASHEET.md"].decode()
    assert "Drawn by article; shares: test 0.1, train 0.8, validation 0.1." in said
    assert "The language of a text, measured on other texts, not on these:" in said
    salted = {"splits": {**told["splits"], "salt": "again"}}
    assert "Drawn by article, shuffled by the word `again`;" in quality.splits(
        known(counted=counts, told=salted)
    )
