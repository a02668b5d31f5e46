"""What the README says is what happens.

Where it is not: ``python -m tests.integration.readme``, then read the difference.
"""

import json
import re
from pathlib import Path

import pytest

import builder
from builder.cli.verbs import VERBS
from tests.integration.readme import (
    README,
    ROOT,
    Block,
    blocks,
    gates,
    legible,
    run,
    sample,
    shown_gates,
)

TEXT = README.read_text(encoding="utf-8")
BLOCKS = tuple(blocks(TEXT))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample with its tables built."""
    copy = sample(tmp_path_factory.mktemp("readme") / "sample")
    assert run(Block("sh", "builder build", None, (0, 0)), copy).returncode == 0
    return copy


def test_every_block_is_seen() -> None:
    """No block of code hides behind a language or an indentation that is not run."""
    fences = re.findall(r"^ *```(\w+)$", TEXT, re.MULTILINE)
    assert len(BLOCKS) == sum(language in {"sh", "python"} for language in fences)
    assert set(fences) == {"sh", "python", "text", "json"}


@pytest.mark.parametrize("block", BLOCKS, ids=str)
@pytest.mark.usefixtures("studio")  # so that a Label Studio is installed before a command has to wait for it
def test_a_block_does_what_it_shows(block: Block, folder: Path, tmp_path: Path) -> None:
    """Each command and each script of the README succeeds and prints what is shown below it."""
    done = run(block, sample(tmp_path) if "make demo" in block.code else folder)
    assert done.returncode == 0, done.stderr
    assert block.shown in {None, legible(done.stdout)}


def test_the_side_file_is_valid(folder: Path) -> None:
    """The side file that the README shows is one that a build takes."""
    shown = re.search(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert shown
    said = json.loads(shown[1])
    schema = json.loads((ROOT / "schemas" / "capture_meta.schema.json").read_text(encoding="utf-8"))
    assert set(said) == set(schema["properties"])
    capture = folder / "side" / "my-paper" / "one.txt"
    capture.parent.mkdir(parents=True)
    capture.write_text("A headline\n\nA paragraph of an article.\n\n\nAnn\n\nA comment.\n", encoding="utf-8")
    capture.with_name("one.txt.meta.json").write_text(shown[1], encoding="utf-8")
    built = Block("sh", "builder build --raw side --out side-tables", None, (0, 0))
    assert run(built, folder).returncode == 0
    assert builder.open(folder / "side-tables").articles["url"].tolist() == [said["url"]]


def test_every_command_is_listed() -> None:
    """The table of commands has a row for each verb, and none for a verb that is not there."""
    assert re.findall(r"^\| `builder (\w+)", TEXT, re.MULTILINE) == list(VERBS)


def test_named_targets_exist() -> None:
    """Each `make` target that the README names is one of the Makefile's."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)[`\n ]", TEXT)) <= targets


def test_named_files_exist() -> None:
    """Each file of the repository that the README names is there."""
    named = set(re.findall(r"`((?:builder|tests|benchmarks|schemas|data)/[\w./-]*|[A-Z-]+(?:\.md)?)`", TEXT))
    assert named
    assert not [each for each in named if not (ROOT / each).exists()]


def test_ratios_are_those_of_the_benchmark() -> None:
    """The README quotes the ratios as the last `make bench` wrote them."""
    shown = shown_gates(TEXT)
    assert set(shown) == {"RESULTS", "AGREEMENT", "LOOP", "MERGING", "ANNOTATIONS", "RELEASING"}
    assert shown == {page: gates(page) for page in shown}


def test_scores_reach_the_floors() -> None:
    """No score that the README tells is below the floor that `make eval` holds."""
    floors = json.loads((ROOT / "tests" / "benchmark" / "floors.json").read_text(encoding="utf-8"))
    names = ("precision", "recall", "f1", "author", "split")
    for rendering, limits in floors.items():
        row = re.search(rf"^\| `{rendering}`.*$", TEXT, re.MULTILINE)
        assert row
        told = dict(zip(names, map(float, re.findall(r"(?<!\S)[01]?\.\d+", row[0])), strict=True))
        assert all(told[name] >= floor for name, floor in limits.items())


def test_the_sample_is_parsed_as_told(folder: Path) -> None:
    """As many comments of the sample come out whole as the README says."""
    ds = builder.open(folder / "data" / "tables")
    whole = written = 0
    for capture, article_id in zip(ds.articles["capture"], ds.articles["article_id"], strict=True):
        gold = ROOT / "tests" / "golden" / capture.replace(".txt", ".gold.json")
        comments = json.loads(gold.read_text(encoding="utf-8"))["comments"]
        thread = ds.thread(article_id)
        names = thread["author_name"].to_numpy(dtype=object, na_value=None)
        found = list(zip(names, thread["text"], strict=True))
        wanted = [(one["author"], "\n\n".join(one["body"])) for one in comments]
        written += len(wanted)
        whole += sum(min(found.count(one), wanted.count(one)) for one in set(wanted))
    assert f"{whole} of {written} comments" in TEXT
