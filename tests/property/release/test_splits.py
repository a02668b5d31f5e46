"""Splits of any corpus: nothing is cut, nothing moves, and the shares come near."""

from collections.abc import Mapping

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.release.splits import SplitRule, leaks, split
from tests.unit.release.splits.corpora import Article, Comment, corpus, splits

SHARES = st.sampled_from([(0.8, 0.1, 0.1), (0.4, 0.3, 0.3), (1.0, 0.0, 0.0), (0.0, 0.5, 0.5)])
RULES = st.builds(
    lambda shares, by, salt: SplitRule(*shares, by=by, salt=salt),
    SHARES,
    st.sampled_from(["article", "author"]),
    st.sampled_from(["", "other"]),
)


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[Article], list[Comment]]:
    """Articles and comments in table order, some of them copies of earlier ones that are none."""
    articles: list[Article] = []
    comments: list[Comment] = []
    for name in map(str, range(draw(st.integers(1, 12)))):
        articles.append((name, copied(draw, [each for each, first in articles if first is None])))
        for number in range(draw(st.integers(0, 3))):
            author = draw(st.sampled_from([None, "Ann", "Bob", "Cid"]))
            first = copied(draw, [each[0] for each in comments if each[3] is None])
            comments.append((f"{name}/{number}", name, author, first))
    return articles, comments


def copied(draw: st.DrawFn, firsts: list[str]) -> str | None:
    """Sometimes one of these, else none."""
    return draw(st.sampled_from(firsts)) if firsts and draw(st.booleans()) else None


def earlier(articles: list[Article], comments: list[Comment], gone: set[str]) -> Mapping[str, pa.Table]:
    """The corpus before some articles came: what were copies of theirs were copies of none."""
    kept = [each for each in articles if each[0] not in gone]
    written = [each for each in comments if each[1] not in gone]
    names = {each[0] for each in (*kept, *written)}
    return corpus(
        [(name, first if first in names else None) for name, first in kept],
        [(*each[:3], each[3] if each[3] in names else None) for each in written],
    )


@settings(max_examples=150)
@given(corpora(), RULES)
def test_nothing_is_cut(made: tuple[list[Article], list[Comment]], rule: SplitRule) -> None:
    """No thread and no pair of copies is in two splits, by author no author; and the same input gives the same."""
    tables = corpus(*made)
    found = split(tables, rule)
    kinds = {leak.kind for leak in leaks({**tables, "splits": found})}
    assert kinds <= ({"author"} if rule.by == "article" else set())
    assert found == split(tables, rule)
    assert all((name is None) == (why is not None) for name, why in splits(found).values())


@settings(max_examples=150)
@given(corpora(), RULES, st.sets(st.integers(0, 11).map(str)))
def test_what_comes_later_moves_nothing(
    made: tuple[list[Article], list[Comment]], rule: SplitRule, gone: set[str]
) -> None:
    """An article keeps its split when others come, and so do its comments; still nothing is cut."""
    tables = corpus(*made)
    before = split(earlier(*made, gone), rule)
    after = split(tables, rule, before)
    now = splits(after)
    for unit, (name, _) in splits(before).items():
        assert name is None or now[unit][0] == name
    assert {leak.kind for leak in leaks({**tables, "splits": after})} <= {"author"}


@settings(max_examples=150)
@given(corpora(), RULES, st.sets(st.integers(0, 11).map(str)))
def test_an_article_without_copies_needs_no_memory(
    made: tuple[list[Article], list[Comment]], rule: SplitRule, gone: set[str]
) -> None:
    """Where no articles are copies, each has the same split whatever else is there, and no past is needed."""
    alone = [(name, None) for name, _ in made[0]]
    few, all_of_them = (splits(split(each, rule)) for each in (earlier(alone, [], gone), corpus(alone)))
    assert all(all_of_them[unit] == found for unit, found in few.items())


@given(SHARES, st.text("ab", max_size=4))
def test_the_shares_come_near(shares: tuple[float, float, float], salt: str) -> None:
    """Of two thousand articles each split has its share, give or take what chance explains."""
    made = split(corpus([(str(number), None) for number in range(2000)]), SplitRule(*shares, salt=salt))
    found = made["split"].to_pylist()
    for name, share in zip(("train", "validation", "test"), shares, strict=True):
        assert abs(found.count(name) - 2000 * share) <= 5 * (2000 * share * (1 - share)) ** 0.5
