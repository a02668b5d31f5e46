"""A dataset on disk whose comments were labelled: built tables, a round with its config, merged answers."""

from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pyarrow as pa

import builder
from builder.annotate.merging.merge import Summary
from builder.annotate.questionnaire.config import xml_sha256
from builder.contracts.arrow import arrow_schema
from builder.contracts.catalogue import ANNOTATION, table
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.core.staging import MARK
from builder.core.storage import write_json
from builder.core.tablefile import table_file
from builder.run.annotation.merge_record import MergeRecord
from builder.run.corpus.pipeline import Build, build
from builder.run.corpus.writer import table_writer
from tests.unit.labels.merged import Said, merged
from tests.unit.run.standin import tables_of

XML = """<View>
  <Text name="comment" value="$text"/>
  <Labels name="span" toName="comment"><Label value="slur"/><Label value="threat"/></Labels>
  <Choices name="tone" toName="comment" required="true">
    <Choice value="civil"/><Choice value="rude"/><Choice value="hate"/>
  </Choices>
  <Choices name="target" toName="comment" choice="multiple"
      visibleWhen="choice-selected" whenTagName="tone" whenChoiceValue="rude,hate">
    <Choice value="person"/><Choice value="group"/>
  </Choices>
  <Rating name="stars" toName="comment"/>
</View>"""
TOML = 'title = "Tone"\nunit_type = "comment"\n[questions.tone]\nscale = "ordinal"\n'
CONFIG = xml_sha256(XML)


def labelled_dataset(root: Path) -> pd.DataFrame:
    """Build two captures of two papers in a folder, and put a config there; the comments that there are."""
    for name in ("paper", "radio"):
        (root / "data/raw" / name).mkdir(parents=True)
        lines = (f"Ann: {name} says {number}" for number in range(4))
        (root / "data/raw" / name / "a.txt").write_text("Crane\n" + "\n".join(lines) + "\n", encoding="utf-8")
    build(Build(root / "data/raw", root / "data/tables", lambda: tables_of))
    (root / "annotation_configs").mkdir()
    (root / "annotation_configs/hostility.xml").write_text(XML, encoding="utf-8")
    (root / "annotation_configs/hostility.toml").write_text(TOML, encoding="utf-8")
    (root / "pyproject.toml").write_text('[tool.builder]\nname = "tiny"\n', encoding="utf-8")
    return builder.open(root / "data/tables").comments


def write_merged(root: Path, *all_said: Said) -> Settings:
    """Write merged tables as a merge does, under the config of the folder; the settings of the dataset."""
    settings = find_settings(root)
    tables = merged(*({"_config": CONFIG, **one} for one in all_said))
    settings.merged_dir.mkdir(parents=True, exist_ok=True)
    for name in ANNOTATION:
        with table_writer(settings.merged_dir, name) as writer:
            writer.write(tables.get(name, pa.Table.from_pylist([], schema=arrow_schema(name))))
    record = MergeRecord(
        builder="0",
        archive_files=1,
        summary=Summary(len(all_said), len(all_said), 0, 0, 0, 0),
        rows={},
        schemas={name: table(name).version for name in ANNOTATION},
        files=tuple(table_file(settings.merged_dir, name).name for name in ANNOTATION),
    )
    write_json(settings.merged_dir / MARK, asdict(record))
    return settings
