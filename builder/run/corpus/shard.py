"""What is done with some captures, wherever it is done: read, decode, parse, assemble."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from builder.contracts import instants
from builder.contracts.records import read_record
from builder.core.captures import CaptureFile
from builder.core.issues import Issue, issue
from builder.core.memory import collect_seldom, keep_freed_memory
from builder.core.storage import read_bytes
from builder.parse.batch import make_batch
from builder.parse.decode import Decoded, Undecodable, decode_all
from builder.parse.layout import layouts
from builder.parse.model import Model
from builder.parse.segment import label, segment
from builder.run.corpus.languages import language_model
from builder.run.corpus.weights import shipped_model, weights_sha256
from builder.tables.assemble import Parsed, assemble
from builder.tables.capture import Capture
from builder.tables.copies.corpus import keyed
from builder.tables.languages import with_languages
from builder.tables.parts import ShardTables

__all__ = ["ShardWork", "build_shard", "weights_sha256"]

LARGEST = 1 << 30  # bytes; Arrow's offsets and ours are 32 bits wide


@dataclass(frozen=True, slots=True)
class ShardWork:
    """What is done with some captures: `build_shard`, and what else the settings of a dataset ask for.

    ``languages`` are those among which the language of each text is chosen, none at all: of all; without them
    (None) it is not determined. ``near_copies`` asks for what is needed to find them.
    """

    languages: tuple[str, ...] | None = None
    near_copies: bool = False

    def __call__(self, files: Sequence[CaptureFile]) -> ShardTables:
        """The tables of some captures."""
        tables = build_shard(files)
        model = None if self.languages is None else language_model(self.languages)
        told = tables if model is None else with_languages(tables, model)
        return keyed(told, near=self.near_copies)


def build_shard(files: Sequence[CaptureFile]) -> ShardTables:
    """The tables of some captures. One that cannot be read or decoded is an issue and nothing else."""
    collect_seldom()
    keep_freed_memory()
    issues: list[Issue] = []
    captures = _captures(files, issues)
    return assemble(captures, _parse(captures, _model()), issues)


def _captures(files: Sequence[CaptureFile], issues: list[Issue]) -> list[Capture]:
    """Those that can be read and decoded; of each other one an issue."""
    read = [(file, data) for file in files if (data := _read(file, issues)) is not None]
    captures: list[Capture] = []
    for (file, data), text in zip(read, decode_all([data for _, data in read]), strict=True):
        if isinstance(text, Undecodable):
            issues.append(issue(file.capture, text.code, str(text)))
        else:
            captures.append(_with_meta(_capture(file, data, text), file, issues))
    return captures


@cache
def _model() -> Model:
    return shipped_model()


def _parse(captures: Sequence[Capture], model: Model) -> Parsed:
    batch = make_batch([capture.text for capture in captures])
    labelled = label(batch, model)
    return Parsed(batch, segment(batch, labelled), layouts(batch, labelled.lines))


def _read(file: CaptureFile, issues: list[Issue]) -> bytes | None:
    if file.size > LARGEST:
        code, said = "too_large", f"It has {file.size} bytes; at most {LARGEST} can be parsed. Cut it."
    else:
        try:
            return read_bytes(file.file, file.size)
        except FileNotFoundError:
            code, said = "vanished", "It was there when the build began and is gone. Build again."
        except OSError as error:
            code, said = "unreadable", f"It cannot be read: {error.strerror}. Give yourself the right to."
    issues.append(issue(file.capture, code, said))
    return None


def _capture(file: CaptureFile, data: bytes, decoded: Decoded) -> Capture:
    return Capture(
        file.capture,
        file.article_id,
        file.source,
        sha256(data).hexdigest(),
        decoded.encoding,
        decoded.text,
        decoded.notes,
    )


def _with_meta(capture: Capture, file: CaptureFile, issues: list[Issue]) -> Capture:
    """The capture with what its side file says; a side file with faults is an issue, and none of it is used."""
    if file.meta_file is None:
        return capture
    try:
        record = read_record("capture_meta", read_bytes(file.meta_file))
    except OSError as error:
        issues.append(
            issue(capture.capture, "meta_invalid", f"Its side file cannot be read: {error.strerror}.")
        )
        return capture
    if record.faults:
        issues.extend(
            issue(capture.capture, "meta_invalid", f"Its side file: {fault}") for fault in record.faults
        )
        return capture
    said = record.values
    when = said.get("published_at")
    return Capture(
        capture.capture,
        capture.article_id,
        said.get("source") or capture.source,
        capture.raw_sha256,
        capture.encoding,
        capture.text,
        capture.notes,
        url=said.get("url"),
        published_at=instants.parse(when) if when else None,
        licence=said.get("licence"),
        lang=said.get("language"),
    )
