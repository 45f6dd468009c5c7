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
from reviewer.keys.sealing import derive_sub_key
from reviewer.keys.signing import SigningKey

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CONFUSABLE_LETTERS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BYTES = 20
_GROUP_LENGTH = 4
_BODY_LENGTH = _BYTES * 8 // 5
_GROUPS = _BODY_LENGTH // _GROUP_LENGTH + 1
_WHOLE_LENGTH = _GROUPS * _GROUP_LENGTH
_NUMBERS = "".join(str(number) for number in range(1, _GROUPS + 1))
_LENGTH_TOLERANCE = 2
"""How many characters may be missing or too many in what is still taken for a recovery key."""
_FEWEST_DIGITS = 3
"""One key in 500 has fewer digits; sentences have none."""


def make_recovery_key() -> str:
    """Nine groups of four characters, the last one a check of the others."""
    body = _encode(os.urandom(_BYTES))
    whole = body + _compute_check_group(body)
    return "-".join(whole[at : at + _GROUP_LENGTH] for at in range(0, _WHOLE_LENGTH, _GROUP_LENGTH))


def derive_wrapping_key(written: str) -> bytes:
    """The key a recovery key stands for. Raises WrongPassphrase for what is none or has a slip in it."""
    text = _normalise(written)
    if not _is_check_right(text):
        raise find_slip(written) or WrongPassphrase(
            "A recovery key has nine groups of four letters and digits.", code="bad-recovery-key"
        )
    return derive_sub_key(text[:_BODY_LENGTH].encode("ascii"), "recovery")


def derive_signing_key(written: str) -> SigningKey:
    """The key that a recovery key signs with when it vouches for the new key of somebody who lost hers.

    Raises WrongPassphrase for what is none or has a slip in it.
    """
    return SigningKey(derive_sub_key(derive_wrapping_key(written), "recovery signing"))


def is_recovery_key(written: str) -> bool:
    """Whether this is a recovery key without a slip; one text in a million of its length is by chance."""
    return _is_check_right(_normalise(written))


def find_slip(written: str) -> WrongPassphrase | None:
    """What is wrong with what was meant as a recovery key; None if it is one, or was not meant as one."""
    text = _normalise(written)
    if _is_check_right(text) or not _looks_like_recovery_key(written, text):
        return None
    return WrongPassphrase(
        _describe_slip(text), "Compare it with the paper, group by group.", code="bad-recovery-key"
    )


def _describe_slip(text: str) -> str:
    foreign = next((place for place, c in enumerate(text) if c not in _ALPHABET), None)
    if foreign is not None:
        return (
            f"There is a slip in the recovery key: it has a {text[foreign]}, which no recovery key has, "
            f"in group {foreign // _GROUP_LENGTH + 1}."
        )
    if len(text) < _WHOLE_LENGTH:
        what = f"{len(text)} letters and digits are typed, and it has {_WHOLE_LENGTH}: something is missing"
    elif len(text) > _WHOLE_LENGTH:
        what = f"{len(text)} letters and digits are typed, and it has {_WHOLE_LENGTH}: something is too much"
    else:
        what = "its last group does not fit the others"
    groups = {
        place // _GROUP_LENGTH + 1 for place, tried in _iterate_corrections(text) if _is_check_right(tried)
    }
    where = f". It is probably in group {groups.pop()}" if len(groups) == 1 else ""
    return f"There is a slip in the recovery key: {what}{where}."


def _iterate_corrections(text: str) -> Iterator[tuple[int, str]]:
    """What a text may have been before one slip: a character wrong, swapped, left out or typed twice; each
    with the place of the slip in the key."""
    places = range(len(text))
    if len(text) == _WHOLE_LENGTH:
        for place in places:
            for letter in _ALPHABET:
                yield place, text[:place] + letter + text[place + 1 :]
        for place in places[:-1]:
            yield place, text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    elif len(text) == _WHOLE_LENGTH - 1:
        for place in range(_WHOLE_LENGTH):
            for letter in _ALPHABET:
                yield place, text[:place] + letter + text[place:]
    elif len(text) == _WHOLE_LENGTH + 1:
        for place in places:
            yield min(place, _WHOLE_LENGTH - 1), text[:place] + text[place + 1 :]


def _looks_like_recovery_key(written: str, text: str) -> bool:
    """About as long, of the right letters but for one, and with digits as no sentence has them."""
    foreign = sum(c not in _ALPHABET for c in text)
    digits = sum(c.isdecimal() for c in unicodedata.normalize("NFKC", written))
    return abs(len(text) - _WHOLE_LENGTH) <= _LENGTH_TOLERANCE and foreign <= 1 and digits >= _FEWEST_DIGITS


def _normalise(written: str) -> str:
    """The letters and digits alone, as the alphabet has them, without the numbers of the groups."""
    shaped = unicodedata.normalize("NFKC", written).upper()
    shaped = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in shaped)
    parts = re.findall(r"[^\W_]+", shaped.translate(_CONFUSABLE_LETTERS))
    if "".join(part for part in parts if len(part) == 1) == _NUMBERS:
        parts = [part for part in parts if len(part) > 1]
    text = "".join(parts)
    if len(text) == _WHOLE_LENGTH + _GROUPS and text[:: _GROUP_LENGTH + 1] == _NUMBERS:
        text = "".join(c for place, c in enumerate(text) if place % (_GROUP_LENGTH + 1))
    return text


def _is_check_right(text: str) -> bool:
    return (
        len(text) == _WHOLE_LENGTH
        and not set(text) - set(_ALPHABET)
        and _compute_check_group(text[:_BODY_LENGTH]) == text[_BODY_LENGTH:]
    )


def _compute_check_group(body: str) -> str:
    return _encode(hashlib.sha256(body.encode("ascii")).digest())[:_GROUP_LENGTH]


def _encode(data: bytes) -> str:
    number, characters = int.from_bytes(data, "big"), len(data) * 8 // 5
    number >>= len(data) * 8 - characters * 5
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(characters)))
