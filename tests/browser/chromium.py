"""The browser that the tests drive: any Chrome or Chromium of this machine; for root on Debian it is installed.

`python -m tests.browser.chromium` sees to it that there is one, or says what to do.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
CURE = (
    "There is no Chrome or Chromium here, which the browser tests drive. Install one, on Debian and Ubuntu with\n"
    "    sudo apt-get install chromium\n"
    "or leave these tests out with\n"
    "    make test BROWSER=0"
)
# Nothing of what a browser does for a person at a desk: no look-ups, no updates, no sandbox where root runs it.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def executable() -> str | None:
    """Where a browser is; none where there is none."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in (*found, *PLACES) if path and Path(path).exists()), None)


def arguments() -> list[str]:
    """What the browser is started with."""
    return [*QUIET, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]


def install() -> bool:
    """Install Debian's Chromium where this user may; whether that was possible."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    print("Installing Debian's chromium for the browser tests.", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", "chromium")):
        done = subprocess.run([apt, *words], env=environ, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return False
    return True


def main() -> int:
    """See to it that there is a browser; the exit code."""
    if executable() or (install() and executable()):
        return 0
    print(CURE, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
