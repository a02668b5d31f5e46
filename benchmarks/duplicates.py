"""How many planted copies are found, and at what cost: `python -m benchmarks.duplicates [TABLES]`.

Copies of comments are made, each with one kind of change, and put behind the comments: generated ones, or those of
a folder of built tables. For generated ones the results replace `benchmarks/DUPLICATES.md` and
`builder/_data/measured/duplicates.json`, which datasheets quote.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.corpus import BODY, SEED, draw_shape, draw_texts, paragraph_kinds
from benchmarks.results import machine_facts, table
from benchmarks.vocabulary import vocabulary
from builder.core.spill import SpilledTexts
from builder.core.tablefile import read_table
from builder.tables.copies.keys import text_keys
from builder.tables.copies.marking import Copies
from builder.tables.copies.minhash import BANDS, ROWS
from builder.tables.copies.shingles import ALIKE, LEAST_WORDS, alike, shingles
from builder.tables.copies.texts import RowsSoFar

HERE = Path(__file__).parent
MEASURED = HERE.parent / "builder" / "_data" / "measured" / "duplicates.json"
TEXTS, OF_A_KIND = 50_000, 500
PART = 10_000
EXPLANATION = """\
`python -m benchmarks.duplicates`: among {texts:,} generated comments, {each} copies for each kind of change, of
comments of at least {words} words. A copy is found when it leads to what it was made of. A near copy has to have
{alike} of all runs of three words in common with it (Jaccard): so many of the planted ones have, and so many of these
are found by MinHash with {bands} bands of {rows} rows. What is marked is proven by its text. Of the comments that were
not planted {unplanted} are marked, which chance has made twice; {long_ones} of them have {words} words or more."""


@dataclass(frozen=True)
class Kind:
    """The planted copies of one kind: how many, how many were like enough, how many were found, of all and of those."""

    planted: int
    alike: int
    found: int
    found_alike: int

    @property
    def recall(self) -> float | None:
        """The share of those like enough that was found; none where there were none."""
        return self.found_alike / self.alike if self.alike else None


def main(folder: Path | None = None) -> int:
    """Plant, look for copies, print; write the pages where the comments are generated ones."""
    texts = (
        generated()
        if folder is None
        else list(dict.fromkeys(read_table(folder, "comments")["text"].to_pylist()))
    )
    random = np.random.default_rng(SEED)
    long = [place for place, text in enumerate(texts) if len(shingles(text))]
    sources = {
        kind: random.choice(long, min(OF_A_KIND, len(long)), replace=False).tolist() for kind in CHANGES
    }
    planted = [
        (kind, place, CHANGES[kind](texts[place], random))
        for kind, places in sources.items()
        for place in places
    ]
    everything = [*texts, *(text for _, _, text in planted)]
    (found, near_cost), (_, exact_cost) = (marked(everything, near=near) for near in (True, False))
    kinds = {kind: judged(kind, planted, texts, found[len(texts) :]) for kind in CHANGES}
    unplanted = [place for place, first in enumerate(found[: len(texts)]) if first is not None]
    long_ones = sum(bool(shingles(texts[place])) for place in unplanted)
    text = page(kinds, len(texts), (len(unplanted), long_ones), (exact_cost, near_cost))
    print(text)
    if folder is None:
        (HERE / "DUPLICATES.md").write_text(text, encoding="utf-8")
        MEASURED.write_text(json.dumps(as_json(kinds, len(texts)), indent=1) + "\n", encoding="utf-8")
    return 0


def generated() -> list[str]:
    """Generated comments."""
    texts: list[str] = []
    block = 0
    while len(texts) < TEXTS:
        rng = np.random.default_rng([SEED, block])
        kinds = paragraph_kinds(draw_shape(rng))
        drawn = draw_texts(rng, kinds)
        texts += [text for text, kind in zip(drawn, kinds.tolist(), strict=True) if kind == BODY]
        block += 1
    return texts[:TEXTS]


def word(random: np.random.Generator) -> str:
    """Any word."""
    words = vocabulary()
    return words.forms[int(random.integers(words.size))]


def replaced(text: str, random: np.random.Generator, times: int) -> str:
    """The text with some words replaced."""
    said = text.split()
    for place in random.choice(len(said), min(times, len(said)), replace=False).tolist():
        said[place] = word(random)
    return " ".join(said)


def dropped(text: str, random: np.random.Generator) -> str:
    """The text without one of its words."""
    said = text.split()
    del said[int(random.integers(len(said)))]
    return " ".join(said)


def lengthened(text: str, random: np.random.Generator) -> str:
    """The text with four words at its end."""
    return " ".join([text, *(word(random) for _ in range(4))])


CHANGES: Mapping[str, Callable[[str, np.random.Generator], str]] = {
    "none": lambda text, _: text,
    "case, punctuation, white space": lambda text, _: "  ".join(text.upper().replace(".", " !").split()),
    "one word replaced": lambda text, random: replaced(text, random, 1),
    "two words replaced": lambda text, random: replaced(text, random, 2),
    "one word dropped": dropped,
    "four words added": lengthened,
    "the last tenth cut off": lambda text, _: " ".join(text.split()[: max(1, int(len(text.split()) * 0.9))]),
    "words in another order": lambda text, random: " ".join(random.permutation(text.split()).tolist()),
}


def marked(texts: Sequence[str], *, near: bool) -> tuple[list[int | None], float]:
    """The number of what each text is a copy of, and the microseconds that a text took."""
    found: list[int | None] = []
    whole = pa.array(texts, pa.string())
    start = time.process_time()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ids, spilled = (stack.enter_context(SpilledTexts(folder / name)) for name in ("ids", "texts"))
        copies = Copies(RowsSoFar(ids, spilled))
        for at in range(0, len(whole), PART):
            part = whole.slice(at, PART)
            ids.add(pa.array([str(number) for number in range(at, at + len(part))], pa.string()))
            spilled.add(part)
            names = copies.mark(part, text_keys(part, near=near)).to_pylist()
            found += [None if name is None else int(name) for name in names]
    return found, (time.process_time() - start) / len(texts) * 1e6


def judged(
    kind: str, planted: Sequence[tuple[str, int, str]], texts: Sequence[str], found: Sequence[int | None]
) -> Kind:
    """What became of the planted copies of a kind; the copy of a copy counts as found with it."""
    these = [
        (place, text, first) for (one, place, text), first in zip(planted, found, strict=True) if one == kind
    ]
    like = [alike(shingles(text), shingles(texts[place])) for place, text, _ in these]
    right = [place == first for place, _, first in these]
    return Kind(len(these), sum(like), sum(right), sum(a and b for a, b in zip(like, right, strict=True)))


def as_json(kinds: Mapping[str, Kind], texts: int) -> dict[str, object]:
    """The rates, for datasheets."""
    near = [kind for name, kind in kinds.items() if name not in list(CHANGES)[:2]]
    exact = [kind for name, kind in kinds.items() if name in list(CHANGES)[:2]]
    return {
        "texts": texts,
        "planted": sum(kind.planted for kind in kinds.values()),
        "exact_recall": round(sum(kind.found for kind in exact) / sum(kind.planted for kind in exact), 4),
        "near_recall": round(sum(kind.found_alike for kind in near) / sum(kind.alike for kind in near), 4),
        "kinds": {
            name: {"planted": kind.planted, "alike": kind.alike, "found": kind.found}
            for name, kind in kinds.items()
        },
    }


def page(
    kinds: Mapping[str, Kind], texts: int, unplanted: tuple[int, int], costs: tuple[float, float]
) -> str:
    """The results as Markdown."""
    said = EXPLANATION.format(
        texts=texts, each=OF_A_KIND, words=LEAST_WORDS, alike=ALIKE, bands=BANDS, rows=ROWS,
        unplanted=unplanted[0], long_ones=unplanted[1],
    )  # fmt: skip
    rows = [
        (
            name,
            str(kind.planted),
            str(kind.alike),
            "" if kind.recall is None else f"{kind.recall:.1%}",
            str(kind.found),
        )
        for name, kind in kinds.items()
    ]
    parts = [
        "# How many copies are found",
        said,
        table(("change", "planted", f"{ALIKE} in common", "of these found", "found"), rows),
        "Processor time of a comment, keys and marking together:",
        table(
            ("copies", "microseconds"), [("exact", f"{costs[0]:.1f}"), ("exact and near", f"{costs[1]:.1f}")]
        ),
        "\n".join(f"- {fact}" for fact in machine_facts()),
    ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
