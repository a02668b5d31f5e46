"""Agreement of a dataset on disk: what it is told apart by, where scales come from."""

from pathlib import Path

import pytest

import builder
from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.run.labels.agreement import Agreement, find_agreement
from tests.unit.labels.merged import person, said
from tests.unit.run.labelled import labelled_dataset, write_merged

TONES = ("civil", "rude", "hate", "rude")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two people who labelled eight comments, and differ at the second source only."""
    units = labelled_dataset(tmp_path)["comment_id"].tolist()
    sources = ["paper"] * 4 + ["radio"] * 4
    first = [
        said(
            unit,
            1,
            tone=tone,
            target=[] if tone == "civil" else ["group"],
            stars=place % 3,
            span=[(0, 3, "slur")],
        )
        for place, (unit, tone) in enumerate(zip(units, TONES * 2, strict=True))
    ]
    second = [
        {**one, "annotator": 2, "tone": "rude" if source == "radio" else one["tone"]}
        for one, source in zip(first, sources, strict=True)
    ]
    return write_merged(tmp_path, *first, *second)


def alphas(found: Agreement, question: str, *within: str) -> dict[tuple[str, ...], float | None]:
    """Alpha of a question as a whole, by what it is told apart by."""
    return {
        tuple(one.within[name] for name in within): one.row()["alpha"]
        for one in found.questions
        if one.subject.question == question and one.subject.option is None
    }


def test_questions_and_options_have_rows(settings: Settings) -> None:
    """Each question has a row, then each of its options; the scale comes from the config's TOML."""
    found = find_agreement(settings)
    about = [(one.subject.question, one.subject.option) for one in found.questions]
    assert about[:7] == [
        ("span", None),
        ("span", "slur"),
        ("span", "threat"),
        ("tone", None),
        ("tone", "civil"),
        ("tone", "rude"),
        ("tone", "hate"),
    ]
    levels = {
        one.subject.question: one.subject.level for one in found.questions if one.subject.option is None
    }
    assert levels == {"span": "characters", "tone": "ordinal", "target": "masi", "stars": "interval"}
    assert found.pairs == ()


def test_characters_are_counted_in_the_real_texts(settings: Settings) -> None:
    """The share of marked characters is that of the texts in the tables: three of each."""
    units = builder.open(settings.tables_dir).comments
    share = next(one.row()["prevalence"] for one in find_agreement(settings).questions)
    assert share == pytest.approx(3 * len(units) / units["text"].str.len().sum())


def test_sources_are_told_apart(settings: Settings) -> None:
    """By source each source has its rows."""
    apart = alphas(find_agreement(settings, ["source"]), "tone", "source")
    assert apart[("paper",)] == 1
    assert apart[("radio",)] < 0.5


def test_rounds_are_told_apart(settings: Settings) -> None:
    """By round each round has its rows; a round that nobody labelled is refused with those that there are."""
    assert list(alphas(find_agreement(settings, ["round", "source"]), "tone", "round", "source")) == [
        ("pilot", "paper"),
        ("pilot", "radio"),
    ]
    with pytest.raises(UsageError, match=r"Round main has no merged answers. Those that have: pilot"):
        find_agreement(settings, rounds=["main"])
    with pytest.raises(UsageError, match="by colour"):
        find_agreement(settings, ["colour"])


def test_pairs_are_listed_where_asked_for(settings: Settings) -> None:
    """By pair there is a row for each two annotators, with weights that suit the scale."""
    pairs = {
        (one.subject.question, one.subject.option): one.row()
        for one in find_agreement(settings, ["pair"]).pairs
    }
    tone = pairs["tone", None]
    assert (tone["first"], tone["second"], tone["n_units"]) == (person(1), person(2), 8)
    assert tone["weights"] == "linear"
    assert pairs["stars", None]["weights"] == "quadratic"
    assert pairs["span", None]["f1_exact"] == 1
    assert pairs["span", "threat"]["f1_exact"] is None


def test_agreement_as_a_frame(settings: Settings) -> None:
    """In Python agreement is a typed frame in which what is not defined is missing."""
    dataset = builder.open(settings.tables_dir)
    frame = dataset.agreement()
    assert {"Float64", "Int64", "string"} == {str(kind) for kind in frame.dtypes}
    threat = frame[frame["option"] == "threat"].iloc[0]
    assert threat["undefined"] == "one value only"
    assert threat.isna()["alpha"]
    assert len(dataset.agreement("pair,source").query("question == 'tone' and option.isna()")) == 2


def test_without_labels_there_is_a_cure(tmp_path: Path) -> None:
    """Before a merge, or where nothing counts, the message says what to do."""
    labelled_dataset(tmp_path)
    with pytest.raises(DataError, match="builder merge"):
        find_agreement(find_settings(tmp_path))
    settings = write_merged(tmp_path, said(1, 1, tone="rude", _status="skipped"))
    with pytest.raises(DataError, match="no answers that count"):
        find_agreement(settings)


def test_a_lost_config_is_named(tmp_path: Path) -> None:
    """Where the config that tasks were shown under is nowhere, it is named with the file to put back."""
    labelled_dataset(tmp_path)
    settings = write_merged(tmp_path, said(1, 1, tone="rude", _config="7" * 64))
    with pytest.raises(DataError, match=r"hostility with the hash 77777777.* data/rounds/ROUND/config.xml"):
        find_agreement(settings)


def test_units_that_are_gone_are_told_apart_as_unknown(tmp_path: Path) -> None:
    """A unit that the tables do not have any more still counts; its source is unknown."""
    labelled_dataset(tmp_path)
    settings = write_merged(tmp_path, *(said(1, who, tone="rude", span=[(0, 2, "slur")]) for who in (1, 2)))
    assert list(alphas(find_agreement(settings, ["source"]), "tone", "source")) == [("unknown",)]
