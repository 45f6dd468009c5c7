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
    FACT_OF_NUMBER_FIELD,
    NUMBER_FACTS,
    Fact,
    PhotoFacts,
    Statement,
    StatementSourceKind,
    Transcription,
    TranscriptionPass,
)
from reviewer.domain.photos.capture_dates import parse_exact_moment
from reviewer.domain.text_folding import to_ascii_digits
from reviewer.domain.worklist.worklist import MOST_OF_ONE_INDIVIDUAL, WorklistIndividual, propose_groups

BURST_SECONDS = 90
BURST_BITS = 24
"""Of the 64 bits of a likeness about 32 differ between photographs that have nothing in common."""
_PHOTOS_LOOKED_BACK = 4


@dataclass(frozen=True, slots=True)
class PhotoForProposal:
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


ProposalMethod = Callable[[Sequence[PhotoForProposal]], list[Proposal]]
"""What every ground of proposals is: given the Photos without an Individual, in the order of ingest."""


def find_sure_card(facts: PhotoFacts) -> Transcription | None:
    """Return what is sure of a Photo's card: as resolved by a person, else as two passes agree; else None."""
    resolved = facts.card(TranscriptionPass.RESOLVED)
    if resolved is not None:
        return resolved
    first, second = facts.card(TranscriptionPass.FIRST), facts.card(TranscriptionPass.SECOND)
    return first if first is not None and second is not None and first.content == second.content else None


def find_numbers_on_card(card: Transcription) -> dict[Fact, str]:
    """The numbers of a card by kind, digits of all scripts as 0 to 9; what is not there is left out."""
    values = zip(NUMBER_FACTS, (card.detainee, card.branch, card.examination), strict=True)
    return {fact: to_ascii_digits(value).strip() for fact, value in values if value.strip()}


def propose_from_cards(seen: Sequence[PhotoForProposal]) -> list[Proposal]:
    """Group Photos whose cards show the same number, and those beside them in a folder without a different
    number.

    The examination number counts, else the detainee number, each within its branch; one with an unreadable
    digit joins nothing.
    """
    keys = _find_card_keys(seen)
    beside = _find_photos_beside_cards(seen, keys)
    members: dict[_CardNumberKey, list[int]] = defaultdict(list)
    for place in range(len(seen)):
        key = keys[place] or beside.get(place)
        if key is not None:
            members[key].append(place)
    return [
        _make_card_proposal(seen, key, places, keys)
        for key, places in members.items()
        if _may_be_one_person(places)
    ]


_CardNumberKey = tuple[Fact, str, str]


def _find_card_keys(seen: Sequence[PhotoForProposal]) -> list[_CardNumberKey | None]:
    numbers = [find_numbers_on_card(photo.card) if photo.card is not None else {} for photo in seen]
    examinations: dict[tuple[str, str], set[str]] = defaultdict(set)
    for found in numbers:
        if _is_readable(found, Fact.EXAMINATION_NUMBER) and _is_readable(found, Fact.DETAINEE_NUMBER):
            pair = found.get(Fact.BRANCH_NUMBER, ""), found[Fact.DETAINEE_NUMBER]
            examinations[pair].add(found[Fact.EXAMINATION_NUMBER])
    return [_find_card_key(found, examinations) for found in numbers]


def _find_card_key(
    found: dict[Fact, str], examinations: dict[tuple[str, str], set[str]]
) -> _CardNumberKey | None:
    branch = found.get(Fact.BRANCH_NUMBER, "")
    if _is_readable(found, Fact.EXAMINATION_NUMBER):
        return Fact.EXAMINATION_NUMBER, branch, found[Fact.EXAMINATION_NUMBER]
    if not _is_readable(found, Fact.DETAINEE_NUMBER):
        return None
    known = examinations.get((branch, found[Fact.DETAINEE_NUMBER]), set())
    if len(known) == 1:  # another card of the same detainee says which examination it was
        return Fact.EXAMINATION_NUMBER, branch, next(iter(known))
    return Fact.DETAINEE_NUMBER, branch, found[Fact.DETAINEE_NUMBER]


def _is_readable(found: dict[Fact, str], fact: Fact) -> bool:
    return fact in found and "?" not in found[fact] and "?" not in found.get(Fact.BRANCH_NUMBER, "")


def _find_photos_beside_cards(
    seen: Sequence[PhotoForProposal], keys: Sequence[_CardNumberKey | None]
) -> dict[int, _CardNumberKey]:
    """Places without a card in a folder group in which one number, and only one, was read."""
    found: dict[int, _CardNumberKey] = {}
    for group in _group_by_folder(seen):
        shown = {keys[place] for place in group.positions if seen[place].card is not None} - {None}
        bare = [place for place in group.positions if not _says_something(seen[place].card)]
        if len(shown) == 1:
            key = next(iter(shown))
            found.update({place: key for place in bare if key is not None})
    return found


def _says_something(card: Transcription | None) -> bool:
    return card is not None and bool(find_numbers_on_card(card))


def _make_card_proposal(
    seen: Sequence[PhotoForProposal],
    key: _CardNumberKey,
    places: Sequence[int],
    keys: Sequence[_CardNumberKey | None],
) -> Proposal:
    read = [place for place in places if keys[place] == key]
    fact, branch, number = key
    kind = "examination" if fact is Fact.EXAMINATION_NUMBER else "detainee"
    of_branch = f" of branch {branch}" if branch else ""
    reason = f"the card says {kind} number {number}{of_branch} on {_format_photo_count(len(read))}"
    others = len(places) - len(read)
    if others:
        reason += f"; {_format_photo_count(others)} beside in the same folder, where no other number was read"
    said = [statement for place in read for statement in _iterate_card_statements(seen[place])]
    return Proposal(tuple(seen[place].sha256 for place in places), reason, _deduplicate_statements(said))


def _iterate_card_statements(photo: PhotoForProposal) -> Iterable[Statement]:
    if photo.card is not None:
        for fact, value in find_numbers_on_card(photo.card).items():
            sure = "probable" if "?" in value else "definite"
            detail = f"card of {photo.name}"
            yield Statement("", fact, value, sure, StatementSourceKind.CARD, photo.sha256, detail)


def _deduplicate_statements(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Keep each value once; drop a partly legible one that a legible one fits."""
    kept: dict[tuple[Fact, str], Statement] = {}
    for statement in statements:
        kept.setdefault((statement.fact, statement.value), statement)
    whole = [statement for statement in kept.values() if "?" not in statement.value]
    doubtful = [
        statement
        for statement in kept.values()
        if "?" in statement.value
        and not any(w.fact is statement.fact and may_be_same_number(w.value, statement.value) for w in whole)
    ]
    return (*whole, *doubtful)


def may_be_same_number(one: str, other: str) -> bool:
    """Whether two numbers may be the same: equal, but for digits that are not readable in one of them."""
    return len(one) == len(other) and all(a == b or "?" in (a, b) for a, b in zip(one, other, strict=True))


def propose_from_folders(seen: Sequence[PhotoForProposal], pattern: str = "") -> list[Proposal]:
    """By a pattern of folder names, e.g. `{branch}/{examination}`; without one, folder by folder.

    KnownError if the pattern makes no sense.
    """
    if not pattern:
        return [
            Proposal(
                tuple(seen[place].sha256 for place in group.positions),
                f"{group.reason}, {seen[group.positions[0]].folder or 'the source itself'}",
            )
            for group in _group_by_folder(seen)
        ]
    parsed = FolderPattern.parse(pattern)
    members: dict[tuple[tuple[str, str], ...], list[PhotoForProposal]] = defaultdict(list)
    for photo in seen:
        found = parsed.read(photo.folder, photo.name)
        if found is not None:
            members[tuple(sorted(found.items()))].append(photo)
    return [
        _make_folder_proposal(pattern, parsed.with_file, key, photos)
        for key, photos in members.items()
        if _may_be_one_person(photos)
    ]


def _make_folder_proposal(
    pattern: str, with_file: bool, key: tuple[tuple[str, str], ...], photos: Sequence[PhotoForProposal]
) -> Proposal:
    found = dict(key)
    words = ", ".join(f"{name} {value}" for name, value in found.items())
    first = photos[0]
    place = f"{first.folder}/{first.name}" if with_file else first.folder
    statements = tuple(
        Statement(
            "",
            FACT_OF_NUMBER_FIELD[name],
            value,
            "probable",
            StatementSourceKind.FOLDER,
            place,
            f"pattern {pattern}",
        )
        for name, value in found.items()
        if name in FACT_OF_NUMBER_FIELD
    )
    reason = f'{words}: names fit the pattern "{pattern}"'
    return Proposal(tuple(photo.sha256 for photo in photos), reason, statements)


def propose_from_bursts(
    seen: Sequence[PhotoForProposal], seconds: int = BURST_SECONDS, bits: int = BURST_BITS
) -> list[Proposal]:
    """Photos that one camera took shortly one after the other and that are alike.

    Each follows the one before within `seconds`, and differs in at most `bits` of the 64 bits of its
    likeness from one of the last few.
    """
    timed = [
        (photo.camera, moment, photo)
        for photo in seen
        if (moment := parse_exact_moment(photo.taken_at)) is not None
    ]
    timed.sort(key=lambda found: (found[0], found[1]))
    bursts: list[list[tuple[datetime, PhotoForProposal]]] = []
    camera_before = None
    for camera, moment, photo in timed:
        same = bool(bursts) and camera == camera_before
        if same and _follows_in_burst(bursts[-1], moment, photo, seconds, bits):
            bursts[-1].append((moment, photo))
        else:
            bursts.append([(moment, photo)])
        camera_before = camera
    return [
        _make_burst_proposal(burst, seconds, bits)
        for burst in bursts
        if len(burst) > 1 and _may_be_one_person(burst)
    ]


def _follows_in_burst(
    burst: Sequence[tuple[datetime, PhotoForProposal]],
    moment: datetime,
    photo: PhotoForProposal,
    seconds: int,
    bits: int,
) -> bool:
    if (moment - burst[-1][0]).total_seconds() > seconds:
        return False
    return any(
        compute_hamming_distance(photo.likeness, other.likeness) <= bits
        for _at, other in burst[-_PHOTOS_LOOKED_BACK:]
    )


def compute_hamming_distance(one: str, other: str) -> int:
    """In how many of 64 bits two likenesses differ; 64 if one of them is not known."""
    if len(one) != 16 or len(other) != 16:
        return 64
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _make_burst_proposal(
    burst: Sequence[tuple[datetime, PhotoForProposal]], seconds: int, bits: int
) -> Proposal:
    longest = max(int((later - earlier).total_seconds()) for (earlier, _a), (later, _b) in pairwise(burst))
    span = int((burst[-1][0] - burst[0][0]).total_seconds())
    reason = (
        f"{len(burst)} photographs of one camera within {span} s, at most {longest} s apart "
        f"(bound {seconds} s), each like one before it (at most {bits} of 64 bits differ)"
    )
    return Proposal(tuple(photo.sha256 for _at, photo in burst), reason)


def _group_by_folder(seen: Sequence[PhotoForProposal]) -> list[WorklistIndividual]:
    return propose_groups([(f"{photo.source}/{photo.folder}", photo.name) for photo in seen])


def _may_be_one_person(members: Sequence[object]) -> bool:
    """A group larger than any body ever had is no proposal: a wrong group is worse than none."""
    return len(members) <= MOST_OF_ONE_INDIVIDUAL


def _format_photo_count(number: int) -> str:
    return "1 photograph" if number == 1 else f"{number:,} photographs"
