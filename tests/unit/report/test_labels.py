"""The chapters about labels: every number is the one that was measured, and is said in words."""

import pyarrow as pa
import pytest

from builder.labels.proportions import share
from builder.report.agreement import agreement_section
from builder.report.confusion import coincidences, confusion_section
from builder.report.disagreement import hardest
from builder.report.distributions import distributions_section
from builder.report.figure import section_html
from builder.report.finals import final_figures
from builder.report.frequencies import frequencies
from builder.report.hardest import hardest_section
from builder.report.study import Final, Labels, Study
from builder.report.words import between, decimal
from tests.unit.labels.merged import FLAG, NOTE, SPAN, STARS, TARGET, TONE, unit_id
from tests.unit.report.reading import Element, read
from tests.unit.report.studies import HARM, article, comment, labels, large, person, said, study


@pytest.fixture(scope="module")
def few() -> Labels:
    """Three units: all agree on the first, two of three on the second, nobody on the third."""
    return labels(
        said(0, 0, tone="civil", stars=1),
        said(0, 1, tone="civil", stars=1),
        said(1, 0, tone="rude", target=["person"], span=[(0, 4, "slur")]),
        said(1, 1, tone="rude", target=["person", "group"]),
        said(1, 2, tone="civil"),
        said(2, 0, tone="hate", target=["group"], flag=["unsure"]),
        said(2, 1, tone="civil"),
    )


@pytest.fixture(scope="module")
def whole() -> Study:
    """A large study."""
    return large()


def words(page: Element, key: str) -> str:
    """What is said of a figure."""
    return page.one(f"{key}-words").text.replace("\u00a0", " ")


def test_each_unit_counts_once(few: Labels) -> None:
    """The share of an option is a mean over units, with Wilson's interval of as many units."""
    (sheet,) = few.sheets
    civil, rude, hate = frequencies(sheet, TONE)
    assert (civil.times, civil.asked, civil.share) == (4, 7, share(1 + 1 / 3 + 1 / 2, 3))
    assert (rude.share.value, hate.share.value) == pytest.approx((2 / 9, 1 / 6))


def test_only_who_was_asked_counts(few: Labels) -> None:
    """A question under a condition is counted among those who were asked, spans and flags among all."""
    (sheet,) = few.sheets
    group = frequencies(sheet, TARGET)[1]
    assert (group.times, group.asked, group.share) == (2, 3, share(1.5, 2))
    assert [one.asked for one in (*frequencies(sheet, SPAN), *frequencies(sheet, FLAG))] == [7] * 4
    assert [one.share for one in frequencies(sheet, SPAN)] == [share(1 / 3, 3), share(0, 3)]
    assert [(one.option, one.times) for one in frequencies(sheet, STARS)] == [("1", 2)]
    assert frequencies(sheet, NOTE) == ()


def test_distributions_are_told(few: Labels) -> None:
    """The table has counts, share and interval of each answer; the words name the most frequent."""
    page = read(section_html(distributions_section(study(labels=few))))
    assert page.one("labels-hostility-comment-tone").rows() == [
        ["Answer", "Times given", "Of answers", "Share of units", "95 % interval"],
        ["civil", "4", "7", "61 %", "18 % to 92 %"],
        ["rude", "2", "7", "22 %", "3 % to 73 %"],
        ["hate", "1", "7", "17 %", "2 % to 69 %"],
    ]
    assert words(page, "labels-hostility-comment-tone").endswith(
        "Most frequent is civil: 61 % (18 % to 92 %)."
    )


def test_final_labels() -> None:
    """Labels of a set are counted by unit, several options each on their own, those without a label last."""
    rows = [
        ("tone", "civil"),
        ("tone", None),
        ("target", "person|group"),
        ("target", ""),
        ("target", "group"),
    ]
    table = pa.table(
        {
            "question": [question for question, _ in rows],
            "hard": pa.array([hard for _, hard in rows], pa.string()),
            "tie": [hard is None for _, hard in rows],
            "adjudicated": [hard == "civil" for _, hard in rows],
        }
    )
    tone, target = final_figures(Final("v1", "majority", table), (TONE, TARGET, STARS))
    assert [row[:2] for row in tone.table.rows] == [
        ("civil", "1"),
        ("rude", "0"),
        ("hate", "0"),
        ("no label", "1"),
    ]
    assert [row[:2] for row in target.table.rows] == [("person", "1"), ("group", "2"), ("no label", "0")]
    assert tone.words.replace("\u00a0", " ").endswith("1 unit tied, 1 settled by adjudicators.")
    assert target.table.rows[1][2:] == ("67\u00a0%", between(share(2, 3).low, share(2, 3).high, shares=True))


def test_nothing_chosen_is_no_most_frequent() -> None:
    """Where no unit has any option, none is called the most frequent."""
    rows = {"question": ["target"] * 4, "hard": [""] * 4, "tie": [False] * 4, "adjudicated": [False] * 4}
    (target,) = final_figures(Final("v1", "majority", pa.table(rows)), (TARGET,))
    assert target.words.replace("\u00a0", " ").endswith("None was chosen. No unit tied.")


def test_agreement_is_what_was_measured(whole: Study) -> None:
    """Alpha, interval and AC1 of each question and option stand in the tables; the lowest is said."""
    page = read(section_html(agreement_section(whole)))
    assert whole.labels
    for subject, of in whole.labels.measures:
        key = "agreement-hostility" if subject.option is None else f"agreement-hostility-{subject.question}"
        rows = {row[0]: row for row in page.one(key).rows()}
        row = rows[subject.option or subject.question]
        assert row[4] == decimal(of.alpha)
        assert row[6] == ("" if of.ac1 is None else decimal(of.ac1))
        assert row[8] == (of.undefined or "")
    known = {subject.question: of.alpha for subject, of in whole.labels.measures if subject.option is None}
    worst = min(known, key=lambda name: known[name] or 0.0)
    assert f"lowest for the question {worst} ({decimal(known[worst])}" in words(page, "agreement-hostility")


def test_what_is_undefined_is_said(few: Labels) -> None:
    """Where alpha is not defined the reason is in the words and in the table, and no number is."""
    page = read(section_html(agreement_section(study(labels=few))))
    assert "not defined for stars (one value only)" in words(page, "agreement-hostility").replace(
        "Alpha is ", ""
    )
    (row,) = [row for row in page.one("agreement-hostility").rows() if row[0] == "stars"]
    assert (row[4], row[5], row[8]) == ("not defined", "", "one value only")


def test_pairs_are_what_was_measured(whole: Study) -> None:
    """Each two annotators have their kappa in the matrix and the table."""
    page = read(section_html(agreement_section(whole)))
    assert whole.labels
    mine = [of for about, of in whole.labels.pairs if (about.question, about.option) == ("tone", None)]
    rows = page.one("pairs-hostility-tone").rows()[1:]
    assert [(row[0], row[3]) for row in rows] == [
        (f"{of.first}, {of.second}", decimal(of.weighted_kappa)) for of in mine
    ]
    drawn = [each.text for each in page.one("pairs-hostility-tone").all("text")]
    assert all(drawn.count(decimal(of.weighted_kappa)) >= 2 for of in mine)


def test_coincidences(few: Labels) -> None:
    """Pairs of answers to one unit are counted both ways round, and the most frequent mistake is said."""
    (sheet,) = few.sheets
    assert coincidences(sheet, TONE).tolist() == [[2, 2, 1], [2, 2, 0], [1, 0, 0]]
    page = read(section_html(confusion_section(study(labels=few))))
    assert words(page, "confusion-hostility-comment-tone") == (
        "5 pairs of answers to one unit, 40 % of them equal. "
        "Most often taken for each other are civil and rude: 2 of the 3 pairs that differ."
    )
    assert page.one("confusion-hostility-comment-tone").rows()[1] == ["civil", "2", "2", "1"]


def test_estimated_confusions(whole: Study) -> None:
    """The matrices of a label set are shown for each annotator; without one it is said how to get it."""
    page = read(section_html(confusion_section(whole)))
    assert whole.labels
    (one,) = [one for one in whole.labels.confusions if one.option is None]
    assert len([each for each in page.all("figure") if str(each.attributes["id"]).startswith("errors-")]) == 8
    rates = one.by_annotator[person(3)]
    assert f"{100 * rates[1][1]:.0f} %" in page.one(f"errors-v2-hostility-tone-{person(3)}").rows()[2][2]


def test_without_estimates(few: Labels) -> None:
    """Without a label set of Dawid and Skene's method the chapter says how to get one."""
    assert "builder aggregate --method dawid-skene" in section_html(confusion_section(study(labels=few)))


def test_the_hardest_come_first(few: Labels) -> None:
    """Units are ordered by the share of unequal pairs, a mean over questions; where all agree there is none."""
    (sheet,) = few.sheets
    found = hardest(sheet, 9)
    assert [one.unit_id for one in found] == [unit_id(2), unit_id(1)]
    hard, other = found
    assert other.difference == pytest.approx((2 / 3 + 1 + 0 + 2 / 3) / 4)
    assert other.questions == ("tone", "target", "span")
    assert hard.difference == pytest.approx((1 + 1 + 0) / 3)
    assert other.said[0].answers == (("tone", "rude"), ("target", "person"), ("span", "slur: “xxxx”"))
    assert [one.annotator_id for one in other.said] == [person(0), person(1), person(2)]
    assert len(hardest(sheet, 1)) == 1


def test_texts_are_quoted_as_text(few: Labels) -> None:
    """A comment made of markup is quoted letter by letter, in its language, with who said what of it."""
    of = study(
        [article(0, headline=HARM)], [comment(1, text=HARM, lang="de"), comment(2, lang="und")], labels=few
    )
    page = read(section_html(hardest_section(of)))
    second, first = page.all("blockquote")
    assert (first.text, first.children, first.attributes["lang"], first.attributes["dir"]) == (
        HARM,
        [],
        "de",
        "auto",
    )
    assert "lang" not in second.attributes
    assert page.all("cite")[1].text == HARM
    assert [each.text for each in page.all("dt")] == [person(0), person(1), person(0), person(1), person(2)]


def test_a_unit_that_is_gone(few: Labels) -> None:
    """A unit whose text the tables have no more is listed without it."""
    page = read(section_html(hardest_section(study([article(0)], labels=few))))
    assert not page.all("blockquote")
    assert page.text.count("Its text is not quoted here.") == 2
