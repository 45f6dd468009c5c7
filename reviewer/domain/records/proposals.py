"""Individuals proposed from records: rows whose examination number Photos carry on cards or in names.

A proposal and no more: nothing is recorded until an Examiner accepts it. Rules, in this order of trust:

1. the examination number that was read on the card of a Photo is that of the row;
2. a word of the folder of a Photo is the number (the nearest folder counts);
3. a word of the file's name is the number, unless it is the counter of a camera (IMG_1234, DSC01234).

Words are what stands between signs that are neither letter nor digit. A number of fewer than three signs is
looked for on cards only: days, months and counters would fit it by chance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reviewer.domain.people.individual import Fact
from reviewer.domain.records.matching import RowClaim
from reviewer.domain.records.values import is_legible, make_number_key
from reviewer.domain.text_folding import to_ascii_digits

SHORTEST_IN_NAMES = 3
_WORD_SEPARATORS = re.compile(r"[\W_]+")
_CAMERA_COUNTER_NAME = re.compile(
    r"^(img|dsc|dscn|dscf|dscim|pict?|cimg|sam|mvi|p\d{3}|pxl|photo|image)[ _-]*\d+", re.I
)


@dataclass(frozen=True)
class PhotoClues:
    """Where a Photo was found (paths with "/" between, Source left out) and the examination numbers read
    on its card."""

    photo: str
    paths: tuple[str, ...] = ()
    examination: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordProposal:
    """`photos` are held together because of `reason`; `record` cites the row. `doubt` says what a person
    should look at first, "" if nothing."""

    record: str
    number: str
    photos: tuple[str, ...]
    reason: str
    doubt: str = ""


def propose_from_records(
    rows: Iterable[RowClaim], photos: Sequence[PhotoClues]
) -> tuple[RecordProposal, ...]:
    """One proposal for each row whose examination number some Photo carries, in the order of the rows.

    A Photo that fits several rows is left out of all, and each of them says so.
    """
    on_cards, in_folders, in_files = _index_photos(photos)
    found: list[tuple[RowClaim, str, dict[str, str]]] = []
    claimed: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for number in row.values.get(Fact.EXAMINATION_NUMBER, ()):
            why = _find_photos_with_number(number, on_cards, in_folders, in_files)
            if why:
                found.append((row, number, why))
                for photo in why:
                    claimed[photo].add(row.record)
    proposed = (_make_proposal(row, number, why, claimed) for row, number, why in found)
    return tuple(proposal for proposal in proposed if proposal is not None)


_PhotosByWord = dict[str, set[str]]


def _index_photos(photos: Sequence[PhotoClues]) -> tuple[_PhotosByWord, _PhotosByWord, _PhotosByWord]:
    cards: _PhotosByWord = defaultdict(set)
    folders: _PhotosByWord = defaultdict(set)
    files: _PhotosByWord = defaultdict(set)
    for photo in photos:
        for number in photo.examination:
            if is_legible(number):
                cards[make_number_key(number)].add(photo.photo)
        for path in photo.paths:
            *parents, name = path.split("/")
            for word in _split_name_words(parents[-1]) if parents else ():
                folders[word].add(photo.photo)
            stem = name.rpartition(".")[0] or name
            if not _CAMERA_COUNTER_NAME.match(stem):
                for word in _split_name_words(stem):
                    files[word].add(photo.photo)
    return cards, folders, files


def _split_name_words(text: str) -> list[str]:
    """Words of a name, and each two neighbours together: "b 1024" is "b1024" too."""
    words = [word for word in _WORD_SEPARATORS.split(to_ascii_digits(text).casefold()) if word]
    joined = [one + other for one, other in pairwise(words) if one.isalpha() and len(one) == 1]
    return words + joined


def _find_photos_with_number(
    number: str, cards: _PhotosByWord, folders: _PhotosByWord, files: _PhotosByWord
) -> dict[str, str]:
    """Photo -> why it fits; the rule that is trusted most speaks."""
    if not is_legible(number):
        return {}
    key = make_number_key(number)
    why = dict.fromkeys(cards.get(key, ()), "card")
    if len(key) >= SHORTEST_IN_NAMES:
        for index, rule in ((folders, "folder"), (files, "file name")):
            for photo in index.get(key, ()):
                why.setdefault(photo, rule)
    return why


def _make_proposal(
    row: RowClaim, number: str, why: dict[str, str], claimed: dict[str, set[str]]
) -> RecordProposal | None:
    kept = sorted(photo for photo in why if len(claimed[photo]) == 1)
    if not kept:
        return None
    rules = [rule for rule in ("card", "folder", "file name") if rule in {why[photo] for photo in kept}]
    reason = f"examination number {number} of a record stands in the {', '.join(rules)}"
    others = len(why) - len(kept)
    doubt = f"{others} more fit another row as well" if others else ""
    return RecordProposal(row.record, number, tuple(kept), reason, doubt)
