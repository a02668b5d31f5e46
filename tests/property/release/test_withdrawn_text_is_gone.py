"""No withdrawn text survives in tables, nor in an archive, whatever is withdrawn from whatever threads."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builder.annotate.archive.redaction import Redactor
from builder.contracts import catalogue
from builder.contracts.catalogue import table_of
from builder.contracts.columns import check_contract
from builder.release.withdrawal.ledger import Ledger, Withdrawal
from builder.release.withdrawal.quotes import LEAST, words
from builder.release.withdrawal.tombstones import widened
from builder.release.withdrawal.units import gone
from builder.release.withdrawal.without import without
from builder.tables.check_counts import count_faults
from builder.tables.check_keys import key_faults, reference_faults
from builder.tables.check_links import linked
from builder.tables.check_segments import segment_faults
from tests.unit.annotate.pulled import CIVIL, Pulled, data, span
from tests.unit.tables.corpus import Comment, Dataset, Page, dataset

WORDS = st.sampled_from(["bridge", "ferry", "мост", "市", "🐘", "no", "Straße", "and"])


@st.composite
def corpora(draw: st.DrawFn) -> Dataset:
    """Threads whose comments say something of their own, some of them quoting one before, some twice."""
    pages, number = [], 0
    for page in range(draw(st.integers(1, 3))):
        said = list[str]()
        for _ in range(draw(st.integers(0, 5))):
            number += 1
            text = f"lonely{number} " + " ".join(draw(st.lists(WORDS, min_size=0, max_size=9)))
            if said and draw(st.booleans()):
                text = f"{text.strip()}: {draw(st.sampled_from(said))}"
            said.append(text.strip())
        authors = [draw(st.sampled_from([None, "Ann", "Zacharias", "Bo Xi"])) for _ in said]
        comments = tuple(Comment(author, (text,)) for author, text in zip(authors, said, strict=True))
        pages.append(Page(f"paper/{page}.txt", f"Headline {page}", None, ("Words.",), comments))
    return dataset(pages)


def ledgers(made: Dataset) -> st.SearchStrategy[Ledger]:
    """Ledgers that withdraw some units of a dataset, and some that it does not have."""
    units = [
        (kind, row[f"{kind}_id"])
        for kind, name in (("comment", "comments"), ("author", "authors"), ("article", "articles"))
        for row in made.tables[name].to_pylist()
    ]
    nobody = ("comment", "c" + "f" * 20)
    chosen = st.lists(st.sampled_from([*units, nobody]), max_size=4, unique=True)
    return chosen.map(lambda some: Ledger(tuple(Withdrawal(*unit, "error", "2031-04-05") for unit in some)))


def annotated(made: Dataset) -> Pulled:
    """Answers about every comment, marked in full, each shown with all comments before it."""
    pulled, threads = Pulled(), dict[str, list[str]]()
    for row in made.tables["comments"].to_pylist():
        thread = threads.setdefault(row["article_id"], [])
        task = pulled.task(data=data(row, thread_text="\n\n".join(f"Commenter 1: {text}" for text in thread)))
        pulled.annotation(task, [*CIVIL, span(0, len(row["text"]), row["text"])])
        pulled.draft(task, result=[span(0, len(row["text"]), row["text"])])
        thread.append(row["text"])
    return pulled


@given(st.data())
def test_no_table_says_it(drawn: st.DataObject) -> None:
    """No cell of any table has the words of a withdrawn comment, and the tables are sound without it."""
    made = drawn.draw(corpora())
    ledger = drawn.draw(ledgers(made))
    tables = {**made.tables, **annotated(made).merged(made).tables}
    left = without(tables, ledger)
    away = gone(tables, ledger)
    said = texts_of(left)
    for row in made.tables["comments"].to_pylist():
        if row["comment_id"] in away.comments and len(words(row["text"])) >= LEAST:
            assert row["text"] not in said
    check_sound(left)
    assert len(left["comments"]) == sum(
        row["article_id"] not in away.articles for row in made.tables["comments"].to_pylist()
    )
    assert {row["unit_id"] for row in left["withdrawn"].to_pylist()} >= away.comments | away.articles


def texts_of(tables: dict[str, Any]) -> str:
    """Every text in every cell."""
    return "\n".join(
        str(value)
        for table in tables.values()
        for row in table.to_pylist()
        for value in row.values()
        if isinstance(value, str)
    )


def check_sound(tables: dict[str, Any]) -> None:
    """Fail where tables break their schemas, keys, references, counts or the cover of their segments."""
    for name, table in tables.items():
        if name != "withdrawn":
            schema = widened(name, catalogue.schema(name))
            assert not [str(fault) for fault in check_contract(table, schema)]
            assert table_of(schema).names == tuple(table.column_names)
    corpus = {name: tables[name] for name in catalogue.CORPUS}
    together = linked(corpus)
    faults = [*key_faults(corpus), *reference_faults(corpus, together.links), *count_faults(together)]
    assert not [str(fault) for fault in (*faults, *segment_faults(together))]


@given(st.data())
def test_no_line_of_the_archive_says_it(drawn: st.DataObject) -> None:
    """No line about a withdrawn comment, and no thread beside another one, has its text; all lines are there."""
    made = drawn.draw(corpora())
    away = gone(made.tables, drawn.draw(ledgers(made)))
    redactor = Redactor(away.comments | away.articles, set(away.touched))
    rows = {row["comment_id"]: row for row in made.tables["comments"].to_pylist()}
    for unit in away.comments & rows.keys():
        redactor.texts[rows[unit]["article_id"]].add(rows[unit]["text"])
    lines = annotated(made).lines
    left = [redactor.line(line) for line in lines]
    assert [line.kind for line in left] == [line.kind for line in lines]
    assert [redactor.line(line) for line in left] == left
    tasks = [line for line in lines if line.kind == "task"]
    about = {line.task_key for line in tasks if line.record["data"]["unit_id"] in away.comments}
    for line in left:
        if line.task_key in about:
            assert "lonely" not in json.dumps(line.record, ensure_ascii=False)
        elif line.kind == "task":
            thread = line.record["data"]["thread_text"].split("\n\n")
            gone_here = redactor.texts.get(line.record["data"]["article_id"], set())
            assert not [text for text in gone_here if f"Commenter 1: {text}" in thread]
