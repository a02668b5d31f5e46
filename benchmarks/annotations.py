"""Measures the memory of everything that is done with 1,000,000 annotations: `python -m benchmarks.annotations`.

BENCH_ITEMS (333334) is the number of comments, each with three annotations; with fewer it is a quick look without
gates or a results page.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.account import Cost, cost_of
from benchmarks.commands import BUILDER, timing
from benchmarks.exported import COMMENTS_OF_A_CAPTURE, OF_A_TASK, XML, tasks, write_archive
from benchmarks.inputs import SCRATCH, page_size_files
from benchmarks.releasing import NAME, SETTINGS, accept_names
from benchmarks.results import Figure, concluded, machine_facts, table
from builder.core.immutable import discard_read_only
from builder.core.settings_file import find_settings
from builder.core.tablefile import read_table

HERE = Path(__file__).parent
FULL = 333_334
ITEMS = int(os.environ.get("BENCH_ITEMS", FULL))
MOST = 2.0
"""GB that a command may take."""
DECLARED = 'title = "Stances"\nunit_type = "comment"\n'
MADE = ("data/merged", "data/label_sets", "releases")
"""The folders that the commands make."""
EXPLANATION = """\
A dataset of {articles:,} articles with {comments:,} comments, of which {items:,} have three annotations each: a choice,
and up to three marked stretches. That is {annotations:,} annotations, {answers:,} answers and {spans:,} spans. Each
command is a process of its own, begins with what those above it left on disk, and is run once. Memory is the highest
peak of all its processes, sampled 20 times a second."""


@dataclass(frozen=True)
class Verb:
    """A command that is measured, by the name that the page gives it."""

    name: str
    words: tuple[str, ...]


VERBS = (
    Verb("merge", ("merge",)),
    Verb("agreement", ("agreement",)),
    Verb("aggregate, majority", ("aggregate", "--label-set", "most")),
    Verb("quality", ("quality",)),
    Verb("release, research", ("release", "--tier", "research")),
    Verb("aggregate, dawid-skene", ("aggregate", "--label-set", "estimated", "--method", "dawid-skene")),
    Verb("release, research, the next one", ("release", "--tier", "research")),
    Verb("release, open", ("release", "--tier", "open")),
    Verb("verify, research", ("verify", f"releases/{NAME}-0.2.0")),
    Verb("verify, open", ("verify", f"releases/{NAME}-open-0.1.0")),
)


def main() -> int:
    """Make the dataset and its archive, run every command, print; write the results of a full run."""
    root = dataset()
    for folder in MADE:
        discard_read_only(root / folder)
    return verdict({verb.name: measured(verb, root) for verb in VERBS}, root)


def measured(verb: Verb, root: Path) -> Cost:
    """What a command costs."""
    cost = cost_of((BUILDER, *verb.words, "--json"), root)
    print(f"{verb.name}: {cost.cpu:.1f} CPU s, {cost.memory:.0f} MB", flush=True)
    return cost


def dataset() -> Path:
    """A built dataset with a key, a labelling config and an archive; made where it is missing."""
    root, done = SCRATCH / f"annotations-{ITEMS}", SCRATCH / f"annotations-{ITEMS}.done"
    if done.exists():
        return root
    shutil.rmtree(root, ignore_errors=True)
    key = SCRATCH / f"annotations-{ITEMS}.key.json"
    key.unlink(missing_ok=True)
    (root / "annotation_configs").mkdir(parents=True)
    (root / "annotation_configs/stances.xml").write_text(XML, encoding="utf-8")
    (root / "annotation_configs/stances.toml").write_text(DECLARED, encoding="utf-8")
    (root / "pyproject.toml").write_text(SETTINGS.format(name=NAME, key=key), encoding="utf-8")
    raw = page_size_files(-(-ITEMS // COMMENTS_OF_A_CAPTURE))
    for words in (("build", "--raw", raw), ("key", "new")):
        subprocess.run([BUILDER, *words], cwd=root, check=True, stdout=subprocess.DEVNULL)
    accept_names(root)
    settings = find_settings(root)
    write_archive(tasks(settings, ITEMS), settings.archive_dir)
    done.touch()
    return root


def verdict(costs: dict[str, Cost], root: Path) -> int:
    """Print the page; the exit code; a full run's page replaces the last one."""
    figures = [Figure(f"{name}, peak GB", cost.memory / 1000, MOST) for name, cost in costs.items()]
    settings = find_settings(root)
    tables, merged = settings.tables_dir, settings.merged_dir
    rows = {
        name: read_table(folder, name, ()).num_rows
        for folder, names in (
            (tables, ("articles", "comments")),
            (merged, ("annotations", "answers", "spans")),
        )
        for name in names
    }
    parts = [
        f"# Results of `make bench`: {ITEMS * OF_A_TASK:,} annotations",
        EXPLANATION.format(items=ITEMS, **rows),
        table(("figure", "value", "gate", ""), [each.row for each in figures]),
        table(
            ("command", "wall s", "CPU s", "peak MB"),
            [timing(f"builder {name}", [cost]).row for name, cost in costs.items()],
        ),
        "## Machine",
        "\n".join(f"- {fact}" for fact in machine_facts()),
    ]
    text = "\n\n".join(parts) + "\n"
    quick_look = f"{ITEMS} comments" if ITEMS < FULL else ""
    return concluded(HERE / "ANNOTATIONS.md", text, figures, quick_look)


if __name__ == "__main__":
    sys.exit(main())
