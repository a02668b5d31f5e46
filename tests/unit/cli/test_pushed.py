"""What is told of tasks that were pushed."""

import pytest

from builder.cli.pushed import resumable
from builder.core.errors import Interrupted


def test_an_interrupted_push_does_not_say_that_nothing_changed() -> None:
    """Ctrl-C while tasks are sent ends with 130, and with what has become of them."""
    with pytest.raises(Interrupted, match=r"What was sent stays") as told, resumable():
        raise KeyboardInterrupt
    assert told.value.exit_code == 130
