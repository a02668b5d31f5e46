"""Where annotators disagree so that somebody has to settle it: by rules, question by question."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal, get_args

Rule = Literal["tie", "missing-majority", "entropy", "severe-split"]
RULES: tuple[Rule, ...] = get_args(Rule)

Said = tuple[str, ...]
"""What one annotator chose: one value, or of a question for several options any number."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the rules need to know of a question: its name, how many values there are, whether several may be chosen.

    ``severe`` are the values that tell of severe content, if this is the question about it.
    """

    name: str
    n_values: int
    several: bool = False
    severe: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rules make a disagreement, and from which entropy on, between 0 and 1."""

    names: tuple[Rule, ...] = ("tie", "missing-majority", "severe-split")
    entropy: float = 0.5


def broken(question: Question, said: Sequence[Said], rules: Rules) -> tuple[Rule, ...]:
    """The rules by which the answers of two annotators or more to one question disagree, in the order of ``RULES``.

    tie: two values or more have as many votes, and none has more. missing-majority: no value has more than half
    of the votes. entropy: that of the votes, where 0 is all alike and 1 all values as often. severe-split: some
    chose a severe value, and some did not. Where several options may be chosen, each is voted on by itself, and
    the votes on one are enough; there it is a missing majority, too, where all chose something and nothing
    comes of it.
    """
    if len(said) < 2:
        return ()
    ballots = _of_several(said) if question.several else (Counter(one for (one,) in said),)
    values = 2 if question.several else question.n_values
    found = {
        "tie": any(_is_tie(votes) for votes in ballots),
        "missing-majority": any(_no_majority(votes) for votes in ballots) or _nothing_comes(question, said),
        "entropy": any(entropy(votes, values) >= max(rules.entropy, 1e-9) for votes in ballots),
        "severe-split": 0 < sum(bool(question.severe.intersection(one)) for one in said) < len(said),
    }
    return tuple(name for name in RULES if name in rules.names and found[name])


def entropy(votes: Counter[str], n_values: int) -> float:
    """The entropy of votes, from 0, all alike, to 1, all of ``n_values`` values as often."""
    total = votes.total()
    bits = -sum(count / total * log2(count / total) for count in votes.values() if count)
    return bits / log2(max(2, n_values, len(votes)))


def _of_several(said: Sequence[Said]) -> Iterable[Counter[str]]:
    chosen = Counter(value for one in said for value in set(one))
    return [Counter(yes=count, no=len(said) - count) for count in chosen.values()]


def _is_tie(votes: Counter[str]) -> bool:
    first, *others = _ranked(votes)
    return first in others


def _no_majority(votes: Counter[str]) -> bool:
    return 2 * max(_ranked(votes)) <= votes.total()


def _nothing_comes(question: Question, said: Sequence[Said]) -> bool:
    """Whether everybody chose something, and no option is the choice of more than half."""
    if not question.several or not all(said):
        return False
    return all(2 * votes["yes"] <= len(said) for votes in _of_several(said))


def _ranked(votes: Counter[str]) -> list[int]:
    return sorted(votes.values(), reverse=True)


def words(reasons: Iterable[tuple[str, Rule]]) -> Iterator[str]:
    """Reasons as a person reads them: each question with the rules by which it is in dispute."""
    by_question: dict[str, list[str]] = {}
    for question, rule in reasons:
        by_question.setdefault(question, []).append(rule)
    for question, rules in by_question.items():
        yield f"{question} ({', '.join(rules)})"
