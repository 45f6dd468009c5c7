"""When saving fails the window says so loudly, keeps the act, and saves it when it can."""

import shutil
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.media.workers.pool import DecoderPool
from reviewer.qt.entry.knows_less import KnowsLessScreen
from reviewer.services import session
from reviewer.services.case import writer as writer_module
from reviewer.storage.store import SaveFailed
from tests.support import lying_worker
from tests.support.waiting import until


@pytest.fixture
def broken_disk(monkeypatch):
    """A switch that makes every commit of a case fail."""
    monkeypatch.setattr(writer_module, "SECONDS_BETWEEN_TRIES", 0.02)

    def install(case):
        works, fails = case.store.write, {"now": False}

        @contextmanager
        def write():
            with works() as connection:
                yield connection
                if fails["now"]:
                    raise SaveFailed("Not saved: database or disk is full.")

        monkeypatch.setattr(case.store, "write", write)
        return fails

    return install


def test_a_failed_commit_is_said_and_made_good(desk, case_folder, broken_disk, expected_logs):
    expected_logs.add("a commit failed")
    reader = desk().opens(case_folder).sees_photo(0)
    disk = broken_disk(reader.session.case)
    reader.presses("1").is_saved()
    disk["now"] = True
    reader.presses("2", "3")
    until(lambda: reader.window.header.saved.text() == "NOT SAVED: 2 acts wait in memory", "the alarm")
    assert reader.terms == ["neck.ligature_mark", "blunt.bruise", "elec.mark"]
    reader.presses("Right").sees_photo(1).presses("4", "Left")
    until(lambda: "3 acts" in reader.window.header.saved.text(), "three acts wait")
    disk["now"] = False
    until(lambda: reader.window.header.saved.text().startswith("Saved"), "saved again")
    reader.is_saved()
    assert reader.terms == ["neck.ligature_mark", "blunt.bruise", "elec.mark"]
    reader.presses("Right")
    assert reader.terms == ["blunt.abrasion"]


def test_closing_with_unsaved_acts_is_asked_twice(desk, case_folder, broken_disk, expected_logs, monkeypatch):
    expected_logs.add("a commit failed")
    reader = desk().opens(case_folder).sees_photo(0)
    disk = broken_disk(reader.session.case)
    monkeypatch.setattr("reviewer.services.session.PATIENCE", 0.05)
    disk["now"] = True
    reader.presses("1")
    assert not reader.window.close()
    assert "Close again to give them up" in reader.said
    disk["now"] = False
    until(lambda: not reader.session.case.writer.waiting, "saved")
    reader.leaves()


def test_a_case_that_lost_what_was_committed_is_said_and_opens_for_reading_only(desk, case_folder, tmp_path):
    shutil.copy(case_folder / "case.db", tmp_path / "old.db")
    first = desk().opens(case_folder).sees_photo(0)
    first.presses("1").is_saved()
    first.leaves()
    shutil.copy(tmp_path / "old.db", case_folder / "case.db")
    reader = desk()
    reader.window.open_folder(case_folder)
    until(lambda: "was committed and is gone" in reader.window.start.said, "what is missing")
    QTest.mouseClick(reader.window.start._read_only, Qt.MouseButton.LeftButton)
    door = reader.window.door
    until(lambda: isinstance(door.page, KnowsLessScreen), "the receipt of what is gone")
    QTest.mouseClick(door.page.read, Qt.MouseButton.LeftButton)
    until(lambda: reader.session is not None, "open for reading")
    reader.sees_photo().presses("1")
    assert reader.terms == []


def test_a_picture_that_a_fresh_process_decodes_otherwise_is_taken_off_the_screen(
    desk, case_folder, monkeypatch, expected_logs
):
    """The process that decodes was taken over by the first photograph, and darkens those after it."""
    expected_logs |= {"a picture on screen was not what"}
    monkeypatch.setattr(session, "new_pool", lambda: DecoderPool(1, command=lying_worker.command("pixels")))
    reader = desk().opens(case_folder).sees_photo(0)
    canvas = reader.reading.canvas
    reader.presses("End")
    until(lambda: canvas.message.startswith("This picture was taken off the screen"), "what was found")
    assert not canvas.has_picture
    assert reader.reading.feed.original() is None
    reader.presses("Home")
    until(lambda: canvas.has_picture or "taken off" in canvas.message, "another photograph")
