"""The overall evaluation of an Individual: what an Examiner says of all findings together.

The Istanbul Protocol (2022, paragraph 424) holds it to be what matters, more than the degree of one lesion.
It belongs to the Examiner who signed it; a later one of the same Examiner takes the place of the earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft, Entry, EntryBody
from reviewer.domain.names import to_storable_text
from reviewer.domain.reading.degrees import check_allegation, check_no_legal_words
from reviewer.domain.vocabulary.vocabulary import Degree

INDIVIDUAL_EVALUATED = "individual.evaluated"
LONGEST_EVALUATION = 4_000
_ACCOUNT_WORDS = {
    "witness": "what a witness says",
    "record": "what a record says",
    "likely cause": "the likely cause that the examiner names",
}


@dataclass(frozen=True)
class Evaluation:
    """`degree` is the key of a degree of consistency, "" if none is given; `alleged_by` is whose account the
    degree speaks of."""

    examiner: str
    degree: str
    alleged_by: str
    text: str
    at: str


@dataclass(frozen=True)
class IndividualEvaluations:
    """The evaluations of one Individual (`id`), one of each Examiner."""

    id: str
    by: tuple[Evaluation, ...] = ()


def evaluate_individual(individual: str, degree: str, alleged_by: str, text: str) -> Draft:
    """The act that evaluates; an empty text takes the Examiner's evaluation away.

    NotAllowed for words of the law, for "diagnostic of", and for a degree without whose account it measures.
    """
    said = to_storable_text(text).strip()
    check_evaluation_text(said)
    if degree:
        check_allegation(degree, alleged_by)
    if not said and degree:
        raise NotAllowed("Say in words what the findings together amount to.")
    body = {"degree": degree, "alleged_by": alleged_by if degree else "", "text": said}
    return Draft(INDIVIDUAL_EVALUATED, individual, body)


def check_evaluation_text(text: str) -> None:
    """NotAllowed for a text that is too long or uses words of the law."""
    if len(text) > LONGEST_EVALUATION:
        raise NotAllowed(
            f"An evaluation can have {LONGEST_EVALUATION:,} characters; this one has {len(text):,}."
        )
    check_no_legal_words(text)


def evaluation_degree_in_words(evaluation: Evaluation, degree: Degree | None) -> str:
    """ "All findings together: typical of what a witness says." """
    of = _ACCOUNT_WORDS.get(evaluation.alleged_by, "what was not named")
    return f"All findings together: {degree.name if degree else evaluation.degree} {of}."


def apply_to_evaluations(
    state: IndividualEvaluations, body: EntryBody, entry: Entry
) -> IndividualEvaluations | None:
    """Return the evaluations after one more act; None once none is left."""
    kept = tuple(earlier for earlier in state.by if earlier.examiner != entry.author)
    if body["text"]:
        made = Evaluation(entry.author, body["degree"], body["alleged_by"], body["text"], entry.at)
        kept = tuple(sorted((*kept, made), key=lambda evaluation: evaluation.examiner))
    return replace(state, by=kept) if kept else None
