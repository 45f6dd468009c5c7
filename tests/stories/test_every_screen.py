"""What holds for every screen: it fits a small laptop at 150 %, with larger text too, and has names for
those who do not see it."""

import shutil
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QToolButton,
    QWidget,
)

from reviewer.qt.entry.papers import RecoveryScreen
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.qt.widgets.page import Page
from tests.support.cases import PASSPHRASE
from tests.support.waiting import until

BARS = 62  # of the window and the desktop
LEAST = 500  # lower than this, by the size of type, the panel of the reading screen may scroll
SMALL = {
    "1366x768 at 150 %": (910, 512 - BARS),
    "1366x768 at 125 %, 1920x1080 at 175 %": (1092, 614 - BARS),
}
"""The sizes a window gets there; 1920x1080 at 150 % has more room."""
SCROLL_WHERE_TINY, TINY_BELOW = frozenset({"compare", "cards"}), 1000
"""Two screens with a panel beside the photograph scroll in the smallest window, as pages do."""


@pytest.fixture
def secret(secret_case, tmp_path):
    """An encrypted case: its pages have all the fields there are."""
    folder = shutil.copytree(secret_case.folder, tmp_path / "test.case")
    return SimpleNamespace(folder=folder, recovery_key=secret_case.recovery_key)


@pytest.fixture
def reader(desk, secret):
    return desk()


def opens(reader, secret, unlock=None):
    unlock = unlock or asked(reader, secret)
    unlock.passphrase.set_text(PASSPHRASE)
    unlock.try_passphrase()
    until(lambda: reader.session is not None, "open")
    reader.window.leaving.idle.stop()  # larger text takes a busy machine as long as sleep
    return reader


def asked(reader, secret):
    reader.window.open_folder(secret.folder)
    until(lambda: isinstance(reader.window.door.page, UnlockScreen), "the passphrase is asked for")
    return reader.window.door.page


def settles(window):
    """Layouts are made when the event loop turns."""
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    assert window.isVisible()


def place_in(window, widget):
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def cut(window, widget):
    """What of a widget is off the window or crushed, in words; "" if it is whole."""
    place = place_in(window, widget)
    if not widget.isVisible() or widget.visibleRegion().isEmpty():
        return f"{widget.objectName() or widget} is not there"
    if not window.rect().contains(place):
        return f"{widget.objectName() or widget} is off the window: {place}"
    return ""


def crushed(screen):
    """Fields, buttons and lines that are lower than their text needs."""
    found = []
    for kind in (QLineEdit, QPushButton, QComboBox, QLabel):
        for each in screen.findChildren(kind):
            needs = each.minimumSizeHint().height()
            part_of_another = each.objectName().startswith("qt_")
            if not part_of_another and each.isVisible() and each.height() < min(needs, each.maximumHeight()):
                words = each.accessibleName() or (each.text() if hasattr(each, "text") else "")
                found.append(f"{kind.__name__} {words!r}: {each.height()} of {needs}")
    return found


def headings_cut(screen):
    """Headings of tables that are narrower than their words."""
    return [
        f"heading {table.model().headerData(column, Qt.Orientation.Horizontal)!r}: {width} of {needs}"
        for table in screen.findChildren(QTableView)
        for column in range(table.model().columnCount())
        if table.isVisible()
        and not table.isColumnHidden(column)
        and (width := table.columnWidth(column)) < (needs := table.horizontalHeader().sectionSizeHint(column))
    ]


def scrolls(area, how):
    bar = area.horizontalScrollBar() if how is Qt.Orientation.Horizontal else area.verticalScrollBar()
    return bar.maximum() > 0


def pages_of_settings_that_do_not_fit(window, screen):
    """Each page may scroll down, never to the side; nothing of it is crushed."""
    found = []
    for panel in screen.panels:
        screen.show_subject(panel.subject)
        settles(window)
        area = panel.parentWidget().parentWidget()
        if scrolls(area, Qt.Orientation.Horizontal) or scrolls(
            window._stack.parentWidget().parentWidget(), Qt.Orientation.Horizontal
        ):
            found.append(f"{panel.subject} scrolls to the side")
        found += [f"{panel.subject}: {words}" for words in crushed(panel) + headings_cut(panel)]
    return found


def complaints(reader, size, scale):
    """What does not fit on any of the screens."""
    window, found = reader.window, []
    window.resize(*size)
    settles(window)
    found += [f"the window is {window.size()}"] if (window.width(), window.height()) != size else []
    for name in reader.session.screens.list_names():
        screen = reader.session.screens[name]
        window.show_screen(name)
        settles(window)
        told = [cut(window, button) for button in window._rail.findChildren(QToolButton)]
        told += [
            cut(window, button) for button in window.tabs.findChildren(QToolButton) if button.isVisible()
        ]
        told += [cut(window, part) for part in (window.header.search, window.header.saved)]
        if name == "read":
            side, reading = reader.reading.side, reader.reading
            reading.message.say("A line that stands over the photograph for some seconds.")
            beneath = (
                side.sections.buttons.values() if side.sections.is_tabbed else (side.note, side.body_map)
            )
            told += [cut(window, part) for part in (*beneath, reading.message)]
            area, low = side.findChild(QScrollArea), size[1] < LEAST * scale
            told += [
                f"the panel scrolls {how.name}" for how in Qt.Orientation if scrolls(area, how) and not low
            ]
        if name == "settings":
            told += pages_of_settings_that_do_not_fit(window, screen)
        is_tiny = name in SCROLL_WHERE_TINY and size[0] < TINY_BELOW
        told += ([] if is_tiny and scale > 1 else crushed(screen)) + headings_cut(screen)
        area = window._stack.parentWidget().parentWidget()
        if not isinstance(screen, Page) and scale == 1.0 and not is_tiny:
            told += [f"scrolls {how.name}" for how in Qt.Orientation if scrolls(area, how)]
        found += [f"{name}: {each}" for each in told if each]
    return found


def test_every_screen_fits_a_small_laptop_also_with_large_text(reader, secret):
    opens(reader, secret).sees_photo()
    reader.presses("1").is_saved()
    found = {}
    for scale in (1.0, 1.5):
        if scale > 1:
            reader.window.appearance.scale_text(scale - 1)
        for words, size in SMALL.items():
            found[words, scale] = complaints(reader, size, scale)
    assert {where: what for where, what in found.items() if what} == {}


def test_the_pages_before_a_case_fit_as_well(reader, secret):
    window = reader.window
    smallest = SMALL["1366x768 at 150 %"]
    window.appearance.scale_text(0.5)
    window.resize(*smallest)
    settles(window)
    assert (window.width(), window.height()) == smallest
    assert crushed(window.start) == []
    page = asked(reader, secret)
    settles(window)
    assert crushed(page) == []
    assert [cut(window, each) for each in (page.passphrase, page.open, page._back)] == ["", "", ""]
    shown = window.door.show_recovery_key("A case", secret.recovery_key)
    assert isinstance(shown, RecoveryScreen)
    settles(window)
    assert crushed(shown) == []
    assert shown.paper.height() >= 4 * shown.paper.fontMetrics().lineSpacing()


def test_the_lock_is_on_the_window_at_its_smallest(reader, secret):
    opens(reader, secret)
    window = reader.window
    window.resize(window.minimumSize())
    settles(window)
    assert cut(window, window._rail._buttons["lock"]) == ""
    assert window.minimumWidth() <= 910
    assert window.minimumHeight() <= 512 - BARS


# names


def announced(widget):
    """What a screen reader says first of a widget, as Qt tells it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def nameless(screen):
    """The widgets one can come to by keyboard or a click that a screen reader calls nothing."""
    return [
        f"{type(each).__name__} {each.objectName()}"
        for each in [screen, *screen.findChildren(QWidget)]
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and each.focusProxy() is None
        and not each.objectName().startswith("qt_")
        and each.isVisibleTo(screen)
        and not (isinstance(each, QLabel) and not each.text())  # a line that says nothing just now
        and not announced(each)
    ]


def test_whatever_takes_the_keyboard_has_a_name(reader, secret):
    window = reader.window
    found = {"start": nameless(window.start)}
    page = asked(reader, secret)
    found["unlock"] = nameless(page)
    opens(reader, secret, page)
    for name in reader.session.screens.list_names():
        screen = reader.session.screens[name]
        window.show_screen(name)
        settles(window)
        found[name] = nameless(screen)
    assert {name: each for name, each in found.items() if each} == {}
