"""What OCR read, beside what was kept."""

import pytest

from reviewer.domain.people.card_suggestion import CardSuggestion, make_card_suggestion
from reviewer.domain.people.individual import Transcription, TranscriptionPass

KEPT = Transcription(TranscriptionPass.FIRST, detainee="9241", branch="901", examination="146B")


@pytest.mark.parametrize(
    "texts",
    [
        ("9241", "901", "146B"),
        ("9241 901 146 b",),
        ("No. 9241", "901/146B"),
        ("9241", "901", "146", "146-B"),
        ("٩٢٤١", "٩٠١", "۱۴۶B"),
    ],
)
def test_numbers_are_found_however_the_card_writes_them(texts):
    found = make_card_suggestion("p", KEPT, texts)
    assert found.missing == ()
    assert "differs" not in found.line


def test_a_kept_number_that_was_not_read_is_named():
    found = make_card_suggestion("p", KEPT, ("9247", "901", "146B"))
    assert found.differs
    assert found.line == "OCR read: 9247 / 901 / 146B\ndiffers: detainee 9241 was kept"


def test_a_part_of_a_longer_number_is_not_that_number():
    assert make_card_suggestion("p", KEPT, ("92411", "901", "146B")).missing == ("detainee 9241",)


def test_a_digit_that_a_person_could_not_read_may_be_any_digit():
    kept = Transcription(TranscriptionPass.FIRST, detainee="92?1")
    assert make_card_suggestion("p", kept, ("9241",)).missing == ()
    assert make_card_suggestion("p", kept, ("9242",)).missing == ("detainee 92?1",)
    assert make_card_suggestion("p", kept, ("92A1", "55")).differs


@pytest.mark.parametrize("texts", [(), ("0", "TVA"), ("9.1",)])
def test_where_no_number_was_read_nothing_differs(texts):
    assert not make_card_suggestion("p", KEPT, texts).differs


def test_nothing_kept_nothing_differs_and_what_was_read_is_still_said():
    found = make_card_suggestion("p", Transcription(TranscriptionPass.SECOND, legible="no card"), ("9241",))
    assert (found.differs, found.line) == (False, "OCR read: 9241")


def test_other_lines():
    assert make_card_suggestion("p", KEPT, ()).line == "OCR read nothing."
    assert CardSuggestion("p", KEPT, trouble="It took too long.").line == "OCR: It took too long."
    many = make_card_suggestion("p", KEPT, tuple("abcdefghij"))
    assert many.line == "OCR read: a / b / c / d / e / f / g / h / ..."
