"""What a report shows of label sets: the labels of the last one, and how annotators err."""

from collections.abc import Iterator
from pathlib import Path

from builder.core.errors import DataError
from builder.core.tablefile import read_table
from builder.report.study import Confusion, Final
from builder.run.labels.label_set_record import label_set_names, read_label_set_record


def last_label_set(home: Path) -> Final | None:
    """The last label set in a folder of them; None where there is none."""
    names = label_set_names(home)
    if not names:
        return None
    record = read_label_set_record(home / names[-1])
    return Final(names[-1], str(record.how.get("method", "")), read_table(home / names[-1], "labels"))


def confusions(home: Path) -> Iterator[Confusion]:
    """The estimates of the last label set that has some; ``DataError`` where they are incomplete."""
    records = (read_label_set_record(home / name) for name in reversed(label_set_names(home)))
    last = next(((one.label_set, one.estimates) for one in records if one.estimates), ("", ()))
    for one in last[1]:
        try:
            yield Confusion(
                last[0],
                one["config"],
                one["question"],
                one["option"],
                tuple(one["values"]),
                {name: tuple(map(tuple, rates)) for name, rates in one["confusion"].items()},
            )
        except (KeyError, TypeError, AttributeError) as error:
            again = "Make it again under another name: builder aggregate"
            raise DataError(f"The record of a label set in {home} is incomplete: {error}. {again}") from error
