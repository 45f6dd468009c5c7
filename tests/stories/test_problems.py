"""What is no photograph is filtered, seen elsewhere with a reason, and taken back: keyboard and mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.services.evidence.problems import count_problems_of_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from tests.support.cases import ingested, made_case, opened
from tests.support.contents import KINDS
from tests.support.photos import jpeg
from tests.support.waiting import until


@pytest.fixture
def stick(tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "a.jpg").write_bytes(jpeg())
    for name in ("avi", "mp4", "zip", "ds_store"):
        (drive / name).write_bytes(KINDS[name][0])
    case = made_case(tmp_path)
    ingested(case, drive)
    case.close()
    return case.folder


def shown(screen):
    return [each.file.path for each in screen.model.rows]


def test_files_are_seen_elsewhere_with_the_keyboard(desk, stick):
    reader = desk()
    reader.opens(stick)
    reader.presses("Ctrl+Shift+4")
    screen = reader.session.problems
    until(lambda: len(screen.model.rows) == 4, "four problems")
    assert "May hold photographs: 3, of them seen elsewhere 0, open 3." in screen.summary.text()
    assert [screen.kind.itemText(n) for n in range(screen.kind.count())][:2] == [
        "Every kind (4)",
        "video (2)",
    ]
    reader.presses("M", "M")
    assert shown(screen) == ["avi", "mp4", "zip"]
    reader.presses("Shift+Down", "E").types("in the player, all of them").presses("Enter")
    until(lambda: shown(screen) == ["zip"], "one file is open")
    assert screen.said == "2 files seen elsewhere. Ctrl+Z takes it back."
    assert "of them seen elsewhere 2, open 1." in screen.summary.text()
    reader.presses("Ctrl+Z")
    until(lambda: len(screen.model.rows) == 3, "taken back")
    reader.presses("Ctrl+Y", "M")
    until(lambda: shown(screen) == ["avi", "mp4"], "those that were seen")
    reader.presses("Shift+E")
    until(lambda: shown(screen) == ["mp4"], "one is open again")
    reader.leaves()
    with opened(stick) as case:
        assert (count_problems_of_case(case).seen_elsewhere, verify_case(case, JobControl()).sound) == (
            1,
            True,
        )


def test_without_a_reason_nothing_is_recorded(desk, stick):
    reader = desk()
    reader.opens(stick)
    reader.presses("Ctrl+Shift+4")
    screen = reader.session.problems
    until(lambda: len(screen.model.rows) == 4, "four problems")
    entries = reader.session.case.counts().entries
    reader.presses("E").types(" ").presses("Enter")
    assert "Say in a few words" in screen.said
    reader.presses("E", "Esc")
    assert reader.session.case.counts().entries == entries


def test_an_archive_is_listed_and_nothing_is_unpacked(desk, stick):
    before = sorted(each.name for each in (stick.parent / "drive").rglob("*"))
    reader = desk()
    reader.opens(stick)
    reader.presses("Ctrl+Shift+4")
    screen = reader.session.problems
    until(lambda: len(screen.model.rows) == 4, "four problems")
    screen.table.selectRow(shown(screen).index("zip"))
    reader.presses("Enter")
    until(lambda: "named like photographs" in screen.said, "the list of the archive")
    assert screen.said == "zip: 2 files, 1 of them named like photographs; 4 bytes."
    assert [screen.inside.item(n).text() for n in range(screen.inside.count())] == [
        "3 bytes  215/IMG_1.JPG",
        "1 bytes  215/list.txt",
    ]
    screen.table.selectRow(shown(screen).index("avi"))
    assert screen.inside.isHidden()
    reader.presses("Enter")
    until(lambda: "no archive" in screen.said, "a video is none")
    assert sorted(each.name for each in (stick.parent / "drive").rglob("*")) == before


def test_a_button_does_the_same(desk, stick):
    reader = desk()
    reader.opens(stick)
    reader.presses("Ctrl+Shift+4")
    screen = reader.session.problems
    until(lambda: len(screen.model.rows) == 4, "four problems")
    screen.table.selectRow(shown(screen).index("zip"))
    QTest.mouseClick(screen.seen_button, Qt.MouseButton.LeftButton)
    reader.types("unpacked and looked through").presses("Enter")
    until(lambda: "seen elsewhere 1" in screen.summary.text(), "the archive was seen")
    assert [each.file.path for each in screen.model.rows if each.seen] == ["zip"]


def test_the_counts_by_kind_stand_above_the_table_and_add_up(desk, stick):
    reader = desk()
    reader.opens(stick)
    reader.presses("Ctrl+Shift+4")
    screen = reader.session.problems
    until(lambda: len(screen.model.rows) == 4, "four problems")
    assert screen.summary.text().startswith("4 of 5 names met: 0 problems and 4 other files.")
    counts = [int(part.split(" ")[0]) for part in screen.kinds.text().split(", ")]
    assert sum(counts) == len(screen.model.rows)
    assert not screen._none.isVisible()


def test_where_nothing_is_wrong_the_page_says_so(desk, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "a.jpg").write_bytes(jpeg())
    case = made_case(tmp_path)
    ingested(case, drive)
    case.close()
    reader = desk().opens(case.folder)
    reader.presses("Ctrl+Shift+4")
    screen = reader.session.problems
    until(screen._none.isVisible, "it is said")
    assert screen._none.title.text() == "No problems and no other files"
    assert not screen.table.isVisible()
