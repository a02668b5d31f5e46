"""Errors of stores, whichever library they come from, become messages with the place and a cure."""

from collections.abc import Iterator
from contextlib import contextmanager

from builder.core.errors import BuilderError, Unreachable, UsageError

# Errors that are no OSError, told by their module: a library is there only where its store is used.
_LIBRARIES = (
    "aiobotocore.",
    "aiohttp.",
    "azure.",
    "botocore.",
    "fsspec.",
    "gcsfs.",
    "google.",
    "requests.",
    "s3fs.",
)
_NO_WAY_IN = (
    "NoCredentials",
    "PartialCredentials",
    "TokenRetrieval",
    "DefaultCredentials",
    "ProfileNotFound",
)


@contextmanager
def reaching(url: str, *passing: type[OSError]) -> Iterator[None]:
    """Inside, an error of a store becomes ``Unreachable`` about ``url``; those of the kinds ``passing`` stay.

    A store that can only be read raises ``UsageError``.
    """
    try:
        yield
    except BuilderError:
        raise
    except RuntimeError as error:  # as fsspec says that a store can only be read
        raise UsageError(f"{url} is no place that can be written to. Name a folder or a bucket.") from error
    except Exception as error:
        if _of_store(error) and not isinstance(error, passing):
            said = str(error).rstrip(".") or type(error).__name__
            raise Unreachable(f"{url} cannot be used: {said}. {_cure(error)}") from error
        raise


def _of_store(error: Exception) -> bool:
    return isinstance(error, OSError) or f"{type(error).__module__}.".startswith(_LIBRARIES)


def _cure(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "Is the bucket there? Make it, or name another place."
    if isinstance(error, PermissionError) or type(error).__name__.startswith(_NO_WAY_IN):
        return (
            "Whoever runs this needs the right to, by credentials in the environment as the store's own library "
            "reads them (for S3: AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)."
        )
    return (
        "Nothing half done is taken for whole, and the same command goes on from what is there. Run it again."
    )
