"""Which encoding a text has: said by a mark, by every byte fitting, or guessed, and then called a guess.

Two things are asked of every older encoding that can be chosen: how many of all words with letters beyond A
to Z can be words, read so (`domain.alphabets`), and how like a language the bytes are (chardet, which has
a model of each language in each encoding of it). A guess is only made where both leave one reading; else a
person is asked.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

import chardet

from reviewer.domain.errors import KnownError
from reviewer.domain.records.alphabets import find_best_alphabet
from reviewer.domain.records.text_encodings import CODECS, ENCODING_NAMES, UTF_8

ENOUGH_FITTING = 0.95
"""Which share of the words has to fit, so that nobody is asked."""
NEAR_MARGIN = 0.10
"""A reading of which so much less fits is out of the question."""
CLEAR_RATIO = 1.25
"""So many times as much like a language as the next reading, where the words of both fit."""
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_RUN = re.compile(r"[^\s\d!-/:-@\[-`{-~]+")
_LEGACY_ENCODINGS = tuple(
    name for name in ENCODING_NAMES if not name.startswith("utf") and name != "windows-1258"
)
_WITHOUT_LANGUAGE_MODEL = frozenset({"mac-arabic", "mac-farsi"})
_MOST_WORDS_AT_FIRST = 2_000
_SAMPLE = 200_000
_MULTIBYTE_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


@dataclass(frozen=True)
class EncodingCandidate:
    """One way to read a text: `fits` of `words` can be words of `alphabet`; `likeness` is chardet's."""

    encoding: str
    text: tuple[str, ...]
    alphabet: str
    fits: int
    words: int
    likeness: float

    @property
    def share(self) -> float:
        return self.fits / self.words if self.words else 0.0

    @property
    def told(self) -> str:
        return f"{self.encoding} ({_format_percent(self.share)} of {self.words:,} words fit {self.alphabet})"


def detect_encoding(content: bytes) -> tuple[str, str]:
    """Detect the encoding and say, in words, what decided it. KnownError where a person has to choose."""
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return name, "a mark at its beginning says so"
    if b"\0" in content:
        return _detect_wide_encoding(content)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_broken_utf_8(content, error)
        return _guess_legacy_encoding(content)
    return UTF_8, "every byte of it fits"


def _detect_wide_encoding(content: bytes) -> tuple[str, str]:
    """Detect text with zero bytes: two or four bytes for each character, without a byte order mark."""
    fitting = []
    for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        runs = _RUN.findall(text[:_SAMPLE])
        words = Counter([word for word in runs if not word.isascii()] or runs)
        _alphabet, fits, total = find_best_alphabet(words.items())
        if total and "\0" not in text and fits >= ENOUGH_FITTING * total:
            fitting.append((name, fits, total))
    if len(fitting) == 1 and fitting[0][0] in CODECS:
        name, fits, total = fitting[0]
        return name, f"a guess: read so, {_format_percent(fits / total)} of its {total:,} words can be words"
    raise KnownError(
        "The file holds zero bytes: it is no text, or UTF-16 without the mark that says so.",
        "If it is UTF-16, choose utf-16-le or utf-16-be.",
        code="records-encoding",
    )


def _refuse_broken_utf_8(content: bytes, error: UnicodeDecodeError) -> None:
    """Refuse a text that is UTF-8 but for a few bytes: these do not make it a different encoding."""
    kept = content.decode("utf-8", "ignore").encode("utf-8")
    lost = len(content) - len(kept)
    whole = len(_MULTIBYTE_SEQUENCE.findall(kept))
    if whole < 5 * lost:
        return
    line = content.count(b"\n", 0, error.start) + 1
    raise KnownError(
        f"The file is UTF-8 but for {lost:,} {'byte' if lost == 1 else 'bytes'}: byte {error.start + 1:,}, "
        f"in line {line:,}, is the first that does not fit.",
        "Choose the encoding utf-8-marked: these bytes are marked then, and are doubts. Or have it mended.",
        code="records-encoding",
    )


def _guess_legacy_encoding(content: bytes) -> tuple[str, str]:
    found = Counter(_WORD.findall(content))
    if not found:
        raise _make_undecided_error([])
    first = dict(found.most_common(_MOST_WORDS_AT_FIRST))
    hopeful = [
        candidate
        for candidate in _try_encodings(first, {})
        if candidate.share >= ENOUGH_FITTING - 2 * NEAR_MARGIN
    ]
    like = _score_likeness(content)
    names = [candidate.encoding for candidate in hopeful]
    readings = _merge_equal_texts(_try_encodings(found, like, names))
    best = readings[0] if readings else None
    if best is None or best.share < ENOUGH_FITTING:
        raise _make_undecided_error(readings)
    near = [candidate for candidate in readings[1:] if candidate.share >= best.share - NEAR_MARGIN]
    ranked = sorted([best, *near], key=lambda candidate: -candidate.likeness)
    best = ranked[0]
    if len(ranked) > 1 and not _is_clear_winner(ranked):
        raise _make_undecided_error(ranked)
    words = f"{_format_percent(best.share)} of its {best.words:,} words with other letters than A to Z"
    return best.encoding, f"a guess: read so, {words} can be {best.alphabet}"


def _is_clear_winner(ranked: list[EncodingCandidate]) -> bool:
    """Whether the first of several readings is clearly the best; chardet has no model for some encodings."""
    best, next_ = ranked[:2]
    compared = all(candidate.encoding not in _WITHOUT_LANGUAGE_MODEL for candidate in ranked)
    return compared and best.share >= ENOUGH_FITTING and best.likeness >= CLEAR_RATIO * next_.likeness


def _try_encodings(
    found: dict[bytes, int], like: dict[str, float], names: tuple[str, ...] | list[str] = _LEGACY_ENCODINGS
) -> list[EncodingCandidate]:
    """Read these words in every way, best first; an encoding in which a byte has no meaning is left out."""
    readings = []
    joined = b"\n".join(found)
    for name in names:
        try:
            text = joined.decode(CODECS[name]).split("\n")
        except UnicodeDecodeError:
            continue
        if len(text) == len(found):
            alphabet, fits, total = find_best_alphabet(zip(text, found.values(), strict=True))
            readings.append(EncodingCandidate(name, tuple(text), alphabet, fits, total, like.get(name, 0.0)))
    return sorted(readings, key=lambda candidate: -candidate.share)


def _merge_equal_texts(readings: list[EncodingCandidate]) -> list[EncodingCandidate]:
    """Keep the first of readings that give the same text, with the highest likeness of them."""
    by_text: dict[tuple[str, ...], EncodingCandidate] = {}
    for candidate in sorted(readings, key=lambda candidate: ENCODING_NAMES.index(candidate.encoding)):
        known = by_text.get(candidate.text)
        if known is None:
            by_text[candidate.text] = candidate
        elif candidate.likeness > known.likeness:
            by_text[candidate.text] = replace(known, likeness=candidate.likeness)
    return sorted(by_text.values(), key=lambda candidate: (-candidate.share, -candidate.likeness))


def _score_likeness(content: bytes) -> dict[str, float]:
    ours = _map_codec_names()
    likeness: dict[str, float] = {}
    for match in chardet.detect_all(content[:_SAMPLE], ignore_threshold=True):
        name = ours.get(_find_codec_name(match["encoding"] or "ascii"), "")
        if name:
            likeness[name] = max(likeness.get(name, 0.0), float(match["confidence"]))
    return likeness


@cache
def _map_codec_names() -> dict[str, str]:
    return {codecs.lookup(CODECS[name]).name: name for name in _LEGACY_ENCODINGS}


def _find_codec_name(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _make_undecided_error(readings: list[EncodingCandidate]) -> KnownError:
    if readings:
        ways = "; ".join(candidate.told for candidate in readings[:4])
        return KnownError(
            "The file is not UTF-8, and its bytes do not tell for certain which older encoding it has. "
            f"It may be {ways}.",
            "Choose one of them and look at the names, or choose another one.",
            code="records-encoding",
        )
    return KnownError(
        "The file is not UTF-8, and in no older encoding do its words fit one alphabet.",
        "Choose the encoding it was saved in, if it is text, and look at the names.",
        code="records-encoding",
    )


def _format_percent(share: float) -> str:
    return f"{int(100 * share)} %"
