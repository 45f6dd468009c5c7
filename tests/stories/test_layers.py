"""What lies over a screen has the keyboard: nothing that is pressed there reaches what lies beneath."""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

from reviewer.qt.actions.spec import OVER_LAYERS
from reviewer.qt.layers import WindowLayer
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.main_window.screens import SCREENS
from tests.support.waiting import until

_FULL = os.environ.get("REVIEWER_FAULTS") == "full"
_BOUND = sorted({key for spec in ALL_ACTIONS for key in spec.keys})
_OTHERS = ["a", "z", "F11", "F12", "Ins", "Tab", "Shift+Tab", "Ctrl+C", "Ctrl+V", "Alt+F", "Menu", "Print"]
KEYS = [*_BOUND, *_OTHERS]
_LEAVING = {key for spec in ALL_ACTIONS if spec.id in OVER_LAYERS for key in spec.keys}
_ANSWERS = {"Return", "Enter", "Shift+Return", "Shift+Enter", "Ctrl+Return", "Ctrl+Enter", "Esc", "Tab"}
NO_ANSWERS = [
    key
    for key in KEYS
    if key not in _LEAVING | _ANSWERS | {"Ctrl+D"} and key.rpartition("+")[2] not in set("0123456789")
]
"""Keys that answer no question: no digit with or without Shift, and not Ctrl+D, which keeps a query."""
QUESTIONS = {
    "read": ("finding.add", "finding.regions", "finding.answer", "reading.not-assessable", "coverage.mark"),
    "sort": ("sort.run-1",),
    "gallery": ("gallery.group",),
    "individuals": ("individuals.sort", "individuals.columns", "individuals.proposals"),
    "compare": ("compare.choose",),
    "statistics": ("statistics.query",),
}
EVERYWHERE = ("window.commands", "search.find", "case.report", "case.export", "search.lists")
LAYERS = [(spec.name, "window.keys") for spec in SCREENS]
LAYERS += [(spec.name, id_) for spec in SCREENS if spec.make is not None for id_ in EVERYWHERE[:2]]
LAYERS += [("read", id_) for id_ in EVERYWHERE[2:4]]
LAYERS += [(screen, id_) for screen, ids in QUESTIONS.items() for id_ in ids]


def _settings(count):
    phases = [Phase.generate, Phase.shrink] if _FULL else [Phase.generate]
    return settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=phases,
    )


def presses(key):
    """Press a key of Qt's portable text where the keyboard is now."""
    code = QKeySequence(key)[0]
    QTest.keyClick(QApplication.focusWidget(), code.key(), code.keyboardModifiers())


class Over:
    """A layer over a screen, and what lies beneath it as it was."""

    def __init__(self, reader, screen, id_):
        self.reader, self.window, self.screen = reader, reader.window, screen
        self.window.show_screen(screen)
        if screen == "read":
            reader.sees_photo()
        if screen == "sort":
            until(lambda: reader.session.sorting.view.has_picture, "the photograph")
        if screen == "compare":
            reader.session.compare.begin()
        self.focus = QApplication.focusWidget()
        self.before = self.beneath()
        self.window.binder.run(id_)
        assert self.layer is not None, (screen, id_)

    @property
    def layer(self):
        return self.window.layers.top

    def beneath(self):
        """All that a key could change: the ledger, the screen, the photograph, every text."""
        session = self.reader.session
        assert session.case.writer.drain(10)
        layers = self.window.findChildren(WindowLayer)
        kept = [
            each.text() if isinstance(each, QLineEdit) else each.toPlainText()
            for kind in (QLineEdit, QTextEdit)
            for each in self.window.findChildren(kind)
            if not any(layer.isAncestorOf(each) for layer in layers)
        ]
        chain = session.reading.looking.chain
        at = (self.reader.reader.position, session.sorting.sorter.position, session.reader.selected)
        return session.case.counts(), self.window.screen_name, at, kept, chain, session.reading.canvas.covered

    def nothing_happened(self):
        now = self.beneath()
        assert now == self.before, (self.screen, self.layer)


@pytest.fixture
def reader(desk, case_folder):
    sitting = desk().opens(case_folder).sees_photo(0).presses("1").is_saved()
    sitting.window.leaving.idle.stop()  # no event loop turns between these keys: it would be taken for sleep
    return sitting


@pytest.mark.parametrize("count", [400 if _FULL else 8])
def test_random_keys_over_every_layer_of_every_screen_do_nothing_beneath(reader, count):
    sheets = [each for each in LAYERS if each[1] == "window.keys"]
    others = [each for each in LAYERS if each[1] != "window.keys"]

    @_settings(count)
    @given(st.sampled_from(sheets), st.sampled_from(KEYS))
    def any_key_closes_the_sheet(place, key):
        over = Over(reader, *place)
        presses(key)
        assert over.layer is None, (place, key)
        assert QApplication.focusWidget() is over.focus, (place, key)
        over.nothing_happened()

    @_settings(count)
    @given(st.sampled_from(others), st.lists(st.sampled_from(NO_ANSWERS), min_size=1, max_size=6))
    def keys_stay_in_the_layer(place, keys):
        over = Over(reader, *place)
        layer = over.layer
        for key in keys:
            presses(key)
            assert over.layer is layer, (place, key)
        over.nothing_happened()
        presses("Esc")
        assert over.layer is None
        assert QApplication.focusWidget() is over.focus, (place, keys)
        over.nothing_happened()

    any_key_closes_the_sheet()
    keys_stay_in_the_layer()


@pytest.mark.parametrize(
    ("screen", "key"), [("read", "2"), ("read", "S"), ("sort", "3"), ("individuals", "A"), ("read", "Esc")]
)
def test_looking_a_key_up_and_trying_it_does_nothing(reader, screen, key):
    over = Over(reader, screen, "window.keys")
    presses(key)
    assert over.layer is None
    over.nothing_happened()
    assert QApplication.focusWidget() is over.focus


def test_every_layer_of_every_screen_closes_with_escape_and_gives_the_keyboard_back(reader):
    for place in LAYERS:
        over = Over(reader, *place)
        presses("Esc")
        assert over.layer is None, place
        assert QApplication.focusWidget() is over.focus, place
        over.nothing_happened()


def test_a_note_that_is_being_written_gets_the_keyboard_back_where_it_was(reader):
    reader.presses("S").types("a belt")
    note = QApplication.focusWidget()
    reader.window.toggle_keys()
    reader.presses("2")
    assert QApplication.focusWidget() is note
    reader.types(" of leather")
    assert note.toPlainText() == "a belt of leather"
    assert reader.terms == ["neck.ligature_mark"]


def test_a_click_closes_the_sheet_and_presses_nothing(reader):
    over = Over(reader, "read", "window.keys")
    button = reader.reading.side.quick_tags._buttons[2]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert over.layer is None
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is over.focus


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
def test_a_click_beside_a_question_closes_it_and_presses_nothing(reader, button):
    over = Over(reader, "read", "finding.add")
    QTest.mouseClick(reader.reading.side.quick_tags._buttons[2], button)
    assert over.layer is None
    over.nothing_happened()
    QTest.mouseClick(reader.reading.side.quick_tags._buttons[2], Qt.MouseButton.LeftButton)
    assert len(reader.terms) == 2, "the next click is the person's own"


def test_the_wheel_beside_a_question_turns_nothing(reader):
    over = Over(reader, "read", "finding.add")
    canvas = reader.reading.canvas
    scale = canvas.scale
    at = QPointF(canvas.width() / 2, canvas.height() - 10)
    down, none = QPoint(0, 120), Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        down,
        down,
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, wheel)
    assert canvas.scale == scale
    assert over.layer is not None


def held(key, text=""):
    """A key that is held down repeats itself."""
    target = QApplication.focusWidget()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text, True))


def test_a_key_that_is_held_closes_the_sheet_once_and_goes_no_further(reader):
    over = Over(reader, "read", "window.keys")
    QTest.keyPress(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert over.layer is None
    for _time in range(5):
        held(Qt.Key.Key_Right)
    over.nothing_happened()
    QTest.keyRelease(QApplication.focusWidget(), Qt.Key.Key_Right)
    presses("Right")
    assert reader.reader.position == 1


def test_a_key_held_since_before_a_question_answers_nothing(reader):
    over = Over(reader, "read", "reading.not-assessable")
    for _time in range(3):
        held(Qt.Key.Key_Return)
        held(Qt.Key.Key_1, "1")
    assert over.layer is not None
    over.nothing_happened()


def test_the_original_is_let_go_of_when_a_layer_comes(reader):
    reader.presses("Shift+E").types("gamma").presses("Enter")
    QTest.keyPress(QApplication.focusWidget(), Qt.Key.Key_A)
    assert reader.reading.looking._held
    reader.presses("?")
    assert not reader.reading.looking._held
    reader.presses("Esc")
    assert not reader.reading.looking._held


def test_a_mark_that_is_being_dragged_is_given_up_when_a_layer_comes(reader):
    reader.presses("R")
    canvas = reader.reading.canvas
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(40, 40))
    assert canvas.is_drawing
    before = reader.session.case.counts()
    reader.presses("?")
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 40))
    assert not canvas.is_drawing
    reader.presses("Esc").is_saved()
    assert reader.session.case.counts() == before


def test_an_input_method_writes_into_nothing_beneath(reader):
    reader.presses("S")
    over = Over(reader, "read", "window.keys")
    event = QInputMethodEvent("", [])
    event.setCommitString("ك")
    QApplication.sendEvent(reader.reading.side.note, event)
    assert over.layer is None
    over.nothing_happened()


def test_locking_works_over_a_question_and_nothing_works_under_the_lock(reader):
    Over(reader, "read", "finding.add")
    with_case = reader.session.case.counts().entries
    reader.presses("Ctrl+L")
    binder = reader.window.binder
    for spec in ALL_ACTIONS:
        if spec.id in {"reading.undo", "finding.quick-tag-2", "sort.1", "reading.nothing-visible"}:
            assert not binder._actions[spec.id].isEnabled()
    assert reader.window.layers.top is None
    until(lambda: reader.session is None, "locked")
    assert with_case
