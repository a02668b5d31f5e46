"""Builds against the same work with datatrove, Hugging Face datasets and ConvoKit."""

from importlib.metadata import version

from benchmarks.commands import build, measured, ratio, script, timings
from benchmarks.environments import Environment
from benchmarks.inputs import BESIDE, ROUNDS, page_size_files
from benchmarks.results import Figure, Section

OURS = "builder, beside libraries"
DATATROVE, DATASETS, CONVOKIT = "datatrove", "datasets", "convokit"
ARROW = f"pyarrow=={version('pyarrow')}"
FRAMES = tuple(f"{name}=={version(name)}" for name in ("numpy", "pandas", "scipy", "scikit-learn"))
# ConvoKit asks for spaCy, transformers and more, gigabytes that its corpus never imports; so it is installed alone,
# beside what that does import.
FOR_CONVOKIT = (
    "clean-text==0.7.1",
    "dill==0.4.1",
    "dnspython==2.9.2",
    "joblib==1.6.0",
    "msgpack-numpy==0.4.8",
    "nltk==3.10.4",
    "pymongo==4.20.1",
    "pyyaml==6.0.4",
    "requests==2.34.2",
    "tqdm==4.70.1",
    "unidecode==1.4.0",
)
ENVIRONMENTS = (
    Environment(DATATROVE, ("datatrove==0.10.1", ARROW)),
    Environment(DATASETS, ("datasets==5.2.0", ARROW)),
    Environment(CONVOKIT, (*FRAMES, *FOR_CONVOKIT), ("convokit==5.0.0",)),
)
BOUNDS = {DATATROVE: (0.25, 0.08), DATASETS: (0.30, 0.10), CONVOKIT: (0.25, 0.08)}
SAID = """\
{beside:,} captures. What a reasonable person would write with each library for the same captures: `datatrove_side.py`,
`datasets_side.py`, `convokit_side.py`. All cut threads by the rules of the naive script, and make no offsets, hashes,
probabilities, segments or checks; near copies and languages are left out of the builder, too. One process each."""


def section() -> Section:
    """Measure the builder and all libraries."""
    raw = page_size_files(BESIDE)
    commands = [build(OURS, raw)]
    commands += [script(one.name, f"{one.name}_side", raw, one.python()) for one in ENVIRONMENTS]
    costs = measured(commands, ROUNDS)
    figures = [
        Figure(f"CPU, builder / {name}", ratio(costs, OURS, name), *bounds) for name, bounds in BOUNDS.items()
    ]
    versions = tuple(one.versions for one in ENVIRONMENTS)
    return Section("Libraries", SAID.format(beside=BESIDE), figures, timings(costs), versions)
