"""From a wish about Individuals to the act that fulfils it, or to the sentence that says why it cannot be.

What is known of each Photo comes as `places`: SHA-256 -> id of its Individual, "" (or nothing) for none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reviewer.domain.acts import shared_acts
from reviewer.domain.acts.shared_bodies import statement_to_body
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import LONGEST_FEW_WORDS
from reviewer.domain.people.ages import normalise_age
from reviewer.domain.people.individual import (
    FACT_CHOICES,
    FACTS_OF_PHOTO,
    NUMBER_FACTS,
    STATEMENT_CERTAINTIES,
    Fact,
    Individual,
    Statement,
    StatementSourceKind,
)
from reviewer.domain.people.proposals import Proposal
from reviewer.domain.text_folding import to_ascii_digits

MOST_AT_ONCE = 500
"""Individuals in one entry: a longer one would keep others waiting while it is committed."""
_LONGEST_NUMBER = 20
_SIGNS_IN_NUMBERS = frozenset("?-/. ")
_DATE = re.compile(r"^[\d?]{4}(-[\d?]{2}(-[\d?]{2})?)?$", re.ASCII)
_SIDE = re.compile(r"^(left|right|middle|both)\s*:\s*(\S.*)$", re.IGNORECASE)
_SHA256 = re.compile(r"^[0-9a-f]{64}$")
IndividualOfPhoto = Mapping[str, str]
NewId = Callable[[], str]


def list_fact_choices(fact: Fact) -> tuple[str, ...]:
    """List the values a Fact can have, none if it is written freely."""
    return FACT_CHOICES.get(fact, ())


# making


def accept_proposals(proposals: Sequence[Proposal], places: IndividualOfPhoto, new_id: NewId) -> list[Draft]:
    """Make Individuals of proposals, MOST_AT_ONCE in an entry; Photos assigned since are left out."""
    made = []
    taken: set[str] = set()
    for proposal in proposals:
        free = [photo for photo in proposal.photos if not places.get(photo) and photo not in taken]
        taken.update(free)
        if free:
            made.append(_make_individual_body(new_id, free, proposal.reason, proposal.statements))
    if not made:
        raise NotAllowed("There is nothing to accept: every one of these photographs has its individual.")
    return [
        Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": made[start : start + MOST_AT_ONCE]})
        for start in range(0, len(made), MOST_AT_ONCE)
    ]


def make_individual(photos: Sequence[str], new_id: NewId, reason: str = "chosen by hand") -> Draft:
    """Make an Individual of these Photos, wherever they were before."""
    if not photos:
        raise NotAllowed("Choose the photographs of the new individual first.")
    return Draft(
        shared_acts.INDIVIDUALS_MADE,
        "",
        {"individuals": [_make_individual_body(new_id, _deduplicate(photos), reason, ())]},
    )


def split_individual(chosen: Sequence[str], together: Sequence[str], new_id: NewId, of: str) -> Draft:
    """Make an Individual of the chosen Photos of one; `together` are all its Photos, `of` its label."""
    if any(photo not in together for photo in chosen):
        raise NotAllowed(f"Not all of the chosen photographs belong to {of}; move them instead.")
    if len(_deduplicate(chosen)) >= len(together):
        raise NotAllowed(f"These are all the photographs of {of}: nothing would be left to split from.")
    return make_individual(chosen, new_id, f"split from {of}")


def _make_individual_body(
    new_id: NewId, photos: Sequence[str], reason: str, statements: Iterable[Statement]
) -> dict[str, object]:
    said = [statement_to_body(replace(statement, id=new_id())) for statement in statements]
    return {"id": new_id(), "photos": list(photos), "reason": reason, "statements": said}


# putting together and apart


def merge_individuals(into: Individual, others: Sequence[Individual], photos: Sequence[str]) -> Draft:
    """Merge the others into `into`; `photos` are theirs, and any that only were proposed with them."""
    every = [into, *others]
    if len({person.id for person in every}) < len(every):
        raise NotAllowed("An individual cannot be merged with itself.")
    if any(person.merged_into for person in every):
        raise NotAllowed("One of these was merged into another already; read the list anew.")
    if not others:
        return move_photos(photos, into, {})
    body = {"merged": [person.id for person in others], "photos": _deduplicate(photos)}
    return Draft(shared_acts.INDIVIDUALS_MERGED, into.id, body)


def move_photos(photos: Sequence[str], to: Individual, places: IndividualOfPhoto) -> Draft:
    """Assign these Photos to `to`."""
    if to.merged_into:
        raise NotAllowed("This individual was merged into another; move the photographs there.")
    moved = [photo for photo in _deduplicate(photos) if places.get(photo) != to.id]
    if not moved:
        raise NotAllowed("These photographs belong to this individual already.")
    return Draft(shared_acts.PHOTOS_ASSIGNED, to.id, {"photos": moved})


def take_photos_out(photos: Sequence[str], places: IndividualOfPhoto) -> Draft:
    """Take these Photos out of their Individuals."""
    taken = [photo for photo in _deduplicate(photos) if places.get(photo)]
    if not taken:
        raise NotAllowed("None of these photographs belongs to an individual.")
    return Draft(shared_acts.PHOTOS_ASSIGNED, "", {"photos": taken})


def _deduplicate(photos: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(photos))


# what is stated


def state_fact(individual: Individual, statement: Statement) -> Draft:
    """State something about an Individual. NotAllowed if it says nothing, or nothing new."""
    value = normalise_fact_value(statement.fact, statement.value)
    if statement.certainty not in STATEMENT_CERTAINTIES:
        raise NotAllowed("How sure? definite, probable or possible.")
    said = replace(statement, value=value)
    if said.fact in FACTS_OF_PHOTO and not _SHA256.match(said.source):
        raise NotAllowed("Choose the photograph on the card of the person first: this is stated of one.")
    if said.fact is Fact.SAME_PERSON and value == individual.id:
        raise NotAllowed("This is the same individual already.")
    if any(_says_the_same(earlier, said) for earlier in individual.statements):
        raise NotAllowed("This is stated already, from the same source.")
    return Draft(shared_acts.STATEMENT_MADE, individual.id, statement_to_body(said))


def withdraw_statement(individual: Individual, statement: str, why: str) -> Draft:
    """Withdraw a statement: it no longer counts and stays to be read, with the reason."""
    found = next((made for made in individual.statements if made.id == statement), None)
    if found is None:
        raise NotAllowed("Choose a statement first.")
    if found.withdrawn:
        raise NotAllowed("This statement was withdrawn already.")
    reason = why.strip()[:LONGEST_FEW_WORDS]
    if not reason:
        raise NotAllowed("Say why it is withdrawn.")
    return Draft(shared_acts.STATEMENT_WITHDRAWN, individual.id, {"id": statement, "why": reason})


def accept_conflict_as_is(individual: Individual, id_: str, about: str, text: str) -> Draft:
    """Accept a conflict as it is, by a statement whose source is the conflict."""
    if not text.strip():
        raise NotAllowed("Say in a few words why it is accepted as it is.")
    value = f"accepted as it is: {text.strip()}"[:LONGEST_FEW_WORDS]
    statement = Statement(id_, Fact.OTHER, value, "definite", StatementSourceKind.EXAMINER, about)
    return Draft(shared_acts.STATEMENT_MADE, individual.id, statement_to_body(statement))


def _says_the_same(one: Statement, other: Statement) -> bool:
    same = (one.fact, one.value, one.kind, one.source, one.certainty)
    return not one.withdrawn and same == (other.fact, other.value, other.kind, other.source, other.certainty)


def normalise_fact_value(fact: Fact, text: str) -> str:
    """The value as it is kept; NotAllowed with what is wrong."""
    value = " ".join(text.split())
    if not value:
        raise NotAllowed("There is nothing to state yet: type a value.")
    if fact in NUMBER_FACTS:
        return _normalise_number(fact, value)
    if fact in _CHECKS:
        return _CHECKS[fact](value)
    choices = list_fact_choices(fact)
    if choices:
        found = next((choice for choice in choices if choice.casefold() == value.casefold()), "")
        if not found:
            raise NotAllowed(f"One of these: {', '.join(choices)}.")
        return found
    if len(value) > LONGEST_FEW_WORDS:
        raise NotAllowed(f"At most {LONGEST_FEW_WORDS} characters.")
    return value


def _normalise_number(fact: Fact, text: str) -> str:
    value = to_ascii_digits(text).replace("\u061f", "?")
    if len(value) > _LONGEST_NUMBER:
        raise NotAllowed(f"A number has at most {_LONGEST_NUMBER} characters.")
    if not all(character.isalnum() or character in _SIGNS_IN_NUMBERS for character in value):
        raise NotAllowed("A number has digits and letters, and ? for each digit that cannot be read.")
    if fact is not Fact.BRANCH_NUMBER and not any(
        character.isdigit() or character == "?" for character in value
    ):
        raise NotAllowed("There is no digit in it; use ? for each digit that cannot be read.")
    return value


def _normalise_date(text: str) -> str:
    value = to_ascii_digits(text).replace("/", "-").replace(".", "-")
    if not _DATE.match(value):
        raise NotAllowed(
            "A date as year-month-day: 2012-08-14, 2012-08, 2012, or 2012-08-1? if not readable."
        )
    if len(value) == 10 and "?" not in value:
        try:
            date.fromisoformat(value)
        except ValueError:
            raise NotAllowed(f"There is no day {value}.") from None
    return value


def _normalise_sided_mark(text: str) -> str:
    """A mark with its side: left and right are the body's own."""
    found = _SIDE.match(text)
    if found is None:
        raise NotAllowed(
            "Say the side first, then a colon: left: scar, forearm. There are left, right, middle and both."
        )
    return f"{found[1].lower()}: {found[2]}"[:LONGEST_FEW_WORDS]


def _check_photo(text: str) -> str:
    if not _SHA256.match(text):
        raise NotAllowed("Choose the photograph on the card of the person first: this is stated of one.")
    return text


_CHECKS: dict[Fact, Callable[[str], str]] = {
    Fact.DIED_ON: _normalise_date,
    Fact.AGE_BAND: normalise_age,
    Fact.MARK_AND_SIDE: _normalise_sided_mark,
    Fact.BEST_FACE: _check_photo,
}
