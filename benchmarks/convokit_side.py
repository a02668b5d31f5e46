"""The same work with ConvoKit: `python -m benchmarks.convokit_side RAW OUT`, in an environment of its own.

An utterance for each article and each comment, a conversation for each capture, then the library's own dump.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from convokit import Corpus, Speaker, Utterance  # type: ignore[import-not-found] # not installed beside the builder

from benchmarks.fixed_rules import captures_below, parse

ARTICLE, LOST = "[article]", "[unknown]"


def utterances(raw: Path) -> Iterator[Utterance]:
    """The utterances of all captures; a speaker is one object, however often he speaks."""
    speakers: dict[str, Speaker] = {}
    for path in captures_below(raw):
        article, comments = parse(path.read_text(encoding="utf-8"), path.stem)
        root = article["article_id"]
        said = {"headline": article["headline"]}
        yield utterance(root, root, speaker(speakers, ARTICLE), article["body"], said)
        for one in comments:
            who = speaker(speakers, one["author"] or LOST)
            yield utterance(f"{root}:{one['ordinal']}", root, who, one["body"], {})


def speaker(speakers: dict[str, Speaker], name: str) -> Speaker:
    """The speaker of that name."""
    if name not in speakers:
        speakers[name] = Speaker(id=name)
    return speakers[name]


def utterance(name: str, root: str, who: Speaker, text: str, said: dict[str, str]) -> Utterance:
    """An utterance below an article, or the article's own."""
    above = None if name == root else root
    return Utterance(id=name, speaker=who, conversation_id=root, reply_to=above, text=text, meta=said)


def main(raw: Path, out: Path) -> None:
    """Make a corpus and dump it."""
    out.mkdir(parents=True, exist_ok=True)
    Corpus(utterances=list(utterances(raw))).dump("corpus", base_path=str(out))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
