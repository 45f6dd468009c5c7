"""Reading everybody, and one card, beside the window: one job of each at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.qt.individuals.people_model import make_search_text
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import LatestJob, Post
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
        self._people = LatestJob(case.jobs, finish_first=True)
        self._card, self._accepting = LatestJob(case.jobs), LatestJob(case.jobs)
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
            lambda _control: load_person_card(
                self._case, self._examiner, person.id, person.photos, person.individual
            ),
            self._post,
            on_done=lambda card: self._on_card(person, card),
            on_failed=self._say_error,
        )

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
        self._on_people(*found)
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            work()

    def _say_error(self, error: KnownError) -> None:
        self._say(str(error))
