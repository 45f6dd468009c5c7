"""What examiners share and decide, as tables: decisions about contradictions, passes over cards, mergers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.ledger.entry import Entry
from reviewer.domain.people.individual import Transcription
from reviewer.domain.people.individual_names import find_merge_root
from reviewer.domain.summary.summary import TermDecision
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.export.contents import Contents
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.storage import ledger, summary_rows
from reviewer.storage.people import people
from reviewer.storage.shared import cards, shared_rows


@dataclass(frozen=True)
class DecisionRow:
    """What one examiner decided about one Term of the Individual (an id) that stands for `decided_of`."""

    individual: str
    decided_of: str
    term: str
    decision: TermDecision
    examiner: str
    vocabulary: Vocabulary


def make_decision_rows(found: Contents) -> Iterator[DecisionRow]:
    """Yield the decisions by Individual as decided, Term and examiner."""
    known = people.load_individuals(found.connection)
    examiners = [id_ for id_ in found.examiners if found.scope.includes_examiner(id_)]
    decided = summary_rows.load_decisions(found.connection, examiners, None)
    for id_ in sorted(decided):
        root = find_merge_root(known, id_)
        for decision in decided[id_] if found.scope.has_individual(root) else ():
            for made in decision.by:
                name = found.examiner_name(made.examiner)
                yield DecisionRow(root, id_, decision.term, made, name, found.vocabulary)


DECISION_COLUMNS: tuple[ExportColumn[DecisionRow], ...] = (
    ExportColumn("individual", "id of the individual, as in photographs.csv", lambda d: d.individual),
    ExportColumn(
        "decided_of",
        "id of the individual it was decided of; another one if that was merged into this one since",
        lambda d: d.decided_of,
    ),
    ExportColumn(
        "term", "key of the vocabulary's term whose readings contradict each other", lambda d: d.term
    ),
    ExportColumn("term_name", "its English name", lambda d: d.vocabulary.term_name(d.term)),
    ExportColumn(
        "result", "what was decided: present, absent or cannot tell", lambda d: str(d.decision.result)
    ),
    ExportColumn("why", "why it was decided so", lambda d: d.decision.why, free=True),
    ExportColumn(
        "photographs",
        "SHA-256 of the photographs it was decided on, separated by ;: it stands while the contradictions "
        "lie among these",
        lambda d: ";".join(d.decision.photos),
    ),
    ExportColumn(
        "better", "SHA-256 of the one named as showing it better; or empty", lambda d: d.decision.better
    ),
    ExportColumn("examiner", "name of the examiner who decided it", lambda d: d.examiner, free=True),
    ExportColumn("examiner_id", "the examiner's id in the ledger", lambda d: d.decision.examiner),
    ExportColumn("at", "UTC time at which it was decided", lambda d: d.decision.at),
)


@dataclass(frozen=True)
class CardRow:
    """What one pass read on the card of a Photo (SHA-256), which shows this Individual (an id or "")."""

    photo: str
    individual: str
    card: Transcription
    examiner: str


def make_card_rows(found: Contents) -> Iterator[CardRow]:
    """Yield the transcriptions by Photo: the first pass, the second, and what was decided between them."""
    known = people.load_individuals(found.connection)
    places = shared_rows.load_assignments(found.connection)
    for photo, card in cards.iterate_transcriptions(found.connection):
        if found.scope.has_photo(photo):
            individual = find_merge_root(known, places.get(photo, ("", "", ""))[1])
            yield CardRow(photo, individual, card, found.examiner_name(card.author))


CARD_COLUMNS: tuple[ExportColumn[CardRow], ...] = (
    ExportColumn("photo_sha256", "SHA-256 of the photograph's file", lambda c: c.photo),
    ExportColumn(
        "individual", "id of the individual it shows; empty if none was accepted", lambda c: c.individual
    ),
    ExportColumn(
        "pass",
        "first or second (blind) reading of the card, or resolved: what was decided between them",
        lambda c: str(c.card.number),
    ),
    ExportColumn(
        "detainee",
        "detainee number; ? is a digit that cannot be read",
        lambda c: c.card.detainee,
        free=True,
    ),
    ExportColumn("branch", "branch number, likewise", lambda c: c.card.branch, free=True),
    ExportColumn("examination", "examination number, likewise", lambda c: c.card.examination, free=True),
    ExportColumn("date", "date on the card, likewise", lambda c: c.card.date, free=True),
    ExportColumn("legible", "yes, in part, no, or no card", lambda c: c.card.legible),
    ExportColumn("note", "the examiner's note", lambda c: c.card.note, free=True),
    ExportColumn(
        "box",
        "JSON list: left, top, width, height of the card in pixels of the file; empty if not marked",
        lambda c: json.dumps(list(c.card.box)) if c.card.box else "",
    ),
    ExportColumn("examiner", "name of the examiner who read it", lambda c: c.examiner, free=True),
    ExportColumn("examiner_id", "the examiner's id in the ledger", lambda c: c.card.author),
    ExportColumn("at", "UTC time at which it was read", lambda c: c.card.at),
)


@dataclass(frozen=True)
class MergeRow:
    """One Individual (an id) that was merged `into` another, and the one that stands for both by now."""

    individual: str
    into: str
    stands: str
    entry: Entry
    photos: int
    examiner: str


def make_merge_rows(found: Contents) -> Iterator[MergeRow]:
    """Yield the mergers in their order; those taken back are in the ledger only."""
    known = people.load_individuals(found.connection)
    for entry in ledger.iterate_standing_mergers(found.connection):
        stands = find_merge_root(known, entry.subject)
        name, photos = found.examiner_name(entry.author), len(entry.body["photos"])
        for id_ in entry.body["merged"] if found.scope.has_individual(stands) else ():
            yield MergeRow(id_, entry.subject, stands, entry, photos, name)


MERGE_COLUMNS: tuple[ExportColumn[MergeRow], ...] = (
    ExportColumn(
        "individual", "id of the individual that no longer stands for itself", lambda m: m.individual
    ),
    ExportColumn("merged_into", "id of the one it was merged into", lambda m: m.into),
    ExportColumn(
        "stands_for_it",
        "id of the one that stands for both by now: in all other tables the individual",
        lambda m: m.stands,
    ),
    ExportColumn(
        "photographs",
        "number of photographs that came to that one by this merger, of all that were merged in it",
        lambda m: str(m.photos),
        whole=True,
    ),
    ExportColumn("examiner", "name of the examiner who merged them", lambda m: m.examiner, free=True),
    ExportColumn("examiner_id", "the examiner's id in the ledger", lambda m: m.entry.author),
    ExportColumn("at", "UTC time at which they were merged", lambda m: m.entry.at),
)
