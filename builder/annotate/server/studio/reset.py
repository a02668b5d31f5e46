"""A lost password is replaced: possible on one's own studio only, where its data are."""

from collections.abc import Iterable, Iterator

from builder.annotate.server.address import address
from builder.annotate.server.connection import connect
from builder.annotate.server.studio.accounts import Added, addresses, legacy_token, members
from builder.annotate.server.studio.install import environment, program
from builder.annotate.server.studio.passwords import new_password
from builder.annotate.server.studio.place import studio_folder
from builder.annotate.server.studio.state import data_folder, running
from builder.core.errors import ServerError, UsageError
from builder.core.processes import run_quietly
from builder.core.settings import Settings


def reset_passwords(settings: Settings, names: Iterable[str]) -> Iterator[Added]:
    """Give each of these accounts a new password; each comes as soon as it opens the door.

    Raises ``ServerError`` where the server is not this dataset's own studio or the change fails,
    ``UsageError`` for somebody without an account.
    """
    asked, folder = address(settings), studio_folder(settings)
    run = running(folder)
    if run is None or run.url != asked.url:
        raise ServerError(f"Only who runs {asked.url} can give a new password there.")
    wanted = addresses(names)
    strangers = set(wanted) - {member.address for member in members(connect(asked))}
    if strangers:
        raise UsageError(f"{min(strangers)} has no account. Make one: builder studio annotators add")
    environ = environment(data_folder(folder))
    for one in wanted:
        password = new_password()
        # Typed, not given: the words of a process can be read by everybody on the machine.
        said = run_quietly(program("reset_password", "--username", one), environ, typed=f"{password}\n")
        if said:
            raise ServerError(f"{one} has no new password: Label Studio ended with an error.\n{said}")
        legacy_token(asked.url, one, password)
        yield Added(one, password)
