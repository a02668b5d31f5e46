"""Two folders change places at one stroke."""

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2
_NOT_HERE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def exchange(one: Path, other: Path) -> bool:
    """Let two paths of one file system change places atomically; whether the system can do that here."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        done = _call(libc, os.fsencode(one), os.fsencode(other))
    except (AttributeError, OSError, TypeError):
        return False
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_HERE:
        return False
    raise OSError(code, os.strerror(code), os.fspath(other))


def _call(libc: ctypes.CDLL, one: bytes, other: bytes) -> int:
    if sys.platform == "darwin":
        return int(libc.renamex_np(one, other, ctypes.c_uint(_EXCHANGE)))
    return int(libc.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, ctypes.c_uint(_EXCHANGE)))
