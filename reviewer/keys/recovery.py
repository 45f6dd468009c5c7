"""The recovery key: 160 random bits on paper, in groups that can be read aloud, with a check group.

The alphabet has no I, L, O and U (D. Crockford's Base 32), so that what was written down by hand can be
typed again. Letters and digits are the key; how they are parted, and the numbers of the groups, are not.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator

from reviewer.domain.errors import WrongPassphrase
from reviewer.keys.sealing import sub_key

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BYTES = 20
_GROUP = 4
_BODY = _BYTES * 8 // 5
_GROUPS = _BODY // _GROUP + 1
_WHOLE = _GROUPS * _GROUP
_NUMBERS = "".join(str(number) for number in range(1, _GROUPS + 1))
_NEAR = 2
"""How many characters may be missing or too many in what is still taken for a recovery key."""
_FEWEST_DIGITS = 3
"""One key in 500 has fewer digits; sentences have none."""


def new_recovery_key() -> str:
    """Nine groups of four characters, the last one a check of the others."""
    body = _encoded(os.urandom(_BYTES))
    whole = body + _check_of(body)
    return "-".join(whole[at : at + _GROUP] for at in range(0, _WHOLE, _GROUP))


def wrapping_key(written: str) -> bytes:
    """The key a recovery key stands for. Raises WrongPassphrase for what is none or has a slip in it."""
    text = _text_of(written)
    if not _fits(text):
        raise slip_in(written) or WrongPassphrase(
            "A recovery key has nine groups of four letters and digits.", code="bad-recovery-key"
        )
    return sub_key(text[:_BODY].encode("ascii"), "recovery")


def is_one(written: str) -> bool:
    """Whether this is a recovery key without a slip; one text in a million of its length is by chance."""
    return _fits(_text_of(written))


def slip_in(written: str) -> WrongPassphrase | None:
    """What is wrong with what was meant as a recovery key; None if it is one, or was not meant as one."""
    text = _text_of(written)
    if _fits(text) or not _looks_meant(written, text):
        return None
    return WrongPassphrase(_slip(text), "Compare it with the paper, group by group.", code="bad-recovery-key")


def _slip(text: str) -> str:
    foreign = next((place for place, c in enumerate(text) if c not in _ALPHABET), None)
    if foreign is not None:
        return (
            f"There is a slip in the recovery key: it has a {text[foreign]}, which no recovery key has, "
            f"in group {foreign // _GROUP + 1}."
        )
    if len(text) < _WHOLE:
        what = f"{len(text)} letters and digits are typed, and it has {_WHOLE}: something is missing"
    elif len(text) > _WHOLE:
        what = f"{len(text)} letters and digits are typed, and it has {_WHOLE}: something is too much"
    else:
        what = "its last group does not fit the others"
    groups = {place // _GROUP + 1 for place, tried in _mended(text) if _fits(tried)}
    where = f". It is probably in group {groups.pop()}" if len(groups) == 1 else ""
    return f"There is a slip in the recovery key: {what}{where}."


def _mended(text: str) -> Iterator[tuple[int, str]]:
    """What a text may have been before one slip: a character wrong, swapped, left out or typed twice; each
    with the place of the slip in the key."""
    places = range(len(text))
    if len(text) == _WHOLE:
        for place in places:
            for letter in _ALPHABET:
                yield place, text[:place] + letter + text[place + 1 :]
        for place in places[:-1]:
            yield place, text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    elif len(text) == _WHOLE - 1:
        for place in range(_WHOLE):
            for letter in _ALPHABET:
                yield place, text[:place] + letter + text[place:]
    elif len(text) == _WHOLE + 1:
        for place in places:
            yield min(place, _WHOLE - 1), text[:place] + text[place + 1 :]


def _looks_meant(written: str, text: str) -> bool:
    """About as long, of the right letters but for one, and with digits as no sentence has them."""
    foreign = sum(c not in _ALPHABET for c in text)
    digits = sum(c.isdecimal() for c in unicodedata.normalize("NFKC", written))
    return abs(len(text) - _WHOLE) <= _NEAR and foreign <= 1 and digits >= _FEWEST_DIGITS


def _text_of(written: str) -> str:
    """The letters and digits alone, as the alphabet has them, without the numbers of the groups."""
    shaped = unicodedata.normalize("NFKC", written).upper()
    shaped = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in shaped)
    parts = re.findall(r"[^\W_]+", shaped.translate(_READ_AS))
    if "".join(part for part in parts if len(part) == 1) == _NUMBERS:
        parts = [part for part in parts if len(part) > 1]
    text = "".join(parts)
    if len(text) == _WHOLE + _GROUPS and text[:: _GROUP + 1] == _NUMBERS:
        text = "".join(c for place, c in enumerate(text) if place % (_GROUP + 1))
    return text


def _fits(text: str) -> bool:
    return len(text) == _WHOLE and not set(text) - set(_ALPHABET) and _check_of(text[:_BODY]) == text[_BODY:]


def _check_of(body: str) -> str:
    return _encoded(hashlib.sha256(body.encode("ascii")).digest())[:_GROUP]


def _encoded(data: bytes) -> str:
    number, characters = int.from_bytes(data, "big"), len(data) * 8 // 5
    number >>= len(data) * 8 - characters * 5
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(characters)))
