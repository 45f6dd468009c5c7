"""The form in which text is searched: what people write in several ways is written in one.

Case is folded, Latin accents are left to the index. For Arabic: vowel signs and the lengthening stroke go,
the forms of alef become one, alef maqsura becomes yeh, teh marbuta becomes heh, and digits of all scripts
become those of ASCII, as is usual in Arabic information retrieval (L. Larkey et al., "Light Stemming for
Arabic Information Retrieval", 2007, normalisation step).
"""

from __future__ import annotations

import unicodedata

_ARABIC_FORMS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": ""}
)


def fold_text(text: str) -> str:
    """`text` as it is indexed and as a query is compared with it."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC_FORMS)
    return "".join(_fold_character(character) for character in plain)


def _fold_character(character: str) -> str:
    if "\u064b" <= character <= "\u065f" or character in "\u0670\u0640":
        return ""
    return to_ascii_digit(character)


def to_ascii_digit(character: str) -> str:
    """A decimal digit of any script as 0 to 9; any other character as it is."""
    if character.isdecimal() and not character.isascii():
        return str(unicodedata.decimal(character))
    return character


def to_ascii_digits(text: str) -> str:
    """`text` with the digits of all scripts as 0 to 9: "٢١٥" is "215"."""
    return "".join(to_ascii_digit(character) for character in text)
