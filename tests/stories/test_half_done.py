"""What was being typed when the window was locked is there again, for whoever typed it and nobody else."""

import json
import shutil

import pytest
from PySide6.QtWidgets import QApplication

from reviewer.domain.people.individual import TranscriptionPass
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.services.case.half_done import load_unsaved_input, save_unsaved_input
from reviewer.services.reading.sight import Sight
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.waiting import until

_NEVER = "sixteen letters"


@pytest.fixture
def secret_folder(tmp_path, secret_case):
    return shutil.copytree(secret_case.folder, tmp_path / "test.case")


def unlocked(reader):
    until(lambda: isinstance(reader.window.door.page, UnlockScreen), "the lock")
    reader.window.door.page.passphrase.set_text(PASSPHRASE)
    reader.window.door.page.try_passphrase()
    until(lambda: reader.session is not None, "the case is open again")


def begin_a_card(reader):
    reader.presses("Ctrl+Shift+C")
    cards = reader.session.cards
    until(lambda: cards.view.has_picture, "the photograph with the card")
    reader.presses("PgDown").types("9580").presses("Tab").types("901")
    return cards.desk.shown.photo.sha256


def test_a_card_an_answer_and_a_field_outlive_the_lock_and_stand_nowhere_in_the_clear(desk, secret_folder):
    reader = desk()
    reader.window.open_folder(secret_folder)
    unlocked(reader)
    card = begin_a_card(reader)
    fields = [line for _name, line in reader.session.begun._iterate_lines()]
    names = {line.accessibleName() for line in fields}
    reader.window.show_screen("problems")
    reader.session.problems._text.setFocus()
    reader.types(_NEVER)
    reader.window.show_screen("read")
    reader.sees_photo().presses("1", "Q", "Y").types("degree").presses("Enter").types("highly")
    reader.presses("Enter", "1")
    prompt = reader.reading.box._question.prompt
    reader.types("a beating")
    photo = reader.reader.sha256
    assert not any("passphrase" in name.casefold() for name in names)

    reader.presses("Ctrl+L")
    until(lambda: reader.session is None, "locked")
    for path in secret_folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(word in content for word in (b"9580", b"a beating", _NEVER.encode())), path

    unlocked(reader)
    assert "begun to type" in reader.said
    assert reader.reader.sha256 == photo
    assert reader.session.problems._text.text() == _NEVER
    reader.sees_photo()
    reader.reader.select(reader.reader.reading.findings[0].id)
    reader.presses("Y").types("degree").presses("Enter").types("highly").presses("Enter", "1")
    assert reader.reading.box._question.prompt == prompt
    assert QApplication.focusWidget().text() == "a beating"
    reader.presses("Enter").is_saved()
    assert reader.finding.mechanism == "a beating"

    reader.presses("Ctrl+Shift+C")
    cards = reader.session.cards
    assert cards.desk.shown.photo.sha256 == card
    typed = cards.form.read_typed(TranscriptionPass.FIRST, None)
    assert (typed.detainee, typed.branch) == ("9580", "901")
    assert "not kept yet" in cards.said


def test_a_card_that_was_begun_is_there_when_its_photograph_is_and_in_its_own_pass(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    card = begin_a_card(reader)
    cards = reader.session.cards
    reader.presses("PgDown")
    assert cards.form.read_typed(TranscriptionPass.FIRST, None).detainee == ""
    reader.presses("PgUp")
    assert cards.desk.shown.photo.sha256 == card
    assert cards.form.read_typed(TranscriptionPass.FIRST, None).detainee == "9580"
    reader.window.show_screen("read")
    reader.window.show_screen("cards")
    assert cards.form.read_typed(TranscriptionPass.FIRST, None).detainee == "9580"
    cards.choose(cards.desk.work.SECOND)
    cards.desk.go_to(reader.session.reader.worklist.position_of(card))
    assert cards.form.read_typed(TranscriptionPass.SECOND, None).detainee == ""
    cards.choose(cards.desk.work.FIRST)
    cards.desk.go_to(reader.session.reader.worklist.position_of(card))
    until(lambda: cards.view.sight() is Sight.SHOWN, "the photograph with the card")
    reader.presses("Enter").is_saved()
    cards.desk.go_to(reader.session.reader.worklist.position_of(card))
    assert "filled in again" not in cards.said
    assert cards.get_unfinished_input() == {}


def test_what_one_examiner_began_is_given_to_nobody_else_and_nonsense_is_nothing(tmp_path):
    made_case(tmp_path).close()
    with opened(tmp_path / "test.case") as case:
        save_unsaved_input(case, "one", {"fields": {"records: Filter 1": "abc"}})
        assert load_unsaved_input(case, "two") == {}
        assert load_unsaved_input(case, "one") == {"fields": {"records: Filter 1": "abc"}}
        save_unsaved_input(case, "one", {})
        assert load_unsaved_input(case, "one") == {}
        for nonsense in ("[", "[]", json.dumps({"cards": 3, "fields": {"a": 1}})):
            case.previews.keep_note("half done one", nonsense)
            assert not any(load_unsaved_input(case, "one").values())
