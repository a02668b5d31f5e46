"""What somebody made of the suggestions that a task came with, question by question."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

UNNAMED = "unnamed"
"""The model of predictions that came without a word on it."""
Values = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion for one question: by which model, for which option if it was one, what became of it."""

    question: str
    model: str
    outcome: str
    option: str | None


def suggested(result: object, prediction: object) -> Iterator[Suggested]:
    """The suggestions of the prediction that a result began with, in the order of their questions.

    They are told by values and not by the server's word ``origin``, which sticks to a mark that was changed
    and changed back.
    """
    if not isinstance(prediction, dict) or not prediction:
        return
    there, said = _by_question(prediction.get("result")), _by_question(result)
    model = prediction.get("model_version")
    for question in sorted(there):
        outcome = "removed" if question not in said else "changed"
        if said.get(question) == there[question]:
            outcome = "accepted"
        name = model if isinstance(model, str) and model else UNNAMED
        yield Suggested(question, writable(name), outcome, _option(prediction["result"], question))


def _by_question(result: object) -> Values:
    """The values of the items of a result, as text that can be compared, by question."""
    found: Values = defaultdict(list)
    for item in _items(result):
        found[item["from_name"]].append(_comparable(item.get("value")))
    return {question: sorted(values) for question, values in found.items()}


def _items(result: object) -> Iterator[dict[str, Any]]:
    for item in result if isinstance(result, list) else ():
        name = item.get("from_name") if isinstance(item, dict) else None
        if isinstance(name, str) and name and writable(name) == name:
            yield item


def _comparable(value: object) -> str:
    """A value as text; of a span its place and labels, since the page writes its words in another way."""
    if isinstance(value, dict):
        value = {
            name: _sorted(each) for name, each in value.items() if name != "text" or "start" not in value
        }
    return json.dumps(value, sort_keys=True)


def _sorted(value: object) -> object:
    plain = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return sorted(value) if plain else value  # type: ignore[call-overload]


def _option(result: object, question: str) -> str | None:
    values = [item.get("value") for item in _items(result) if item["from_name"] == question]
    options = values[0].get("choices") if len(values) == 1 and isinstance(values[0], dict) else None
    if isinstance(options, list) and len(options) == 1 and isinstance(options[0], str):
        return writable(options[0]) or None
    return None


def writable(text: str) -> str:
    """A text without half characters, which no table can hold."""
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()
