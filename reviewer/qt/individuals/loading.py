"""Reading everybody, and one card, beside the window: one job of each at a time, the latest wish last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.qt.individuals.people_model import make_search_text
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import Job, Post
from reviewer.services.people.individuals import (
    IndividualRow,
    IndividualTable,
    ProposalOptions,
    load_individuals,
)
from reviewer.services.people.person_card import PersonCard, load_person_card


class IndividualsLoader:
    """`on_people` and `on_card` get what was read, on the window's thread; `say` what went wrong."""

    def __init__(
        self,
        case: OpenCase,
        examiner: str,
        post: Post,
        on_people: Callable[[IndividualTable, Sequence[str]], None],
        on_card: Callable[[IndividualRow, PersonCard], None],
        say: Callable[[str], None],
    ) -> None:
        self._case, self._examiner, self._post, self._say = case, examiner, post, say
        self._on_people, self._on_card = on_people, on_card
        self._people: Job[tuple[IndividualTable, list[str]]] | None = None
        self._card: Job[PersonCard] | None = None
        self._accepting: Job[list[Draft]] | None = None
        self._people_next: ProposalOptions | None = None
        self._card_next: IndividualRow | None = None
        self._waiting: list[Callable[[], None]] = []
        self._loaded = self._stopped = False

    def people(self, how: ProposalOptions) -> None:
        """Read everybody; while that goes on already, once more afterwards."""
        if self._people is not None:
            self._people_next = how
            return
        self._people = Job(
            "individuals",
            lambda _control: self._read_everybody(how),
            self._post,
            on_done=self._people_done,
            on_failed=self._people_failed,
        )
        self._people.start()

    def _read_everybody(self, how: ProposalOptions) -> tuple[IndividualTable, list[str]]:
        people = load_individuals(self._case, self._examiner, how)
        return people, [make_search_text(person) for person in people.persons]

    def card(self, person: IndividualRow) -> None:
        if self._card is not None:
            self._card_next = person
            return
        self._card = Job(
            "person",
            lambda _control: load_person_card(
                self._case, self._examiner, person.id, person.photos, person.individual
            ),
            self._post,
            on_done=lambda card: self._card_done(person, card),
            on_failed=self._card_failed,
        )
        self._card.start()

    def acceptance(self, work: Callable[[], list[Draft]], on_done: Callable[[list[Draft]], None]) -> None:
        """Make the acts that accept many proposals; one such wish at a time."""
        if self._accepting is not None:
            raise NotAllowed("The proposals before are still being accepted.")

        def done(drafts: list[Draft]) -> None:
            self._accepting = None
            if not self._stopped:
                on_done(drafts)

        self._accepting = Job(
            "acceptance", lambda _control: work(), self._post, on_done=done, on_failed=self._acceptance_failed
        )
        self._accepting.start()

    def _acceptance_failed(self, error: KnownError) -> None:
        self._accepting = None
        if not self._stopped:
            self._say(str(error))

    def then(self, work: Callable[[], None]) -> None:
        """Do something as soon as everybody is known; at once if that is so."""
        if self._loaded and self._people is None:
            work()
        else:
            self._waiting.append(work)

    def stop_and_wait(self) -> None:
        self._stopped = True
        for job in (self._people, self._card, self._accepting):
            if job is not None:
                job.cancel_and_wait()

    def _people_done(self, found: tuple[IndividualTable, list[str]]) -> None:
        self._people, self._loaded = None, True
        if self._stopped:
            return
        self._on_people(*found)
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            work()
        self._next_people()

    def _people_failed(self, error: KnownError) -> None:
        self._people = None
        if not self._stopped:
            self._say(str(error))
            self._next_people()

    def _next_people(self) -> None:
        if self._people_next is not None:
            how, self._people_next = self._people_next, None
            self.people(how)

    def _card_done(self, person: IndividualRow, card: PersonCard) -> None:
        self._card = None
        if self._stopped:
            return
        later, self._card_next = self._card_next, None
        if later is not None:
            self.card(later)
        else:
            self._on_card(person, card)

    def _card_failed(self, error: KnownError) -> None:
        self._card, self._card_next = None, None
        if not self._stopped:
            self._say(str(error))
