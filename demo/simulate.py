"""Simulated people answer a round on the running studio, each as the user they are.

`python -m demo.simulate label` sends the answers of three annotators to the round `demo`, `edit` what one of them
changes later, and `settle` what a fourth person decides where they disagree; `label more` sends answers to the round
`more`. Whatever was sent already is not sent again.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from builder.annotate.questionnaire.questions import LabelConfig, Question
from builder.annotate.server.connection import Address, Server, address, connect
from builder.annotate.server.projects import Project, projects_of
from builder.annotate.server.studio.accounts import add_annotators, legacy_token
from builder.annotate.server.studio.reset import reset_passwords
from builder.annotate.transfer.push import listed
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.run.annotation.annotators import read_pseudonyms
from builder.run.annotation.configs import sound_config
from builder.run.annotation.rounds import the_round

ROUND = "demo"
ANSWERS = Path(__file__).with_name("answers.json")
TYPES = {"choice": "choices", "choices": "choices", "spans": "labels", "text": "textarea"}
READING = 15.0  # characters a second

Task = Mapping[str, Any]
Answer = dict[str, Any]


def main(step: str, asked: str = ROUND) -> None:
    """Let each person do a step (`label`, `edit` or `settle`) on every task of theirs that asks for it."""
    settings = find_settings(Path.cwd())
    place = address(settings)
    lead = connect(place)
    name = f"{asked}-adjudication" if step == "settle" else asked
    config = sound_config(settings, the_round(settings.rounds_dir, asked).config)
    people = read_pseudonyms(settings.annotators_file)
    own = {one.marker.assignee: one for one in projects_of(lead, settings.name) if one.marker.round == name}
    for person, answers in by_annotator().items():
        if people.of(person) not in own:
            continue
        tasks = tasks_of(lead, own[people.of(person)])
        waiting = [
            (task, answers[task["data"]["unit_id"]])
            for task in tasks
            if WAITS[step](lead, task, answers[task["data"]["unit_id"]], config)
        ]
        if waiting:
            server = connect(Address(place.url, token_of(settings, lead, person), place.name))
            for task, answer in waiting:
                STEPS[step](server, task, answer, config)
        print(f"{person} (simulated): {len(waiting)} tasks to {step}")


def by_annotator() -> dict[str, dict[str, Answer]]:
    """The answers that were written, by annotator and comment."""
    answers: dict[str, dict[str, Answer]] = defaultdict(dict)
    for one in json.loads(ANSWERS.read_text(encoding="utf-8")):
        answers[one["annotator"]][one["comment_id"]] = one
    return answers


def token_of(settings: Settings, lead: Server, name: str) -> str:
    """The token of an annotator, whose account is made if need be, else gets a new password."""
    (made,) = add_annotators(lead, [name])
    if made.password is None:
        (made,) = reset_passwords(settings, [name])
    return legacy_token(lead.url, made.address, made.password or "")


def tasks_of(lead: Server, project: Project) -> Iterator[Task]:
    """The tasks of a project, with how often each was answered or skipped."""
    yield from listed(lead, project.id, "id,data,total_annotations,cancelled_annotations")


def unanswered(_lead: Server, task: Task, _answer: Answer, _config: LabelConfig) -> bool:
    """Whether nobody answered or skipped a task."""
    return not task["total_annotations"] + task["cancelled_annotations"]


def unedited(lead: Server, task: Task, answer: Answer, config: LabelConfig) -> bool:
    """Whether a task still has an answer that its annotator thinks better of."""
    if "edited" not in answer:
        return False
    (given,) = lead.get(f"api/tasks/{task['id']}/annotations/")
    wanted = results_of(answer["edited"], task["data"]["text"], config)
    return [one["value"] for one in given["result"]] != [one["value"] for one in wanted]


def label(server: Server, task: Task, answer: Answer, config: LabelConfig) -> None:
    """Answer a task, or skip it."""
    text = task["data"]["text"]
    results = [] if "skip" in answer else results_of(answer["answers"], text, config)
    said = {"result": results, "was_cancelled": "skip" in answer, "lead_time": 4 + len(text) / READING}
    server.post(f"api/tasks/{task['id']}/annotations/", said)


def edit(server: Server, task: Task, answer: Answer, config: LabelConfig) -> None:
    """Put another answer in the place of the one that was given."""
    (given,) = server.get(f"api/tasks/{task['id']}/annotations/")
    results = results_of(answer["edited"], task["data"]["text"], config)
    server.patch(f"api/annotations/{given['id']}/", {"result": results, "lead_time": given["lead_time"] + 6})


STEPS = {"label": label, "edit": edit, "settle": label}
WAITS = {"label": unanswered, "edit": unedited, "settle": unanswered}


def results_of(answers: dict[str, Any], text: str, config: LabelConfig) -> list[dict[str, Any]]:
    """Answers as Label Studio writes them down."""
    return [
        {
            "id": f"{question.name}{number}",
            "from_name": question.name,
            "to_name": question.about,
            "type": TYPES[question.kind],
            "origin": "manual",
            "value": value,
        }
        for question in config.questions
        if question.name in answers
        for number, value in enumerate(values(question, answers[question.name], text))
    ]


def values(question: Question, answer: Any, text: str) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - as JSON has it
    """The answer to one question, in as many parts as it takes."""
    if question.kind == "spans":
        for span in answer:
            start = text.index(span["text"])
            yield {
                "start": start,
                "end": start + len(span["text"]),
                "text": span["text"],
                "labels": [span["label"]],
            }
    elif question.kind == "text":
        yield {"text": answer}
    else:
        yield {"choices": [answer] if question.kind == "choice" else answer}


if __name__ == "__main__":
    main(*sys.argv[1:])
