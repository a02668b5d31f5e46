"""Errors of stores: each becomes one message with the place and a cure, and nobody else's error does."""

import pytest

from builder.core.errors import DataError, Unreachable
from builder.core.reaching import reaching

WHERE = "s3://corpora.example/raw"


class EndpointError(Exception):
    """An error as a store's own library raises it."""

    __module__ = "botocore.exceptions"


class NoCredentialsError(EndpointError):
    """The error of somebody without credentials."""

    __module__ = "botocore.exceptions"


@pytest.mark.parametrize(
    ("error", "cure"),
    [
        (FileNotFoundError("no such bucket"), "Is the bucket there"),
        (PermissionError("forbidden"), "credentials in the environment"),
        (NoCredentialsError("none found"), "credentials in the environment"),
        (EndpointError("no answer"), "Run it again"),
        (TimeoutError(), "TimeoutError. .*Run it again"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_errors_are_told_with_a_cure(error: Exception, cure: str) -> None:
    """Whatever a library says becomes a message with the place and what to do."""
    with pytest.raises(Unreachable, match=f"{WHERE} cannot be used: .*{cure}"), reaching(WHERE):
        raise error


def test_others_stay_what_they_are() -> None:
    """A bug, an error with a message already, and the kinds that the caller deals with pass through."""
    for error, passing in (
        (ValueError(), ()),
        (DataError("told"), ()),
        (FileNotFoundError(), (FileNotFoundError,)),
    ):
        with pytest.raises(type(error)), reaching(WHERE, *passing):
            raise error
