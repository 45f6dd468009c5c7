"""Two passes over a card: what each may say, when they agree, what stands."""

import pytest

from reviewer.domain.commands import card_commands
from reviewer.domain.commands.card_commands import (
    CardState,
    find_card_state,
    normalise_card_date,
    normalise_number,
)
from reviewer.domain.errors import NotAllowed
from reviewer.domain.people.individual import PhotoFacts, Transcription, TranscriptionPass

FIRST = Transcription(TranscriptionPass.FIRST, detainee="12?4", branch="215")
SECOND = Transcription(TranscriptionPass.SECOND, detainee="1234", branch="215")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("215", "215"),
        (" 215 ", "215"),
        ("٢١٥", "215"),
        ("۲۱۵", "215"),
        ("12؟4", "12?4"),
        ("5678b", "5678B"),
        ("j-1204", "J-1204"),
        ("215/9077", "215/9077"),
        ("", ""),
        ("ب12", "ب12"),
    ],
)
def test_numbers_are_kept_in_one_form(typed, kept):
    assert normalise_number(typed) == kept


@pytest.mark.parametrize("typed", ["twelve", "12 34 abcd", "=1+1", "12!", "1" * 25, "<b>1</b>", "--"])
def test_what_is_no_number_is_a_sentence(typed):
    with pytest.raises(NotAllowed, match="is made of digits"):
        normalise_number(typed)


def test_dates_keep_their_own_order():
    assert normalise_card_date("٣/٧/٢٠١٣") == "3/7/2013"
    assert normalise_card_date("2013-0?-1?") == "2013-0?-1?"
    with pytest.raises(NotAllowed, match="as the card writes it"):
        normalise_card_date("July 2013")


def test_where_a_card_stands():
    resolved = Transcription(TranscriptionPass.RESOLVED, detainee="1234", branch="215")
    assert find_card_state(()) is CardState.NONE
    assert find_card_state((FIRST,)) is find_card_state((SECOND,)) is CardState.ONCE
    assert find_card_state((FIRST, SECOND)) is CardState.MISMATCH
    assert (
        find_card_state((SECOND, Transcription(TranscriptionPass.FIRST, detainee="1234", branch="215")))
        is CardState.AGREED
    )
    assert find_card_state((FIRST, SECOND, resolved)) is CardState.RESOLVED


def test_two_passes_that_cannot_read_it_agree_whatever_else_was_typed():
    unread = [
        Transcription(number, legible="no", detainee=number)
        for number in (TranscriptionPass.FIRST, TranscriptionPass.SECOND)
    ]
    assert find_card_state(unread) is CardState.AGREED
    assert find_card_state((unread[0], SECOND)) is CardState.MISMATCH


def test_what_cannot_be_kept():
    facts = PhotoFacts("a" * 64)
    with pytest.raises(NotAllowed, match="Nothing of the card is typed"):
        card_commands.transcribe_card(facts, Transcription(TranscriptionPass.FIRST))
    with pytest.raises(NotAllowed, match="not read twice"):
        card_commands.transcribe_card(facts, Transcription(TranscriptionPass.RESOLVED, detainee="1"))
    with pytest.raises(NotAllowed, match="how much"):
        card_commands.transcribe_card(
            facts, Transcription(TranscriptionPass.FIRST, detainee="1", legible="perhaps")
        )
    draft = card_commands.transcribe_card(
        facts, Transcription(TranscriptionPass.FIRST, detainee="1", legible="no card")
    )
    assert draft.body["detainee"] == ""
    assert draft.body["legible"] == "no card"


def test_every_mistake_is_said_of_its_own_field():
    typed = Transcription(
        TranscriptionPass.FIRST, detainee="twelve", branch="215", date="July", note="x" * 501
    )
    found = card_commands.find_mistakes(typed)
    assert set(found) == {"detainee", "date", "note"}
    assert found["detainee"].startswith("The detainee number is made of digits")
    assert card_commands.find_mistakes(FIRST) == {}
