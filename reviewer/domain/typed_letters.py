"""What can be told of a secret while it is typed unseen: the script of its letters, and Caps Lock."""

from __future__ import annotations

import unicodedata

CAPS_LOCK = "Caps Lock is on."
_DIGITS_OF_A_KEY = 3


def find_foreign_script(text: str) -> str:
    """Name the script of the first letter that is not Latin: "Arabic", "Cyrillic"; "" if all are.

    A passphrase may be in any script; but it is typed unseen, and a keyboard may be on another layout than
    the one the person has in mind.
    """
    for c in text:
        if c.isalpha():
            script = unicodedata.name(c, "").split(" ")[0]
            if script not in {"LATIN", "FULLWIDTH", "MODIFIER", "FEMININE", "MASCULINE", ""}:
                return script.capitalize()
    return ""


def tells_caps_lock(typed: str, shift: bool) -> bool | None:
    """Whether one typed letter shows that Caps Lock is on: a capital without Shift, or a small one with it.

    None where it tells nothing: digits, and letters of scripts without capitals.
    """
    if len(typed) != 1 or typed.upper() == typed.lower():
        return None
    return typed.isupper() != shift


def is_all_capitals(text: str) -> bool:
    """Whether a whole secret looks as if Caps Lock had been on while it was typed.

    Many digits among them are those of a recovery key, which is written in capitals.
    """
    cased = [c for c in text if c.upper() != c.lower()]
    digits = sum(c.isdecimal() for c in text)
    return len(cased) > 1 and all(c.isupper() for c in cased) and digits < _DIGITS_OF_A_KEY
