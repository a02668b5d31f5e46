"""A folder of threads made from the sample captures: texts, gold, index, and a script that scores."""

import json
from pathlib import Path
from typing import Any

from builder.learn.threads import Thread, load_threads

ROOT = Path(__file__).parents[3]
NAMES = (
    "thessk-dispatch/harrowmere-cutter-seizes-nets",
    "thessk-dispatch/2031-04/grain-convoy-turned-back",
    "faro-de-marisalda/2031-05/medusas-moradas-en-la-bahia",
    "wendelfurter-tagblatt/2031-03/umgehungsstrasse-wird-teurer",
)
SCORE = """
def plain(text):
    return " ".join((" ".join(text) if isinstance(text, list) else text).split())


def score_file(gold, found):
    wanted = [(plain(one["body"]), one["author"]) for one in gold["comments"]]
    got = [(plain(one["body"]), one["author"]) for one in found["comments"]]
    texts = [text for text, _ in wanted]
    right = [one for one in got if one[0] in texts]
    return {
        "tp": len(right), "fp": len(got) - len(right), "fn": len(wanted) - len(right),
        "author_ok": sum(one in wanted for one in right),
        "split": float(plain(found["paragraphs"]) == plain(gold["paragraphs"])),
    }
"""


def lay_out(folder: Path) -> Path:
    """Write the folder; pages in two folds, the first half as one rendering and the second as the other."""
    index = []
    for number, name in enumerate(NAMES):
        rendering = ("seedlike", "seedlinks")[number // 2]
        page = name.rsplit("/", 1)[1]
        gold = gold_of(name, rendering, page)
        for kind, suffix, content in (
            ("gold", f"{rendering}.json", json.dumps(gold).encode()),
            (rendering, f"{rendering}.txt", (ROOT / "data/raw" / f"{name}.txt").read_bytes()),
        ):
            (folder / kind).mkdir(parents=True, exist_ok=True)
            (folder / kind / f"{page}.{suffix}").write_bytes(content)
        index.append({"name": page, "fold": number % 2})
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    (folder / "score.py").write_text(SCORE, encoding="utf-8")
    return folder


def gold_of(name: str, rendering: str, page: str) -> dict[str, Any]:
    """The gold of a sample capture as a thread's gold is written: a caption is the first paragraph."""
    gold = json.loads((ROOT / "tests/golden" / f"{name}.gold.json").read_bytes())
    caption = [gold["caption"]] if gold["caption"] else []
    comments = [{"author": one["author"], "body": one["body"]} for one in gold["comments"]]
    return {
        "file": f"{page}.{rendering}.txt", "rendering": rendering, "headline": gold["headline"],
        "paragraphs": caption + gold["paragraphs"], "comments": comments, "ignore": [],
    }  # fmt: skip


def thread_of(
    text: str, gold: dict[str, Any], rendering: str = "seedlike", file: str = "seedlike/x.txt"
) -> Thread:
    """A thread made by hand."""
    return Thread(
        "x", rendering, file, 0, text.encode(), {"headline": None, "paragraphs": [], "comments": []} | gold
    )


def threads(folder: Path) -> tuple[Thread, ...]:
    """The threads of the folder."""
    return load_threads(lay_out(folder))
