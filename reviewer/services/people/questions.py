"""What does not fit of one person, as questions with their answers; recording an answer adds to the ledger.

An answer withdraws the statements that it speaks against, with the reason, or accepts what does not fit as it
is, or decides a contradiction of the Examiner's own Readings. Nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewer.domain.errors import NotAllowed
from reviewer.domain.people.conflict_choices import ValueChoice, list_value_choices
from reviewer.domain.people.conflicts import Conflict
from reviewer.domain.people.individual import FACT_NAMES
from reviewer.domain.summary.decisions import DECIDABLE_RESULTS
from reviewer.domain.summary.summary import TermResult, TermSummary
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.people.card_rows import format_photo_numbers
from reviewer.services.people.person_card import PersonCard, describe_contradictions, describe_whence
from reviewer.services.people.regrouping import IndividualEditor

_UNDECIDED = ("cannot be decided", "everything stays on record, with the reason")


@dataclass(frozen=True)
class PersonQuestion:
    """`answers` are (value, source) pairs. It is about a Conflict of statements and photographs, or about a
    Term on which the Examiner's own Readings contradict each other (`term`)."""

    title: str
    sentence: str
    answers: tuple[tuple[str, str], ...]
    photos: tuple[str, ...]
    conflict: Conflict | None = None
    values: tuple[ValueChoice, ...] = ()
    term: TermSummary | None = None
    results: tuple[TermResult, ...] = ()

    @property
    def key(self) -> str:
        """The same as long as the question is the same."""
        return self.conflict.key if self.conflict is not None else self.term.term if self.term else ""


def list_questions(
    card: PersonCard, conflicts: Iterable[Conflict], names: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[PersonQuestion, ...]:
    """List what is open about an accepted Individual; `names` are of Examiners by id."""
    of_conflicts = [
        _ask_about_conflict(conflict, card, names) for conflict in conflicts if not conflict.settled
    ]
    return (*of_conflicts, *_ask_about_terms(card, vocabulary))


def _ask_about_conflict(conflict: Conflict, card: PersonCard, names: Mapping[str, str]) -> PersonQuestion:
    values = list_value_choices(conflict, card.individual) if card.individual is not None else ()
    answers = [
        (
            choice.value,
            "; ".join(describe_whence(statement, names, card.photos) for statement in choice.said_by),
        )
        for choice in values
    ]
    about = f": {FACT_NAMES[conflict.fact].lower()}" if conflict.fact is not None else ""
    title = f"{str(conflict.kind)[:1].upper()}{str(conflict.kind)[1:]}{about}"
    return PersonQuestion(
        title, conflict.sentence, (*answers, _UNDECIDED), conflict.photos, conflict=conflict, values=values
    )


def _ask_about_terms(card: PersonCard, vocabulary: Vocabulary) -> Iterator[PersonQuestion]:
    for term, _words in card.contradicted:
        if term.decided is None:
            results = (TermResult.PRESENT,) if term.stands else DECIDABLE_RESULTS
            name = vocabulary.term_name(term.term)
            sentence = "; ".join(describe_contradictions(term, card.photos, vocabulary))
            yield PersonQuestion(
                f"{name[:1].upper()}{name[1:]}",
                f"{sentence[:1].upper()}{sentence[1:]}.",
                tuple(
                    (_name_result(result), _describe_side(term, result, card.photos)) for result in results
                ),
                tuple(dict.fromkeys(ground.photo for ground in term.grounds)),
                term=term,
                results=results,
            )


def _name_result(result: TermResult) -> str:
    return _UNDECIDED[0] if result is TermResult.CANNOT_TELL else str(result)


def _describe_side(term: TermSummary, result: TermResult, photos: Sequence[str]) -> str:
    """The photographs that speak for a result."""
    if result is TermResult.CANNOT_TELL:
        return "the sign counts as one that cannot be told"
    found = (
        contradiction.present if result is TermResult.PRESENT else contradiction.against
        for contradiction in term.contradictions
    )
    return format_photo_numbers(dict.fromkeys(ground.photo for ground in found), photos)


def record_answer(
    acts: IndividualEditor, individual: str, question: PersonQuestion, answer: int, why: str
) -> None:
    """Record the answer at this place of `answers`, with the reason. NotAllowed without a reason."""
    if not why.strip():
        raise NotAllowed("Say in a few words why.")
    if question.term is not None:
        acts.decide(individual, question.term, question.results[answer], why)
    elif answer < len(question.values):
        for statement in question.values[answer].against:
            acts.withdraw(individual, statement.id, why)
    elif question.conflict is not None:
        acts.note(question.conflict.individuals[0], question.conflict.key, why)
