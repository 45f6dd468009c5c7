"""The widgets all screens share: each does one thing once, and no word of it is cut in larger type."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from reviewer.qt.look.theme import load_theme
from reviewer.qt.widgets.choice_list import ChoiceList
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.page_head import PageHead
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.segments import SegmentRow
from reviewer.qt.widgets.side_panel import InfoPanel, compute_side_width
from tests.support.windows import wear_in_test

LEFT = Qt.MouseButton.LeftButton
SCALES = (1.0, 1.5, 2.0)


@pytest.fixture
def shown(qtbot, qapp):
    """Shows a widget in a size, in type of a scale."""

    def show(widget, width=0, height=0, scale=1.0):
        wear_in_test(qapp, load_theme("dark", scale))
        qtbot.addWidget(widget)
        widget.resize(width or widget.sizeHint().width(), height or widget.sizeHint().height())
        widget.show()
        settles()
        return widget

    yield show
    wear_in_test(qapp, load_theme("dark"))


def settles():
    for _turn in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


@pytest.fixture
def action(qapp):
    made = QAction("Copy && compare", qapp)
    made.setShortcut("Shift+E")
    made.setToolTip("Copies it. (Shift+E)")
    made.done = []
    made.triggered.connect(lambda: made.done.append(1))
    yield made
    made.deleteLater()


def make_button(action, *given, **more):
    button = KeyedButton("copy", *given, **more)
    button.use_action(lambda id_: {"copy": action}[id_])
    return button


# a button for an action


def test_a_click_does_the_action_once(shown, action):
    button = shown(make_button(action, "Copy"))
    QTest.mouseClick(button, LEFT)
    assert len(action.done) == 1
    assert (button.word, button.key, button.toolTip()) == ("Copy", "Shift+E", "Copies it. (Shift+E)")
    assert button.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_it_is_enabled_as_the_action_is_and_then_says_why_not(shown, action):
    button = shown(make_button(action, "Copy"))
    button.show_tip("Of its own")
    assert button.toolTip() == "Of its own"
    action.setToolTip("Copies it.\nNo case is open.")
    action.setEnabled(False)
    QTest.mouseClick(button, LEFT)
    assert (action.done, button.isEnabled()) == ([], False)
    assert button.toolTip().endswith("No case is open.")
    action.setEnabled(True)
    assert button.toolTip() == "Of its own"


def test_it_can_be_refused_with_a_reason_of_its_own(shown, action):
    button = shown(make_button(action, "Merge"))
    button.refuse("Choose two first.")
    assert not button.isEnabled()
    assert button.toolTip() == f"{action.toolTip()}\nChoose two first."
    action.setEnabled(False)
    action.setEnabled(True)
    assert not button.isEnabled(), "also after the action changed"
    button.refuse("")
    assert button.isEnabled()
    assert button.toolTip() == action.toolTip()


def test_without_a_word_it_says_the_words_of_the_action(shown, action):
    button = shown(make_button(action))
    assert (button.word, button.accessibleName()) == ("Copy & compare", "Copy & compare")
    button.show_word("Show 3 photographs")
    action.setText("Another")
    assert button.word == "Show 3 photographs"


def test_a_click_does_not_say_that_it_is_on(shown, action):
    button = shown(make_button(action, "Copy", checkable=True))
    QTest.mouseClick(button, LEFT)
    assert (len(action.done), button.isChecked()) == (1, False)


@pytest.mark.parametrize("kind", [{}, {"is_low": True}, {"key_first": True}])
def test_what_is_on_looks_so(shown, action, kind):
    button = shown(make_button(action, "Copy", checkable=True, **kind))
    ground = button.grab().toImage().pixelColor(4, 10)
    button.setChecked(True)
    assert button.grab().toImage().pixelColor(4, 10) == load_theme("dark").colour("on") != ground


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("kind", [{}, {"is_main": True}, {"is_low": True}, {"key_first": True}])
def test_the_word_is_whole_where_the_key_has_no_room(shown, action, scale, kind):
    button = make_button(action, "Copy", **kind)
    whole = shown(button, scale=scale).grab().toImage()
    least = button.minimumSizeHint()
    button.resize(least)
    settles()
    assert not button.is_cut
    assert least.width() >= button.fontMetrics().horizontalAdvance("Copy") + 12
    assert least.height() >= button.fontMetrics().height() + 8
    if "key_first" not in kind:
        assert button.grab().toImage() != whole, "the key is gone"
    button.resize(least.width() - 2, least.height())
    assert button.is_cut


# the head of a page


@pytest.mark.parametrize("scale", SCALES)
def test_what_can_be_done_stands_beside_the_title_or_below_it(shown, scale):
    head = PageHead("Individuals", "51 were proposed, 49 of them were accepted.")
    first, second = QPushButton("Propose from the cards"), QPushButton("Columns")
    head.add_act(first)
    head.add_act(second)
    shown(head, 1200, 200, scale)
    assert first.y() == head.title.mapTo(head, QPoint()).y()
    assert second.geometry().right() == head.width() - 1
    shown(head, round(260 * scale), 400, scale)
    words = head.line.mapTo(head, QPoint(0, head.line.height())).y()
    assert first.y() > words
    for label in (head.title, head.line):
        assert label.height() >= label.heightForWidth(label.width())
    assert head.heightForWidth(head.width()) >= second.geometry().bottom()


def test_a_long_line_goes_under_what_can_be_done_over_the_whole_width(shown):
    head = PageHead("Integrity", "Nothing is repaired or changed by a check. " * 4)
    button = QPushButton("Check all")
    head.add_act(button)
    shown(head, 900, 200)
    assert head.line.width() == head.width()
    assert head.line.y() > button.geometry().bottom()
    assert head.line.height() >= head.line.heightForWidth(head.width())
    assert head.heightForWidth(900) == head.line.geometry().bottom() + 1


def test_a_head_without_a_line_keeps_no_room_for_it(shown):
    head = shown(PageHead("Individuals"))
    low = head.heightForWidth(800)
    head.set_line("51 were proposed.")
    assert head.heightForWidth(800) > low


# choices with a reason


@pytest.fixture
def choices(shown):
    made = ChoiceList("Which number holds")
    made.show_choices([("9117", "card, read twice: photo 5"), ("9171", "record, row 12"), ("neither", "")])
    made.told = []
    made.chosen.connect(made.told.append)
    return shown(made, 300)


def test_a_digit_chooses_where_the_list_has_the_focus(choices):
    choices.activateWindow()
    choices.setFocus()
    QTest.keyClick(choices, Qt.Key.Key_2)
    assert (choices.told, choices.selected) == ([1], 1)
    QTest.keyClick(choices, Qt.Key.Key_9)
    assert (choices.told, choices.selected) == ([1], 1)


def test_lists_can_be_numbered_through(shown):
    later = ChoiceList("later", first=4)
    later.show_choices([("present", "photo 2"), ("absent", "")])
    shown(later)
    chosen = []
    later.chosen.connect(chosen.append)
    later.setFocus()
    QTest.keyClick(later, Qt.Key.Key_1)
    QTest.keyClick(later, Qt.Key.Key_5)
    assert chosen == [1]
    assert [row.number for row in later.rows] == [4, 5]


def test_arrows_and_space_choose_too(choices):
    choices.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(choices, key)
    assert choices.told == []
    QTest.keyClick(choices, Qt.Key.Key_Space)
    assert choices.told == [2]


def test_a_click_chooses_and_select_tells_nobody(choices):
    QTest.mouseClick(choices.rows[0], LEFT)
    assert (choices.told, choices.selected) == ([0], 0)
    choices.select(1)
    assert (choices.told, choices.selected) == ([0], 1)
    choices.select(-1)
    assert choices.selected == -1


def test_a_digit_is_kept_from_the_keys_of_the_window(shown, action):
    whole, choices = QWidget(), ChoiceList()
    QHBoxLayout(whole).addWidget(choices)
    choices.show_choices([("present", ""), ("absent", "")])
    action.setShortcut("1")
    whole.addAction(action)
    shown(whole, 300, 100).activateWindow()
    choices.setFocus()
    QTest.keyClick(choices, Qt.Key.Key_1)
    assert (choices.selected, action.done) == (0, [])


@pytest.mark.parametrize("scale", SCALES)
def test_rows_are_as_high_as_their_words(shown, scale):
    made = ChoiceList()
    made.show_choices([("9117", "card, read twice"), ("neither", "")])
    shown(made, 300, scale=scale)
    with_source, alone = made.rows
    line = with_source.fontMetrics().height()
    assert with_source.height() >= max(44, 2 * line - line // 6)
    assert max(28, line) <= alone.height() < with_source.height()


# one row of words


def test_one_of_the_words_is_chosen(shown):
    row = SegmentRow(("All", "Proposed", "Do not fit"))
    told = []
    row.chosen.connect(told.append)
    shown(row)
    QTest.mouseClick(row.buttons[2], LEFT)
    assert (told, row.current) == ([2], 2)
    row.set_current(1)
    assert (told, row.current) == ([2], 1)
    assert [button.isChecked() for button in row.buttons] == [False, True, False]


def test_the_one_that_is_chosen_is_on_all_over(shown):
    row = shown(SegmentRow(("All", "Proposed", "Do not fit"), 1))
    on = load_theme("dark").colour("on")
    for button in row.buttons:
        drawn = button.grab().toImage()
        grounds = {drawn.pixelColor(x, 4).name() for x in (5, button.width() // 2, button.width() - 6)}
        assert len(grounds) == 1, button.text()
        assert (grounds == {on.name()}) is button.isChecked(), button.text()


@pytest.mark.parametrize("scale", SCALES)
def test_no_segment_is_cut(shown, scale):
    row = shown(SegmentRow(("All", "Proposed", "Do not fit")), scale=scale)
    for button in row.buttons:
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()) + 16
        assert button.height() >= max(28, button.fontMetrics().height())


@pytest.mark.parametrize("scale", SCALES)
def test_a_row_of_words_is_as_high_as_the_buttons_beside_it(shown, action, scale):
    button = shown(make_button(action, "Linked"), scale=scale)
    row = shown(SegmentRow(("Side by side", "Difference")), scale=scale)
    assert row.height() == button.height()


# the panel at the right, and boxes


@pytest.mark.parametrize(
    ("window", "scale", "wide"),
    [(1366, 1.0, 360), (1366, 1.5, 420), (1920, 1.0, 448), (2560, 1.0, 544), (1000, 2.0, 450)],
)
def test_how_wide_the_panel_is(window, scale, wide):
    assert compute_side_width(window, scale) == wide


@pytest.mark.parametrize(("scale", "wide"), [(1.0, 360), (1.5, 420), (2.0, 480)])
def test_the_panel_grows_with_type_and_window(shown, scale, wide):
    whole, panel = QWidget(), InfoPanel()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(panel)
    shown(whole, 1366, 400, scale)
    assert panel.width() == wide
    assert panel.geometry().right() == whole.width() - 1
    whole.resize(2560, 400)
    settles()
    assert panel.width() > wide + 100


@pytest.mark.parametrize("scale", SCALES)
def test_a_box_shows_its_title_whole(shown, scale):
    box = FramedBox("Two detainee numbers, of which one can hold")
    box.column.addWidget(PlainLabel("9117"))
    shown(box, 260, 300, scale)
    assert box.title.height() >= box.title.heightForWidth(box.title.width())
