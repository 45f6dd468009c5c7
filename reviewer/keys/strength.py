"""How hard a passphrase is to guess: zxcvbn (D. Wheeler, USENIX Security 2016) counts the guesses.

It knows common passwords, names, words of English, patterns of keys, dates, repetitions. It does not know
other languages, quotations, or what somebody knows of the person: it can find a passphrase weak, never prove
one good. The sentences are our own; the library's are not shown.
"""

from __future__ import annotations

from collections.abc import Collection

FEWEST_GUESSES = 10**12
"""A guess costs about a second of a processor (Argon2id as in keys/passphrase.py): ten thousand
of them try for three years."""
LONGEST_JUDGED = 64
"""Characters that are looked at: the time of the estimator grows with the square, and what follows helps."""
_SHORTEST_NAME = 3
_OF_NAMES = "This passphrase is made of names of the case, which are tried first."
_REASONS = {
    "dictionary": "This passphrase is made of words and passwords that many people choose.",
    "repeat": "This passphrase repeats itself, which adds almost nothing.",
    "sequence": "This passphrase is a row of letters or digits, one after the other.",
    "spatial": "This passphrase is a pattern of neighbouring keys.",
    "regex": "This passphrase is made of years or dates, which are few.",
    "date": "This passphrase is made of years or dates, which are few.",
}
_OTHERWISE = "This passphrase is short and simple enough to be guessed."


def find_weakness(passphrase: str, names: Collection[str] = ()) -> str:
    """A sentence that says why a passphrase can be guessed, "" if it takes at least FEWEST_GUESSES.

    `names` are those of the case and its people: they are tried before all else.
    """
    from zxcvbn import zxcvbn  # not before it is needed: its lists of words take a third of a second

    judged = passphrase.strip()[:LONGEST_JUDGED]
    found = zxcvbn(judged, user_inputs=_split_names(names), max_length=LONGEST_JUDGED)
    if found["guesses"] >= FEWEST_GUESSES:
        return ""
    parts = sorted(found["sequence"], key=lambda part: -len(part["token"]))
    kinds = [str(part.get("dictionary_name") or part["pattern"]) for part in parts]
    if "user_inputs" in kinds:
        return _OF_NAMES
    return _REASONS.get(parts[0]["pattern"], _OTHERWISE)


def _split_names(names: Collection[str]) -> list[str]:
    """Names whole and word by word."""
    parts = {part for name in names for part in (name, *name.split())}
    return sorted(part for part in parts if len(part) >= _SHORTEST_NAME)
