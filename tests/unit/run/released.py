"""A dataset on disk with archived answers, merged and made to labels, of which releases are cut for the house."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from builder.annotate.planning.rounds import Round
from builder.annotate.planning.sample import Sample
from builder.annotate.planning.terms import Terms
from builder.annotate.questionnaire.config import xml_sha256
from builder.annotate.tasks import POOL, PlannedTask
from builder.core.linefile import new_lines
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.core.storage import replace
from builder.labels.label_sets import How
from builder.run.annotation.merging import merge_archive
from builder.run.annotation.rounds import keep_round
from builder.run.labels.aggregating import Wanted as WantedLabels
from builder.run.labels.aggregating import aggregate
from builder.run.releasing.cutting import cut
from builder.run.releasing.facts import Wanted
from builder.run.releasing.keys import new_key
from tests.unit.annotate.pulled import BOB, CIVIL, XML, Pulled, Record, choice, data, span
from tests.unit.run.on_disk import write_tables
from tests.unit.tables.corpus import Comment, Dataset, Page, dataset

DAY = date(2031, 4, 5)
SAID = "The mayor promised a new bridge and sold us an old ferry instead"
QUOTING = f"You write: {SAID}. Well, Zacharias, that is how it goes"
PAGES = (
    Page(
        "herald/one.txt",
        "Bridge closed again",
        None,
        ("First paragraph.",),
        (
            Comment("Ann", ("Well.", "And another thing.")),
            Comment("Zacharias", (SAID,)),
            Comment("Bob", (QUOTING,)),
            Comment(None, ("Well.",)),
            Comment("Ann", ("Nobody asked the fishermen.",)),
        ),
    ),
    Page("herald/two.txt", "Ferry sunk", None, ("It was old.",), (Comment("Zacharias", ("Told you so.",)),)),
    Page("gazette/copy.txt", "Bridge closed again", None, ("First paragraph.",), (Comment("Z.", (SAID,)),)),
)
CORPUS = dataset(PAGES)
SETTINGS = """[tool.builder]
name = "tiny"
title = "A tiny dataset"
licence = "CC0-1.0"
contact = "nobody"
"""


def comment(text: str, capture: str = "herald/one.txt", corpus: Dataset = CORPUS) -> Record:
    """The row of the comment with that text in a capture."""
    article = corpus.tables["articles"].to_pylist()[corpus.row("articles", capture=capture)]["article_id"]
    rows = corpus.tables["comments"].to_pylist()
    return rows[corpus.row("comments", text=text, article_id=article)]


def shown(row: Record, before: Sequence[Record] = ()) -> Record:
    """The data of a task about a comment, with the comments before it."""
    thread = "\n\n".join(f"Commenter {number}: {one['text']}" for number, one in enumerate(before, 1))
    return data(row, thread_text=thread, article_title="Bridge closed again")


def answered() -> Pulled:
    """Answers to all comments of the first page, with marks and notes that quote what they are about."""
    pulled, thread = Pulled(), []
    for row in CORPUS.tables["comments"].to_pylist():
        if row["article_id"] == comment(SAID)["article_id"]:
            task = pulled.task(data=shown(row, thread))
            end = min(len(row["text"]), 20)
            note = {
                "from_name": "note",
                "to_name": "comment",
                "type": "textarea",
                "value": {"text": [row["text"]]},
            }
            pulled.annotation(task, [*CIVIL, span(0, end, row["text"][:end]), note])
            pulled.annotation(task, [choice("tone", "rude"), choice("target", "person")], who=BOB)
            pulled.draft(task, result=[note])
            thread.append(row)
    return pulled


def released_dataset(root: Path, pulled: Pulled | None = None) -> Settings:
    """The dataset in a folder, with these answers (or all) archived, merged and made to a label set."""
    root.mkdir(exist_ok=True)
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    settings = find_settings(root)
    write_tables(CORPUS, root)
    tasks = tuple(
        PlannedTask(POOL, row["comment_id"], row["article_id"])
        for row in CORPUS.tables["comments"].to_pylist()
    )
    terms = Terms("pool", 2, (), sample=Sample())
    keep_round(settings.rounds_dir, Round("pilot", "tones", xml_sha256(XML), "comment", terms, tasks))
    replace(settings.rounds_dir / "pilot" / "config.xml", XML.encode())
    replace(root / "annotation_configs/tones.xml", XML.encode())
    replace(root / "annotation_configs/tones.toml", b'title = "Tones"\nunit_type = "comment"\n')
    with new_lines(settings.archive_dir) as archive:
        for line in (pulled or answered()).lines:
            archive.write(line.as_bytes())
    merge_archive(settings)
    aggregate(settings, How("v1"), WantedLabels())
    return settings


def cut_release(settings: Settings, version: str | None = None, tier: str = "private") -> Path:
    """The folder of a new release, of the tier that needs no key unless another one is named."""
    return cut(settings, Wanted(version, tier, DAY)).folder


def with_key(settings: Settings, file: Path) -> Settings:
    """The dataset with a key for pseudonyms in a file outside it."""
    text = f'{SETTINGS}key = "{file.as_posix()}"\n'
    (settings.root / "pyproject.toml").write_text(text, encoding="utf-8")
    keyed = find_settings(settings.root)
    new_key(keyed)
    return keyed
