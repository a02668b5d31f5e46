"""What a person asks to be pushed, made ready: the config, the round, the people."""

from dataclasses import replace

from builder.annotate.annotators import MAIL_HOST
from builder.annotate.planning.terms import Wishes
from builder.annotate.server.connection import Server
from builder.annotate.server.studio.accounts import addresses, members
from builder.core.errors import UsageError
from builder.core.settings import Settings
from builder.run.annotation.annotators import called, keep_pseudonyms, read_pseudonyms
from builder.run.annotation.bodies import Order
from builder.run.annotation.configs import sound_config
from builder.run.annotation.planning import plan
from builder.run.annotation.rounds import read_round, round_names


def make_order(
    settings: Settings, name: str, config: str | None, wishes: Wishes, *, dry: bool = False
) -> tuple[Order, bool]:
    """The order for a round, and whether the round is new; annotators in ``wishes`` are named, not pseudonyms.

    They are put on the private list, unless the order is ``dry``. Raises ``UsageError`` as ``plan`` does, and
    for a labelling config that is missing or has faults.
    """
    known = read_round(settings.rounds_dir, name)
    if known and known.adjudicates:
        from builder.run.annotation.adjudicating import resumed  # noqa: PLC0415 - few rounds need it

        return resumed(settings, known, config, wishes), False
    people = read_pseudonyms(settings.annotators_file).with_names(addresses(wishes.annotators or ()))
    if wishes.annotators is not None:
        wishes = replace(wishes, annotators=tuple(people.of(one) for one in wishes.annotators))
    one, new = plan(settings, name, sound_config(settings, config or _config_of(settings, name)), wishes)
    if not dry:
        keep_pseudonyms(settings.annotators_file, people)
    return Order(settings, one, sound_config(settings, one.config), called(people)), new


def missing_accounts(settings: Settings, server: Server, order: Order) -> tuple[str, ...]:
    """The annotators of a round who have no account on the server, as they are called."""
    there = {member.address for member in members(server)}
    people = read_pseudonyms(settings.annotators_file)
    wanted = {address for address, one in people.known.items() if one in order.round.terms.annotators}
    return tuple(sorted(address.removesuffix(f"@{MAIL_HOST}") for address in wanted - there))


def _config_of(settings: Settings, name: str) -> str:
    known = read_round(settings.rounds_dir, name)
    if known is None:
        rounds = ", ".join(round_names(settings.rounds_dir)) or "none yet"
        raise UsageError(f"Round {name} is new, so say what it asks: --config NAME. Rounds so far: {rounds}.")
    return known.config
