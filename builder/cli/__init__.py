"""The command line: one module a verb; each parses arguments, calls, prints."""

import sys

import click

from builder.cli.screen import complain, explain_bug, prepare_streams
from builder.cli.verbs import builder
from builder.core.environment import prepare_libraries
from builder.core.errors import BuilderError
from builder.core.memory import collect_seldom
from builder.core.storage import silence

_INTERRUPTED = 130
_BUG = 70


def main() -> None:
    """The command ``builder``: every error becomes a message and an exit code, here and nowhere else."""
    collect_seldom()
    prepare_streams()
    prepare_libraries()
    try:
        code = builder.main(prog_name="builder", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        complain("Interrupted; nothing was changed.")
        code = _INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BuilderError as error:
        complain(str(error), error.details)
        code = error.exit_code
    except BrokenPipeError:
        silence(sys.stdout)
        code = 0
    except Exception as error:  # noqa: BLE001 - the one place where everything ends
        explain_bug(error)
        code = _BUG
    sys.exit(code)
