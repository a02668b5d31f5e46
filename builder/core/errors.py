"""Every error that a person may meet, with the exit code that the command ends with.

::

    BuilderError            1   says what is wrong, where, and what to do about it
    |-- UsageError          2   the call was wrong: a path that is not there, a setting nobody knows
    |   `-- TooSmall        2   a version that is too small for what has changed
    |-- DataError           1   what was read cannot be used
    |   |-- Kept            1   something would have left the house that must not
    |   `-- NotReady        1   a release would be made of what is out of date, or several things are missing
    |-- OutputError         1   what was made cannot be written
    |-- Busy                1   another builder holds the tables
    |-- Unreachable         1   a store of files cannot be used: no bucket, no way in, a broken line
    |-- WorkerLost          1   a worker process died before it had answered
    |-- Interrupted       130   somebody stopped what had been done in part, and that part stays
    `-- ServerError         1   Label Studio cannot be used: no address, no way in, no sense
        |-- Refused         1   it said no, and did nothing
        `-- Unanswered      1   it did not answer, or broke; it may have done what was asked all the same
"""

from typing import ClassVar


class BuilderError(Exception):
    """The base of all errors of the builder; its text is the message, whole sentences with a cure."""

    exit_code: ClassVar[int] = 1
    details: tuple[str, ...] = ()
    """What a person reads line by line below the message."""


class UsageError(BuilderError):
    """The call or the settings were wrong; nothing was read or written."""

    exit_code: ClassVar[int] = 2


class TooSmall(UsageError):  # noqa: N818 - the word on the door, not an accident
    """The version that was asked for is too small for what has changed; the details are the rows that forbid it."""

    def __init__(self, message: str, details: tuple[str, ...]) -> None:
        super().__init__(message)
        self.details = details


class DataError(BuilderError):
    """What was read cannot be used: no captures, no tables, a raw file that changed since."""


class Kept(DataError):  # noqa: N818 - the word on the door, not an accident
    """Something would have left the house that must not; the details say what, and what to do about it."""

    def __init__(self, message: str, details: tuple[str, ...]) -> None:
        super().__init__(message)
        self.details = details


class NotReady(DataError):  # noqa: N818 - as Kept
    """What a release would be made of is out of date, or several things are missing for it, which the details say."""

    def __init__(self, message: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.details = details


class OutputError(BuilderError):
    """What was made cannot be written: no permission, no space, files of somebody else in the way."""


class Busy(BuilderError):  # noqa: N818 - the word on the door, not an accident
    """Another builder holds the tables."""


class Unreachable(BuilderError):  # noqa: N818 - as Busy
    """A store of files cannot be used: there is no such bucket, it lets nobody in, the line to it broke."""


class WorkerLost(BuilderError):  # noqa: N818 - as Busy
    """A worker process died before it had answered."""


class Interrupted(BuilderError):  # noqa: N818 - as Busy
    """Somebody stopped a command that had done a part of its work, and that part stays."""

    exit_code: ClassVar[int] = 130


class ServerError(BuilderError):
    """Label Studio cannot be used: there is no address, what is there is something else, it cannot be started."""


class Refused(ServerError):  # noqa: N818 - as Busy
    """The server said no, and did nothing: a wrong token, a wrong request."""


class Unanswered(ServerError):  # noqa: N818 - as Busy
    """The server did not answer, or broke while it did; it may have done what was asked all the same.

    Whoever changes something must look at what is there before asking again.
    """
