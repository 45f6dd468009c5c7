"""The Individuals of a Case: proposals and where they come from, and everybody in one table.

What is read here takes a moment on a large Case: it belongs into a job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reviewer.domain.commands.individual_commands import MOST_AT_ONCE, accept_proposals
from reviewer.domain.grouping import group_pairs
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.conflicts import Conflict, ConflictKind, ConflictSubject, find_conflicts
from reviewer.domain.people.individual import Fact, Individual, Statement, StatementSourceKind, Transcription
from reviewer.domain.people.individual_names import find_merge_root, merge_statements
from reviewer.domain.people.individual_names import make_individual_label as make_individual_label
from reviewer.domain.people.photo_conflicts import PhotoForConflicts
from reviewer.domain.people.proposals import (
    BURST_BITS,
    BURST_SECONDS,
    PhotoForProposal,
    Proposal,
    propose_from_bursts,
    propose_from_cards,
    propose_from_folders,
)
from reviewer.domain.reading.category import CATEGORIES_NOT_READ, is_for_reading
from reviewer.domain.records.proposals import PhotoClues
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.services.case.open_case import OpenCase
from reviewer.services.records.proposals import load_record_proposals
from reviewer.services.worklist.neutral_labels import NeutralLabels
from reviewer.services.worklist.photo_owners import list_identifying_numbers
from reviewer.storage.evidence import case_rows
from reviewer.storage.people import people, photo_looks
from reviewer.storage.shared import shared_rows
from reviewer.system.new_ids import new_id

PROPOSED, ACCEPTED, IN_CONFLICT = "proposed", "accepted", "conflict"
_NO_PLACE = ("", "", "")
FOLDERS, CARDS, BURSTS, RECORDS = "folders", "cards", "bursts", "records"


@dataclass(frozen=True)
class ProposalOptions:
    """What proposals rest on; `pattern` for folders, `seconds` and `bits` for bursts. `gaps`: examination
    numbers that are not in the Case are listed among the conflicts as well.
    """

    kind: str = FOLDERS
    pattern: str = ""
    seconds: int = BURST_SECONDS
    bits: int = BURST_BITS
    gaps: bool = False


ProposalFinder = Callable[[OpenCase, Sequence[PhotoForProposal], ProposalOptions], list[Proposal]]


def _propose_from_records(
    case: OpenCase, seen: Sequence[PhotoForProposal], _how: ProposalOptions
) -> list[Proposal]:
    """A proposal for each row of the files of records whose examination number some Photo carries."""
    order = {photo.sha256: place for place, photo in enumerate(seen)}
    clues = [
        PhotoClues(
            photo.sha256,
            (f"{photo.folder}/{photo.name}",),
            (photo.card.examination,) if photo.card is not None and photo.card.examination else (),
        )
        for photo in seen
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
                    StatementSourceKind.RECORD,
                    found.record,
                    found.reason,
                ),
            ),
        )
        for found in load_record_proposals(case, clues)
    ]


PROPOSAL_FINDERS: dict[str, ProposalFinder] = {
    FOLDERS: lambda _case, seen, how: propose_from_folders(seen, how.pattern),
    CARDS: lambda _case, seen, _how: propose_from_cards(seen),
    BURSTS: lambda _case, seen, how: propose_from_bursts(seen, how.seconds, how.bits),
    RECORDS: _propose_from_records,
}


@dataclass(frozen=True)
class IndividualRow:
    """One row: an accepted Individual (with its `id`) or a proposed one (""), `key` tells the rows apart.
    `label` has its numbers, `neutral` is the label that says nothing of them.

    `complete`, `begun` and `findings` are of the Examiner at work, and of nobody else; `is_read`: she
    completed all Photos that are for reading. `misfits` are the kinds of the open `conflicts`.
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
    misfits: tuple[ConflictKind, ...] = ()
    is_read: bool = False

    @property
    def is_accepted(self) -> bool:
        return bool(self.id)

    def values(self, fact: Fact) -> str:
        """Return the values stated of a Fact, in one line; "" if there are none."""
        return " | ".join(self.individual.values(fact)) if self.individual is not None else ""


@dataclass(frozen=True)
class IndividualTable:
    """Everybody, in the order of the Worklist; what does not fit together; and on what the proposals rest."""

    persons: tuple[IndividualRow, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    how: ProposalOptions = ProposalOptions()
    loose: int = 0

    @property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        return tuple(conflict for conflict in self.conflicts if not conflict.settled)

    def proposals(self, keys: Iterable[str]) -> list[Proposal]:
        """The proposals behind some rows."""
        wanted = set(keys)
        return [
            Proposal(person.photos, person.reason, person.individual.statements if person.individual else ())
            for person in self.persons
            if person.key in wanted and not person.is_accepted
        ]


def propose_individuals(case: OpenCase, how: ProposalOptions = ProposalOptions()) -> list[Proposal]:
    """Propose Individuals for the Photos of deceased people that belong to none yet."""
    with case.store.read() as connection:
        seen, placed = people.load_photos_for_proposals(connection), shared_rows.load_assignments(connection)
    return PROPOSAL_FINDERS[how.kind](case, _list_unassigned(seen, placed), how)


def _list_unassigned(
    seen: Sequence[PhotoForProposal], placed: Mapping[str, tuple[str, str, str]]
) -> list[PhotoForProposal]:
    """Return the Photos to propose for: of no Individual yet, and not sorted as anything but a detainee."""
    found = []
    for photo in seen:
        category, individual, _alike = placed.get(photo.sha256, _NO_PLACE)
        if not individual and category not in CATEGORIES_NOT_READ:
            found.append(photo)
    return found


def make_acceptance_acts(case: OpenCase, found: Sequence[Proposal]) -> list[Draft]:
    """Make the acts that accept these proposals, as the Case stands now. NotAllowed if nothing is left to
    accept."""
    photos = [photo for proposal in found for photo in proposal.photos]
    with case.store.read() as connection:
        places = people.load_individual_by_photo(connection, photos)
    return accept_proposals(found, places, new_id)


def describe_proposals(found: Sequence[Proposal]) -> str:
    """Describe proposals before they are accepted: "120 individuals with 480 photographs"."""
    photos = sum(len(person.photos) for person in found)
    persons = "1 individual" if len(found) == 1 else f"{len(found):,} individuals"
    shown = "1 photograph" if photos == 1 else f"{photos:,} photographs"
    entries = -(-len(found) // MOST_AT_ONCE)
    return f"{persons} with {shown}" + (f", in {entries} entries of the ledger" if entries > 1 else "")


def load_individuals(
    case: OpenCase, examiner: str, how: ProposalOptions = ProposalOptions()
) -> IndividualTable:
    """Load all Individuals, accepted and proposed, as the Case stands now."""
    with case.store.read() as connection:
        individuals = people.load_individuals(connection)
        findings = people.count_findings_by_photo(connection, examiner)
        states = case_rows.load_reading_states(connection, examiner)
        seen, placed = people.load_photos_for_proposals(connection), shared_rows.load_assignments(connection)
        cards = {photo.sha256: photo.card for photo in seen if photo.card is not None}
        looks = photo_looks.load_photos_for_conflicts(connection, examiner, cards)
        labels = NeutralLabels.load(connection)
    order = {photo.sha256: number for number, photo in enumerate(seen)}
    standing = merge_statements(individuals.values())
    assigned = {photo: find_merge_root(individuals, place[1]) for photo, place in placed.items() if place[1]}
    proposed = PROPOSAL_FINDERS[how.kind](case, _list_unassigned(seen, placed), how)
    groups = [*_group_accepted(order, assigned, standing), *(("", proposal) for proposal in proposed)]
    groups.sort(
        key=lambda group: order.get(group[1].photos[0], len(order)) if group[1].photos else len(order)
    )
    persons = [
        replace(
            _make_row(number, id_, proposal, standing, states, findings, placed),
            neutral=labels.label_of(proposal.photos, id_),
        )
        for number, (id_, proposal) in enumerate(groups, start=1)
    ]
    numbers = {photo: number for photo, card in cards.items() for number in list_identifying_numbers(card)}
    found = find_conflicts(
        _make_conflict_subjects(persons, cards, looks), _group_duplicates(placed, order), numbers, how.gaps
    )
    shown = {photo for person in persons for photo in person.photos}
    return IndividualTable(
        tuple(_add_conflict_counts(persons, found)), tuple(found), how, len(order) - len(shown)
    )


IdentifiedProposal = tuple[str, Proposal]


def _group_accepted(
    order: Iterable[str], assigned: Mapping[str, str], standing: Mapping[str, Individual]
) -> Iterator[IdentifiedProposal]:
    members: dict[str, list[str]] = {id_: [] for id_ in standing}
    for photo in order:
        if photo in assigned:
            members.setdefault(assigned[photo], []).append(photo)
    for id_, photos in members.items():
        known = standing.get(id_)
        yield id_, Proposal(tuple(photos), known.reason if known else "", ())


def _make_row(
    number: int,
    id_: str,
    proposal: Proposal,
    standing: Mapping[str, Individual],
    states: Mapping[str, str],
    findings: Mapping[str, int],
    placed: Mapping[str, tuple[str, str, str]],
) -> IndividualRow:
    individual = standing.get(id_) if id_ else Individual("", proposal.reason, statements=proposal.statements)
    read = [states.get(photo, ReadingProgress.UNREAD) for photo in proposal.photos]
    to_read = [photo for photo in proposal.photos if is_for_reading(placed.get(photo, _NO_PLACE)[0])]
    return IndividualRow(
        key=id_ or f"proposed {proposal.photos[0]}",
        id=id_,
        number=number,
        label=make_individual_label(individual, number),
        status=ACCEPTED if id_ else PROPOSED,
        reason=proposal.reason,
        photos=proposal.photos,
        individual=individual,
        complete=read.count(ReadingProgress.COMPLETE),
        begun=read.count(ReadingProgress.OPEN),
        findings=sum(findings.get(photo, 0) for photo in proposal.photos),
        is_read=all(states.get(photo) == ReadingProgress.COMPLETE for photo in to_read),
    )


def _group_duplicates(
    placed: Mapping[str, tuple[str, str, str]], order: Iterable[str]
) -> list[tuple[str, ...]]:
    """The groups of near-duplicates, each in the order of ingest."""
    named = ((placed[photo][2], photo) for photo in order if photo in placed)
    groups = group_pairs((name, photo) for name, photo in named if name)
    return [tuple(photos) for photos in groups.values() if len(photos) > 1]


def _make_conflict_subjects(
    persons: Iterable[IndividualRow],
    cards: Mapping[str, Transcription],
    looks: Mapping[str, PhotoForConflicts],
) -> list[ConflictSubject]:
    found = []
    for person in persons:
        if person.id and person.individual is not None:
            shown = tuple(
                (photo, (fact, branch, value))
                for photo in person.photos
                if photo in cards
                for fact, branch, value in list_identifying_numbers(cards[photo])
            )
            seen = tuple(looks.get(photo) or PhotoForConflicts(photo) for photo in person.photos)
            found.append(ConflictSubject(person.individual, person.label, person.photos, shown, seen))
    return found


def _add_conflict_counts(
    persons: Iterable[IndividualRow], found: Iterable[Conflict]
) -> Iterator[IndividualRow]:
    kinds = group_pairs(
        (id_, conflict.kind)
        for conflict in found
        if conflict.is_doubt and not conflict.settled
        for id_ in conflict.individuals
    )
    for person in persons:
        of_person = tuple(kinds.get(person.id, ()))
        yield (
            replace(person, status=IN_CONFLICT, conflicts=len(of_person), misfits=of_person)
            if of_person
            else person
        )
