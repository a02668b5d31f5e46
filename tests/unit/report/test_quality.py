"""How annotators compare: figures and warnings of the report are those of quality, each said in words."""

import dataclasses
import re

import pytest

from builder.labels.quality.warnings import Warned
from builder.report.figure import section_html
from builder.report.overview import overview
from builder.report.people import people_section
from builder.report.study import Labels, Study
from builder.report.words import moved
from tests.unit.report.reading import Element, read
from tests.unit.report.studies import labels, large, person, said, study, unit_id

OF = "hostility-comment"


@pytest.fixture(scope="module")
def whole() -> Study:
    """A large study."""
    return large()


@pytest.fixture(scope="module")
def chapter(whole: Study) -> Element:
    """The chapter about its annotators."""
    return read(section_html(people_section(whole)))


def told(of: Labels) -> Element:
    """The chapter about the annotators of these labels."""
    return read(section_html(people_section(study(labels=of))))


def words(page: Element, key: str) -> str:
    """What is said of a figure."""
    return page.one(f"{key}-{OF}-words").text.replace("\u00a0", " ")


def rows(page: Element, key: str) -> list[list[str]]:
    """The data of a figure, without their head."""
    return page.one(f"{key}-{OF}").rows()[1:]


def keys(page: Element) -> list[str | None]:
    """The figures of a chapter."""
    return [each.attributes["id"] for each in page.all("figure")]


def test_every_figure_of_quality_has_its_plot(chapter: Element) -> None:
    """Where there are data for all of them, all are drawn, in the order in which they are read."""
    names = ("others", "known", "drift", "pace", "runs", "whole", "severe")
    wanted = [f"{name}-{OF}" for name in names] + [f"suggested-{OF}-tone", f"habits-{OF}-tone"]
    assert keys(chapter) == wanted


def test_agreement_with_the_others() -> None:
    """Who agrees with the majority of the others least stands first, and is named with the one who agrees most."""
    tones = {0: ("civil",) * 3, 1: ("civil",) * 3, 2: ("civil", "rude", "rude")}
    made = labels(*(said(unit, who, tone=tone) for who, of in tones.items() for unit, tone in enumerate(of)))
    page = told(made)
    assert words(page, "others") == (
        f"{person(2)} agrees least often with the majority of the others: 33 % (6 to 79); {person(1)} most often: "
        "100 % (21 to 100). Whoever differs need not be wrong."
    )
    assert rows(page, "others")[0][:5] == [person(2), "33 %", "6 % to 79 %", "3", "33 %"]


def test_all_may_be_equal() -> None:
    """Nobody is called the worst where all are equally good."""
    twice = [said(0, who, tone="civil", _occurrence=time) for who in (0, 1) for time in (0, 1)]
    page = told(labels(*twice, gold=["civil"]))
    assert (
        words(page, "others") == "All agree equally often with the majority of the others: 100 % (21 to 100)."
    )
    assert words(page, "known") == (
        "Everybody answers units of known answer (gold) right equally often: 100 % (21 to 100). "
        "Everybody answers a unit that comes again as before equally often: 100 % (21 to 100)."
    )


def test_gold_and_oneself_are_those_of_quality(whole: Study, chapter: Element) -> None:
    """Both are told with interval and number of units, annotator by annotator; the least are named."""
    assert whole.labels
    for (one, _), row in zip(whole.labels.quality, rows(chapter, "known"), strict=True):
        assert one.gold
        assert one.oneself
        assert row[0] == one.annotator_id
        assert [int(row[3]), int(row[6])] == [one.gold.agreement.n, one.oneself.agreement.n]
    assert re.match(
        r"w\d+ least often answers units of known answer \(gold\) right: \d+ %", words(chapter, "known")
    )


def test_without_gold_and_repeats_it_is_said_how_to_get_them() -> None:
    """A study without known answers and second showings says what they are good for, and the command."""
    page = told(labels(said(0, 0, tone="civil")))
    assert "builder push --gold 10 --repeat 10" in page.text
    assert "--gold" not in told(labels(said(0, 0, tone="civil"), gold=["civil"])).text


def test_the_course_of_the_work(whole: Study, chapter: Element) -> None:
    """The thirds and their change are told, and who changed most."""
    assert whole.labels
    drifts = {one.annotator_id: one.drift for one, _ in whole.labels.quality if one.drift}
    assert len(rows(chapter, "drift")) == len(drifts) > 0
    for row in rows(chapter, "drift"):
        assert row[4].startswith(f"{moved(drifts[row[0]].change.value)} (")
    most = max(drifts, key=lambda one: (abs(drifts[one].change.value), one))
    assert words(chapter, "drift").startswith(f"{most} changed most")


def test_a_change_has_its_sign() -> None:
    """Changes have a real minus, and nothing has no sign."""
    assert [moved(each) for each in (-0.07, 0.07, 0.001, -0.001)] == ["\u22127", "+7", "0", "0"]


def test_pace(whole: Study, chapter: Element) -> None:
    """The quartiles of everybody's seconds are told, and who is fastest; times that are unknown are not drawn."""
    assert whole.labels
    assert [int(row[1]) for row in rows(chapter, "pace")] == [
        one.pace.n for one, _ in whole.labels.quality if one.pace
    ]
    assert words(chapter, "pace").startswith(f"{person(0)} is fastest")
    assert f"pace-{OF}" not in keys(told(labels(said(0, 0, tone="civil"), seconds=[None])))


def test_runs(chapter: Element) -> None:
    """Who gave the same answers many times in a row is named; short runs are not worth a plot."""
    assert words(chapter, "runs").startswith(f"{person(1)} gave the same answers 18 times in a row")
    (row,) = [row for row in rows(chapter, "runs") if row[0] == person(1)]
    assert (row[1], row[3]) == ("18", "below 0.1 %")
    few = told(labels(*(said(unit, 0, tone="civil") for unit in range(3))))
    assert f"runs-{OF}" not in keys(few)
    assert "Equal answers in a row3" in few.text


def test_whole_texts() -> None:
    """Whose spans cover whole texts is told with its interval, and that nobody's do where that is so."""
    spans = [said(0, 0, tone="rude", span=[(0, 100, "slur")]), said(1, 0, tone="rude", span=[(0, 4, "slur")])]
    assert words(told(labels(*spans)), "whole") == (
        f"Of {person(0)}'s spans in texts of 100 characters or more 50 % (9 to 91) cover the whole text."
    )
    assert words(told(labels(*spans[1:])), "whole").startswith("Of 1 span ")


def test_severe_content() -> None:
    """The day on which somebody met most severe units is told, and nothing where none is severe."""
    day = 24 * 60
    met = [said(unit, 0, tone="hate", _minute=day * (unit // 2)) for unit in range(3)]
    page = told(labels(*met, said(3, 0, tone="civil", _minute=day)))
    assert words(page, "severe").startswith(
        f"{person(0)} met most in one day: 2 severe units of 2 on 1970-01-01."
    )
    assert rows(page, "severe") == [[person(0), "2", "4", "3", "1.5", "1970-01-01", "2"]]
    assert "1970-01-01: 2 severe" in page.text
    assert f"severe-{OF}" not in keys(told(labels(said(3, 0, tone="civil"))))


def test_suggestions() -> None:
    """How many suggestions were taken as they were is told beside how often the model is right."""
    made = [said(unit, 0, tone="civil", _suggested="accepted", _origin="suggestion") for unit in range(3)]
    page = told(labels(*made, said(3, 0, tone="rude", _suggested="changed", _origin="suggestion")))
    (figure,) = [each for each in page.all("figure") if each.attributes["id"] == f"suggested-{OF}-tone"]
    assert figure.all("p")[0].text.replace("\u00a0", " ") == (
        f"{person(0)} took most of a model's suggestions as they were: 75 % (30 to 95); its answers are right on "
        "80 % (67 to 89)."
    )
    assert figure.rows()[1] == [person(0), "4", "75 %", "30 % to 95 %", "1", "0", "80 %"]
    assert "Suggestions taken75 % of 4" in page.text.replace("\u00a0", " ")


def warned(*of: tuple[int, Warned]) -> Study:
    """A study of two annotators about whose work there are these warnings."""
    made = labels(said(0, 0, tone="civil"), said(0, 1, tone="civil"))
    quality = tuple(
        (one, tuple(each for who, each in of if person(who) == one.annotator_id)) for one, _ in made.quality
    )
    return study(labels=dataclasses.replace(made, quality=quality))


def test_warnings_have_their_evidence_and_units() -> None:
    """Each warning stands before everything else of the chapter: whom it is about, why, and what to look at."""
    found = warned(
        (1, Warned("fast", "half <b>of</b> it", (unit_id(0),))), (1, Warned("skips", "skipped 9 of 20 tasks"))
    )
    page = read(section_html(people_section(found)))
    (listed,) = [each for each in page.all("ul") if each.attributes.get("class") == "warned"]
    one, other = (each.text for each in listed.all("li"))
    assert one.startswith(f"{person(1)}, fast: half <b>of</b> it.Units to look at")
    assert one.endswith(unit_id(0))
    assert other == f"{person(1)}, skips: skipped 9 of 20 tasks."
    panels = {each.all("h3")[0].text: each.text for each in page.all("article")}
    assert "Warnings: fast, skips" in panels[person(1)]
    assert "Warnings" not in panels[person(0)]
    assert "2 warnings" in [each.text.replace("\u00a0", " ") for each in page.all("h3")]


def test_warnings_stand_out() -> None:
    """The head of the page names those about whose work there are warnings, and leads to the chapter."""
    both = [(0, Warned("gold", "it")), (1, Warned("fast", "it")), (1, Warned("skips", "it"))]
    (item,) = [each for each in read(overview(warned(*both))).all("li") if "warnings" in each.text]
    assert item.text == (
        f"There are warnings about the work of {person(0)} (gold) and {person(1)} (fast, skips): see Annotators."
    )
    assert item.all("a")[0].attributes["href"] == "#annotators"
    assert "warnings" not in overview(warned())


def test_without_warnings_that_is_said() -> None:
    """Where there are none, the chapter says so, and that few answers give none; not where nobody worked yet."""
    text = section_html(people_section(warned()))
    assert "There are no warnings. None is given about fewer than 20" in text
    settled = study(labels=labels(said(0, 0, tone="civil", _origin="adjudication")))
    assert "There are no warnings" not in section_html(people_section(settled))
