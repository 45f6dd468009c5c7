"""The header in a low window: what stands at the end of the menu bar has room for whatever it says."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow

from reviewer.qt.look.theme import load_theme
from reviewer.qt.main_window.window_header import WindowHeader
from reviewer.services.reading.act_queue import SaveState
from tests.support.waiting import until
from tests.support.windows import wear_in_test


def test_what_grows_at_the_end_of_the_menu_bar_is_not_cut(qtbot):
    window, header = QMainWindow(), WindowHeader(load_theme("dark", 1.5))
    qtbot.addWidget(window)
    window.setCentralWidget(header)
    bar = window.menuBar()
    bar.setNativeMenuBar(False)
    bar.addMenu("File")
    window.resize(1366, 768)
    header.end_in(bar)
    window.show()
    QApplication.processEvents()
    header.saved.setText("NOT SAVED: the disk is full, 12 acts wait")
    until(lambda: header.saved.width() >= header.saved.sizeHint().width(), "the whole sentence")
    header.show_adding("adding, 33 %")
    until(lambda: header.adding.width() >= header.adding.sizeHint().width(), "how far it is")


@pytest.mark.parametrize(("scale", "in_menu_bar"), [(1.0, False), (1.5, False), (1.5, True)])
def test_nothing_moves_as_the_first_act_is_saved(qtbot, scale, in_menu_bar):
    theme = load_theme("dark", scale)
    wear_in_test(QApplication.instance(), theme)
    window, header = QMainWindow(), WindowHeader(theme)
    qtbot.addWidget(window)
    window.setCentralWidget(header)
    bar = window.menuBar()
    bar.setNativeMenuBar(False)
    bar.addMenu("File")
    window.resize(1366, 768)
    header.end_in(bar if in_menu_bar else None)
    window.show()
    QApplication.processEvents()
    before = header.search.mapTo(window, header.search.rect().topLeft())
    for at in (datetime(2026, 3, 1, 11, 11, 11, tzinfo=UTC), datetime(2026, 3, 1, 20, 8, 48, tzinfo=UTC)):
        header.saved.show_state(SaveState(at))
        QApplication.processEvents()
        assert header.search.mapTo(window, header.search.rect().topLeft()) == before
        assert header.saved.fontMetrics().horizontalAdvance(header.saved.text()) <= header.saved.width()
    wear_in_test(QApplication.instance(), load_theme("dark"))


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_head_journal_that_cannot_be_written_is_said_for_as_long_as_it_lasts(qtbot, scale):
    theme = load_theme("dark", scale)
    wear_in_test(QApplication.instance(), theme)
    window, header = QMainWindow(), WindowHeader(theme)
    qtbot.addWidget(window)
    window.setCentralWidget(header)
    window.resize(1366, 768)
    window.show()
    saved, label = datetime(2026, 3, 1, 11, 11, 11, tzinfo=UTC), header.saved
    for at in (None, saved):
        label.show_state(SaveState(at, journal="It cannot be written (no room)."))
        QApplication.processEvents()
        assert label.text() == "Saved, but not in the head journal"
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
        assert "It cannot be written (no room). It is tried again" in label.toolTip()
        label.show_state(SaveState(at))
        assert label.text() == (f"Saved {saved.astimezone():%H:%M:%S}" if at else "")
    label.show_state(SaveState(saved, 2, "Not saved: no room.", "It cannot be written."))
    assert label.text() == "NOT SAVED: 2 acts wait in memory"
    label.show_read_only("It is open elsewhere.")
    label.show_state(SaveState())
    assert label.text() == "Read-only"
    wear_in_test(QApplication.instance(), load_theme("dark"))
