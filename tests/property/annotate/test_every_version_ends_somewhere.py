"""Whatever people, scripts and accidents do on a server, the merge loses nothing and guesses nothing."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.annotate.merging.merge import Merged
from builder.contracts.catalogue import ANNOTATION
from builder.contracts.columns import check_columns
from builder.tables.check_keys import key_faults, reference_faults
from builder.tables.check_links import links_of
from tests.unit.annotate.exports import Export
from tests.unit.annotate.pulled import ANN, BOB, CORPUS, TANKS, choice, data, merged, span
from tests.unit.tables.corpus import PAGES, dataset

some_examples = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
ROWS = CORPUS.tables["comments"].to_pylist()
GONE = dataset(PAGES[1:])


def mostly(common: st.SearchStrategy[Any], rare: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The common one, and now and then the rare one."""
    return st.integers(0, 4).flatmap(lambda lot: common if lot else rare)


odd = st.sampled_from([None, "x", 3, -1, True, [], {}, ["civil"], "\ud83d", 10**12, 10**400, 0.5, 3.0])
options = st.lists(st.sampled_from(["civil", "rude", "person", "group", "slur", "mad"]), max_size=3)
tones = st.sampled_from(["civil", "rude"]).map(lambda tone: choice("tone", tone))
targets = st.lists(st.sampled_from(["person", "group"]), min_size=1, max_size=2, unique=True).map(
    lambda chosen: choice("target", *chosen)
)
choices = st.builds(
    lambda name, values: choice(name, *values), st.sampled_from(["tone", "target", "mood"]), options
)
stretches = st.tuples(st.integers(-1, 18), st.integers(-1, 18))
true_spans = stretches.map(lambda at: span(*at, TANKS["text"][max(at[0], 0) : max(at[1], 0)]))
false_spans = st.builds(lambda at, text: span(*at, text), stretches, st.text(max_size=3))
notes = st.lists(st.text(st.characters(codec="utf-8"), max_size=3), max_size=2).map(
    lambda lines: {"from_name": "note", "to_name": "comment", "type": "textarea", "value": {"text": lines}}
)
stars = odd.map(
    lambda n: {"from_name": "stars", "to_name": "comment", "type": "rating", "value": {"rating": n}}
)
items = st.one_of(tones, targets, choices, true_spans, false_spans, notes, stars)


@st.composite
def broken_items(draw: st.DrawFn) -> Any:
    """An item of a result with one entry replaced by something odd."""
    item = draw(items)
    name = draw(st.sampled_from(sorted(item)))
    if name == "value" and draw(st.booleans()):
        return {**item, "value": {**item["value"], draw(st.sampled_from(sorted(item["value"]))): draw(odd)}}
    return {**item, name: draw(odd)}


sound_spans = stretches.filter(lambda at: 0 <= at[0] < at[1] <= len(TANKS["text"])).map(
    lambda at: span(*at, TANKS["text"][at[0] : at[1]])
)
whole = st.builds(
    lambda answers, more: [*answers, *more],
    st.tuples(st.just(choice("tone", "civil"))) | st.tuples(st.just(choice("tone", "rude")), targets),
    st.lists(sound_spans | notes, max_size=2),
)
broken = st.one_of(st.lists(st.one_of(items, broken_items(), odd), max_size=4), odd)
results = mostly(whole, broken)
predicted = st.builds(
    lambda said: {"parent_prediction": 5, "prediction": {"model_version": "m", "result": said}}, results
)
one_change = st.one_of(
    predicted,
    st.just({"was_cancelled": True}),
    st.just({"updated_by": None, "lead_time": None}),
    st.sampled_from([ANN, BOB, 99]).map(lambda who: {"completed_by": who}),
    st.sampled_from([ANN, BOB, 99]).map(lambda who: {"updated_by": who}),
    st.builds(
        lambda name, value: {name: value},
        st.sampled_from(["completed_by", "updated_by", "lead_time", "was_cancelled", "parent_prediction"]),
        odd,
    ),
)
changes = mostly(st.just({}), one_change)
sound_data = mostly(st.just(data()), st.sampled_from(ROWS).map(data))
broken_data = st.builds(
    lambda name, value: data(**{name: value}), st.sampled_from(["task_key", "text", "unit_type"]), odd
) | st.builds(lambda value: {"text": value}, odd)
datas = mostly(sound_data, broken_data)


@st.composite
def exports(draw: st.DrawFn) -> Export:
    """A project after some days of work, pulled now and then."""
    made = Export()
    for shows in draw(st.lists(datas, min_size=1, max_size=3)):
        made.add_task(shows)
    for _ in range(draw(st.integers(2, 10))):
        act(draw, made)
    made.pull()
    return made


def act(draw: st.DrawFn, made: Export) -> None:
    """One thing that happens."""
    done = draw(
        st.sampled_from(
            ["annotate", "annotate", "annotate", "pull", "pull", "edit", "draft", "remove", "delete", "again"]
        )
    )
    tasks = [*made.tasks.values()]
    answered = [(task, one) for task in tasks for one in task["annotations"]]
    if done == "pull" or not tasks:
        made.pull()
    elif done == "again":
        made.add_task(draw(datas))
    elif done == "annotate":
        who = draw(st.sampled_from([ANN, BOB]))
        changed = {"who": who, "updated_by": who, **draw(changes)}
        changed["who"] = changed.pop("completed_by", changed["who"])
        made.annotate(draw(st.sampled_from(tasks)), draw(results), **changed)
    elif done == "draft":
        made.draft(draw(st.sampled_from(tasks)), draw(results))
    elif done == "delete":
        del made.tasks[draw(st.sampled_from(sorted(made.tasks)))]
    elif answered and done == "edit":
        made.edit(*draw(st.sampled_from(answered)), result=draw(results), **draw(changes))
    elif answered:
        task, one = draw(st.sampled_from(answered))
        task["annotations"].remove(one)


def counts(result: Merged) -> dict[str, int]:
    """How many rows of annotations have each status, in the words of the summary."""
    found = Counter(result.tables["annotations"]["status"].to_pylist())
    found["drafts"] = found.pop("draft", 0)
    return dict(found)


@some_examples
@given(exports(), st.booleans())
def test_every_version_ends_in_one_status(made: Export, gone: bool) -> None:
    """Each archived version is one row, the sums add up, and what is not merged has rows in no other table."""
    versions = sum(line.kind in ("annotation", "draft") for line in made.lines)
    result = merged(made.lines, GONE if gone else CORPUS)
    summary = asdict(result.summary)
    assert summary.pop("pulled") == versions == result.tables["annotations"].num_rows == sum(summary.values())
    assert {name: number for name, number in counts(result).items() if number} == {
        name: number for name, number in summary.items() if number
    }
    status = {(row["annotation_id"], row["version"]): row["status"] for row in rows(result, "annotations")}
    assert {status[place(row)] for name in ("answers", "spans") for row in rows(result, name)} <= {"merged"}
    rejected = {key for key, one in status.items() if one == "rejected"}
    assert {place(row) for row in rows(result, "rejects")} == rejected


@some_examples
@given(exports())
def test_the_tables_always_obey(made: Export) -> None:
    """No record, however broken, makes a table that its schema refuses."""
    tables = merged(made.lines).tables
    assert not [fault for name in ANNOTATION for fault in check_columns(tables[name], name)]
    assert not [*key_faults(tables), *reference_faults(tables, links_of(tables))]


@some_examples
@given(exports(), st.randoms(use_true_random=False))
def test_the_order_of_the_archive_does_not_matter(made: Export, chance: Any) -> None:
    """Lines in any order, and lines told twice, come to the same tables; and so does a second merge."""
    again = [*made.lines, *made.lines[::3]]
    chance.shuffle(again)
    assert merged(again) == merged(made.lines) == merged(made.lines)


@some_examples
@given(exports())
def test_a_person_has_one_say_on_a_task(made: Export) -> None:
    """No two versions that count are of one person and one task, and each marks what the text says."""
    result = merged(made.lines)
    standing = [row for row in rows(result, "annotations") if row["status"] in ("merged", "skipped")]
    said = [(row["annotator_id"], row["task_key"]) for row in standing if row["task_key"]]
    assert len(said) == len({*said}) or None in {person for person, _ in said}
    texts = {row["comment_id"]: row["text"] for row in ROWS}
    units = {place(row): row["unit_id"] for row in rows(result, "annotations")}
    for row in rows(result, "spans"):
        assert texts[units[place(row)]][row["start"] : row["end"]] == row["text"]


def rows(result: Merged, name: str) -> list[dict[str, Any]]:
    """The rows of a table."""
    listed: list[dict[str, Any]] = result.tables[name].to_pylist()
    return listed


def place(row: dict[str, Any]) -> tuple[str, int]:
    """Which version a row is of."""
    return row["annotation_id"], row["version"]
