"""How often the language of a comment is found, on real threads: `python -m benchmarks.language THREADS`.

THREADS is a folder of threads with gold (see `builder eval`), whose index names the language of each page. The
results replace `benchmarks/LANGUAGE.md` and `builder/_data/measured/language.json`, which datasheets quote.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.results import table
from builder.core.settings import Settings
from builder.learn.threads import load_threads
from builder.parse.arrays import Floats, Ints
from builder.parse.language import LanguageModel, likelihoods
from builder.run.corpus.languages import language_model, languages_of
from builder.tables.languages import EXPECTED, FLOOR, UNDETERMINED, decided, weighed

HERE = Path(__file__).parent
MEASURED = HERE.parent / "builder" / "_data" / "measured" / "language.json"
LIMITS = (0, 20, 40, 80, 160, 10**9)  # characters
EXPLANATION = """\
`python -m benchmarks.language THREADS`: {comments:,} comments of {pages} real pages in {languages} languages, with
{by}. The comments are cut as people cut them. A comment is right when it has the language of its page, for
no better gold is at hand; some are in another one in truth, so that the true error is smaller than the one shown:
by themselves, {other} comments are surely (above .9) in another language than their page ({pairs}).

The article's language is expected of {expected:.0%} of its comments; below {floor} a language is not told (`{und}`).
What that costs where an article is in another language than its comments is shown, too: each comment is put below
an article in each of the other languages. “These” are the languages of the pages, “all” those that the model knows."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Page:
    """The language of a page, its article and its comments."""

    language: str
    article: str
    comments: tuple[str, ...]


@dataclass(frozen=True)
class Rates:
    """How many of how many comments are right, wrong, undetermined."""

    of: int
    right: int
    wrong: int

    def row(self, what: str) -> tuple[str, ...]:
        """The rates as cells."""
        shares = (self.right, self.wrong, self.of - self.right - self.wrong)
        return what, f"{self.of:,}", *(f"{share / max(self.of, 1):.1%}" for share in shares)

    def as_json(self) -> dict[str, float]:
        """The rates, rounded."""
        right, wrong = round(self.right / self.of, 4), round(self.wrong / self.of, 4)
        return {"right": right, "wrong": wrong, "undetermined": round(1 - right - wrong, 4)}


def main(folder: Path) -> int:
    """Measure, write, print."""
    pages = pages_of(folder)
    languages = tuple(sorted({page.language for page in pages}))
    model, everything = language_model(languages), language_model(())
    if model is None or everything is None:
        raise SystemExit("The model knows none of these languages.")
    rates = {**measured(pages, model, "these"), **measured(pages, everything, "all")}
    text = page_text(pages, languages, model, rates)
    (HERE / "LANGUAGE.md").write_text(text, encoding="utf-8")
    comments = rates["comments, their article's language expected, these"]
    facts = {"model": by(), "comments": comments.of, "pages": len(pages), "languages": list(languages)}
    said = {**facts, **comments.as_json(), "articles_right": rates["articles, these"].as_json()["right"]}
    MEASURED.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    print(text)
    return 0


def pages_of(folder: Path) -> list[Page]:
    """The pages with the language that the index gives them."""
    index = json.loads((folder / "index.json").read_bytes())
    languages = {page["name"]: page["lang"] for page in index}
    return [
        Page(
            languages[thread.name],
            "\n".join([thread.gold["headline"] or "", "\n\n".join(thread.gold["paragraphs"])]),
            tuple(filter(str.strip, map(body, (one["body"] for one in thread.gold["comments"])))),
        )
        for thread in load_threads(folder, ("seedlike",))
    ]


def body(paragraphs: str | list[str]) -> str:
    """The text of a comment."""
    return paragraphs if isinstance(paragraphs, str) else "\n\n".join(filter(None, paragraphs))


def measured(pages: Sequence[Page], model: LanguageModel, among: str) -> dict[str, Rates]:
    """The rates with and without the article's language, of all comments, by length, and under other articles."""
    texts = pa.array([text for page in pages for text in page.comments])
    gold = np.array([model.languages.index(page.language) for page in pages for _ in page.comments])
    read, size = likelihoods(texts, model), np.array([len(text) for text in texts.to_pylist()])
    own = right_and_wrong(texts, weighed(read, gold), model, gold)
    found = {
        f"articles, {among}": of_articles(pages, model),
        f"comments by themselves, {among}": counted(*right_and_wrong(texts, read, model, gold)),
        f"comments, their article's language expected, {among}": counted(*own),
    }
    if among != "these":
        return found
    for low, high in pairwise(LIMITS):
        some = (size >= low) & (size < high)
        found[f"— of {low} characters and more"] = counted(own[0][some], own[1][some])
    others = [
        right_and_wrong(texts, weighed(read, (gold + step) % len(model.languages)), model, gold)
        for step in range(1, len(model.languages))
    ]
    right, wrong = (np.concatenate([one[place] for one in others]) for place in (0, 1))
    short = np.tile(size < LIMITS[2], len(others))
    found["comments below an article in another language"] = counted(right, wrong)
    found[f"— of less than {LIMITS[2]} characters"] = counted(right[short], wrong[short])
    return found


def right_and_wrong(
    texts: pa.Array, probability: Floats, model: LanguageModel, gold: Ints
) -> tuple[Flags, Flags]:
    """Which texts are right, and which are wrong."""
    lang = np.array(decided(probability, texts, model)[0].to_pylist(), dtype=object)
    right = lang == np.array(model.languages, dtype=object)[gold]
    return right, ~right & (lang != UNDETERMINED)


def counted(right: Flags, wrong: Flags) -> Rates:
    """As rates."""
    return Rates(len(right), int(right.sum()), int(wrong.sum()))


def of_articles(pages: Sequence[Page], model: LanguageModel) -> Rates:
    """The rates of articles."""
    texts = pa.array([page.article for page in pages])
    gold = np.array([model.languages.index(page.language) for page in pages])
    return counted(*right_and_wrong(texts, likelihoods(texts, model), model, gold))


def by() -> str:
    """The library and its version."""
    return languages_of(Settings(HERE)).by.partition(":")[0]


def page_text(
    pages: Sequence[Page], languages: Sequence[str], model: LanguageModel, rates: dict[str, Rates]
) -> str:
    """The page."""
    texts = pa.array([text for page in pages for text in page.comments])
    gold = [page.language for page in pages for _ in page.comments]
    read = likelihoods(texts, model)
    best = [model.languages[place] for place in read.argmax(axis=1)]
    sure = Counter(
        f"{due} read as {found}"
        for due, found, score in zip(gold, best, read.max(axis=1), strict=True)
        if due != found and score > 0.9
    )
    said = EXPLANATION.format(
        comments=len(texts), pages=len(pages), languages=len(languages), by=by(), other=sure.total(),
        pairs=", ".join(f"{count} {pair}" for pair, count in sure.most_common(4)), expected=EXPECTED,
        floor=FLOOR, und=UNDETERMINED,
    )  # fmt: skip
    costs = [
        (what, f"{cost(texts, languages_):.0f}")
        for what, languages_ in (("these", tuple(languages)), ("three", ("de", "en", "es")), ("all", ()))
    ]
    parts = [
        "# How often the language is found",
        said,
        table(
            ("what, among which languages", "number", "right", "wrong", "und"),
            [rate.row(what) for what, rate in rates.items()],
        ),
        "Processor time by comment, once the model is loaded (about a second):",
        table(("languages", "microseconds"), costs),
    ]
    return "\n\n".join(parts) + "\n"


def cost(texts: pa.Array, languages: tuple[str, ...]) -> float:
    """Microseconds of a comment, the best of three, among these languages."""
    model = language_model(languages)
    many = pa.concat_arrays([texts] * 10)
    taken = []
    for _ in range(3 if model else 0):
        start = time.process_time()
        if model:
            likelihoods(many, model)
        taken.append(time.process_time() - start)
    return min(taken) / len(many) * 1e6


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
