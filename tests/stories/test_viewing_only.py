"""The window for looking only: a case and a court pack are seen, and not a byte of them changes."""

import hashlib

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QPushButton

from reviewer.qt.entry.pack_check import PackCheckScreen
from reviewer.qt.entry.ways import WayToBegin
from reviewer.qt.entry.who import ChooseExaminerScreen
from reviewer.qt.main_window.resume_point import ResumePoint, decode_locked_window, encode_locked_window
from reviewer.qt.main_window.screens import SCREENS
from reviewer.qt.main_window.view_only import REFUSAL, list_left_out
from reviewer.services.account.recent_cases import load_recent_cases
from reviewer.services.case.enrolment import enrol
from tests.support.cases import PASSPHRASE, kept, made_case, opened
from tests.support.packs import packed
from tests.support.waiting import until


def bytes_of(folder):
    """Every name below a folder, with the hash of what is in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_start(path):
    return path.read_text("utf-8")[:200]


@pytest.fixture
def pack_folder(case_folder, tmp_path):
    with opened(case_folder) as case:
        return packed(case, tmp_path / "pack").folder


def views_pack(desk, folder):
    viewer = desk(view_only=True)
    viewer.window.view_folder(folder)
    page = viewer.window.door.page
    assert isinstance(page, PackCheckScreen)
    until(lambda: not page.verdict.text().startswith("Checking"), "a verdict")
    return page


def test_every_screen_of_a_case_is_seen_and_nothing_of_its_folder_changes(desk, case_folder):
    before = bytes_of(case_folder)
    viewer = desk(view_only=True)
    viewer.window.view_folder(case_folder)
    until(lambda: viewer.window.session is not None, "the case is open")
    assert viewer.window.windowTitle().endswith(" – reviewer – view only")
    viewer.presses("Space")
    viewer.sees_photo()
    for screen in SCREENS[1:]:
        viewer.window.show_screen(screen.name)
        assert viewer.window.screen_name == screen.name
    viewer.window.show_screen("read")
    viewer.presses("1", "Q", "Enter", "Right", "4", "Ctrl+Z", "B").leaves()
    assert bytes_of(case_folder) == before


WRITES = {
    "ingest": {"Add a folder or drive…", "Compare with a manifest…"},
    "access": {"Add the examiner", "Remove…", "Make a backup…", "Set the role"},
    "integrity": {"Write a request…", "Root of the authority…", "Bring an answer in…"},
}


def seen_buttons(screen):
    return {button.text() for button in screen.findChildren(QPushButton) if button.isVisibleTo(screen)}


def test_screens_show_no_form_and_no_button_of_what_writes(desk, case_folder):
    """All of these are there in a window that is not for viewing only."""
    examiner = desk().opens(case_folder)
    for name, words in WRITES.items():
        examiner.window.show_screen(name)
        assert words <= seen_buttons(examiner.session.screens.look_up(name)), name
    examiner.leaves()
    viewer = desk(view_only=True)
    viewer.window.view_folder(case_folder)
    until(lambda: viewer.window.session is not None, "the case is open")
    for name, words in WRITES.items():
        viewer.window.show_screen(name)
        assert not words & seen_buttons(viewer.session.screens.look_up(name)), name
    access = viewer.session.screens.look_up("access")
    assert [field for field in access.findChildren(QLineEdit) if field.isVisibleTo(access)] == []


def test_the_toolbar_has_what_can_be_used_and_no_line_between_nothing(desk, case_folder):
    viewer = desk(view_only=True)
    viewer.window.view_folder(case_folder)
    until(lambda: viewer.window.session is not None, "the case is open")
    toolbar = viewer.session.reading.toolbar
    shown = [button.action_id for button in toolbar.buttons if button.isVisibleTo(toolbar)]
    assert shown == ["go.previous-photo", "go.next-photo"]
    lines = [line for line in toolbar.findChildren(QFrame, "toolbarLine") if line.isVisibleTo(toolbar)]
    assert lines == []


def test_an_encrypted_case_opens_by_its_passphrase_and_stays_as_it_is(desk, tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    before = bytes_of(case.folder)
    viewer = desk(view_only=True)
    viewer.window.view_folder(case.folder / "case.db")
    until(lambda: viewer.window.door.page is not viewer.window.start, "a passphrase is asked for")
    viewer.types(PASSPHRASE)
    viewer.presses("Enter")
    until(lambda: viewer.window.session is not None, "the case is open")
    assert viewer.session.case.read_only
    viewer.leaves()
    assert bytes_of(case.folder) == before


def test_a_case_of_an_earlier_format_is_not_carried_over(desk, tmp_path):
    folder = kept("1.3", tmp_path / "kept.case")
    before = bytes_of(folder)
    viewer = desk(view_only=True)
    viewer.window.view_folder(folder)
    until(lambda: viewer.window.door.page is not viewer.window.start, "a passphrase is asked for")
    viewer.types(PASSPHRASE)
    viewer.presses("Enter")
    until(lambda: "must be carried over" in viewer.window.start.message.text(), "it is said why")
    viewer.leaves()
    assert bytes_of(folder) == before


def test_nothing_that_writes_stands_in_a_menu_or_has_a_key(desk, case_folder):
    viewer = desk(view_only=True)
    viewer.window.view_folder(case_folder)
    until(lambda: viewer.window.session is not None, "the case is open")
    left_out = set(list_left_out(viewer.window.keymap.actions))
    assert {"finding.add", "case.new", "case.export", "case.pack", "reading.undo"} <= left_out
    offered = {action.objectName() for action in viewer.window.findChildren(QAction) if action.isVisible()}
    assert not left_out & offered
    assert not any(viewer.window.binder.find(id_).isEnabled() for id_ in left_out)
    assert {"case.open", "case.check-pack", "view.zoom-in", "search.find"} <= offered


def test_what_is_left_out_says_why_whoever_asks_for_it(desk):
    viewer = desk(view_only=True)
    viewer.window.binder.run("case.new")
    assert viewer.window.start.message.text() == REFUSAL


def test_the_start_page_has_a_case_and_a_pack_to_open_and_remembers_neither(desk, case_folder):
    viewer = desk(view_only=True)
    ways = {way.action_id for way in viewer.window.start.findChildren(WayToBegin) if way.isVisible()}
    assert ways == {"case.open", "case.check-pack"}
    viewer.window.view_folder(case_folder)
    until(lambda: viewer.window.session is not None, "the case is open")
    assert load_recent_cases() == []


def test_a_sound_pack_is_told_so_with_its_own_words_and_its_files(desk, pack_folder):
    before = bytes_of(pack_folder)
    page = views_pack(desk, pack_folder)
    assert page.verdict.text().startswith("The pack is sound: ")
    assert "The pack as a whole: " in page.details.text()
    assert page.method.toPlainText().startswith(read_start(pack_folder / "data/METHOD.txt"))
    assert "data/verify.py" in page.files.toPlainText()
    assert bytes_of(pack_folder) == before


def test_a_pack_with_one_altered_byte_is_not_sound_and_the_file_is_named(desk, pack_folder):
    ledger = pack_folder / "data" / "ledger.jsonl"
    content = bytearray(ledger.read_bytes())
    content[-20] ^= 1
    ledger.write_bytes(content)
    page = views_pack(desk, pack_folder)
    assert "NOT SOUND" in page.verdict.text()
    assert "data/ledger.jsonl" in page.details.text()


def test_what_is_no_pack_is_said_on_its_page(desk, tmp_path):
    (tmp_path / "bag-info.txt").write_text("Source-Organization: nobody\n")
    page = views_pack(desk, tmp_path)
    assert page.verdict.text() == "This could not be checked."
    assert "is no court pack of a format this program knows" in page.details.text()


def test_a_pack_is_checked_in_front_of_an_open_case_and_one_comes_back_to_it(desk, case_folder, pack_folder):
    examiner = desk().opens(case_folder)
    examiner.window.check_pack(pack_folder)
    page = examiner.window.door.page
    until(lambda: "sound" in page.verdict.text(), "a verdict")
    (back,) = [button for button in page.findChildren(QPushButton) if button.text() == "Back"]
    back.click()
    assert examiner.window.door.page is examiner.window.start
    examiner.window.show_screen("read")
    assert examiner.session.reading.isVisible()


def test_the_window_after_a_lock_is_still_for_viewing_only(desk, case_folder):
    viewer = desk(view_only=True)
    left = ResumePoint(case_folder, True, "", "read", "", 0)
    told = decode_locked_window(encode_locked_window(viewer.window.describe_locked(left)))
    assert told.is_view_only


def test_whose_readings_are_shown_is_asked_and_no_new_name_is_taken(desk, case_folder):
    with opened(case_folder) as case:
        enrol(case, "Dr Haddad")
    viewer = desk(view_only=True)
    viewer.window.view_folder(case_folder)
    until(lambda: isinstance(viewer.window.door.page, ChooseExaminerScreen), "it asks whose")
    said = " ".join(label.text() for label in viewer.window.door.page.findChildren(QLabel))
    assert "Whose readings are to be shown?" in said
    assert "Every act is kept" not in said
    assert [field for field in viewer.window.door.page.findChildren(QLineEdit) if field.isVisible()] == []


def test_the_first_page_promises_nothing_of_saving(desk):
    said = " ".join(label.text() for label in desk(view_only=True).window.door.start.findChildren(QLabel))
    assert "Not a byte of a case or a court pack changes by being looked at." in said
    assert "Saved" not in said


def test_beside_the_photograph_nothing_is_said_of_what_to_press(desk, case_folder):
    viewer = desk(view_only=True)
    viewer.window.view_folder(case_folder)
    until(lambda: viewer.window.session is not None, "the case is open")
    side = viewer.reading.side
    assert not side.quick_tags.isVisible()
    assert side.body_map.isVisible()
    assert side.note.isReadOnly()
    assert side.note.placeholderText() == "No note on this photograph."
    viewer.window.resize(1366, 560)
    QApplication.processEvents()
    assert not side.quick_tags.isVisible(), "not behind a tab either"
    assert not side.sections.buttons["tags"].isVisible()
    said = " ".join(label.text() for label in side.findChildren(QLabel) if label.isVisible())
    for word in ("Press", "Quick tags", "Complete ends"):
        assert word not in said
