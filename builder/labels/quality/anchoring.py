"""What became of a model's suggestions: taken as they were, or changed; told apart by person and question."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from builder.labels.proportions import Share, share

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Anchoring:
    """Suggestions for one question that one person saw, and the share that was taken as it was.

    ``model`` is the share of right answers that its cross-validation promised, if it is known: people who take
    more than that take wrong ones too.
    """

    question: str
    n: int
    accepted: Share
    changed: int
    removed: int
    model: Share | None = None


def anchorings(
    suggestions: Iterable[Mapping[str, Any]], promised: Mapping[tuple[str, str], Share]
) -> dict[str, tuple[Anchoring, ...]]:
    """By annotator, question by question; each row needs ``annotator_id``, ``question``, ``model``, ``outcome``.

    ``promised`` has the cross-validated accuracy by model and question.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    models: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in suggestions:
        key = row["annotator_id"], row["question"]
        counts[key][row["outcome"]] += 1
        models[key].add(row["model"])
    found: dict[str, list[Anchoring]] = defaultdict(list)
    for (person, question), told in sorted(counts.items()):
        names = models[person, question]
        model = promised.get((next(iter(names)), question)) if len(names) == 1 else None
        n = told.total()
        taken = share(told[ACCEPTED], n)
        found[person].append(Anchoring(question, n, taken, told["changed"], told["removed"], model))
    return {person: tuple(each) for person, each in found.items()}
