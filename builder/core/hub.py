"""The Hugging Face Hub: a folder becomes one commit of a dataset repository, and is read back from it."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from builder.core.errors import OutputError, UsageError

_URL = re.compile(r"hf://datasets/([\w.-]+/[\w.-]+)")
_OWN = frozenset({".gitattributes"})
# Errors that are no OSError, told by their module: the client changes what it speaks HTTP with.
_OWN_ERRORS = ("httpx", "requests", "huggingface_hub")


@dataclass(frozen=True, slots=True)
class Repository:
    """A dataset repository of the Hub: owner and name."""

    url: str
    name: str


def repository(url: str) -> Repository:
    """The repository that a URL ``hf://datasets/owner/name`` names; nothing is asked. ``UsageError`` for another."""
    found = _URL.fullmatch(url)
    if found is None:
        raise UsageError(f"{url} names no dataset of the Hub. Wanted is hf://datasets/OWNER/NAME.")
    return Repository(url, found[1])


def commit(to: Repository, folder: Path, paths: Collection[str], message: str) -> str:
    """Make a folder's files the only ones of a repository, in one commit; the commit's id.

    The repository is made, private, where there is none. Large files that are there already are not sent again.
    """
    with _talking(to):
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi  # noqa: PLC0415 - of the extra

        api = HfApi()
        api.create_repo(to.name, repo_type="dataset", private=True, exist_ok=True)
        there = set(api.list_repo_files(to.name, repo_type="dataset"))
        added = [CommitOperationAdd(path, str(folder / path)) for path in paths]
        gone = [CommitOperationDelete(path) for path in sorted(there - set(paths) - _OWN)]
        done = api.create_commit(to.name, [*added, *gone], commit_message=message, repo_type="dataset")
        return str(done.oid)


def tag(to: Repository, version: str, revision: str) -> None:
    """Name a commit by a version."""
    with _talking(to):
        from huggingface_hub import HfApi  # noqa: PLC0415 - of the extra

        HfApi().create_tag(to.name, tag=version, revision=revision, repo_type="dataset", exist_ok=True)


def hashes(to: Repository, paths: Collection[str], revision: str) -> Mapping[str, str]:
    """The SHA-256 of files of a commit, each read back."""
    with _talking(to):
        from huggingface_hub import HfFileSystem  # noqa: PLC0415 - of the extra

        system = HfFileSystem(skip_instance_cache=True)
        begin = f"datasets/{to.name}@{revision}"
        return {path: sha256(system.cat_file(f"{begin}/{path}")).hexdigest() for path in paths}


@contextmanager
def _talking(to: Repository) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise UsageError(f"{to.url} needs huggingface_hub. Install newsthreads[hub].") from error
    except Exception as error:
        if isinstance(error, OSError | ValueError) or type(error).__module__.startswith(_OWN_ERRORS):
            raise OutputError(
                f"{to.url} cannot be used: {error}. Is there a way to the Hub, and a token that may write (HF_TOKEN "
                "or hf auth login)? Then run the same command again."
            ) from error
        raise
