"""OCR beside the card desk: only after the person's own entry, never in its place. A stand-in reads here."""

import pytest

from reviewer.domain.people.individual import TranscriptionPass
from reviewer.media.ocr import text_models
from reviewer.media.ocr.text_process import TextProcess
from reviewer.services.cards.ocr_suggestions import WITHHELD
from tests.stories.test_cards import reads, sees_card, shown
from tests.support.cases import opened
from tests.support.text_reader import command
from tests.support.waiting import until


@pytest.fixture
def sits_down(desk, case_folder, monkeypatch):
    """At the cards screen, with a text reader that says `texts`, or none."""

    def sit(*words, installed=True, wanted=True):
        monkeypatch.setattr(text_models, "find_trouble", lambda: "" if installed else text_models.ABSENT)
        reader = desk().opens(case_folder).sees_photo(0)
        reader.session.services.suggestions.new_process = lambda: TextProcess(command(*words))
        reader.window.show_screen("settings")
        if wanted:
            reader.session.settings.cards.ocr.click()
        reader.presses("Ctrl+Shift+C")
        sees_card(reader)
        return reader

    return sit


def line(reader):
    """What is to be read of OCR on the screen."""
    label = reader.session.cards.suggestion
    assert label.isHidden() == (label.text() == "")
    return label.text()


def has_read(reader, beginning="OCR"):
    until(lambda: line(reader).startswith(beginning), f"the line {beginning}")


def test_what_was_read_is_shown_after_the_entry_with_a_mark_and_a_way_back(sits_down):
    reader = sits_down("telling", "215,٩٩٩")
    assert line(reader) == ""
    first = shown(reader).photo.sha256
    reader.types("998")
    assert (line(reader), reader.session.services.suggestions._thread) == ("", None)
    reader.presses("Tab").types("215").presses("Enter").is_saved()
    has_read(reader)
    assert shown(reader).photo.sha256 != first
    assert line(reader).startswith("OCR read: 215 / 999\ndiffers: detainee 998 was kept\n")
    assert line(reader).endswith("F12 goes back to it.")
    typed = reader.session.cards.form.read_typed(TranscriptionPass.FIRST, None)
    assert (typed.branch, typed.detainee, typed.examination, typed.note) == ("", "", "", "")
    reader.presses("F12")
    assert shown(reader).photo.sha256 == first
    assert line(reader) == "OCR read: 215 / 999\ndiffers: detainee 998 was kept"
    assert reader.session.cards.form.read_typed(TranscriptionPass.FIRST, None).detainee == "998"


def test_beside_a_card_that_may_be_the_same_one_nothing_is_said_before_its_entry(sits_down):
    reader = sits_down("telling", "215,100")
    reader.presses("F8")
    reads(reader, "215", "100")
    assert shown(reader).position in reader.session.reader.worklist.positions_of_same_individual(0)
    has_read(reader)
    assert line(reader) == WITHHELD
    reader.presses("PgUp")
    assert line(reader) == "OCR read: 215 / 100"


def test_the_blind_second_pass_sees_nothing_of_it_before_its_own_entry(sits_down):
    reader = sits_down("telling", "215,100")
    reads(reader, "215", "100")
    has_read(reader)
    reader.presses("Ctrl+2")
    assert (shown(reader).position, line(reader)) == (0, "")
    reader.presses("F12")
    assert "no card of this pass" in reader.session.cards.said
    reads(reader, "215", "100")
    has_read(reader, "OCR read: 215 / 100")


def test_an_entry_of_the_pass_before_that_is_committed_late_is_not_asked_about(sits_down):
    reader = sits_down("telling", "215,100")
    suggestions = reader.session.services.suggestions
    reader.types("215").presses("Enter", "Ctrl+2").is_saved()
    assert (line(reader), suggestions._thread) == ("", None)


def test_undo_takes_what_was_read_away_with_the_entry(sits_down):
    reader = sits_down("telling", "215,100")
    reads(reader, "215", "100")
    has_read(reader)
    reader.presses("F12", "Ctrl+Z").is_saved()
    assert (shown(reader).before, line(reader)) == (None, "")


def test_the_box_of_the_entry_is_what_is_read(sits_down):
    reader = sits_down("pixels")
    photo = shown(reader).photo
    reader.session.cards.view.card = (10, 20, 30, 5)
    reads(reader, "215", "100")
    across, down = (5, 30) if photo.upright_size != (photo.width, photo.height) else (30, 5)
    has_read(reader, f"OCR read: {across}x{down} / ")


def test_nothing_of_it_is_recorded(sits_down, case_folder):
    reader = sits_down("telling", "7777777777")
    before = reader.session.case.counts().entries
    reads(reader, "215", "100")
    has_read(reader)
    assert reader.session.case.counts().entries == before + 1
    reader.leaves()
    with opened(case_folder) as case:
        assert b"7777777777" not in (case.folder / "case.db").read_bytes()


def test_without_the_optional_part_the_desk_is_as_it_was_and_the_settings_say_so(sits_down):
    reader = sits_down("telling", "215", installed=False, wanted=False)
    settings = reader.session.settings
    assert (settings.cards.ocr.isEnabled(), settings.cards.ocr_state.text()) == (False, text_models.ABSENT)
    reader.session.services.suggestions.switched_on = True
    reads(reader, "215", "100")
    assert (line(reader), reader.session.services.suggestions._thread) == ("", None)


def test_it_is_off_until_the_person_wants_it(sits_down):
    reader = sits_down("telling", "215", wanted=False)
    assert reader.session.settings.cards.ocr.isEnabled()
    assert "not Arabic digits" in reader.session.settings.cards.ocr_state.text()
    reads(reader, "215", "100")
    assert (line(reader), reader.session.services.suggestions._thread) == ("", None)


def test_a_reader_that_fails_is_one_quiet_line_and_the_desk_goes_on(sits_down):
    reader = sits_down("dying")
    reads(reader, "215", "100")
    has_read(reader, "OCR: The text reader ended without an answer.")
    reads(reader, "215", "101")
    assert reader.session.cards.said.startswith("Kept: ")


def test_closing_the_case_does_not_wait_for_a_reader_that_hangs(sits_down):
    reader = sits_down("stuck")
    suggestions = reader.session.services.suggestions
    reads(reader, "215", "100")
    until(lambda: suggestions._process is not None and suggestions._process.pid, "the reader is asked")
    process = suggestions._process
    reader.leaves()
    assert (process.pid, suggestions._thread.is_alive()) == (None, False)
