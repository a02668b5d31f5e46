"""The verbs of ``builder studio``, run as a user runs them."""

import json
import subprocess
from pathlib import Path
from typing import Any

from builder.annotate.server.connection import Server, connect, given_address
from tests.integration.command import call

MINUTES = 900


def said(*words: str | Path, cwd: Path) -> str:
    """What a command prints that ends well."""
    done = subprocess.run(
        call("studio", *words), cwd=cwd, capture_output=True, text=True, timeout=MINUTES, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def up(place: Path) -> dict[str, Any]:
    """The studio, up."""
    found: dict[str, Any] = json.loads(said("up", "--json", cwd=place))
    return found


def found(place: Path) -> dict[str, Any]:
    """What the studio's status is."""
    status: dict[str, Any] = json.loads(said("status", "--json", cwd=place))
    return status


def environ(place: Path) -> dict[str, str]:
    """What `builder studio env` puts into a shell."""
    shell = f'eval "$({" ".join(call("studio", "env"))})"; echo "$LABEL_STUDIO_URL $LABEL_STUDIO_API_KEY"'
    done = subprocess.run(["sh", "-c", shell], cwd=place, capture_output=True, text=True, check=True)
    url, token = done.stdout.split()
    return {"url": url, "token": token}


def server(place: Path) -> Server:
    """A connection by what the environment says."""
    return connect(given_address(**environ(place)))
