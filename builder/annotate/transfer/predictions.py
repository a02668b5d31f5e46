"""A model's suggestions as Label Studio takes them: predictions that prefill the tasks of a project."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.server.connection import Server
from builder.annotate.server.projects import Project
from builder.annotate.transfer.export import export_all
from builder.annotate.transfer.push import listed

Suggestion = Mapping[str, tuple[str, float]]
"""For each question the option suggested, and how probable the model holds it to be."""
_CHUNK = 500


def prediction(config: LabelConfig, model: str, suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion as a prediction of a model; its score is the least of the probabilities."""
    asked = {question.name: question for question in config.questions}
    marks = [
        {
            "id": f"s{number}",
            "from_name": name,
            "to_name": asked[name].about,
            "type": "choices",
            "value": {"choices": [option]},
        }
        for number, (name, (option, _)) in enumerate(sorted(suggestion.items()))
    ]
    score = min((probability for _, probability in suggestion.values()), default=0.0)
    return {"model_version": model, "score": score, "result": marks}


def touched(server: Server, project: Project) -> bool:
    """Whether anybody answered, skipped or began a task of a project."""
    return any(task.get("annotations") or task.get("drafts") for task in export_all(server, project.id))


def send_predictions(
    server: Server, project: Project, model: str, predictions: Mapping[str, Mapping[str, Any]]
) -> int:
    """Give the tasks of a project their predictions, by unit, where they have none, and show them; how many.

    Done again, it sends what is missing.
    """
    missing = list(_missing(server, project, predictions))
    for start in range(0, len(missing), _CHUNK):
        server.post(f"api/projects/{project.id}/import/predictions", missing[start : start + _CHUNK])
    if project.record.get("model_version") != model:
        # Without this the server keeps predictions to itself.
        server.patch(f"api/projects/{project.id}/", {"model_version": model})
    return len(missing)


def _missing(
    server: Server, project: Project, predictions: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    for task in listed(server, project.id, "id,data,total_predictions"):
        unit = task["data"].get("unit_id")
        if unit in predictions and not task["total_predictions"]:
            yield {"task": task["id"], **predictions[unit]}
