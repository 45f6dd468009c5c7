"""Whether words can be words: of one alphabet, with capitals where capitals stand.

Text that is read in the wrong encoding falls apart into letters of no one alphabet, capitals within words,
signs and controls. How many of all words fit is told wherever an encoding is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LATIN = {
    "French": "àâæçéèêëîïôœùûüÿ",
    "German": "äöüß",
    "Turkish": "çğıöşüâîûi̇",
    "Spanish": "áéíóúüñ",
    "Portuguese": "ãáàâçéêíóôõúü",
    "Italian": "àèéìòùî",
    "Polish": "ąćęłńóśźż",
    "Czech or Slovak": "áäčďéěíĺľňóôŕřšťúůýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîșşțţ",
    "Bosnian, Croatian or Slovene": "čćđšž",
    "Albanian": "çë",
    "Kurdish": "çêîşû",
    "Nordic": "åäöæøé",
    "Baltic": "ąčęėįšųūžāēģīķļņõäöü",
}
_CYRILLIC = {
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Bulgarian": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "Belarusian": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "Serbian or Macedonian": "абвгдђѓежзѕијклљмнњопрстћќуфхцчџш",
}
_ARABIC = "ءآأؤإئابتثجحخدذرزسشصضطظعغفقكلمنهوي" + "ةى"
_OTHER = {
    "Arabic": _ARABIC,
    "Persian": _ARABIC + "پچژگکی",
    "Greek": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",
    "Hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
}
ALPHABETS: dict[str, frozenset[str]] = {
    **{
        name: frozenset(letters) | frozenset("abcdefghijklmnopqrstuvwxyz") for name, letters in _LATIN.items()
    },
    **{name: frozenset(letters) for name, letters in {**_CYRILLIC, **_OTHER}.items()},
}
_ALL = frozenset(ALPHABETS)
_LETTERS_OF_ONE_SHAPE = frozenset("ءآأؤإاةدذرزوىژطظئ")
_LETTERS_ONLY_LAST = frozenset("ةى")
_LETTERS_NEVER_FIRST = frozenset("ؤئةىء")
_VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0670\u0640\u200c\u200d\u200e\u200f]")
_TYPOGRAPHIC = "«»“”„‘’‹›…–—"
_SIGNS_AROUND_WORDS = _TYPOGRAPHIC + "·،؛؟ \u00a0"
_SIGNS_WITHIN_RUNS = re.compile("[’‘–—،؛\u00a0 ]+")


@lru_cache(maxsize=200_000)
def find_fitting_alphabets(run: str) -> frozenset[str]:
    """The alphabets that have every letter of a run of letters and other signs, if it can be words at all."""
    parts = [word for word in _SIGNS_WITHIN_RUNS.split(run.strip(_SIGNS_AROUND_WORDS)) if word]
    if not parts:
        return _ALL
    if all(map(str.isascii, parts)) and not run.strip(_TYPOGRAPHIC).isascii():
        return frozenset()  # a word in quotation marks is one; a sign within or at a plain word is none
    fitting = _ALL
    for part in parts:
        fitting &= _find_alphabets_of_word(part)
    return fitting


def find_best_alphabet(runs: Iterable[tuple[str, int]]) -> tuple[str, int, int]:
    """Of runs and how often each stands there: the alphabet that most of them have, how many, of how many."""
    fitting: dict[str, int] = {}
    total = 0
    for run, count in runs:
        total += count
        for name in find_fitting_alphabets(run):
            fitting[name] = fitting.get(name, 0) + count
    name = max(ALPHABETS, key=lambda alphabet: fitting.get(alphabet, 0))
    return name, fitting.get(name, 0), total


def _find_alphabets_of_word(word: str) -> frozenset[str]:
    plain = _VOWEL_SIGNS.sub("", unicodedata.normalize("NFKC", word))
    if not plain or not plain.isalpha() or not _do_capitals_fit(plain) or not _do_shapes_fit(word):
        return frozenset()
    letters = frozenset(plain.lower())
    return frozenset(
        name
        for name, alphabet in ALPHABETS.items()
        if letters <= alphabet and (name not in {"Arabic", "Persian"} or _is_joined_rightly(plain))
    )


def _do_capitals_fit(word: str) -> bool:
    return word[1:] == word[1:].lower() or word == word.upper()


def _do_shapes_fit(word: str) -> bool:
    """Of letters written in their shapes (DOS 864): the shape that joins the next stands within a word."""
    shapes = [unicodedata.decomposition(character).partition(" ") for character in word]
    for place, (shape, _space, letters) in enumerate(shapes):
        if not shape.startswith("<") or len(letters) != 4 or chr(int(letters, 16)) in _LETTERS_OF_ONE_SHAPE:
            continue
        if (shape in {"<initial>", "<medial>"}) != (place < len(shapes) - 1):
            return False
    return True


def _is_joined_rightly(word: str) -> bool:
    """Arabic letters that only end a word end it; some never begin one."""
    return word[0] not in _LETTERS_NEVER_FIRST and not _LETTERS_ONLY_LAST & set(word[:-1])
