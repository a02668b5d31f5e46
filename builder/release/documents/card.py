"""README.md: a dataset card that people read, whose head the Hugging Face Hub and ``datasets`` obey."""

from collections.abc import Iterator
from typing import Any

from builder.release.documents.blocks import giving, people, quality
from builder.release.documents.citation import bibtex, one_line
from builder.release.documents.facts import Facts
from builder.release.documents.licences import hub_licence, is_own, licence_address, licence_title
from builder.release.documents.markdown import count, plain, table
from builder.release.documents.written import yaml_text

_DEFAULT = "comments"
_SIZES = (
    (10**3, "n<1K"),
    (10**4, "1K<n<10K"),
    (10**5, "10K<n<100K"),
    (10**6, "100K<n<1M"),
    (10**7, "1M<n<10M"),
)
_LOADERS = """\
```python
import datasets, duckdb, pandas, polars  # whichever of them you have

datasets.load_dataset("{folder}", "comments", split="train")  # Hugging Face datasets
pandas.read_parquet("{folder}/data/comments.parquet")
polars.read_parquet("{folder}/data/comments.parquet")
duckdb.sql("select * from '{folder}/data/comments.parquet'")
```"""


def card(facts: Facts) -> str:
    """The whole card: the head in YAML, then Markdown.

    The head offers the tables that have rows: ``datasets`` cannot load one that has none.
    """
    return f"---\n{yaml_text(_head(facts))}---\n\n" + "\n\n".join(filter(None, _body(facts))) + "\n"


def _head(facts: Facts) -> dict[str, Any]:
    release = facts.release
    word = hub_licence(release["licence"])
    own = {"license_name": release["licence"].lower(), "license_link": "LICENSE"} if word == "other" else {}
    tables = [name for name in facts.schemas if facts.files.get(name, {}).get("rows")]
    languages = [tag for tag in release.get("languages") or () if tag != "und"]
    return {
        "pretty_name": facts.title,
        "license": word,
        **own,
        **({"language": languages} if languages else {}),
        "size_categories": [_size(facts.rows(_DEFAULT))],
        "tags": list(facts.keywords),
        "configs": [_config(name, facts) for name in tables],
        "dataset_info": [_info(name, facts) for name in tables],
    }


def _config(name: str, facts: Facts) -> dict[str, Any]:
    """One table; the version keeps a reader's cache from showing the rows of an older release."""
    return {
        "config_name": name,
        "data_files": facts.files[name]["path"],
        "version": facts.release["version"],
        **({"default": True} if name == _DEFAULT else {}),
    }


def _info(name: str, facts: Facts) -> dict[str, Any]:
    """The rows, which ``datasets`` counts when it loads; it reads none of this where the bytes are not told."""
    file = facts.files[name]
    return {
        "config_name": name,
        "splits": [{"name": "train", "num_bytes": file["bytes"], "num_examples": file["rows"]}],
    }


def _size(rows: int) -> str:
    return next((word for limit, word in _SIZES if rows < limit), "n>10M")


def _body(facts: Facts) -> Iterator[str]:
    release = facts.release
    yield f"# {facts.title}"
    yield facts.description
    yield (
        f"Version {release['version']} of {release['date']}: {count(facts.rows('articles'), 'article')}, "
        f"{count(facts.rows('comments'), 'comment')}, {count(facts.rows('labels'), 'label')}."
    )
    yield giving.standing(facts)
    yield "## Load it"
    tier = "" if release["tier"] == "research" else f"-{release['tier']}"
    yield _LOADERS.format(folder=f"{release['name']}{tier}-{release['version']}")
    parts = "; the splits to train and test with are in the table `splits`" if facts.rows("splits") else ""
    yield f"For `datasets` every table that has rows is a configuration with one split called `train`{parts}."
    yield "## Tables"
    yield _tables(facts)
    yield "`codebook.md` says what every column means, `datapackage.json` how tables refer to each other."
    yield from _terms(facts)
    yield from _limits(facts)
    yield from _more(facts)


def _tables(facts: Facts) -> str:
    rows = (
        (f"`{name}`", facts.files[name]["rows"], len(schema["properties"]), schema["description"])
        for name, schema in facts.schemas.items()
        if name in facts.files
    )
    return table(("table", "rows", "columns", "what it holds"), rows)


def _terms(facts: Facts) -> Iterator[str]:
    release = facts.release
    here = release["tier"]
    yield "## Who may have what"
    yield "\n".join(
        f"- `{name}`{' (this one)' if name == here else ''}: {said}." for name, said in giving.TIERS.items()
    )
    licence = release["licence"]
    where = "see `LICENSE`" if is_own(licence) else licence_address(licence)
    yield f"Licence: {licence}, {licence_title(licence)}, {where}."
    yield "## Privacy"
    yield people.privacy(facts)
    yield giving.withdrawals(facts)


def _limits(facts: Facts) -> Iterator[str]:
    yield "## Known limits"
    yield quality.warnings(facts)
    yield quality.duplicates(facts)
    for name, head in (("cautions", ""), ("misuses", "Not to be used for: ")):
        if name in facts.answers:
            yield f"{head}{facts.answers[name]}"
    yield "`DATASHEET.md` tells the rest, and which questions nobody has answered."


def _more(facts: Facts) -> Iterator[str]:
    yield "## Cite it"
    yield plain(one_line(facts))
    yield f"```bibtex\n{bibtex(facts)}\n```"
    yield "## Check it"
    yield (
        "`sha256sum -c SHA256SUMS` tells whether the files are as they were released, and `builder verify .` (of the "
        "package `newsthreads`) whether the data keep what these documents say. `CHANGELOG.md` tells what changed."
    )
    if facts.release.get("contact"):
        yield f"Questions: {plain(facts.release['contact'])}."
