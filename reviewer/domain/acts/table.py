"""The one table of acts: every act of the ledger, what it is about and what it does to that.

A new act is a row beside the functions it names (`acts` for Readings and the case, `shared_acts` for what is
shared), its words (`services.reading.act_words`), its place in docs/pack-format.md and, if it is about the
case itself, what it does to the tables (`storage.replay.apply`). A test holds all of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from reviewer.domain.acts.act import Act, AffectedThing, ThingKind, ThingState, split_reading_id
from reviewer.domain.acts.acts import ACTS_OF_CASE, ACTS_OF_READING
from reviewer.domain.acts.shared_acts import SHARED_ACTS
from reviewer.domain.ledger.entry import Entry
from reviewer.domain.people.evaluations import IndividualEvaluations
from reviewer.domain.people.individual import Individual, PhotoFacts, RecordLink, SavedList
from reviewer.domain.photos.redaction import Redaction
from reviewer.domain.photos.seen_elsewhere import SeenElsewhere
from reviewer.domain.reading.reading import Reading
from reviewer.domain.summary.decisions import TermDecisions

ACTS: Mapping[str, Act] = {act.name: act for act in (*ACTS_OF_READING, *SHARED_ACTS, *ACTS_OF_CASE)}
"""By name."""


def affected_by(entry: Entry) -> Iterator[AffectedThing]:
    """Everything an act is about, each thing once for each of its kinds; nothing for an act on the case or
    one that is not in the table."""
    act = ACTS.get(entry.act)
    if act is not None and act.find_affected is not None:
        yield from act.find_affected(entry)


def apply_to_thing(state: ThingState | None, touch: AffectedThing, entry: Entry) -> ThingState | None:
    """The thing after one more act on it; None once it is gone. Raises KeyError for an unknown act."""
    handler = ACTS[entry.act].handlers[touch.kind]
    return handler(state or _BLANK_MAKERS[touch.kind](touch.id), touch.detail, entry)


def replay_acts_of_thing(
    kind: ThingKind, id_: str, entries: Iterable[tuple[Entry, AffectedThing]]
) -> ThingState | None:
    """The thing that follows from these acts on it, oldest first; None if it was never made or is gone."""
    state: ThingState | None = None
    for entry, touch in entries:
        if (touch.kind, touch.id) != (kind, id_):
            raise ValueError("an act on something else")
        state = apply_to_thing(state, touch, entry)
    return state


def _make_blank_reading(id_: str) -> Reading:
    examiner, photo, round_ = split_reading_id(id_)
    return Reading(examiner, photo, round=round_)


_BLANK_MAKERS: dict[ThingKind, Callable[[str], ThingState]] = {
    ThingKind.READING: _make_blank_reading,
    ThingKind.PHOTO: PhotoFacts,
    ThingKind.INDIVIDUAL: Individual,
    ThingKind.RECORD: RecordLink,
    ThingKind.LIST: lambda id_: SavedList(id_, "", ""),
    ThingKind.DECISION: TermDecisions,
    ThingKind.EVALUATION: IndividualEvaluations,
    ThingKind.REDACTION: Redaction,
    ThingKind.FILE: SeenElsewhere,
}
