"""What is asked before a row is settled: how many, whom, or why nobody."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from reviewer.domain.records.values import make_number_key
from reviewer.qt.widgets.type_box import Option, Question, make_text_question
from reviewer.services.reading.act_words import format_count
from reviewer.services.records.matches import MOST_AT_ONCE, RecordListing, RecordListRow

_OFFERED = 9


def make_accept_question(count: int, take: Callable[[], object]) -> Question:
    """Accept all that fit one: the count is seen before."""

    def chosen(key: str) -> None:
        if key == "accept":
            take()

    now = min(count, MOST_AT_ONCE)
    rows = format_count(count, "row")
    options = [
        Option(
            "accept",
            f"Accept {'the first ' if now < count else ''}{format_count(now, 'row')}",
            "In one act; one undo takes all of them back.",
            enabled=count > 0,
        ),
        Option("leave", "Accept none now"),
    ]
    prompt = f"{rows} fit one individual, contradict nothing and stand alone in their file."
    return Question(prompt, lambda _typed: options, chosen)


def make_individual_question(
    listing: RecordListing, row: RecordListRow, take: Callable[[str], object]
) -> Question:
    """Any accepted Individual by one of its numbers; those that fit come first."""

    def find(typed: str) -> list[Option]:
        key = make_number_key(typed)
        fitting = [candidate.individual for candidate in row.match.candidates]
        if not key:
            return [_make_option(individual, listing, row) for individual in fitting]
        exact = listing.find_individuals_with(typed)
        near = (id_ for id_ in listing.known if key in make_number_key(listing.name_individual(id_)))
        people = dict.fromkeys([*exact, *islice(near, _OFFERED)])
        return [_make_option(individual, listing, row) for individual in islice(people, _OFFERED)]

    return Question("Which individual? One of its numbers", find, take, ahead=True)


def _make_option(individual: str, listing: RecordListing, row: RecordListRow) -> Option:
    against = next(
        (candidate.against for candidate in row.match.candidates if candidate.individual == individual), ()
    )
    detail = "\n".join(against) or "What the row says is stated of this individual, with its file and row."
    return Option(individual, listing.name_individual(individual), detail)


def make_note_question(take: Callable[[str], object]) -> Question:
    """A note on a row that was linked by hand; Enter alone leaves it empty."""

    return make_text_question("Linked by hand. A note, if there is something to say", take)


def make_nobody_question(take: Callable[[str], object], refuse: Callable[[str], None]) -> Question:
    """No Individual of the Case: a note says why."""

    def given(text: str) -> None:
        if text.strip():
            take(text)
        else:
            refuse("Say why the row speaks of no individual.")

    return make_text_question("No individual of this case. Why?", given)
