"""What is done on the individuals screen: accept, merge, split, move, state, withdraw, accept a conflict."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.evaluations import check_evaluation_text
from reviewer.domain.people.individual import FACTS_OF_PHOTO, Fact
from reviewer.domain.summary.summary import TermResult, TermSummary
from reviewer.qt.individuals import asking
from reviewer.qt.individuals.question_list import QuestionList
from reviewer.qt.individuals.screen import IndividualsScreen
from reviewer.services.people.individuals import IndividualRow, describe_proposals
from reviewer.services.people.person_card import describe_statement
from reviewer.services.people.questions import record_answer

_LONG = 60


class IndividualCommands:
    """Commands on the individuals on screen: the chosen rows, the person of the card, the conflict."""

    def __init__(self, screen: IndividualsScreen) -> None:
        self.screen = screen
        self._acts = screen.acts

    # accepting

    def accept(self) -> None:
        """Those that are chosen."""
        proposed = [person for person in self._get_chosen() if not person.is_accepted]
        if not proposed:
            raise NotAllowed("This individual is accepted already.")
        self._accept(proposed)

    def accept_all(self) -> None:
        """Every proposed one on screen; how many is shown before."""
        screen = self.screen
        if screen.page is not screen.table:
            raise NotAllowed("Go back to the table first: Esc.")
        proposed = [person for person in screen.table.model.persons() if not person.is_accepted]
        if not proposed:
            raise NotAllowed("There is no proposed individual in the table.")
        words = describe_proposals(screen.people.proposals(person.key for person in proposed))
        asking.ask_confirmation(
            screen.ask, "Accept all that the table shows?", f"Accept {words}", lambda: self._accept(proposed)
        )

    def _accept(self, proposed: Sequence[IndividualRow]) -> None:
        """Checked and made beside the window; undo takes them back entry by entry."""
        screen = self.screen
        proposals = screen.people.proposals(person.key for person in proposed)

        def send(drafts: list[Draft]) -> None:
            count = self._acts.submit_acceptance(drafts)
            screen.say(f"{'1 individual' if count == 1 else f'{count:,} individuals'} accepted.")

        screen.loading.make_acceptance(lambda: self._acts.make_acceptance_acts(proposals), send)

    # putting together and apart

    def merge(self) -> None:
        """The chosen rows become one individual; those of a conflict if the conflicts are shown."""
        screen = self.screen
        if screen.page is screen.conflicts:
            conflict = screen.conflicts.current
            ids = set(conflict.individuals) if conflict is not None else set()
            held = [individual for individual in screen.people.persons if individual.id in ids]
        elif screen.page is screen.table:
            held = screen.table.list_chosen()
        else:
            raise NotAllowed("Choose the individuals in the table: Esc, then Shift+Down and M.")
        self._acts.merge(held)
        photos = sum(len(individual.photos) for individual in held)
        screen.say(f"{len(held)} individuals are one now, with {photos:,} photographs. Ctrl+Z takes it back.")

    def split(self) -> None:
        """The chosen photographs of the card become an individual of their own."""
        person, photos = self._require_photos()
        self._acts.split(photos, person)
        self.screen.say(f"{_format_photographs(len(photos))} split off into a new individual.")

    def move(self) -> None:
        """The chosen photographs go to another individual, by its number."""
        _person, photos = self._require_photos()

        def take(id_: str) -> None:
            self._acts.move(photos, id_)
            self.screen.say(f"{_format_photographs(len(photos))} moved.")

        prompt = f"Move {_format_photographs(len(photos))} to which individual? Its number (? for any digit)"
        asking.ask_individual(self.screen.ask, prompt, self._acts.find_by_number, take)

    def take_out(self) -> None:
        """The chosen photographs belong to no individual."""
        _person, photos = self._require_photos()
        self._acts.take_out(photos)
        self.screen.say(f"{_format_photographs(len(photos))} taken out; they are only proposed again.")

    # what is stated

    def state(self) -> None:
        screen, person = self.screen, self._require_accepted()

        def take(stated: asking.FactAnswer) -> None:
            self._acts.state(
                person.id, stated.fact, stated.value, stated.certainty, stated.source, stated.detail
            )
            screen.say(f"Stated of {person.label}.")

        def photo() -> str:
            chosen = screen.card.strip.list_chosen() if screen.page is screen.card else []
            return chosen[0] if len(chosen) == 1 else ""

        form = asking.FactForm(
            person.label, lambda fact: _format_stated(person, fact), photo, self._acts.find_by_number, take
        )
        asking.ask_fact(screen.ask, form)

    def withdraw(self) -> None:
        person = self._require_accepted()
        names = self.screen.get_examiner_names()
        stated = [
            (statement, _shorten(describe_statement(statement, names, person.photos)))
            for statement in (person.individual.statements if person.individual else ())
            if not statement.withdrawn
        ]
        if not stated:
            raise NotAllowed(f"Nothing is stated of {person.label}.")

        def take(statement: str, why: str) -> None:
            self._acts.withdraw(person.id, statement, why)
            self.screen.say("Withdrawn; it stays to be read, with the reason.")

        asking.ask_withdraw(self.screen.ask, stated, take)

    def decide(self) -> None:
        """What the examiner's own readings of the person on the card contradict."""
        screen, person = self.screen, self._require_accepted()
        if screen.page is not screen.card or screen.card.card is None:
            raise NotAllowed("Open the card of a person first: Enter.")
        contradicted = screen.card.card.contradicted
        if not contradicted:
            raise NotAllowed(f"Your readings of {person.label} do not contradict each other.")

        def take(term: TermSummary, result: TermResult, why: str, better: str) -> None:
            self._acts.decide(person.id, term, result, why, better)
            screen.say("Decided. It is asked again if another photograph contradicts.")

        photos = screen.card.card.photos
        name = self._acts.desk.case.vocabulary.term_name
        asking.ask_decision(screen.ask, contradicted, photos, name, take)

    def sign(self) -> None:
        """What is decided beside the table or on the card is recorded; what is written on the page of the
        overall evaluation becomes an act, and a degree is asked for."""
        screen, page = self.screen, self.screen.evaluation
        if screen.questions is not None and screen.questions.lists:
            self._record_answers(screen.questions)
            return
        person = page.person
        if screen.page is not page or person is None:
            raise NotAllowed("Open the overall evaluation first: E on the card of a person.")
        text = page.get_text().strip()
        if not text:
            self._withdraw_evaluation(person)
            return
        check_evaluation_text(text)

        def take(degree: str, alleged_by: str) -> None:
            self._acts.evaluate(person.id, degree, alleged_by, text)
            page.note_signed(person.id)
            screen.back()
            screen.say(f"The overall evaluation of {person.label} is signed. Ctrl+Z takes it back.")

        asking.ask_degree(screen.ask, self._acts.desk.case.vocabulary.degrees, take)

    def _record_answers(self, questions: QuestionList) -> None:
        """Each answer that is chosen, with the one reason."""
        person, why = self._require_accepted(), questions.why.text()
        if refusal := questions.explain_refusal():
            raise NotAllowed(refusal)
        answered = questions.list_answers()
        for question, answer in answered:
            record_answer(self._acts, person.id, question, answer, why)
        questions.forget_answers()
        self.screen.focus().setFocus()
        decided = "Decided" if len(answered) == 1 else f"{len(answered)} things are decided"
        self.screen.say(f"{decided}; everything stays on record. Ctrl+Z takes it back, entry by entry.")

    def withdraw_evaluation(self) -> None:
        self._withdraw_evaluation(self._require_accepted())

    def _withdraw_evaluation(self, person: IndividualRow) -> None:
        """Its own one first, then one of an individual that was merged into it."""
        screen = self.screen
        evaluations = screen.card.card.evaluations if screen.card.card is not None else ()
        if screen.page not in (screen.card, screen.evaluation) or not evaluations:
            raise NotAllowed(f"You gave no overall evaluation of {person.label}.")

        def take() -> None:
            self._acts.withdraw_evaluation(evaluations[0][0])
            screen.evaluation.note_signed(person.id)
            if screen.page is screen.evaluation:
                screen.back()
            screen.say("Withdrawn; the ledger keeps that it was signed, and what it said.")

        prompt = f"Withdraw your overall evaluation of {person.label}?"
        asking.ask_confirmation(screen.ask, prompt, "Withdraw it", take)

    def note(self) -> None:
        """The conflict is accepted as it is."""
        conflict = self.screen.conflicts.current
        if self.screen.page is not self.screen.conflicts or conflict is None:
            raise NotAllowed("Choose a conflict first: K shows them.")
        if conflict.settled:
            raise NotAllowed("This one is accepted as it is already.")

        def take(text: str) -> None:
            self._acts.note(conflict.individuals[0], conflict.key, text)
            self.screen.say("Accepted as it is.")

        asking.ask_note(self.screen.ask, _shorten(conflict.sentence), take)

    # of whom

    def _get_chosen(self) -> list[IndividualRow]:
        screen = self.screen
        return screen.table.list_chosen() if screen.page is screen.table else [screen.current()]

    def _require_accepted(self) -> IndividualRow:
        person = self.screen.current()
        if not person.is_accepted:
            raise NotAllowed("This individual is only proposed; accept it first: A.")
        return person

    def _require_photos(self) -> tuple[IndividualRow, list[str]]:
        screen = self.screen
        photos = screen.card.strip.list_chosen()
        if screen.page is not screen.card or not photos:
            raise NotAllowed("Open the card of a person and choose photographs on it first.")
        return screen.current(), photos


def _format_photographs(count: int) -> str:
    return "1 photograph" if count == 1 else f"{count:,} photographs"


def _shorten(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 3]}..."


def _format_stated(person: IndividualRow, fact: Fact) -> str:
    """What is stated of a fact in the fewest words; photographs by number, individuals as they are called."""
    stated = person.individual.statements if person.individual is not None else ()
    said = [statement for statement in stated if statement.fact is fact and not statement.withdrawn]
    if fact in FACTS_OF_PHOTO:
        places = [
            person.photos.index(statement.source) + 1
            for statement in said
            if statement.source in person.photos
        ]
        return f"photo {', '.join(map(str, sorted(set(places))))}" if places else ""
    called = [
        statement.detail if fact is Fact.SAME_PERSON and statement.detail else statement.value
        for statement in said
    ]
    return " | ".join(dict.fromkeys(called))
