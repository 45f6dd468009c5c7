"""Reading everybody, and one card, beside the window: one job of each at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.qt.individuals.people_model import make_search_text
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import LatestJob, Post
from reviewer.services.people.card_rows import CardRows, make_card_rows
from reviewer.services.people.individuals import (
    IndividualRow,
    IndividualTable,
    ProposalOptions,
    load_individuals,
)
from reviewer.services.people.person_card import PersonCard, load_person_card
from reviewer.services.people.questions import PersonQuestion, list_questions


@dataclass(frozen=True)
class LoadedCard:
    """The card of a person, the same row by row, and what is open about an accepted one."""

    card: PersonCard
    rows: CardRows
    questions: tuple[PersonQuestion, ...]


TakeCard = Callable[[IndividualRow, LoadedCard], None]


class IndividualsLoader:
    """`on_people`, `on_card` and `on_beside` get what was read, on the window's thread;
    `say` tells what went wrong.

    `on_beside` gets what stands beside the table, which another row may overtake.
    """

    def __init__(
        self,
        case: OpenCase,
        examiner: str,
        post: Post,
        on_people: Callable[[IndividualTable, Sequence[str]], None],
        on_card: TakeCard,
        on_beside: TakeCard,
        say: Callable[[str], None],
    ) -> None:
        self._case, self._examiner, self._post, self._say = case, examiner, post, say
        self._on_people, self._on_card, self._on_beside = on_people, on_card, on_beside
        self._people = LatestJob(case.jobs, finish_first=True)
        self._card, self._beside = LatestJob(case.jobs), LatestJob(case.jobs)
        self._accepting = LatestJob(case.jobs)
        self.people = IndividualTable()
        self._waiting: list[Callable[[], None]] = []
        self._loaded = False

    def read_people(self, how: ProposalOptions) -> None:
        """Read all individuals; if that is under way, read them once more afterwards."""
        self._people.start(
            "individuals",
            lambda _control: self._read_everybody(how),
            self._post,
            on_done=self._people_done,
            on_failed=self._say_error,
        )

    def _read_everybody(self, how: ProposalOptions) -> tuple[IndividualTable, list[str]]:
        people = load_individuals(self._case, self._examiner, how)
        return people, [make_search_text(person) for person in people.persons]

    def read_card(self, person: IndividualRow) -> None:
        """Read the card of a person; give up the card that is being read."""
        self._card.start(
            "person",
            self._make_reading(person),
            self._post,
            on_done=lambda card: self._on_card(person, card),
            on_failed=self._say_error,
        )

    def read_beside(self, person: IndividualRow) -> None:
        """The same for what stands beside the table."""
        self._beside.start(
            "person beside",
            self._make_reading(person),
            self._post,
            on_done=lambda card: self._on_beside(person, card),
            on_failed=self._say_error,
        )

    def _make_reading(self, person: IndividualRow) -> Callable[[object], LoadedCard]:
        conflicts = [
            conflict
            for conflict in self.people.open_conflicts
            if person.id and person.id in conflict.individuals
        ]

        def read(_control: object) -> LoadedCard:
            card = load_person_card(self._case, self._examiner, person.id, person.photos, person.individual)
            names = {examiner.id: examiner.name for examiner in self._case.examiners()}
            vocabulary = self._case.vocabulary
            questions = list_questions(card, conflicts, names, vocabulary) if person.id else ()
            return LoadedCard(card, make_card_rows(card, names, vocabulary), questions)

        return read

    def make_acceptance(
        self, work: Callable[[], list[Draft]], on_done: Callable[[list[Draft]], None]
    ) -> None:
        """Make the acts that accept many proposals; one such wish at a time."""
        if self._accepting.is_busy:
            raise NotAllowed("The proposals before are still being accepted.")
        self._accepting.start(
            "acceptance", lambda _control: work(), self._post, on_done=on_done, on_failed=self._say_error
        )

    def run_when_loaded(self, work: Callable[[], None]) -> None:
        """Do something as soon as everybody is known; at once if that is so."""
        if self._loaded and not self._people.is_busy:
            work()
        else:
            self._waiting.append(work)

    def _people_done(self, found: tuple[IndividualTable, list[str]]) -> None:
        self._loaded = True
        self.people = found[0]
        self._on_people(*found)
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            work()

    def _say_error(self, error: KnownError) -> None:
        self._say(str(error))
