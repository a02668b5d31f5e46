"""Passwords that people can read out and type."""

import secrets

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """A password of 60 random bits, without letters that are taken for others."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
