"""Proposed Individuals: which Photos may show one person, each with its reason, for an Examiner to accept.

Four grounds: the cards, the folders, the moment and the likeness of the pictures, the records. None of them
is certain, so nothing here is recorded: a proposal becomes an Individual when somebody accepts it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from reviewer.domain.people.folder_pattern import FolderPattern
from reviewer.domain.people.individual import (
    NUMBERS,
    Fact,
    Pass,
    PhotoFacts,
    SourceKind,
    Statement,
    Transcription,
)
from reviewer.domain.photos.capture_dates import exact_moment
from reviewer.domain.text_folding import ascii_digits
from reviewer.domain.worklist.worklist import MOST_OF_ONE_INDIVIDUAL, Group, grouped

BURST_SECONDS = 90
BURST_BITS = 24
"""Of the 64 bits of a likeness about 32 differ between photographs that have nothing in common."""
_LOOK_BACK = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """A Photo as proposals see it. `camera` is make and model; `card` what is sure of its card."""

    sha256: str
    source: str
    folder: str
    name: str
    taken_at: str = ""
    likeness: str = ""
    camera: str = ""
    card: Transcription | None = None


@dataclass(frozen=True)
class Proposal:
    """Photos (SHA-256) that may show one person, and why. Statements get their ids when it is accepted."""

    photos: tuple[str, ...]
    reason: str
    statements: tuple[Statement, ...] = ()


Proposer = Callable[[Sequence[Seen]], list[Proposal]]
"""What every ground of proposals is: given the Photos without an Individual, in the order of ingest."""


def sure_card(facts: PhotoFacts) -> Transcription | None:
    """What the card of a Photo says: as resolved by a person, else as two passes agree; None else."""
    resolved = facts.card(Pass.RESOLVED)
    if resolved is not None:
        return resolved
    first, second = facts.card(Pass.FIRST), facts.card(Pass.SECOND)
    return first if first is not None and second is not None and first.content == second.content else None


def numbers_on(card: Transcription) -> dict[Fact, str]:
    """The numbers of a card by kind, digits of all scripts as 0 to 9; what is not there is left out."""
    values = zip(NUMBERS, (card.detainee, card.branch, card.examination), strict=True)
    return {fact: ascii_digits(value).strip() for fact, value in values if value.strip()}


def from_cards(seen: Sequence[Seen]) -> list[Proposal]:
    """Photos whose cards say the same number; and those beside them in a folder that holds no other number.

    The examination number counts, else the detainee number, each within its branch; one with an unreadable
    digit joins nothing.
    """
    keys = _keys_of_cards(seen)
    beside = _beside(seen, keys)
    members: dict[_Key, list[int]] = defaultdict(list)
    for place in range(len(seen)):
        key = keys[place] or beside.get(place)
        if key is not None:
            members[key].append(place)
    return [_of_card(seen, key, places, keys) for key, places in members.items() if _is_one(places)]


_Key = tuple[Fact, str, str]


def _keys_of_cards(seen: Sequence[Seen]) -> list[_Key | None]:
    numbers = [numbers_on(each.card) if each.card is not None else {} for each in seen]
    examinations: dict[tuple[str, str], set[str]] = defaultdict(set)
    for found in numbers:
        if _readable(found, Fact.EXAMINATION_NUMBER) and _readable(found, Fact.DETAINEE_NUMBER):
            pair = found.get(Fact.BRANCH_NUMBER, ""), found[Fact.DETAINEE_NUMBER]
            examinations[pair].add(found[Fact.EXAMINATION_NUMBER])
    return [_key(found, examinations) for found in numbers]


def _key(found: dict[Fact, str], examinations: dict[tuple[str, str], set[str]]) -> _Key | None:
    branch = found.get(Fact.BRANCH_NUMBER, "")
    if _readable(found, Fact.EXAMINATION_NUMBER):
        return Fact.EXAMINATION_NUMBER, branch, found[Fact.EXAMINATION_NUMBER]
    if not _readable(found, Fact.DETAINEE_NUMBER):
        return None
    known = examinations.get((branch, found[Fact.DETAINEE_NUMBER]), set())
    if len(known) == 1:  # another card of the same detainee says which examination it was
        return Fact.EXAMINATION_NUMBER, branch, next(iter(known))
    return Fact.DETAINEE_NUMBER, branch, found[Fact.DETAINEE_NUMBER]


def _readable(found: dict[Fact, str], fact: Fact) -> bool:
    return fact in found and "?" not in found[fact] and "?" not in found.get(Fact.BRANCH_NUMBER, "")


def _beside(seen: Sequence[Seen], keys: Sequence[_Key | None]) -> dict[int, _Key]:
    """Places without a card in a folder group in which one number, and only one, was read."""
    found: dict[int, _Key] = {}
    for group in _groups(seen):
        shown = {keys[place] for place in group.positions if seen[place].card is not None} - {None}
        bare = [place for place in group.positions if not _says_something(seen[place].card)]
        if len(shown) == 1:
            key = next(iter(shown))
            found.update({place: key for place in bare if key is not None})
    return found


def _says_something(card: Transcription | None) -> bool:
    return card is not None and bool(numbers_on(card))


def _of_card(seen: Sequence[Seen], key: _Key, places: Sequence[int], keys: Sequence[_Key | None]) -> Proposal:
    read = [place for place in places if keys[place] == key]
    fact, branch, number = key
    kind = "examination" if fact is Fact.EXAMINATION_NUMBER else "detainee"
    of_branch = f" of branch {branch}" if branch else ""
    reason = f"the card says {kind} number {number}{of_branch} on {_counted(len(read))}"
    others = len(places) - len(read)
    if others:
        reason += f"; {_counted(others)} beside in the same folder, where no other number was read"
    said = [each for place in read for each in _stated_by_card(seen[place])]
    return Proposal(tuple(seen[place].sha256 for place in places), reason, _once(said))


def _stated_by_card(photo: Seen) -> Iterable[Statement]:
    if photo.card is not None:
        for fact, value in numbers_on(photo.card).items():
            sure = "probable" if "?" in value else "definite"
            detail = f"card of {photo.name}"
            yield Statement("", fact, value, sure, SourceKind.CARD, photo.sha256, detail)


def _once(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Each value once; one that is not wholly readable is left out where another one fits."""
    kept: dict[tuple[Fact, str], Statement] = {}
    for each in statements:
        kept.setdefault((each.fact, each.value), each)
    whole = [each for each in kept.values() if "?" not in each.value]
    doubtful = [
        each
        for each in kept.values()
        if "?" in each.value and not any(w.fact is each.fact and fits(w.value, each.value) for w in whole)
    ]
    return (*whole, *doubtful)


def fits(one: str, other: str) -> bool:
    """Whether two numbers may be the same: equal, but for digits that are not readable in one of them."""
    return len(one) == len(other) and all(a == b or "?" in (a, b) for a, b in zip(one, other, strict=True))


def from_folders(seen: Sequence[Seen], pattern: str = "") -> list[Proposal]:
    """By a pattern of folder names, e.g. `{branch}/{examination}`; without one, folder by folder.

    KnownError if the pattern makes no sense.
    """
    if not pattern:
        return [
            Proposal(
                tuple(seen[place].sha256 for place in group.positions),
                f"{group.reason}, {seen[group.positions[0]].folder or 'the source itself'}",
            )
            for group in _groups(seen)
        ]
    parsed = FolderPattern.parsed(pattern)
    members: dict[tuple[tuple[str, str], ...], list[Seen]] = defaultdict(list)
    for each in seen:
        found = parsed.read(each.folder, each.name)
        if found is not None:
            members[tuple(sorted(found.items()))].append(each)
    return [
        _of_folder(pattern, parsed.with_file, key, photos)
        for key, photos in members.items()
        if _is_one(photos)
    ]


def _of_folder(
    pattern: str, with_file: bool, key: tuple[tuple[str, str], ...], photos: Sequence[Seen]
) -> Proposal:
    found = dict(key)
    words = ", ".join(f"{name} {value}" for name, value in found.items())
    first = photos[0]
    place = f"{first.folder}/{first.name}" if with_file else first.folder
    numbers = {fact.removeprefix("number."): fact for fact in NUMBERS}
    statements = tuple(
        Statement("", numbers[name], value, "probable", SourceKind.FOLDER, place, f"pattern {pattern}")
        for name, value in found.items()
        if name in numbers
    )
    reason = f'{words}: names fit the pattern "{pattern}"'
    return Proposal(tuple(each.sha256 for each in photos), reason, statements)


def from_bursts(seen: Sequence[Seen], seconds: int = BURST_SECONDS, bits: int = BURST_BITS) -> list[Proposal]:
    """Photos that one camera took shortly one after the other and that are alike.

    Each follows the one before within `seconds`, and differs in at most `bits` of the 64 bits of its
    likeness from one of the last few.
    """
    timed = [
        (each.camera, moment, each) for each in seen if (moment := exact_moment(each.taken_at)) is not None
    ]
    timed.sort(key=lambda found: (found[0], found[1]))
    bursts: list[list[tuple[datetime, Seen]]] = []
    camera_before = None
    for camera, moment, each in timed:
        same = bool(bursts) and camera == camera_before
        if same and _follows(bursts[-1], moment, each, seconds, bits):
            bursts[-1].append((moment, each))
        else:
            bursts.append([(moment, each)])
        camera_before = camera
    return [_of_burst(each, seconds, bits) for each in bursts if len(each) > 1 and _is_one(each)]


def _follows(
    burst: Sequence[tuple[datetime, Seen]], moment: datetime, photo: Seen, seconds: int, bits: int
) -> bool:
    if (moment - burst[-1][0]).total_seconds() > seconds:
        return False
    return any(difference(photo.likeness, other.likeness) <= bits for _at, other in burst[-_LOOK_BACK:])


def difference(one: str, other: str) -> int:
    """In how many of 64 bits two likenesses differ; 64 if one of them is not known."""
    if len(one) != 16 or len(other) != 16:
        return 64
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _of_burst(burst: Sequence[tuple[datetime, Seen]], seconds: int, bits: int) -> Proposal:
    longest = max(int((later - earlier).total_seconds()) for (earlier, _a), (later, _b) in pairwise(burst))
    span = int((burst[-1][0] - burst[0][0]).total_seconds())
    reason = (
        f"{len(burst)} photographs of one camera within {span} s, at most {longest} s apart "
        f"(bound {seconds} s), each like one before it (at most {bits} of 64 bits differ)"
    )
    return Proposal(tuple(each.sha256 for _at, each in burst), reason)


def _groups(seen: Sequence[Seen]) -> list[Group]:
    return grouped([(f"{each.source}/{each.folder}", each.name) for each in seen])


def _is_one(members: Sequence[object]) -> bool:
    """A group larger than any body ever had is no proposal: a wrong group is worse than none."""
    return len(members) <= MOST_OF_ONE_INDIVIDUAL


def _counted(number: int) -> str:
    return "1 photograph" if number == 1 else f"{number:,} photographs"
