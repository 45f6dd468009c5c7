"""Her key in the key file is not the one that the ledger states: she is asked before anything is written."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.domain.ledger.vouching import BY_OLD_KEY, format_fingerprint
from reviewer.qt.entry.key_question import KeyQuestionScreen
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.case.enrolment import load_key_history
from reviewer.services.case.history import iterate_entries
from reviewer.services.case.vouching import KeyAnswer
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.differing_keys import make_keys_differ
from tests.support.waiting import until

NEW = "four lamps on the long quay"


@pytest.fixture
def differing(tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    recovery_key, me = case.recovery_key, case.readers()[0]
    case.close()
    shutil.copy(case.folder / "keys.json", tmp_path / "keys of before.json")
    make_keys_differ(case.folder, recovery_key, me, NEW)
    return case.folder, recovery_key


@pytest.fixture
def asked(desk, differing):
    reader = desk()
    reader.window.open_folder(differing[0])
    until(lambda: isinstance(reader.window.door.page, UnlockScreen), "the passphrase is asked for")
    reader.window.door.page.passphrase.set_text(NEW)
    reader.window.door.page.try_passphrase()
    until(lambda: isinstance(reader.window.door.page, KeyQuestionScreen), "the question")
    return reader


def test_she_sees_both_fingerprints_and_reads_only(asked, differing):
    question = asked.window.door.page
    case = question._case
    words = " ".join(label.text() for label in question.findChildren(PlainLabel))
    (me,) = case.examiners()
    assert format_fingerprint(load_key_history(case).find_key(me.id)) in words
    assert format_fingerprint(case.keys.find_public_key(me.id)) in words
    before = len(list(iterate_entries(case)))
    QTest.mouseClick(question.read_only, Qt.MouseButton.LeftButton)
    until(lambda: asked.session is not None, "open for reading only")
    assert "not the one that the ledger states" in asked.session.case.read_only
    asked.leaves()
    with opened(differing[0], differing[1], read_only=True) as again:
        assert len(list(iterate_entries(again))) == before


def test_what_she_answers_stands_in_the_ledger(asked, differing):
    question = asked.window.door.page
    QTest.mouseClick(question.record, Qt.MouseButton.LeftButton)
    assert "Choose what you know of it." in question.said
    question.answers[KeyAnswer.UNKNOWN].setChecked(True)
    question.recovery_key.set_text("no key")
    QTest.mouseClick(question.record, Qt.MouseButton.LeftButton)
    until(lambda: "nine groups" in question.said, "that it is no recovery key")
    question.recovery_key.set_text(differing[1])
    QTest.mouseClick(question.record, Qt.MouseButton.LeftButton)
    until(lambda: asked.session is not None, "open")
    assert not asked.session.case.read_only
    acts = list(iterate_entries(asked.session.case))
    assert [entry.body["answer"] for entry in acts if "answer" in entry.body] == [KeyAnswer.UNKNOWN]


def test_her_key_of_before_vouches_for_it_where_she_has_a_copy_and_its_passphrase(asked, tmp_path):
    question = asked.window.door.page
    QTest.mouseClick(question.answers[KeyAnswer.UNKNOWN], Qt.MouseButton.LeftButton)
    question.by_recovery_key.setFocus()
    QTest.keyClick(question.by_recovery_key, Qt.Key.Key_Down)
    assert question.by_old_key.isChecked() and question.answers[KeyAnswer.UNKNOWN].isChecked()
    assert question.old_passphrase.isVisible() and not question.recovery_key.isVisible()
    QTest.mouseClick(question.record, Qt.MouseButton.LeftButton)
    assert question.said == "Choose the key file first."
    question.use_old_file(tmp_path / "keys of before.json")
    question.old_passphrase.set_text(NEW)
    QTest.mouseClick(question.record, Qt.MouseButton.LeftButton)
    until(lambda: "does not open your key" in question.said, "that it is not the passphrase of then")
    question.old_passphrase.set_text(PASSPHRASE)
    QTest.keyClick(question.old_passphrase.focusProxy(), Qt.Key.Key_Return)
    until(lambda: asked.session is not None, "open")
    assert not asked.session.case.read_only
    last = load_key_history(asked.session.case).stated[-1]
    assert last.vouchers == (BY_OLD_KEY,)
