"""What is said of a task that proves nothing."""

from typing import Any

import pytest

from builder.annotate.merging.said import Data
from builder.annotate.merging.shown import Shown, shown
from builder.annotate.tasks import WITHDRAWN
from tests.unit.annotate.pulled import data


def seen(**changed: Any) -> Shown | str:
    """What a sound task proves after entries were changed."""
    entries = data(**changed)
    return shown(Data(**entries))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"task_key": "other", "config": None}, "no sound task_key"),
        ({"config": None, "unit_id": "c1"}, "no sound config"),
        ({"unit_id": "c1", "text": "other"}, "no sound unit_id"),
        ({"text_sha256": "0", "text": WITHDRAWN}, "no sound text_sha256"),
        ({"round": "other", "text": "other"}, "the task's key is not"),
        ({"text": "other"}, "the text that the task shows is not"),
        ({"text": None}, "the text that the task shows is not"),
    ],
)
def test_the_first_fault_is_told(changed: dict[str, Any], said: str) -> None:
    """Entries that are not sound come before a key that does not fit, and that before a text."""
    assert said in str(seen(**changed))


def test_a_withdrawn_text_is_none() -> None:
    """A task whose text was withdrawn still proves which unit it was made for."""
    found = seen(text=WITHDRAWN)
    assert isinstance(found, Shown)
    assert (found.withdrawn, found.unit_id) == (True, data()["unit_id"])
