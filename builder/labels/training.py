"""What a model learns from: one label a unit and question, by people who saw no suggestion."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from builder.labels.quality.others import independent
from builder.labels.quality.work import Value, Work, first_showings
from builder.labels.questions import Questionnaire


def majority_labels(work: Iterable[Work], asked: Questionnaire) -> dict[str, dict[str, str]]:
    """For each question for one option that is always asked, the label of each unit; none where votes are tied.

    What an adjudicator said stands above all votes. Answers for which a model had suggested one are left out:
    a model that learns from what it said itself only comes to believe it.
    """
    names = [one.name for one in asked.questions if one.kind == "choice" and one.asked_when is None]
    votes: dict[str, dict[str, list[tuple[bool, Value]]]] = {name: defaultdict(list) for name in names}
    for one in first_showings(work):
        if one.origin != "suggestion":
            for name, value in independent(one).items():
                if name in votes:
                    votes[name][one.unit_id].append((one.origin == "adjudication", value))
    return {name: _labels(units) for name, units in votes.items()}


def _labels(units: Mapping[str, list[tuple[bool, Value]]]) -> dict[str, str]:
    found = {}
    for unit, told in units.items():
        settled = [value for final, value in told if final]
        best = Counter(settled[-1:] or [value for _, value in told]).most_common(2)
        if len(best) == 1 or best[0][1] > best[1][1]:
            found[unit] = str(best[0][0])
    return found
