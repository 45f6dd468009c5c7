"""What an Examiner does with Individuals at the desk: accept, make, split, merge, move, state, withdraw.

Each wish is checked against the Case as it stands at that moment, and becomes one act (accepting thousands:
several), which undo takes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reviewer.domain.commands import individual_commands as intents
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.conflicts import ACCEPTED_CONFLICT_PREFIX
from reviewer.domain.people.evaluations import Evaluation, evaluate_individual
from reviewer.domain.people.individual import Fact, Individual, Statement, StatementSourceKind
from reviewer.domain.people.individual_names import (
    find_statement_holder,
    make_individual_label,
    merge_statements,
)
from reviewer.domain.people.proposals import Proposal
from reviewer.domain.summary.decisions import decide_contradiction
from reviewer.domain.summary.summary import TermResult, TermSummary
from reviewer.domain.text_folding import to_ascii_digits
from reviewer.services.people.individuals import make_acceptance_acts
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.people import people
from reviewer.storage.shared import evaluations
from reviewer.system.new_ids import new_id


class PhotoGroup(Protocol):
    """Photos that are held together: an accepted Individual (with its id) or a proposed one ("")."""

    @property
    def id(self) -> str: ...
    @property
    def photos(self) -> tuple[str, ...]: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True)
class GroupOnScreen:
    """What is held together on the reading screen."""

    id: str
    photos: tuple[str, ...]
    reason: str


class IndividualEditor:
    """Makes the acts of one Examiner on what all share about Individuals."""

    def __init__(self, desk: ActQueue) -> None:
        self.desk = desk

    def accept(self, proposals: Sequence[Proposal]) -> int:
        """Accept proposals; how many become Individuals."""
        return self.submit_acceptance(self.make_acceptance_acts(proposals))

    def make_acceptance_acts(self, proposals: Sequence[Proposal]) -> list[Draft]:
        """The acts that accept proposals; for a job when they are many."""
        self.desk.case.require_writable()
        return make_acceptance_acts(self.desk.case, proposals)

    def submit_acceptance(self, drafts: Sequence[Draft]) -> int:
        """Send the acts of an acceptance on their way; how many Individuals they make."""
        for draft in drafts:
            self.desk.submit(draft)
        return sum(len(draft.body["individuals"]) for draft in drafts)

    def make(self, photos: Sequence[str]) -> None:
        self.desk.submit(intents.make_individual(photos, new_id))

    def split(self, chosen: Sequence[str], held: PhotoGroup) -> None:
        """Take the chosen Photos out of the group into a new Individual."""
        together, of = held.photos, "an individual that was only proposed"
        if held.id:
            family = self._load_family(held.id)
            together = tuple(self._load_photos(family))
            of = make_individual_label(self._find_standing(family)) if family else of
        self.desk.submit(intents.split_individual(chosen, together, new_id, of))

    def move(self, photos: Sequence[str], to: str) -> None:
        """Move Photos to an Individual, by its id."""
        target, assignments = self.individual(to), self._load_assignments(photos)
        self.desk.submit(intents.move_photos(photos, target, assignments))

    def take_out(self, photos: Sequence[str]) -> None:
        self.desk.submit(intents.take_photos_out(photos, self._load_assignments(photos)))

    def merge(self, held: Sequence[PhotoGroup]) -> str:
        """Merge accepted and proposed Individuals into the first accepted one; its id, "" for a new one."""
        if len(held) < 2:
            raise NotAllowed("Choose two or more individuals first: Shift+Down, or Ctrl and a click.")
        accepted = [person for person in held if person.id]
        if not accepted:
            photos = [photo for person in held for photo in person.photos]
            reasons = "; ".join(dict.fromkeys(person.reason for person in held))
            self.desk.submit(
                intents.make_individual(photos, new_id, f"merged by hand from proposals ({reasons})")
            )
            return ""
        into = self.individual(accepted[0].id)
        others = [self.individual(person.id) for person in accepted[1:]]
        photos = [photo for person in held if person.id != into.id for photo in person.photos]
        self.desk.submit(intents.merge_individuals(into, others, photos))
        return into.id

    def state(
        self, id_: str, fact: Fact, value: str, certainty: str, source: str = "", detail: str = ""
    ) -> None:
        """State a Fact as the Examiner sees it; `source` is the Photo (SHA-256) it rests on, where it is one,
        `detail` how another Individual or a photograph is called now."""
        statement = Statement(new_id(), fact, value, certainty, StatementSourceKind.EXAMINER, source, detail)
        self.desk.submit(intents.state_fact(self.individual(id_), statement))

    def withdraw(self, id_: str, statement: str, why: str) -> None:
        """Withdraw a statement about an Individual, or about one that was merged into it."""
        holder = find_statement_holder(self._load_family(id_).values(), statement)
        if holder is None:
            raise NotAllowed("Choose a statement first.")
        self.desk.submit(intents.withdraw_statement(holder, statement, why))

    def note(self, id_: str, conflict: str, text: str) -> None:
        """Accept a conflict (by its key) as it is."""
        self.desk.submit(
            intents.accept_conflict_as_is(
                self.individual(id_), new_id(), f"{ACCEPTED_CONFLICT_PREFIX}{conflict}", text
            )
        )

    def decide(self, id_: str, term: TermSummary, result: TermResult, why: str, better: str = "") -> None:
        """Decide a contradiction of the Examiner's own summary; `better` is a Photo that shows it better."""
        self.desk.submit(decide_contradiction(self.individual(id_).id, term, result, why, better))

    def evaluation(self, id_: str) -> Evaluation | None:
        """Return what the Examiner signed of this Individual. NotAllowed while acts are on their way to
        disk."""
        if self.desk.waiting:
            raise NotAllowed("What was done before is still being saved. Try again in a moment.")
        with self.desk.case.store.read() as connection:
            found = evaluations.load_standing_evaluations(connection, [id_])
        return next(
            (evaluation for _of, evaluation in found if evaluation.examiner == self.desk.examiner.id), None
        )

    def evaluate(self, id_: str, degree: str, alleged_by: str, text: str) -> None:
        """Sign an evaluation of all findings together; an empty text withdraws it."""
        self.desk.submit(evaluate_individual(self.individual(id_).id, degree, alleged_by, text))

    def withdraw_evaluation(self, id_: str) -> None:
        """Withdraw the Examiner's evaluation, written of the Individual `id_`."""
        self.desk.submit(evaluate_individual(id_, "", "", ""))

    # what is there

    def individual(self, id_: str) -> Individual:
        """Return the Individual that stands for `id_`, with all statements."""
        return self._find_standing(self._load_family(id_))

    def find_by_number(self, typed: str, most: int = 9) -> list[tuple[str, str]]:
        """Find (id, label) of Individuals with a number that begins as typed; `?` stands for any digit."""
        wanted = to_ascii_digits(typed).strip()
        if not wanted:
            return []
        facts = [str(Fact.EXAMINATION_NUMBER), str(Fact.DETAINEE_NUMBER)]
        with self.desk.case.store.read() as connection:
            ids = people.find_individuals_with_number(connection, facts, wanted, 2 * most)
        standing = {
            individual.id: make_individual_label(individual) for individual in map(self.individual, ids)
        }
        return list(standing.items())[:most]

    def _load_family(self, id_: str) -> dict[str, Individual]:
        with self.desk.case.store.read() as connection:
            return people.load_merged_family(connection, id_)

    def _find_standing(self, family: dict[str, Individual]) -> Individual:
        if not family:
            raise NotAllowed("There is no such individual any more; read the list anew.")
        return next(iter(merge_statements(family.values()).values()))

    def _load_photos(self, family: dict[str, Individual]) -> list[str]:
        with self.desk.case.store.read() as connection:
            return people.load_photos_of(connection, list(family))

    def _load_assignments(self, photos: Sequence[str]) -> dict[str, str]:
        with self.desk.case.store.read() as connection:
            return people.load_individual_by_photo(connection, photos)
