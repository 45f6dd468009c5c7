"""The Individuals of a Case: proposals and where they come from, and everybody in one table.

What is read here takes a moment on a large Case: it belongs into a job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reviewer.domain.commands.individual_commands import MOST_AT_ONCE, accept
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.conflicts import Conflict, Subject, conflicts
from reviewer.domain.people.individual import Fact, Individual, SourceKind, Statement, Transcription
from reviewer.domain.people.individual_names import label as label
from reviewer.domain.people.individual_names import root_of, whole
from reviewer.domain.people.photo_conflicts import Look
from reviewer.domain.people.proposals import (
    BURST_BITS,
    BURST_SECONDS,
    Proposal,
    Seen,
    from_bursts,
    from_cards,
    from_folders,
)
from reviewer.domain.reading.category import NOT_READ
from reviewer.domain.records.proposals import PhotoClues
from reviewer.domain.worklist.worklist import Progress
from reviewer.services.case.open_case import OpenCase
from reviewer.services.reading.reader import new_id
from reviewer.services.records.proposals import proposed_from_records
from reviewer.services.worklist.neutral_labels import Labels
from reviewer.services.worklist.photo_owners import telling_numbers
from reviewer.storage.evidence import case_rows
from reviewer.storage.people import people, photo_looks
from reviewer.storage.shared import shared_rows

PROPOSED, ACCEPTED, IN_CONFLICT = "proposed", "accepted", "conflict"
FOLDERS, CARDS, BURSTS, RECORDS = "folders", "cards", "bursts", "records"


@dataclass(frozen=True)
class How:
    """What proposals rest on; `pattern` for folders, `seconds` and `bits` for bursts. `gaps`: examination
    numbers that are not in the Case are listed among the conflicts as well.
    """

    kind: str = FOLDERS
    pattern: str = ""
    seconds: int = BURST_SECONDS
    bits: int = BURST_BITS
    gaps: bool = False


Ground = Callable[[OpenCase, Sequence[Seen], How], list[Proposal]]


def _from_records(case: OpenCase, seen: Sequence[Seen], _how: How) -> list[Proposal]:
    """A proposal for each row of the files of records whose examination number some Photo carries."""
    order = {each.sha256: place for place, each in enumerate(seen)}
    clues = [
        PhotoClues(
            each.sha256,
            (f"{each.folder}/{each.name}",),
            (each.card.examination,) if each.card is not None and each.card.examination else (),
        )
        for each in seen
    ]
    return [
        Proposal(
            tuple(sorted(found.photos, key=order.__getitem__)),
            f"{found.reason}; {found.doubt}" if found.doubt else found.reason,
            (
                Statement(
                    "",
                    Fact.EXAMINATION_NUMBER,
                    found.number,
                    "possible" if found.doubt else "probable",
                    SourceKind.RECORD,
                    found.record,
                    found.reason,
                ),
            ),
        )
        for found in proposed_from_records(case, clues)
    ]


GROUNDS: dict[str, Ground] = {
    FOLDERS: lambda _case, seen, how: from_folders(seen, how.pattern),
    CARDS: lambda _case, seen, _how: from_cards(seen),
    BURSTS: lambda _case, seen, how: from_bursts(seen, how.seconds, how.bits),
    RECORDS: _from_records,
}


@dataclass(frozen=True)
class Person:
    """One row: an accepted Individual (with its `id`) or a proposed one (""), `key` tells the rows apart.
    `label` has its numbers, `neutral` is the label that says nothing of them.

    `complete`, `begun` and `findings` are of the Examiner at work, and of nobody else.
    """

    key: str
    id: str
    number: int
    label: str
    status: str
    reason: str
    photos: tuple[str, ...]
    individual: Individual | None
    complete: int = 0
    begun: int = 0
    findings: int = 0
    conflicts: int = 0
    neutral: str = ""

    @property
    def is_accepted(self) -> bool:
        return bool(self.id)

    def values(self, fact: Fact) -> str:
        """What is stated of a Fact, in one line; "" if nothing is."""
        return " | ".join(self.individual.values(fact)) if self.individual is not None else ""


@dataclass(frozen=True)
class People:
    """Everybody, in the order of the Worklist; what does not fit together; and on what the proposals rest."""

    persons: tuple[Person, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    how: How = How()
    loose: int = 0

    @property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        return tuple(each for each in self.conflicts if not each.settled)

    def proposals(self, keys: Iterable[str]) -> list[Proposal]:
        """The proposals behind some rows."""
        wanted = set(keys)
        return [
            Proposal(each.photos, each.reason, each.individual.statements if each.individual else ())
            for each in self.persons
            if each.key in wanted and not each.is_accepted
        ]


def proposals(case: OpenCase, how: How = How()) -> list[Proposal]:
    """What is proposed for the Photos that belong to no Individual and are of people who died."""
    with case.store.read() as connection:
        seen, placed = people.seen(connection), shared_rows.places(connection)
    return GROUNDS[how.kind](case, _free(seen, placed), how)


def _free(seen: Sequence[Seen], placed: Mapping[str, tuple[str, str, str]]) -> list[Seen]:
    """The Photos that a proposal may be about: of nobody yet, and sorted as nothing but a detainee."""
    nothing = ("", "", "")
    found = []
    for each in seen:
        category, individual, _alike = placed.get(each.sha256, nothing)
        if not individual and category not in NOT_READ:
            found.append(each)
    return found


def acceptance(case: OpenCase, found: Sequence[Proposal]) -> list[Draft]:
    """The acts that accept these proposals, as the Case stands now; NotAllowed if nothing is left of them."""
    photos = [photo for proposal in found for photo in proposal.photos]
    with case.store.read() as connection:
        places = people.places_of(connection, photos)
    return accept(found, places, new_id)


def in_short(found: Sequence[Proposal]) -> str:
    """ "120 individuals with 480 photographs", said before anything is accepted."""
    photos = sum(len(each.photos) for each in found)
    persons = "1 individual" if len(found) == 1 else f"{len(found):,} individuals"
    shown = "1 photograph" if photos == 1 else f"{photos:,} photographs"
    entries = -(-len(found) // MOST_AT_ONCE)
    return f"{persons} with {shown}" + (f", in {entries} entries of the ledger" if entries > 1 else "")


def load_people(case: OpenCase, examiner: str, how: How = How()) -> People:
    """Everybody, as the Case stands now."""
    with case.store.read() as connection:
        individuals = people.individuals(connection)
        findings = people.findings_of(connection, examiner)
        states = case_rows.reading_states(connection, examiner)
        seen, placed = people.seen(connection), shared_rows.places(connection)
        cards = {each.sha256: each.card for each in seen if each.card is not None}
        looks = photo_looks.looks(connection, examiner, cards)
        labels = Labels.read(connection)
    order = {each.sha256: number for number, each in enumerate(seen)}
    standing = whole(individuals.values())
    assigned = {photo: root_of(individuals, place[1]) for photo, place in placed.items() if place[1]}
    proposed = GROUNDS[how.kind](case, _free(seen, placed), how)
    groups = [*_accepted(order, assigned, standing), *(("", each) for each in proposed)]
    groups.sort(
        key=lambda group: order.get(group[1].photos[0], len(order)) if group[1].photos else len(order)
    )
    persons = [
        replace(
            _person(number, id_, proposal, standing, states, findings),
            neutral=labels.of(proposal.photos, id_),
        )
        for number, (id_, proposal) in enumerate(groups, start=1)
    ]
    numbers = {photo: number for photo, card in cards.items() for number in telling_numbers(card)}
    found = conflicts(_subjects(persons, cards, looks), _alike(placed, order), numbers, how.gaps)
    shown = {photo for each in persons for photo in each.photos}
    return People(tuple(_with_conflicts(persons, found)), tuple(found), how, len(order) - len(shown))


Named = tuple[str, Proposal]


def _accepted(
    order: Iterable[str], assigned: Mapping[str, str], standing: Mapping[str, Individual]
) -> Iterator[Named]:
    members: dict[str, list[str]] = {id_: [] for id_ in standing}
    for photo in order:
        if photo in assigned:
            members.setdefault(assigned[photo], []).append(photo)
    for id_, photos in members.items():
        known = standing.get(id_)
        yield id_, Proposal(tuple(photos), known.reason if known else "", ())


def _person(
    number: int,
    id_: str,
    proposal: Proposal,
    standing: Mapping[str, Individual],
    states: Mapping[str, str],
    findings: Mapping[str, int],
) -> Person:
    individual = standing.get(id_) if id_ else Individual("", proposal.reason, statements=proposal.statements)
    read = [states.get(photo, Progress.UNREAD) for photo in proposal.photos]
    return Person(
        key=id_ or f"proposed {proposal.photos[0]}",
        id=id_,
        number=number,
        label=label(individual, number),
        status=ACCEPTED if id_ else PROPOSED,
        reason=proposal.reason,
        photos=proposal.photos,
        individual=individual,
        complete=read.count(Progress.COMPLETE),
        begun=read.count(Progress.OPEN),
        findings=sum(findings.get(photo, 0) for photo in proposal.photos),
    )


def _alike(placed: Mapping[str, tuple[str, str, str]], order: Iterable[str]) -> list[tuple[str, ...]]:
    """The groups of near-duplicates, each in the order of ingest."""
    groups: dict[str, list[str]] = {}
    for photo in order:
        name = placed[photo][2] if photo in placed else ""
        if name:
            groups.setdefault(name, []).append(photo)
    return [tuple(photos) for photos in groups.values() if len(photos) > 1]


def _subjects(
    persons: Iterable[Person], cards: Mapping[str, Transcription], looks: Mapping[str, Look]
) -> list[Subject]:
    found = []
    for person in persons:
        if person.id and person.individual is not None:
            shown = tuple(
                (photo, (fact, branch, value))
                for photo in person.photos
                if photo in cards
                for fact, branch, value in telling_numbers(cards[photo])
            )
            seen = tuple(looks.get(photo) or Look(photo) for photo in person.photos)
            found.append(Subject(person.individual, person.label, person.photos, shown, seen))
    return found


def _with_conflicts(persons: Iterable[Person], found: Iterable[Conflict]) -> Iterator[Person]:
    counts: dict[str, int] = {}
    for each in found:
        if each.is_doubt and not each.settled:
            for id_ in each.individuals:
                counts[id_] = counts.get(id_, 0) + 1
    for person in persons:
        count = counts.get(person.id, 0)
        yield replace(person, status=IN_CONFLICT, conflicts=count) if count else person
