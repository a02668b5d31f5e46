"""Predictions: the parser's own way from text to comments, as scoring takes it."""

from pathlib import Path

from builder.core.captures import find_captures
from builder.learn.predict import parse, predict
from builder.learn.threads import load_threads
from builder.run.corpus.inputs import read_inputs
from builder.run.corpus.shard import build_shard
from tests.unit.learn.folder import NAMES, ROOT
from tests.unit.parse.reading import model


def test_a_prediction_is_what_a_build_finds(folder: Path) -> None:
    """Headline, paragraphs, comments and confidence are those of the tables that a build makes."""
    built = build_shard(read_inputs(find_captures(ROOT / "data/raw").captures))
    for one in predict(load_threads(folder), model()):
        (name,) = [name for name in NAMES if name.endswith(f"/{one.thread.name}")]
        (article,) = [row for row in built.articles.to_pylist() if row["capture"] == f"{name}.txt"]
        comments = [row for row in built.comments.to_pylist() if row["article_id"] == article["article_id"]]
        assert (one.found["file"], one.found["headline"]) == (one.thread.file, article["headline"])
        assert [each["body"] for each in one.found["comments"]] == [row["text"] for row in comments]
        assert [each["author"] for each in one.found["comments"]] == [row["author_name"] for row in comments]
        assert "\n\n".join(one.found["paragraphs"]).endswith(article["text"])
        assert (one.found["paragraphs"][0] == article["caption"]) == (article["caption"] is not None)
        assert one.confidence == article["parse_confidence"]


def test_texts_without_anything_are_predicted() -> None:
    """An empty text and a headline alone are rows without comments."""
    made = parse([b"", b"Head\n"], model())
    assert made.articles["n_comments"].to_pylist() == [0, 0]
    assert made.articles["headline"].to_pylist() == [None, "Head"]
