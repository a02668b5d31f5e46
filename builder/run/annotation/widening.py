"""A planned round is closed, or gets an annotator more."""

from dataclasses import replace

from builder.annotate.planning.rounds import Round, with_annotator
from builder.annotate.server.studio.accounts import addresses
from builder.core.lock import locked
from builder.core.settings import Settings
from builder.run.annotation.annotators import keep_pseudonyms, read_pseudonyms
from builder.run.annotation.configs import sound_config
from builder.run.annotation.planning import all_candidates, known_to_plan
from builder.run.annotation.rounds import keep_round, the_round


def close_round(settings: Settings, name: str) -> Round:
    """Mark a round as over; ``UsageError`` where there is none of that name, ``Busy`` while rounds are pushed."""
    with locked(settings.rounds_dir):
        one = replace(the_round(settings.rounds_dir, name), closed=True)
        keep_round(settings.rounds_dir, one)
    return one


def add_to_round(settings: Settings, name: str, annotator: str) -> tuple[Round, int]:
    """The round with an annotator more, and how many tasks that brought; raises as ``with_annotator`` does.

    Raises ``Busy`` while rounds are pushed or changed elsewhere.
    """
    with locked(settings.rounds_dir):
        return _add_to_round(settings, name, annotator)


def _add_to_round(settings: Settings, name: str, annotator: str) -> tuple[Round, int]:
    people = read_pseudonyms(settings.annotators_file).with_names(addresses([annotator]))
    before = the_round(settings.rounds_dir, name)
    units = all_candidates(settings, before.unit_type)
    config = sound_config(settings, before.config)
    known = known_to_plan(settings, config, units, gold=before.terms.gold > 0)
    after = with_annotator(before, people.of(annotator), units, known)
    keep_pseudonyms(settings.annotators_file, people)
    keep_round(settings.rounds_dir, after)
    return after, len(after.tasks) - len(before.tasks)
