"""An encrypted case from its making to its receipt; locked in between; nothing of it left anywhere."""

import shutil

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QClipboard, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.qt.entry import sign_in
from reviewer.qt.entry.idle import IdleWatch
from reviewer.qt.entry.papers import ReceiptScreen, RecoveryScreen
from reviewer.qt.entry.renew import RecoverAccessScreen
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.services.case import writer as writer_module
from reviewer.services.case.recovery_paper import format_recovery_key
from tests.support.cases import PASSPHRASE, opened
from tests.support.waiting import until

OTHER = "seven quiet rooms by the sea"


@pytest.fixture
def secret_folder(tmp_path, secret_case):
    """A copy of an encrypted case with the photographs in it, and its recovery key."""
    return shutil.copytree(secret_case.folder, tmp_path / "test.case"), secret_case.recovery_key


def page(reader, kind):
    until(lambda: isinstance(reader.window.door.page, kind), kind.__name__)
    return reader.window.door.page


def unlocks(reader, words):
    asked = page(reader, UnlockScreen)
    asked.passphrase.set_text(words)
    asked.try_passphrase()
    return asked


def test_the_decoders_are_loaded_while_the_passphrase_is_typed(desk, secret_folder, monkeypatch):
    warmed = []
    monkeypatch.setattr(sign_in, "warm_up_decoding", lambda: warmed.append(True))
    reader = desk()
    reader.window.open_folder(secret_folder[0])
    page(reader, UnlockScreen)
    until(lambda: warmed, "the decoders are loaded")
    assert reader.session is None


def test_made_written_down_read_locked_unlocked_closed_with_a_receipt(desk, tmp_path, photographs):
    reader = desk()
    start = reader.window.start
    start.show_form()
    start.form.name.setText("Branch A")
    start.form.examiner.setText("Dr N")
    start.form.folder.setText(str(tmp_path))
    start.form.words.set_text(PASSPHRASE)
    start.form.again.set_text(OTHER)
    start.form.submit()
    assert "not the same" in start.form.said
    start.form.again.set_text(PASSPHRASE)
    start.form.submit()
    recovery = page(reader, RecoveryScreen)
    assert "Recovery key of the case Branch A" in recovery.paper.toPlainText()
    assert not recovery.go_on.isEnabled()
    recovery.written.setChecked(True)
    QTest.mouseClick(recovery.go_on, Qt.MouseButton.LeftButton)
    until(lambda: reader.session is not None, "the case is open")
    assert reader.window.windowTitle() == "Branch A – reviewer"
    assert not reader.window.tabs.open_to_all.isVisible()
    assert start.form.words.text() == ""
    reader.session.ingest.start(photographs)
    until(lambda: not reader.session.ingest.is_running, "ingested")
    until(lambda: len(reader.reader.worklist) == reader.session.case.counts().photos > 30, "photographs")
    reader.window.show_screen("read")
    reader.presses("Space").sees_photo()
    reader.presses("1", "Right").sees_photo().presses("2").is_saved()
    place = reader.reader.position

    reader.presses("Ctrl+L")
    locked = page(reader, UnlockScreen)
    assert reader.session is None
    assert reader.window.windowTitle() == "reviewer"
    assert not reader.window._rail.isVisible()
    shown = " ".join(
        label.text() for label in reader.window.findChildren(type(locked.message)) if label.isVisible()
    )
    assert "Branch" not in shown
    unlocks(reader, OTHER)
    until(lambda: "does not open" in locked.said, "the wrong passphrase is said")
    until(lambda: locked.open.isEnabled(), "another try")
    unlocks(reader, PASSPHRASE)
    until(lambda: reader.session is not None, "unlocked")
    reader.sees_photo(place)
    assert reader.terms == ["blunt.bruise"]

    reader.presses("3").is_saved()
    reader.presses("Ctrl+W")
    receipt = page(reader, ReceiptScreen)
    text = receipt.paper.toPlainText()
    assert "Branch A" in text
    QTest.mouseClick(receipt.go_on, Qt.MouseButton.LeftButton)
    (tmp_path / "receipt.txt").write_text(text, encoding="utf-8")
    assert start.recent.list.item(0).text().startswith("Branch A\n"), "the name of its folder"
    reader.window.open_folder(tmp_path / "Branch A.case")
    unlocks(reader, PASSPHRASE)
    until(lambda: reader.session is not None, "open again")
    reader.window.show_screen("integrity")
    integrity = reader.session.integrity
    integrity.check_receipt(tmp_path / "receipt.txt")
    until(lambda: integrity.said.startswith("The receipt holds"), "the receipt is checked")


def test_after_three_wrong_tries_the_next_one_has_to_wait(desk, secret_folder, monkeypatch):
    waits = []

    class Later:  # in the place of QTimer
        singleShot = staticmethod(lambda ms, _owner, then: waits.append((ms, then)))  # noqa: N815

    monkeypatch.setattr("reviewer.qt.entry.unlock.QTimer", Later)
    reader = desk()
    reader.window.open_folder(secret_folder[0])
    for number in range(5):
        unlocks(reader, f"not this one {number}")
        until(lambda n=number: len(waits) == n + 1, "told")
        waits[-1][1]()
    assert [ms for ms, _then in waits] == [0, 0, 1000, 2000, 4000]
    unlocks(reader, PASSPHRASE)
    until(lambda: reader.session is not None, "open")


def test_a_lost_passphrase_is_replaced_with_the_recovery_key(desk, secret_folder):
    folder, key = secret_folder
    reader = desk()
    reader.window.open_folder(folder)
    slip = key[:-1] + ("7" if key[-1] != "7" else "8")
    asked = unlocks(reader, slip)
    until(lambda: "slip in the recovery key" in asked.said, "a slip is told as a slip")
    assert "group 9" in asked.said
    until(asked.open.isEnabled, "another try")
    lines = [line for line in format_recovery_key("Branch A", key).splitlines() if line.startswith("    ")]
    unlocks(reader, "".join(lines).lower())
    renew = page(reader, RecoverAccessScreen)
    renew.new.set_text(OTHER)
    renew.again.set_text(OTHER + "!")
    QTest.mouseClick(renew.go_on, Qt.MouseButton.LeftButton)
    assert "not the same" in renew.said
    renew.again.set_text(OTHER)
    QTest.mouseClick(renew.go_on, Qt.MouseButton.LeftButton)
    until(lambda: reader.session is not None, "open")
    reader.sees_photo().presses("1").is_saved()
    reader.leaves()
    with opened(folder, OTHER) as again:
        assert again.counts().findings == 1


def test_locking_waits_for_what_is_not_saved_yet(desk, secret_folder, monkeypatch, expected_logs):
    from contextlib import contextmanager

    from reviewer.storage.store import SaveFailed

    expected_logs.add("a commit failed")
    monkeypatch.setattr(writer_module, "SECONDS_BETWEEN_TRIES", 0.02)
    reader = desk()
    reader.window.open_folder(secret_folder[0])
    unlocks(reader, PASSPHRASE)
    until(lambda: reader.session is not None, "open")
    reader.sees_photo()
    case = reader.session.case
    works, full = case.store.write, [True]

    @contextmanager
    def write():
        with works() as connection:
            yield connection
            if full[0]:
                raise SaveFailed("Not saved: database or disk is full.")

    monkeypatch.setattr(case.store, "write", write)
    reader.presses("1", "Ctrl+L")
    locked = page(reader, UnlockScreen)
    until(lambda: "1 acts are not saved yet" in locked.said, "why the keys are kept")
    assert reader.session is not None
    assert not locked.open.isEnabled()
    full[0] = False
    until(lambda: reader.session is None, "saved, then locked")
    unlocks(reader, PASSPHRASE)
    until(lambda: reader.session is not None, "unlocked")
    reader.sees_photo()
    assert reader.terms == ["neck.ligature_mark"]


def test_the_access_screen_enrols_changes_and_renews(desk, secret_folder):
    folder, _key = secret_folder
    reader = desk()
    reader.window.open_folder(folder)
    unlocks(reader, PASSPHRASE)
    until(lambda: reader.session is not None, "open")
    reader.window.show_screen("access")
    access = reader.session.access
    access.name.setText("Dr Hansen")
    access.theirs.set_text("a passphrase of Hansen")
    access.theirs_again.set_text("a passphrase of Hansen")
    QTest.mouseClick(access.add, Qt.MouseButton.LeftButton)
    until(lambda: "Dr Hansen belongs" in access.said, "enrolled")
    assert access.people.rowCount() == 2
    for present, said in ((OTHER, "present passphrase is not this"), (PASSPHRASE, "is changed")):
        access.present.set_text(present)
        access.new.set_text("and now a new one")
        access.again.set_text("and now a new one")
        QTest.mouseClick(access.change, Qt.MouseButton.LeftButton)
        until(lambda said=said: said in access.said, said)
    QTest.mouseClick(access.renew, Qt.MouseButton.LeftButton)
    recovery = page(reader, RecoveryScreen)
    recovery.written.setChecked(True)
    QTest.mouseClick(recovery.go_on, Qt.MouseButton.LeftButton)
    assert reader.window.screen_name == "access"
    reader.leaves()
    with opened(folder, "a passphrase of Hansen") as theirs:
        assert [each.name for each in theirs.readers()] == ["Dr Hansen"]


def test_answers_of_the_access_screen_stand_in_their_section_and_enter_submits(desk, secret_folder):
    reader = desk()
    reader.window.open_folder(secret_folder[0])
    unlocks(reader, PASSPHRASE)
    until(lambda: reader.session is not None, "open")
    reader.window.show_screen("access")
    access = reader.session.access
    access.name.setFocus()
    reader.types("Dr Hansen").presses("Enter").types("a passphrase of Hansen").presses("Enter")
    reader.types("another one").presses("Enter")
    assert access.said == "The two passphrases are not the same."
    theirs, mine = access.new_one, access.mine
    under_last = theirs.messages[-1]
    assert (theirs.said, under_last.text()) == (access.said, access.said)
    assert under_last.is_wrong
    assert under_last.property("kind") == "field error"
    assert QApplication.focusWidget() is access.theirs_again.focusProxy()
    assert under_last.geometry().top() < access.add.geometry().top()
    assert access.add.property("kind") == "main"
    access.present.set_text(OTHER)
    access.new.set_text("and now a new one")
    access.again.set_text("and now a new one")
    access.again.setFocus()
    reader.presses("Enter")
    until(lambda: "present passphrase is not this" in mine.messages[0].text(), "refused")
    assert (theirs.said, access.message.text()) == ("", "")
    access.present.set_text(PASSPHRASE)
    access.new.set_text("short")
    access.again.set_text("short")
    QTest.mouseClick(access.change, Qt.MouseButton.LeftButton)
    until(lambda: "at least 12 characters" in mine.messages[1].text(), "too short, under its field")
    assert mine.messages[0].text() == ""


# noticing that nobody is there


class Clocks:
    def __init__(self):
        self.seconds = self.wall = 1000.0
        self.asleep = 0.0

    def passes(self, seconds):
        self.seconds += seconds
        self.wall += seconds


@pytest.fixture
def watch(qapp):
    clocks, told = Clocks(), []
    made = IdleWatch(qapp, lambda: clocks.seconds, lambda: clocks.wall, lambda: clocks.asleep)
    made.left.connect(lambda: told.append(clocks.seconds))
    made._timer.start = lambda: None
    yield made, clocks, told
    made.stop()
    made.deleteLater()


def test_it_locks_when_neither_key_nor_mouse_is_used(watch, qapp):
    made, clocks, told = watch
    made.watch(10)
    for _second in range(599):
        clocks.passes(1)
        made.look()
    assert told == []
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
    made.eventFilter(qapp, press)
    for _second in range(599):
        clocks.passes(1)
        made.look()
    assert told == []
    clocks.passes(1)
    made.look()
    assert len(told) == 1


def test_it_locks_when_the_machine_has_slept_even_if_it_never_locks_otherwise(watch):
    made, clocks, told = watch
    made.watch(0)
    for _second in range(10_000):
        clocks.passes(1)
        made.look()
    assert told == []
    clocks.wall += 3600
    made.look()
    assert len(told) == 1


def test_a_second_of_sleep_is_noticed_before_anything_is_painted_or_a_key_is_heard(watch, qapp):
    made, clocks, told = watch
    made.watch(0)
    assert not made.eventFilter(qapp, QEvent(QEvent.Type.UpdateRequest))
    assert told == []
    clocks.asleep += 1
    assert not made.eventFilter(qapp, QEvent(QEvent.Type.UpdateRequest)), "the page of the lock is painted"
    assert len(told) == 1
    clocks.asleep += 1
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier)
    assert made.eventFilter(qapp, press), "it was meant for what was there before"
    assert len(told) == 2
    assert not made.eventFilter(qapp, press)
    assert len(told) == 2


def test_clocks_that_drift_apart_slowly_are_not_sleep(watch):
    made, clocks, told = watch
    made.watch(0)
    for _second in range(10_000):
        clocks.passes(1)
        clocks.asleep += 0.001
        made.look()
    assert told == []


def test_the_window_locks_by_itself(desk, secret_folder, own_clipboard):
    reader = desk()
    reader.window.open_folder(secret_folder[0])
    unlocks(reader, PASSPHRASE)
    until(lambda: reader.session is not None, "open")
    copies_a_note(reader)
    reader.window.leaving.idle.left.emit()
    page(reader, UnlockScreen)
    until(lambda: reader.session is None, "locked")
    assert QApplication.clipboard().text() == ""


@pytest.fixture
def own_clipboard(monkeypatch):
    """The screen of tests does not know who owns its clipboard."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)


def copies_a_note(reader):
    reader.sees_photo()
    field = reader.session.reading.side.note
    field.setPlainText("what was copied")
    field.selectAll()
    field.copy()
    assert QApplication.clipboard().text() == "what was copied"


def test_what_was_copied_is_gone_when_the_case_or_the_window_is_closed(desk, secret_folder, own_clipboard):
    reader = desk()
    reader.window.open_folder(secret_folder[0])
    unlocks(reader, PASSPHRASE)
    until(lambda: reader.session is not None, "open")
    copies_a_note(reader)
    reader.presses("Ctrl+W")
    receipt = page(reader, ReceiptScreen)
    assert QApplication.clipboard().text() == ""
    receipt.paper.selectAll()
    receipt.paper.copy()
    assert "Receipt" in QApplication.clipboard().text()
    reader.leaves()
    assert QApplication.clipboard().text() == ""


def test_what_another_program_copied_stays(monkeypatch):
    from reviewer.qt.entry import privacy

    class Theirs:
        cleared = 0

        def ownsClipboard(self):
            return False

        def ownsSelection(self):
            return False

        def clear(self, _mode):
            self.cleared += 1

    theirs = Theirs()
    monkeypatch.setattr(privacy.QApplication, "clipboard", lambda: theirs)
    privacy.clear_clipboard()
    assert theirs.cleared == 0
