"""What is done with captures that have been read, wherever it is done: decode, parse, assemble."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from builder.contracts import instants
from builder.contracts.faults import Fault
from builder.contracts.records import read_record
from builder.core.issues import Issue, issue
from builder.core.memory import collect_seldom, keep_freed_memory
from builder.core.stopwatch import stage
from builder.parse.batch import make_batch
from builder.parse.decode import Decoded, Undecodable, decode_all
from builder.parse.layout import layouts
from builder.parse.model import Model
from builder.parse.segment import label, segment
from builder.run.corpus.inputs import Input
from builder.run.corpus.languages import language_model
from builder.run.corpus.weights import shipped_model
from builder.tables.assemble import Parsed, assemble
from builder.tables.capture import Capture
from builder.tables.copies.corpus import keyed
from builder.tables.languages import with_languages
from builder.tables.parts import ShardTables


@dataclass(frozen=True, slots=True)
class ShardWork:
    """What is done with some captures: `build_shard`, and what else the settings of a dataset ask for.

    ``languages`` are those among which the language of each text is chosen, none at all: of all; without them
    (None) it is not determined. ``near_copies`` asks for what is needed to find them.
    """

    languages: tuple[str, ...] | None = None
    near_copies: bool = False

    def __call__(self, inputs: Sequence[Input]) -> ShardTables:
        """The tables of some captures."""
        tables = build_shard(inputs)
        with stage("languages"):
            model = None if self.languages is None else language_model(self.languages)
            told = tables if model is None else with_languages(tables, model)
        with stage("keys of copies"):
            return keyed(told, near=self.near_copies)


def build_shard(inputs: Sequence[Input]) -> ShardTables:
    """The tables of some captures. One that cannot be read or decoded is an issue and nothing else."""
    collect_seldom()
    keep_freed_memory()
    issues: list[Issue] = []
    with stage("decode"):
        captures = _captures(inputs, issues)
    with stage("parse"):
        parsed = _parse(captures, _model())
    with stage("assemble"):
        return assemble(captures, parsed, issues)


def _captures(inputs: Sequence[Input], issues: list[Issue]) -> list[Capture]:
    """Those that can be read and decoded; of each other one an issue."""
    issues.extend(one.data for one in inputs if isinstance(one.data, Issue))
    read = [(one, one.data) for one in inputs if isinstance(one.data, bytes)]
    captures: list[Capture] = []
    for (one, _), text in zip(read, decode_all([data for _, data in read]), strict=True):
        if isinstance(text, Undecodable):
            issues.append(issue(one.file.capture, text.code, str(text)))
        else:
            captures.append(_with_meta(_capture(one, text), one.meta, issues))
    return captures


def _said(fault: Fault) -> str:
    at = f", {fault.column}" if fault.column else ""
    return f"Its side file{at}: {fault.examples[0]}. {fault.cure}."


@cache
def _model() -> Model:
    return shipped_model()


def _parse(captures: Sequence[Capture], model: Model) -> Parsed:
    batch = make_batch([capture.text for capture in captures])
    labelled = label(batch, model)
    return Parsed(batch, segment(batch, labelled), layouts(batch, labelled.lines))


def _capture(one: Input, decoded: Decoded) -> Capture:
    return Capture(
        one.file.capture,
        one.file.article_id,
        one.file.source,
        one.sha256,
        decoded.encoding,
        decoded.text,
        decoded.notes,
    )


def _with_meta(capture: Capture, meta: bytes | Issue | None, issues: list[Issue]) -> Capture:
    """The capture with what its side file says; a side file with faults is an issue, and none of it is used."""
    if meta is None:
        return capture
    if isinstance(meta, Issue):
        issues.append(meta)
        return capture
    record = read_record("capture_meta", meta)
    if record.faults:
        issues.extend(issue(capture.capture, "meta_invalid", _said(fault)) for fault in record.faults)
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
