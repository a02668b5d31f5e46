"""What Croissant's vocabulary for responsible AI asks, answered from the facts."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from builder.release.documents.blocks import making, people, quality
from builder.release.documents.facts import Facts

RAI = frozenset(
    f"rai:{name}"
    for name in (
        *("dataCollection", "dataCollectionType", "dataCollectionMissingData", "dataCollectionRawData"),
        *("dataCollectionTimeFrame", "dataImputationProtocol", "dataPreprocessingProtocol"),
        *("dataDataManipulationProtocol", "dataAnnotationProtocol", "dataAnnotationPlatform"),
        *("dataAnnotationAnalysis", "annotationsPerItem", "annotatorDemographics", "machineAnnotationTools"),
        *(
            "dataUseCases",
            "dataBiases",
            "dataLimitations",
            "dataSocialImpact",
            "personalSensitiveInformation",
        ),
        "dataReleaseMaintenancePlan",
    )
)
"""The properties of the vocabulary; its own validator lets any other name pass in silence."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def responsible(facts: Facts) -> dict[str, Any]:
    """The properties that can be answered, by name."""
    told = {
        **dict(_of_collection(facts)),
        **dict(_of_annotation(facts)),
        "rai:dataUseCases": _said(facts, "uses", "tasks"),
        "rai:dataBiases": [*_sentences(quality.warnings(facts)), *_said(facts, "cautions", "sample")],
        "rai:dataLimitations": [*_sentences(quality.issues(facts)), *_said(facts, "noise", "misuses")],
        "rai:dataSocialImpact": " ".join(_said(facts, "impact", "offensive")),
        "rai:personalSensitiveInformation": [*_sentences(people.privacy(facts)), *_said(facts, "sensitive")],
        "rai:dataReleaseMaintenancePlan": " ".join(_said(facts, "updates", "older_versions")),
    }
    return {name: value for name, value in told.items() if value}


def rai_faults(document: Mapping[str, Any]) -> Iterator[str]:
    """What the validator would not see: names that the vocabulary does not have, days that are none."""
    for name in sorted(key for key in document if key.startswith("rai:")):
        if name not in RAI:
            yield f"{name} is no property of the vocabulary for responsible AI"
    for day in document.get("rai:dataCollectionTimeFrame", ()):
        if not _DAY.fullmatch(day):
            yield f"rai:dataCollectionTimeFrame: {day!r} is no day such as 2031-04-02"


def _of_collection(facts: Facts) -> Iterator[tuple[str, Any]]:
    days = sorted(day for days in facts.counted["dates"].values() for day in days)
    yield "rai:dataCollection", " ".join([making.captures(facts), *_said(facts, "mechanisms")])
    yield "rai:dataCollectionMissingData", " ".join([_gaps(facts), *_said(facts, "missing")])
    yield "rai:dataCollectionRawData", " ".join([making.raw(facts), *_said(facts, "raw")]).strip()
    yield "rai:dataCollectionTimeFrame", [days[0], days[-1]] if days else []
    yield "rai:dataImputationProtocol", "No value is imputed: what is missing is null."
    yield "rai:dataPreprocessingProtocol", _sentences(making.steps(facts))


def _of_annotation(facts: Facts) -> Iterator[tuple[str, Any]]:
    found = facts.counted["annotations"]
    if not found or not found["annotators"]:
        return
    units = sorted(found["annotators_of_a_unit"].items(), key=lambda item: int(item[0]))
    yield "rai:dataAnnotationPlatform", "Label Studio"
    yield "rai:dataAnnotationProtocol", "The labelling configs and their instructions are in guidelines/."
    yield "rai:annotationsPerItem", "; ".join(f"{many} units with {number}" for number, many in units)
    yield (
        "rai:dataAnnotationAnalysis",
        [_alpha(row) for row in facts.told.get("agreement", ()) if not row.get("option")],
    )


def _alpha(row: Mapping[str, Any]) -> str:
    if row.get("alpha") is None:
        return f"{row['question']}: alpha is not defined ({row.get('undefined')})."
    return f"{row['question']}: Krippendorff's alpha {row['alpha']:.3f} over {row['n_double']} units."


def _gaps(facts: Facts) -> str:
    gaps = facts.counted["commenters"].get("lost", 0)
    return f"{gaps} comments lost their author in the captures. {_columns(facts)}"


def _columns(facts: Facts) -> str:
    shapes = facts.counted["tables"].items()
    some = [f"{name}.{column}" for name, shape in shapes for column in shape["missing"]]
    return f"Columns with missing values: {', '.join(some) or 'none'}."


def _said(facts: Facts, *ids: str) -> list[str]:
    return [facts.answers[each] for each in ids if each in facts.answers]


def _sentences(markdown: str) -> list[str]:
    """The prose of a block, its tables left out and its list marks taken off."""
    lines = (line.removeprefix("- ") for line in markdown.splitlines())
    return [line for line in lines if line and not line.startswith("|")]
