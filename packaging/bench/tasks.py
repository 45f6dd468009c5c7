"""What everyday tasks cost: keys by keyboard alone, clicks and drags by mouse, seconds by a robot.

    QT_QPA_PLATFORM=offscreen python packaging/bench tasks [--photos 206]

The window is the real one, in a fresh demonstration, driven with real key and mouse events as fast as it
takes them. Each task is checked by what it did. Exits 1 where a task costs more keys than its bound. With the
mouse, words are still typed, as in every program: those keys are counted beside the clicks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import TypeVar

from driving import shown_window, turn_until
from measuring import finish, in_folder, make_parser
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListWidget, QMenu, QWidget

from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.domain.reading.reading import ReadingState
from reviewer.qt.entry.papers import ReceiptScreen, RecoveryScreen
from reviewer.qt.entry.renew import RecoverAccessScreen
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.qt.handing_over.dialog import HandOverDialog
from reviewer.qt.main_window.menus import MENUS, Menu
from reviewer.qt.main_window.session import Session
from reviewer.qt.main_window.window import MainWindow
from reviewer.qt.search.suggestion_list import SuggestionList
from reviewer.qt.widgets.answer_list import AnswerList
from reviewer.qt.widgets.type_box import TypeBox
from reviewer.services.case.enrolment import make_recovery_key
from reviewer.services.case.made import load_made
from reviewer.services.case.receipts import make_receipt
from reviewer.services.demo.demonstration import (
    DEFAULT_PHOTOS,
    EXAMINER,
    DemonstrationFiles,
    make_demonstration,
)
from reviewer.services.jobs import JobControl
from reviewer.services.reading.sight import Sight

_SORTED = 20
_TRIES, _LATE = 5, 5.0
"""How often a menu is opened that does not come within so many seconds."""
PageT = TypeVar("PageT", bound=QWidget)


class Hands:
    """Two hands at a window, and what they were made to do: keys, clicks (a double click is two), drags."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.keys = self.clicks = self.drags = 0

    @property
    def session(self) -> Session:
        if self.window.session is None:
            raise RuntimeError("no case is open")
        return self.window.session

    def press(self, *chords: str) -> None:
        """Press chords one after the other: "2", "Shift+B", "Return"."""
        for chord in chords:
            combination = QKeySequence(chord)[0]  # type: ignore[index]
            QTest.keyClick(self._find_focus(), combination.key(), combination.keyboardModifiers())
            self.keys += 1

    def type(self, words: str) -> None:
        for letter in words:
            QTest.keyClicks(self._find_focus(), letter)
            self.keys += 1

    def _find_focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def click(self, widget: QWidget, at: QPoint | QPointF | None = None) -> None:
        place = at.toPoint() if isinstance(at, QPointF) else at or widget.rect().center()
        turn_until(widget.isVisible)
        if not widget.isEnabled():
            raise RuntimeError(f"cannot be clicked: {widget.accessibleName() or widget}")
        under = widget.childAt(place) or widget  # as on a screen, the innermost widget gets it
        QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(widget, place))
        self.clicks += 1

    def button(self, named: str) -> None:
        """Click the button on screen that stands for an action, says a word, or is called so."""
        for button in self.window.findChildren(QAbstractButton):
            is_called = button.text() == named or button.accessibleName().split(",")[0] == named
            is_meant = getattr(button, "action_id", "") == named or is_called
            if is_meant and button.isVisible() and button.isEnabled():
                self.click(button)
                return
        raise RuntimeError(f"no button can be clicked: {named}")

    def choose(self, action_id: str) -> None:
        """Choose an action in the menu bar: a click on each menu on the way, and one on its entry."""
        way = _find_way(action_id)
        bar = self.window.menuBar()
        entry = next(action for action in bar.actions() if action.text().replace("&", "") == way[0])
        menu = self._open_menu(bar, bar.actionGeometry(entry).center(), _get_menu(entry))
        for name in way[1:]:
            entry = next(action for action in menu.actions() if action.menu() and action.text() == name)
            menu = self._open_menu(menu, menu.actionGeometry(entry).center(), _get_menu(entry))
        self.click(menu, menu.actionGeometry(self.window.binder.find(action_id)).center())
        self.window.activateWindow()  # which a platform without a screen forgets when a menu closes

    def _open_menu(self, shown: QWidget, at: QPoint, menu: QMenu) -> QMenu:
        """Click where a menu opens. On a busy machine a menu may close again as it comes: that click is made
        once more, and counts once."""
        clicks = self.clicks
        for _time in range(_TRIES):
            self.click(shown, at)
            with suppress(TimeoutError):
                turn_until(menu.isVisible, _LATE)
                break
        self.clicks = clicks + 1
        return menu

    def row(self, shown: QListWidget, words: str) -> None:
        """Click the first row that says these words."""
        for place in range(shown.count()):
            item = shown.item(place)
            if words in item.text() and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.click(shown.viewport(), shown.visualItemRect(item).center())
                return
        raise RuntimeError(f"no row says {words}")

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
        for part in range(1, 5):
            QTest.mouseMove(widget, start + (end - start) * (part / 4))
            QApplication.processEvents()
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)
        self.drags += 1


def _get_menu(entry: QAction) -> QMenu:
    menu = entry.menu()
    if not isinstance(menu, QMenu):
        raise RuntimeError(f"no menu: {entry.text()}")
    return menu


def _find_way(action_id: str, menus: object = MENUS) -> tuple[str, ...]:
    """The names of the menus that lead to an action."""
    for menu in menus if isinstance(menus, tuple | list) else ():
        if isinstance(menu, Menu):
            if action_id in menu.entries:
                return (menu.name,)
            if way := _find_way(action_id, menu.entries):
                return (menu.name, *way)
    return ()


IsDone = Callable[[], bool]


@dataclass(frozen=True)
class Task:
    """`by_keys` and `by_mouse` do the same; `prepare` goes to where it begins and gives the proof of it.

    `most_keys` is what it cost by keys before the window had buttons and menus, 0 where nobody could.
    """

    name: str
    most_keys: int
    prepare: Callable[[Hands], IsDone]
    by_keys: Callable[[Hands], None]
    by_mouse: Callable[[Hands], None]


@dataclass(frozen=True)
class Cost:
    keys: int
    clicks: int
    drags: int
    seconds: float


def measure(task: Task, hands: Hands, do: Callable[[Hands], None]) -> Cost:
    """What the hands were made to do; RuntimeError where the task was not done by it."""
    is_done = task.prepare(hands)
    hands.keys = hands.clicks = hands.drags = 0
    began = time.perf_counter()
    do(hands)
    try:
        turn_until(is_done)
    except TimeoutError:
        raise RuntimeError(f"it was not done: {task.name}") from None
    return Cost(hands.keys, hands.clicks, hands.drags, time.perf_counter() - began)


# where tasks begin


def _see_photo(hands: Hands) -> None:
    turn_until(lambda: hands.session.reading.canvas.sight() is Sight.SHOWN)


def _go_to_unread(hands: Hands) -> None:
    """Show the next photograph that nobody has begun."""
    hands.window.binder.find("window.read").trigger()
    _see_photo(hands)
    reader = hands.session.reader
    while reader.reading.findings or reader.reading.coverage or reader.reading.state is not ReadingState.OPEN:
        here = reader.position
        hands.window.binder.find("go.next-unread").trigger()
        turn_until(lambda here=here: reader.position != here)  # type: ignore[misc]
        _see_photo(hands)


def _begin_marking(hands: Hands) -> IsDone:
    _go_to_unread(hands)
    reader = hands.session.reader

    def is_done() -> bool:
        found = reader.reading.findings
        return bool(found) and bool(found[0].marks) and found[0].certainty_stated and bool(found[0].regions)

    return is_done


def _begin_completing(hands: Hands) -> IsDone:
    _go_to_unread(hands)
    reader, photo, here = hands.session.reader, hands.session.reader.sha256, hands.session.reader.position
    hands.press("2", "Q")
    return lambda: (
        hands.session.desk.reading(photo).state is ReadingState.COMPLETE
        and reader.position != here
        and hands.session.reading.canvas.sight() is Sight.SHOWN
    )


def _begin_nothing_visible(hands: Hands) -> IsDone:
    _go_to_unread(hands)
    photo = hands.session.reader.sha256
    return lambda: hands.session.desk.reading(photo).state is ReadingState.COMPLETE


def _begin_covering(hands: Hands) -> IsDone:
    _go_to_unread(hands)
    reader = hands.session.reader
    return lambda: {"chest.L", "nose", "neck.front"} <= {region for region, _level in reader.reading.coverage}


def _begin_going(hands: Hands) -> IsDone:
    hands.window.binder.find("window.read").trigger()
    hands.window.binder.find("go.first-photo").trigger()
    _see_photo(hands)
    reader = hands.session.reader
    return lambda: (
        reader.worklist.group_index(reader.position) == 4
        and hands.session.reading.canvas.sight() is Sight.SHOWN
    )


def _begin_finding(hands: Hands) -> IsDone:
    hands.window.binder.find("search.everything").trigger()
    hands.window.binder.find("window.read").trigger()
    _see_photo(hands)
    grid = hands.session.gallery.grid
    return lambda: grid.isVisible() and 0 < grid.count < 50


def _begin_reporting(hands: Hands) -> IsDone:
    hands.window.binder.find("window.read").trigger()
    _see_photo(hands)
    before = len(load_made(hands.session.case))
    return lambda: len(load_made(hands.session.case)) > before


def _count_entries(hands: Hands) -> int:
    return make_receipt(hands.session.case).entries


def _begin_sorting(hands: Hands) -> IsDone:
    hands.window.binder.find("window.sort").trigger()
    before = _count_entries(hands)
    return lambda: _count_entries(hands) == before + _SORTED


def _begin_card(hands: Hands) -> IsDone:
    hands.window.binder.find("window.cards").trigger()
    turn_until(lambda: hands.session.cards.view.sight() is Sight.SHOWN)
    before = _count_entries(hands)
    return lambda: _count_entries(hands) > before


def _begin_small_text(hands: Hands) -> IsDone:
    hands.window.binder.find("window.read").trigger()
    hands.window.appearance.set_text_scale(1.0)
    return lambda: round(100 * hands.window.appearance.theme.text_scale) == 150


# what is done


def _draw(hands: Hands) -> None:
    canvas = hands.session.reading.canvas
    middle = canvas.rect().center()
    hands.drag(canvas, middle, middle + QPoint(80, 60))


def _mark_by_keys(hands: Hands) -> None:
    hands.press("2", "H")
    hands.type("chest l")
    hands.press("Return", "Escape", "Q", "R")
    _draw(hands)


def _mark_by_mouse(hands: Hands) -> None:
    hands.button("finding.quick-tag-2")
    body_map = hands.session.reading.side.body_map
    hands.click(body_map, body_map.middle_of("chest.L"))
    hands.button("finding.definite")
    hands.button("mark.rectangle")
    _draw(hands)


def _find_open_box(hands: Hands) -> TypeBox:
    """The box that asks something just now."""
    return next(box for box in hands.window.findChildren(TypeBox) if box.isVisible())


def _say_nothing_by_mouse(hands: Hands) -> None:
    hands.button("reading.nothing-visible")
    hands.button("reading.complete-and-next")


def _cover_by_mouse(hands: Hands) -> None:
    hands.choose("coverage.mark")
    box = _find_open_box(hands)
    answers = box.findChildren(AnswerList)[0]
    for view in ("Face", "Neck, front", "Front of the body"):
        hands.row(answers, view)
    hands.click(box.cancel_button)


def _find_by_mouse(hands: Hands) -> None:
    field = hands.window.header.search
    hands.click(field)
    hands.type("lig neck")
    _wait_for_rows(hands)
    hands.row(hands.session.search.line.findChildren(SuggestionList)[0], "ligature mark")


def _find_by_keys(hands: Hands) -> None:
    hands.press("Ctrl+F")
    hands.type("lig neck")
    _wait_for_rows(hands)
    hands.press("Return")


def _wait_for_rows(hands: Hands) -> None:
    """A person sees the row before she takes it."""
    turn_until(lambda: any("ligature mark" in row for row in hands.session.search.line.offered()))


def _wait_for_dialog(hands: Hands) -> None:
    """Until what will be made is counted."""
    turn_until(lambda: any(dialog.make_button.isEnabled() for dialog in _find_dialogs(hands)))


def _find_dialogs(hands: Hands) -> list[HandOverDialog]:
    return [dialog for dialog in hands.window.findChildren(HandOverDialog) if dialog.isVisible()]


def _report_by_keys(hands: Hands) -> None:
    hands.press("Ctrl+Shift+W")
    _wait_for_dialog(hands)
    hands.press("Ctrl+Return")


def _report_by_mouse(hands: Hands) -> None:
    hands.choose("case.report")
    _wait_for_dialog(hands)
    hands.click(_find_dialogs(hands)[0].make_button)


def _go_by_number(hands: Hands) -> None:
    hands.press("Ctrl+G", "5", "Return")


def _go_by_mouse(hands: Hands) -> None:
    hands.choose("search.go-to")
    hands.press("5")
    hands.click(_find_open_box(hands).ok_button)


def _sort_by_keys(hands: Hands) -> None:
    for number in range(_SORTED):
        _wait_to_sort(hands)
        hands.press(str(1 + number % 2))


def _sort_by_mouse(hands: Hands) -> None:
    for number in range(_SORTED):
        _wait_to_sort(hands)
        hands.button(CATEGORY_NAMES[tuple(Category)[number % 2]])


def _wait_to_sort(hands: Hands) -> None:
    turn_until(lambda: hands.session.sorting.view.sight() is Sight.SHOWN)


def _transcribe(hands: Hands, go_on: Callable[[int], None]) -> None:
    """Frame the card and type its three numbers; `go_on` goes from one field to the next, and keeps."""
    canvas = hands.session.cards.view
    corner = canvas.rect().topRight()
    hands.drag(canvas, corner + QPoint(-220, 30), corner + QPoint(-60, 120))
    for place, number in enumerate(("9117", "901", "101")):
        hands.type(number)
        go_on(place)


def _transcribe_by_keys(hands: Hands) -> None:
    _transcribe(hands, lambda place: hands.press("Tab" if place < 2 else "Return"))


def _transcribe_by_mouse(hands: Hands) -> None:
    fields = hands.session.cards.form.findChildren(QLineEdit)
    fields.sort(key=lambda field: field.mapTo(hands.window, QPoint()).y())

    def go_on(place: int) -> None:
        if place < 2:
            hands.click(fields[place + 1])
        else:
            hands.button("cards.keep")

    _transcribe(hands, go_on)


def _enlarge_by_mouse(hands: Hands) -> None:
    hands.button("Settings")
    turn_until(hands.session.settings.isVisible)
    for _step in range(5):
        hands.button("+")


IN_A_CASE = (
    Task("bruise, left chest, definite, rectangle", 13, _begin_marking, _mark_by_keys, _mark_by_mouse),
    Task(
        "photograph complete, next sharp",
        1,
        _begin_completing,
        lambda hands: hands.press("Return"),
        lambda hands: hands.button("reading.complete-and-next"),
    ),
    Task(
        "nothing visible, complete",
        2,
        _begin_nothing_visible,
        lambda hands: hands.press("N", "Return"),
        _say_nothing_by_mouse,
    ),
    Task(
        "coverage: front, face, neck",
        5,
        _begin_covering,
        lambda hands: hands.press("Shift+B", "5", "6", "1", "Escape"),
        _cover_by_mouse,
    ),
    Task("to the fifth individual, by number", 12, _begin_going, _go_by_number, _go_by_mouse),
    Task("all ligature marks on necks", 22, _begin_finding, _find_by_keys, _find_by_mouse),
    Task("report of everything", 5, _begin_reporting, _report_by_keys, _report_by_mouse),
    Task(f"{_SORTED} photographs sorted", _SORTED, _begin_sorting, _sort_by_keys, _sort_by_mouse),
    Task("a number card framed and typed", 13, _begin_card, _transcribe_by_keys, _transcribe_by_mouse),
    Task(
        "text from 100 to 150 %",
        5,
        _begin_small_text,
        lambda hands: hands.press(*["Ctrl+Shift+PgUp"] * 5),
        _enlarge_by_mouse,
    ),
)


# from the start page, with a case of one's own

_CASE_NAME, _NAME, _SECRET = "Branch 901", "A. Examiner", "quiet harbour seven lamps"
_NEW_BY_KEYS, _NEW_BY_MOUSE = "seven lamps quiet harbour", "harbour lamps seven quiet"


@dataclass
class StartTasks:
    """Making a case, opening it again, and getting in with the recovery key, in this order."""

    folder: Path
    recovery_key: str = ""

    def list_tasks(self) -> Sequence[Task]:
        typed = len(_CASE_NAME + _NAME + str(self.folder)) + 2 * len(_SECRET)
        return (
            Task("an encrypted case made", typed + 12, self._begin_new, self._make, self._make_by_mouse),
            Task(
                "the case opened again",
                len(_SECRET) + 2,
                self._begin_opening,
                self._open,
                self._open_by_mouse,
            ),
            Task(
                "in with the recovery key",
                44 + 2 * len(_SECRET) + 6,
                self._begin_recovering,
                self._recover,
                self._recover_by_mouse,
            ),
        )

    # where they begin

    def _begin_new(self, hands: Hands) -> IsDone:
        _close_case(hands)
        rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        return lambda: hands.window.session is not None

    def _begin_opening(self, hands: Hands) -> IsDone:
        _close_case(hands)
        return lambda: hands.window.session is not None

    def _begin_recovering(self, hands: Hands) -> IsDone:
        self.recovery_key = make_recovery_key(hands.session.case)
        return self._begin_opening(hands)

    # what is done

    def _make(self, hands: Hands) -> None:
        hands.press("Ctrl+Alt+N")
        hands.type(_CASE_NAME)
        hands.press("Return")
        hands.type(_NAME)
        hands.press("Return")
        for words in (str(self.folder), _SECRET, _SECRET):
            hands.type(words)
            hands.press("Return")
        _wait_for_page(hands, RecoveryScreen)
        hands.press("Space", "Tab", "Return")

    def _make_by_mouse(self, hands: Hands) -> None:
        hands.button("case.new")
        hands.type(_CASE_NAME)
        form = hands.window.start.form
        for field, words in (
            (form.examiner, _NAME),
            (form.folder, str(self.folder)),
            (form.words, _SECRET),
            (form.again, _SECRET),
        ):
            hands.click(field)
            hands.type(words)
        hands.click(form.make)
        page = _wait_for_page(hands, RecoveryScreen)
        hands.click(page.written, QPoint(8, page.written.height() // 2))
        hands.click(page.go_on)

    def _open(self, hands: Hands) -> None:
        hands.press("Return")
        _wait_for_page(hands, UnlockScreen)
        hands.type(_SECRET)
        hands.press("Return")

    def _open_by_mouse(self, hands: Hands) -> None:
        hands.click(hands.window.start.recent.open)
        page = _wait_for_page(hands, UnlockScreen)
        hands.type(_SECRET)
        hands.click(page.open)

    def _recover(self, hands: Hands) -> None:
        hands.press("Return")
        _wait_for_page(hands, UnlockScreen)
        hands.type(self.recovery_key)
        hands.press("Return")
        _wait_for_page(hands, RecoverAccessScreen)
        for _field in range(2):
            hands.press("Tab")
            hands.type(_NEW_BY_KEYS)
        hands.press("Return")

    def _recover_by_mouse(self, hands: Hands) -> None:
        hands.click(hands.window.start.recent.open)
        page = _wait_for_page(hands, UnlockScreen)
        hands.type(self.recovery_key)
        hands.click(page.open)
        renew = _wait_for_page(hands, RecoverAccessScreen)
        for field in (renew.new, renew.again):
            hands.click(field)
            hands.type(_NEW_BY_MOUSE)
        hands.click(renew.go_on)


def _close_case(hands: Hands) -> None:
    """Back to the start page, past the receipt."""
    if hands.window.session is None:
        return
    hands.window.binder.find("case.close").trigger()
    turn_until(lambda: hands.window.session is None)
    page = hands.window.door.page
    if isinstance(page, ReceiptScreen):
        page.go_on.click()
    turn_until(hands.window.start.isVisible)


def _wait_for_page(hands: Hands, kind: type[PageT]) -> PageT:
    turn_until(lambda: isinstance(hands.window.door.page, kind))
    page = hands.window.door.page
    if not isinstance(page, kind):
        raise RuntimeError("another page is on")
    return page


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=DEFAULT_PHOTOS, help="of the demonstration")
    options = parser.parse_args()
    with in_folder(None) as folder, shown_window(1366, 768) as window:
        files = DemonstrationFiles(folder / "demonstration")
        make_demonstration(files, lambda _stage: JobControl(), options.photos)
        window.open_folder(files.case, examiner=EXAMINER)
        turn_until(lambda: window.session is not None)
        hands = Hands(window)
        costs = {
            task: (measure(task, hands, task.by_keys), measure(task, hands, task.by_mouse))
            for task in IN_A_CASE
        }
        alone = StartTasks(folder / "c")
        for task in alone.list_tasks():
            costs[task] = measure(task, hands, task.by_keys), measure(task, hands, task.by_mouse)
    figures: dict[str, float | int | str] = {}
    for task, (by_keys, by_mouse) in costs.items():
        figures[f"{task.name} (keys; bound {task.most_keys})"] = by_keys.keys
        figures[f"{task.name} (s by keys)"] = by_keys.seconds
        mouse = f"{by_mouse.clicks} clicks, {by_mouse.drags} drags, {by_mouse.keys} keys"
        figures[f"{task.name}, by mouse"] = mouse
        figures[f"{task.name} (s by mouse)"] = by_mouse.seconds
    lost = [
        f"{task.name}: {by_keys.keys} keys, the bound is {task.most_keys}"
        for task, (by_keys, _by_mouse) in costs.items()
        if by_keys.keys > task.most_keys
    ]
    finish("tasks", figures, options, lost)


if __name__ == "__main__":
    main()
