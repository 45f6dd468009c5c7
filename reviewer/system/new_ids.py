"""Ids of what is new."""

from __future__ import annotations

import secrets

_LETTERS = "abcdef"
_LENGTH = 16


def new_id() -> str:
    """A random id of 16 hexadecimal digits, the first of them a letter: no spreadsheet program takes it for a
    number, as it does "8296534059028758" and "12e4567890123456", and rounds it."""
    return secrets.choice(_LETTERS) + secrets.token_hex(_LENGTH // 2)[1:]
