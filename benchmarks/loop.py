"""Measures `builder push` and `builder pull` against the server's own bare import and export: `make bench`.

One Label Studio, started for this alone, with its data in the benchmark's scratch folder. BENCH_TASKS (10000) is the
number of tasks; with fewer it is a quick look without gates or a results page.
"""

import json
import operator
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from benchmarks.inputs import SCRATCH, page_size_files
from benchmarks.results import Figure, concluded, machine_facts, table
from builder.annotate.planning.terms import Wishes
from builder.annotate.server.address import Address
from builder.annotate.server.connection import connect
from builder.annotate.server.projects import Marker, NewProject, make_project
from builder.annotate.server.studio.serve import Up, start, stop
from builder.annotate.tasks import POOL
from builder.annotate.transfer.push import Body
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.run.annotation.bodies import bodies, shown_units
from builder.run.annotation.configs import sound_config
from builder.run.annotation.orders import make_order

HERE = Path(__file__).parent
BUILDER = Path(sys.executable).with_name("builder")
FULL = 10_000
TASKS = int(os.environ.get("BENCH_TASKS", FULL))
PAIRS = 5
GATE = 1.5
COMMENTS_OF_A_CAPTURE = 14
CONFIG = "comment_hostility"
EXPLANATION = """\
{tasks:,} tasks of `comment_hostility`, each with its article and the comments before it; for the pull, each with two
answers of three questions. Ours is the whole command, from its start to its end. Bare is one request of the server's
own import with the same tasks, and one of its own export, kept as a file; nothing is listed, checked or archived.
A figure is the median of {pairs} pairs of one run."""
ANSWERS = {"hostility": ["rude"], "target": ["person", "other"], "stance": ["neutral"]}


MARKER = Marker("bench", "answered", CONFIG, "0" * 64, "pool")
COMMANDS = ("builder push", "bare import", "builder pull", "bare export")


@dataclass(frozen=True)
class Bench:
    """A running server, and the dataset whose tasks it gets."""

    up: Up
    settings: Settings

    def call(self, *words: str) -> None:
        """Run a command of the builder in the dataset."""
        key = {"LABEL_STUDIO_URL": self.up.run.url, "LABEL_STUDIO_API_KEY": self.up.lead.token}
        command: list[str | Path] = [BUILDER, *words]
        # Like an installed package, the builder is compiled once and not at every start.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        subprocess.run(command, cwd=self.settings.root, env=kept | key, check=True, stdout=subprocess.DEVNULL)

    def ask(self, method: str, path: str, content: bytes = b"") -> bytes:
        """One bare request of the server."""
        headers = {"Authorization": f"Token {self.up.lead.token}", "Content-Type": "application/json"}
        with httpx.Client(timeout=1200, trust_env=False) as client:
            answer = client.request(method, f"{self.up.run.url}{path}", headers=headers, content=content)
        answer.raise_for_status()
        return answer.content

    def new_project(self, marker: Marker) -> int:
        """The number of a project without tasks."""
        server = connect(Address(self.up.run.url, self.up.lead.token, self.up.lead.name))
        xml = sound_config(self.settings, CONFIG).xml
        return make_project(server, NewProject(marker, marker.round, xml, "", 2)).id


Side = Callable[[int], None]
"""What is measured, given the number of the pair."""


def main() -> int:
    """Start a server, measure, stop it, print; write the results of a full run."""
    home = SCRATCH / "loop"
    shutil.rmtree(home, ignore_errors=True)
    settings = made_dataset(home / "dataset")
    (home / "studio").mkdir()
    try:
        bench = Bench(start(home / "studio", print), settings)
        seconds = [*measured_pushes(bench), *measured_pulls(bench)]
    finally:
        stop(home / "studio")
    return verdict(dict(zip(COMMANDS, seconds, strict=True)))


def made_dataset(folder: Path) -> Settings:
    """A dataset with enough comments for the tasks, built."""
    folder.mkdir(parents=True)
    (folder / "pyproject.toml").write_text('[tool.builder]\nname = "bench"\n', encoding="utf-8")
    raw = page_size_files(-(-TASKS // COMMENTS_OF_A_CAPTURE))
    subprocess.run([BUILDER, "build", "--raw", raw], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return find_settings(folder)


def measured_pushes(bench: Bench) -> tuple[list[float], list[float]]:
    """Seconds of `builder push` for new rounds, and of one import request with the same tasks."""
    sent = json.dumps(tasks(bench)).encode()

    def ours(number: int) -> None:
        bench.call("push", "--config", CONFIG, "--round", f"r{number}", "--sample", str(TASKS))

    def bare(number: int) -> None:
        bench.ask("POST", f"api/projects/{projects[number]}/import", sent)

    projects = [bench.new_project(replace(MARKER, dataset="bare", round=f"bare-{n}")) for n in range(PAIRS)]
    return pairs("push", ours, bare)


def measured_pulls(bench: Bench) -> tuple[list[float], list[float]]:
    """Seconds of `builder pull` into an empty archive, and of one export request; every task has two answers."""
    everything = json.loads(bench.ask("GET", "api/projects/?page_size=100"))["results"]
    for project in everything:
        bench.ask("DELETE", f"api/projects/{project['id']}/")
    answered = bench.new_project(MARKER)
    sent = [{**task, "annotations": [{"result": results()}] * 2} for task in tasks(bench)]
    bench.ask("POST", f"api/projects/{answered}/import", json.dumps(sent).encode())

    def ours(_number: int) -> None:
        shutil.rmtree(bench.settings.archive_dir, ignore_errors=True)
        bench.call("pull")

    def bare(number: int) -> None:
        export = (
            f"api/projects/{answered}/export?exportType=JSON&download_all_tasks=true&download_resources=false"
        )
        (bench.settings.root / f"export-{number}.json").write_bytes(bench.ask("GET", export))

    return pairs("pull", ours, bare)


def tasks(bench: Bench) -> list[Body]:
    """The tasks of a round as `builder push` sends them."""
    wishes = Wishes(sample=TASKS)
    order, _ = make_order(bench.settings, "r0", CONFIG, wishes, dry=True)
    return list(bodies(order, POOL, shown_units(order)).values())


def results() -> list[dict[str, Any]]:
    """An answer to three questions."""
    return [
        {"from_name": name, "to_name": "comment", "type": "choices", "value": {"choices": chosen}}
        for name, chosen in ANSWERS.items()
    ]


def pairs(what: str, ours: Side, bare: Side) -> tuple[list[float], list[float]]:
    """The seconds of ours and of the bare request, pair by pair, every other pair the other way round."""
    seconds: dict[Side, list[float]] = {ours: [], bare: []}
    for number in range(PAIRS):
        for each in (ours, bare) if number % 2 == 0 else (bare, ours):
            started = time.monotonic()
            each(number)
            seconds[each].append(time.monotonic() - started)
        took = " and ".join(f"{seconds[each][-1]:.1f}" for each in (ours, bare))
        print(f"{what} {number + 1} of {PAIRS}: ours and bare {took} s", flush=True)
    return seconds[ours], seconds[bare]


def verdict(seconds: dict[str, list[float]]) -> int:
    """Print the page; the exit code; a full run's page replaces the last one."""
    figures = [
        Figure(
            f"{ours}, wall, by {bare}",
            statistics.median(map(operator.truediv, seconds[ours], seconds[bare])),
            GATE,
        )
        for ours, bare in (COMMANDS[:2], COMMANDS[2:])
    ]
    parts = [
        "# Results of `make bench`: tasks to Label Studio and back",
        EXPLANATION.format(tasks=TASKS, pairs=PAIRS),
        table(("figure", "value", "gate", ""), [each.row for each in figures]),
        table(
            ("command", "wall s"),
            [(name, f"{statistics.median(taken):.1f}") for name, taken in seconds.items()],
        ),
        "## Machine",
        "\n".join(f"- {fact}" for fact in machine_facts()),
    ]
    text = "\n\n".join(parts) + "\n"
    quick_look = f"{TASKS} tasks" if TASKS < FULL else ""
    return concluded(HERE / "LOOP.md", text, figures, quick_look)


if __name__ == "__main__":
    sys.exit(main())
