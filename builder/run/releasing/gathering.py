"""All tables of a dataset as they are at home: its corpus, the merged annotations, every label set."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from builder.annotate.questionnaire.config import ConfigText, config_texts, xml_sha256
from builder.contracts.arrow import arrow_schema
from builder.contracts.catalogue import ANNOTATION, CORPUS, LABELS
from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.tablefile import read_table
from builder.run.annotation.merge_record import read_merge_record
from builder.run.annotation.rounds import round_configs
from builder.run.corpus.record import read_record
from builder.run.labels.label_set_record import label_set_names, read_label_set_record

Tables = Mapping[str, pa.Table]


def tables_at_home(settings: Settings) -> dict[str, pa.Table]:
    """Every table of a dataset; what was not merged or aggregated yet has no rows.

    Raises ``DataError`` where nothing was built, or a table is missing or of another version.
    """
    read_record(settings.tables_dir)
    corpus = {name: read_table(settings.tables_dir, name) for name in CORPUS}
    return {**corpus, **_annotation(settings), **_labels(settings)}


def _annotation(settings: Settings) -> dict[str, pa.Table]:
    folder = settings.merged_dir
    if not (folder / MARK).is_file():
        return {name: arrow_schema(name).empty_table() for name in ANNOTATION}
    read_merge_record(folder)
    return {name: read_table(folder, name) for name in ANNOTATION}


def _labels(settings: Settings) -> dict[str, pa.Table]:
    home = settings.label_sets_dir
    sets = label_set_names(home)
    for each in sets:
        read_label_set_record(home / each)
    return {
        name: pa.concat_tables(
            [arrow_schema(name).empty_table(), *(read_table(home / each, name) for each in sets)]
        )
        for name in LABELS
    }


def with_standing_units(tables: Tables) -> tuple[dict[str, pa.Table], dict[str, int]]:
    """The tables without labels of units that the corpus does not have (any more), and how many those were.

    A label set is never changed, but a capture may be taken away, or be parsed otherwise, after it was made.
    """
    kept = dict(tables)
    units = pa.chunked_array(
        [*tables["comments"]["comment_id"].chunks, *tables["articles"]["article_id"].chunks], pa.string()
    )
    dropped = {}
    for name in LABELS:
        kept[name] = tables[name].filter(pc.is_in(tables[name]["unit_id"], value_set=units.combine_chunks()))
        if kept[name].num_rows < tables[name].num_rows:
            dropped[name] = tables[name].num_rows - kept[name].num_rows
    return kept, dropped


def guidelines(settings: Settings, tasks: pa.Table) -> dict[str, bytes]:
    """What annotators were asked and told, by path below the release: the files of each config that has tasks.

    A config that was changed since some tasks were made comes in each of its forms, named by its hash. Raises
    ``DataError`` where one is gone from its round.
    """
    asked = tasks.group_by(["config", "config_sha256"], use_threads=False).aggregate([]).to_pylist()
    texts = config_texts(settings.root)
    planned = {xml_sha256(xml): xml for xml in round_configs(settings.rounds_dir)} if asked else {}
    found: dict[str, bytes] = {}
    for one in sorted(asked, key=lambda row: (row["config"], row["config_sha256"])):
        name, sha = one["config"], one["config_sha256"]
        text = texts.get(name)
        if text is not None:
            found |= _files(text)
        if text is None or xml_sha256(text.xml) != sha:
            found[f"guidelines/{name}/{sha[:12]}.xml"] = _planned(planned, name, sha)
    return found


def _files(text: ConfigText) -> dict[str, bytes]:
    said = {"xml": text.xml, "toml": text.toml, "md": text.markdown}
    begin = f"guidelines/{text.name}/{text.name}"
    return {f"{begin}.{ending}": words.encode() for ending, words in said.items() if words}


def _planned(planned: Mapping[str, str], name: str, sha: str) -> bytes:
    if sha not in planned:
        raise DataError(
            f"No round has the labelling config {name} with the hash {sha[:12]} any more, and tasks were made with it. "
            "Put back your copy of data/rounds."
        )
    return planned[sha].encode()
