"""The chapters about work: progress, annotators and time are those of the merged tables."""

import dataclasses
import statistics
from collections import Counter

import pytest

from builder.labels.quality.warnings import Warned
from builder.report.figure import section_html
from builder.report.pace import pace_section
from builder.report.people import people_section
from builder.report.progress import progress_section
from builder.report.study import Share, Study
from builder.report.words import estimate, seconds
from builder.report.work import answered_tasks, seconds_of
from tests.unit.report.reading import Element, read
from tests.unit.report.studies import labels, large, person, said, study


@pytest.fixture(scope="module")
def whole() -> Study:
    """A large study."""
    return large()


def words(page: Element, key: str) -> str:
    """What is said of a figure."""
    return page.one(f"{key}-words").text.replace("\u00a0", " ")


def rounds(*shares: Share) -> Element:
    """The chapter about progress with these shares."""
    made = labels(said(0, 0, tone="civil"))
    return read(section_html(progress_section(study(labels=made.__class__(made.tables, shares)))))


def test_progress_is_told_by_round_and_annotator() -> None:
    """Each annotator's tasks are told by what became of them, and for whom most is open."""
    page = rounds(Share("main", person(0), 10, 6, 1, 1, 0), Share("main", person(1), 10, 9, 0, 1, 0))
    assert page.one("progress-main").rows() == [
        ["Annotator", "Tasks", "Done", "Skipped", "Rejected", "In draft", "Open"],
        [person(0), "10", "6", "1", "1", "0", "2"],
        [person(1), "10", "9", "1", "0", "0", "0"],
    ]
    assert words(page, "progress-main") == (
        f"15 of 20 tasks are done, 2 skipped, 1 rejected. Most is open for {person(0)}: 2 of 10."
    )


def test_a_pool_is_no_debt() -> None:
    """In a pool nobody owes all tasks, and the words say so."""
    page = rounds(
        Share("main", person(0), 10, 6, 0, 0, 0, pool=True),
        Share("main", person(1), 10, 1, 0, 0, 0, pool=True),
    )
    said_of_it = f"bars are shares of all of them. {person(0)} did most (6), {person(1)} least (1)."
    assert words(page, "progress-main").endswith(said_of_it)


def test_rounds_that_nobody_answered() -> None:
    """Rounds are listed before anything came back, and it is said what to do then."""
    of = large()
    page = read(section_html(progress_section(study(rounds=of.rounds))))
    assert page.rows()[1] == ["main", "open", "hostility", "100 comments", "300", "8"]
    assert "builder pull" in page.text


def test_answered_tasks() -> None:
    """A task is answered when it has a merged answer."""
    made = labels(said(0, 0, tone="civil"), said(1, 0, tone="civil", _status="skipped"))
    assert answered_tasks(made) == (1, 2)


def panel(page: Element, who: int) -> dict[str, str]:
    """What the panel of an annotator says, by what it is about."""
    (found,) = [each for each in page.all("article") if each.all("h3")[0].text == person(who)]
    pairs = zip(found.all("dt"), found.all("dd"), strict=True)
    return {term.text: told.text.replace("\u00a0", " ") for term, told in pairs}


def test_a_panel_has_the_figures_of_quality(whole: Study) -> None:
    """Each panel tells the median of all merged answers, and agreement with the others, with gold, with oneself."""
    assert whole.labels
    page = read(section_html(people_section(whole)))
    rows = whole.labels.tables["annotations"].to_pylist()
    for (one, _), number in zip(whole.labels.quality, range(8), strict=True):
        mine = [row for row in rows if row["annotator_id"] == person(number) and row["status"] == "merged"]
        told = panel(page, number)
        middle = seconds(statistics.median(row["lead_time_s"] for row in mine))
        assert told["Median time"] == middle.replace("\u00a0", " ")
        assert one.gold
        assert one.oneself
        of = {"With the others": one.others, "With gold": one.gold.agreement}
        of["With themselves"] = one.oneself.agreement
        assert {name: told[name] for name in of} == {
            name: estimate(value).replace("\u00a0", " ") for name, value in of.items()
        }
    assert len(seconds_of(whole.labels)) == sum(row["status"] == "merged" for row in rows)


def test_an_adjudicator_is_no_annotator_among_others() -> None:
    """Who only settles has a panel that says so, and is not compared with anybody."""
    tones = [said(0, 0, tone="civil"), said(0, 1, tone="rude")]
    made = labels(*tones, said(0, 2, tone="rude", _origin="adjudication"))
    page = read(section_html(people_section(study(labels=made))))
    assert panel(page, 2)["Role"] == "adjudicator"
    assert "With the others" not in panel(page, 2)
    assert [row[0] for row in page.one("others-hostility-comment").rows()[1:]] == [person(0), person(1)]


def test_an_annotator_under_two_configs_is_told_apart() -> None:
    """Where somebody worked under several configs, the panel has the figures of each below its title."""
    made = labels(said(0, 0, tone="civil"), said(1, 0, tone="civil"))
    (one,) = made.quality
    other = (dataclasses.replace(one[0], config="stance"), (Warned("fast", "it was"),))
    page = read(section_html(people_section(study(labels=dataclasses.replace(made, quality=(one, other))))))
    (found,) = page.all("article")
    assert [each.text for each in found.all("p")] == ["hostility", "stance", "Warnings: fast"]


def test_habits(whole: Study) -> None:
    """The shares of an annotator's answers add up to all, and the widest difference is said."""
    page = read(section_html(people_section(whole)))
    rows = page.one("habits-hostility-comment-tone").rows()[1:]
    assert len(rows) == 8
    assert all(98 <= sum(float(cell.split()[0]) for cell in row[1:4]) <= 102 for row in rows)
    assert "differ most in" in words(page, "habits-hostility-comment-tone")


def test_equal_habits_are_no_difference() -> None:
    """Where all annotators give the same answers as often, no answer is named as the one they differ in."""
    made = labels(said(0, 0, tone="civil"), said(0, 1, tone="civil"))
    page = read(section_html(people_section(study(labels=made))))
    assert "They hardly differ." in words(page, "habits-hostility-comment-tone")


def test_times_that_nobody_knows() -> None:
    """Where the server told no times, panels say so and plots of time are left out."""
    of = study(labels=labels(said(0, 0, tone="civil"), seconds=[None]))
    assert "unknown" in section_html(people_section(of))
    assert [each.attributes["id"] for each in read(section_html(pace_section(of))).all("figure")] == ["days"]


def test_days(whole: Study) -> None:
    """Answers are counted by the day they were first saved on, in UTC, annotator by annotator."""
    assert whole.labels
    rows = read(section_html(pace_section(whole))).one("days").rows()
    merged = [row for row in whole.labels.tables["annotations"].to_pylist() if row["status"] == "merged"]
    days = Counter(f"{row['created_at']:%Y-%m-%d}" for row in merged)
    assert {row[0]: int(row[-1]) for row in rows[1:] if row[-1] != "0"} == days
    assert [sum(map(int, row[1:-1])) for row in rows[1:]] == [int(row[-1]) for row in rows[1:]]


def test_a_long_study_is_told_in_weeks() -> None:
    """Over more than three months a column is a week, from its Monday; idle weeks are counted."""
    made = labels(*(said(0, 0, tone="civil", _minute=1440 * day) for day in (4, 5, 200)))
    page = read(section_html(pace_section(study(labels=made))))
    rows = page.one("days").rows()
    assert (rows[1][0], rows[1][-1], rows[-1][0]) == ("1970-01-05", "2", "1970-07-20")
    assert (
        words(page, "days")
        == "The busiest week began on 1970-01-05, with 2 answers. 27 weeks in between had none."
    )
