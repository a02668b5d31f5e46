"""What ``builder.open`` gives: the built tables as pandas frames, and the way back to the raw captures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.core import plural
from builder.core.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from builder.run.corpus.record import BuildRecord


_THREAD = (
    "position",
    "depth",
    "author_name",
    "attribution",
    "text",
    "posted_at",
    "parse_confidence",
    "comment_id",
    "parent_id",
    "author_id",
)


class _Labelled:
    """What people said of the units of a dataset, and what was made of it."""

    path: Path

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """One row a task of annotation, by ``task_key``."""
        return self._merged_frame("tasks")

    @cached_property
    def annotations(self) -> pd.DataFrame:
        """One row a version of an annotation, by ``annotation_id`` and ``version``; not all count: see ``status``."""
        return self._merged_frame("annotations")

    @cached_property
    def answers(self) -> pd.DataFrame:
        """One row a chosen option, number or text of an annotation that counts."""
        return self._merged_frame("answers")

    @cached_property
    def spans(self) -> pd.DataFrame:
        """One row a marked stretch of text of an annotation that counts."""
        return self._merged_frame("spans")

    @cached_property
    def suggestions(self) -> pd.DataFrame:
        """One row a question for which a model had suggested an answer, and what became of that: ``outcome``."""
        return self._merged_frame("suggestions")

    @cached_property
    def rejects(self) -> pd.DataFrame:
        """One row a reason why a version was not merged."""
        return self._merged_frame("rejects")

    @cached_property
    def annotators(self) -> pd.DataFrame:
        """One row a person who labelled, by ``annotator_id``, a pseudonym."""
        return self._merged_frame("annotators")

    @cached_property
    def labels(self) -> pd.DataFrame:
        """One row a label, of all label sets: choose one by ``label_set``."""
        return self._label_frame("labels")

    @cached_property
    def label_shares(self) -> pd.DataFrame:
        """One row an option of a label, with its share, of all label sets."""
        return self._label_frame("label_shares")

    @cached_property
    def label_spans(self) -> pd.DataFrame:
        """One row an agreed span, of all label sets."""
        return self._label_frame("label_spans")

    def agreement(self, by: str = "question", *, rounds: Sequence[str] = ()) -> pd.DataFrame:
        """How far the annotators agree: one row a question and one for each of its options.

        ``by`` is a word or several with commas, as for ``builder agreement --by``: with ``source`` or ``round``
        there is a row for each of them, with ``pair`` there is a row for each two annotators instead. What is
        not defined is missing, and ``undefined`` says why. ``DataError`` where nothing was merged.
        """
        from builder.run.labels.agreement_frame import agreement_frame  # noqa: PLC0415 - see ``open``

        return agreement_frame(self.path, by.split(","), rounds)

    def _merged_frame(self, name: str) -> pd.DataFrame:
        from builder.run.annotation.merge_record import merged_beside, read_merge_record  # noqa: PLC0415
        from builder.run.corpus.frames import read_frame  # noqa: PLC0415 - see ``open``

        folder = merged_beside(self.path)
        read_merge_record(folder)
        return read_frame(folder, name)

    def _label_frame(self, name: str) -> pd.DataFrame:
        from builder.run.labels.label_frames import label_frame  # noqa: PLC0415 - see ``open``

        return label_frame(self.path, name)


class Dataset(_Labelled):
    """The tables of one folder; each is read when it is first asked for, and then kept.

    Text is ``string[pyarrow]``, whole numbers are ``Int32`` and ``Int64``, fractions ``Float32``, all with
    ``<NA>`` for what is missing; times are ``datetime64[us, UTC]`` with ``NaT``. Do not change the frames:
    they are shared by all who ask this dataset. The frames of annotations are those of the last merge, those
    of labels have all label sets; ``DataError`` where there are none.
    """

    def __init__(self, path: Path, record: BuildRecord) -> None:
        self.path = path
        self.record = record

    def __repr__(self) -> str:
        rows = ", ".join(plural.rows(count, name) for name, count in self.record.rows.items())
        return f"<Dataset {self.path}: {rows}>"

    @cached_property
    def articles(self) -> pd.DataFrame:
        """One row an article, by ``article_id``."""
        return self._frame("articles")

    @cached_property
    def comments(self) -> pd.DataFrame:
        """One row a comment, by ``article_id`` and ``position``."""
        return self._frame("comments")

    @cached_property
    def authors(self) -> pd.DataFrame:
        """One row a commenter at one source, by ``author_id``."""
        return self._frame("authors")

    @cached_property
    def segments(self) -> pd.DataFrame:
        """One row a run of characters of a capture, by ``article_id`` and ``ordinal``."""
        return self._frame("segments")

    @cached_property
    def issues(self) -> pd.DataFrame:
        """One row something odd, by ``capture`` and ``ordinal``."""
        return self._frame("issues")

    def article(self, article_id: str) -> pd.Series[Any]:
        """The row of one article; raises ``KeyError`` where there is none."""
        return self.articles.iloc[self._place(self._article_places, article_id)]

    def thread(self, article_id: str) -> pd.DataFrame:
        """The comments of an article in order, with the columns that one reads.

        ``author_name`` is missing where the capture lost it, ``depth`` where the capture does not tell.
        Raises ``KeyError`` where there is no such article.
        """
        self.article(article_id)
        rows = self.comments[self.comments["article_id"] == article_id]
        return rows.sort_values("position").reset_index(drop=True)[list(_THREAD)]

    def raw_text(self, comment_id: str) -> tuple[str, ...]:
        """The slices of the raw capture that a comment was made of, one a paragraph, in order.

        The comment's ``text`` is these, joined by one blank line each. Raises ``KeyError`` where there is no
        such comment, ``DataError`` where the capture is not where it was, or not what it was.
        """
        from builder.run.corpus.source import canonical_text  # noqa: PLC0415 - see ``open``

        comment = self.comments.iloc[self._place(self._comment_places, comment_id)]
        article = self.article(comment["article_id"])
        text = canonical_text(self.path, self.record, article["capture"], article["raw_sha256"])
        rows = self._paragraphs.loc[[comment_id]].sort_values("ordinal")
        return tuple(text[start:end] for start, end in zip(rows["char_start"], rows["char_end"], strict=True))

    @cached_property
    def _article_places(self) -> pd.Index[Any]:
        return self.articles.set_index("article_id").index

    @cached_property
    def _comment_places(self) -> pd.Index[Any]:
        return self.comments.set_index("comment_id").index

    @cached_property
    def _paragraphs(self) -> pd.DataFrame:
        return self.segments[self.segments["kind"] == "comment"].set_index("comment_id")

    def _place(self, index: pd.Index[Any], value: str) -> int:
        if value not in index:
            raise KeyError(f"{self.path} has no {index.name} {value}")
        place = index.get_loc(value)
        if not isinstance(place, int):
            raise DataError(f"{self.path} has {value} more than once. See what is wrong: builder check")
        return place

    def _frame(self, name: str) -> pd.DataFrame:
        from builder.run.corpus.frames import read_frame  # noqa: PLC0415 - see ``open``

        return read_frame(self.path, name)


def open(path: str | Path = "data/tables") -> Dataset:  # noqa: A001 - read as `builder.open`
    """The dataset whose tables are in a folder or at a URL, ready to be asked.

    Those at a URL are fetched into the user's cache, unless they are there.
    Raises ``DataError`` where there are no tables, or they were written by another version.
    """
    # Here and not above: `import builder` and `builder --help` are to start without the table libraries.
    from builder.core.mirror import scratch_of_user, tables_at_hand  # noqa: PLC0415
    from builder.core.places import place_of  # noqa: PLC0415
    from builder.run.corpus.record import read_record  # noqa: PLC0415

    folder = tables_at_hand(place_of(str(path)), scratch_of_user())
    return Dataset(folder, read_record(folder))
