"""What an Examiner does with Individuals at the desk: accept, make, split, merge, move, state, withdraw.

Each wish is checked against the Case as it stands at that moment, and becomes one act (accepting thousands:
several), which undo takes back.
"""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain import individual_intents as intents
from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.individual import Fact, Individual, SourceKind, Statement
from reviewer.domain.individual_names import holder_of, label, root_of, whole
from reviewer.domain.ledger import Draft
from reviewer.domain.proposals import Proposal, fits
from reviewer.domain.text_folding import ascii_digits
from reviewer.services.desk import Desk
from reviewer.services.individuals import Person, acceptance
from reviewer.services.reader import new_id
from reviewer.storage import people


class Regrouping:
    """Acts of one Examiner on what all share about Individuals."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def accept(self, proposals: Sequence[Proposal]) -> int:
        """Accept proposals; how many became Individuals."""
        self._may_write()
        drafts = acceptance(self.desk.case, proposals)
        for draft in drafts:
            self.desk.share(draft)
        return sum(len(draft.body["individuals"]) for draft in drafts)

    def make(self, photos: Sequence[str]) -> None:
        self._share(intents.make(photos, new_id))

    def split(self, chosen: Sequence[str], together: Sequence[str], of: str) -> None:
        """Take the chosen Photos out of those that are held together, into a new Individual."""
        self._share(intents.split(chosen, together, new_id, of))

    def move(self, photos: Sequence[str], to: str) -> None:
        """Move Photos to an Individual, by its id."""
        places, known = self._places(photos), self.individuals()
        self._share(intents.move(photos, self._one(known, to), places))

    def take_out(self, photos: Sequence[str]) -> None:
        self._share(intents.take_out(photos, self._places(photos)))

    def merge(self, persons: Sequence[Person]) -> str:
        """Merge accepted and proposed Individuals into the first accepted one; its id, "" for a new one."""
        if len(persons) < 2:
            raise NotAllowed("Choose two or more individuals first: Shift+Down, or Ctrl and a click.")
        accepted = [each for each in persons if each.is_accepted]
        if not accepted:
            photos = [photo for each in persons for photo in each.photos]
            reasons = "; ".join(dict.fromkeys(each.reason for each in persons))
            self._share(intents.make(photos, new_id, f"merged by hand from proposals ({reasons})"))
            return ""
        known = self.individuals()
        into = self._one(known, accepted[0].id)
        others = [self._one(known, each.id) for each in accepted[1:]]
        photos = [photo for each in persons if each.id != into.id for photo in each.photos]
        self._share(intents.merge(into, others, photos))
        return into.id

    def state(self, id_: str, fact: Fact, value: str, certainty: str) -> None:
        """State a Fact as the Examiner sees it."""
        individual = self._one(self.individuals(), id_)
        statement = Statement(new_id(), fact, value, certainty, SourceKind.EXAMINER)
        self._share(intents.state(individual, statement))

    def withdraw(self, statement: str, why: str) -> None:
        holder = holder_of(self._all().values(), statement)
        if holder is None:
            raise NotAllowed("Choose a statement first.")
        self._share(intents.withdraw(holder, statement, why))

    def note(self, id_: str, conflict: str, text: str) -> None:
        """Accept a conflict as it is; `conflict` is its key."""
        individual = self._one(self.individuals(), id_)
        self._share(intents.note(individual, new_id(), f"conflict {conflict}", text))

    # what is there

    def individuals(self) -> dict[str, Individual]:
        """Those that stand for themselves, with all that is stated of them."""
        return whole(self._all().values())

    def found(self, typed: str, most: int = 9) -> list[tuple[str, str]]:
        """(id, label) of Individuals with a number like what is typed; `?` stands for any digit."""
        wanted = ascii_digits(typed).strip().casefold()
        if not wanted:
            return []
        exact, near = [], []
        for id_, individual in self.individuals().items():
            name = label(individual)
            values = [
                each
                for fact in (Fact.EXAMINATION_NUMBER, Fact.DETAINEE_NUMBER)
                for each in individual.values(fact)
            ]
            if any(fits(each.casefold(), wanted) for each in values):
                exact.append((id_, name))
            elif values and wanted in name.casefold():
                near.append((id_, name))
        return [*exact, *near][:most]

    def _all(self) -> dict[str, Individual]:
        with self.desk.case.store.read() as connection:
            return people.individuals(connection)

    def _one(self, known: dict[str, Individual], id_: str) -> Individual:
        found = known.get(id_)
        if found is None:
            every = self._all()
            found = known.get(root_of(every, id_))
        if found is None:
            raise NotAllowed("There is no such individual any more; read the list anew.")
        return found

    def _places(self, photos: Sequence[str]) -> dict[str, str]:
        with self.desk.case.store.read() as connection:
            return people.places_of(connection, photos)

    def _share(self, draft: Draft) -> None:
        self._may_write()
        self.desk.share(draft)

    def _may_write(self) -> None:
        if self.desk.case.read_only:
            raise KnownError("This case is open for reading only.", self.desk.case.read_only)
