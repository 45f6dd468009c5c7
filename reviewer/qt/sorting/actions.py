"""What a person can do on the sort screen."""

from __future__ import annotations

from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.qt.actions.spec import Action, ActionGroup, Context
from reviewer.qt.sorting.screen import SortScreen

_SORT: ActionGroup[SortScreen] = ActionGroup("sort", "Sort", Context.of_screen("sort"), writes=True)


def _sort(number: int, category: Category) -> Action[SortScreen]:
    text = f"Sort as {CATEGORY_NAMES[category].lower()}"
    return _SORT.make(f"{number}", text, f"{number}", lambda screen: screen.sort(category))


def _sort_run(number: int, category: Category) -> Action[SortScreen]:
    text = f"Sort a run as {CATEGORY_NAMES[category].lower()}"
    return _SORT.make(f"run-{number}", text, f"Shift+{number}", lambda screen: screen.ask_run(category))


SORT_ACTIONS: tuple[Action[SortScreen], ...] = (
    *(_sort(number, category) for number, category in enumerate(CATEGORY_NAMES, start=1)),
    *(_sort_run(number, category) for number, category in enumerate(CATEGORY_NAMES, start=1)),
    _SORT.make("clear", "Clear the category", "0", lambda screen: screen.sorter.clear()),
    _SORT.make(
        "take-back",
        "Take back what was sorted last",
        "Backspace",
        lambda screen: screen.sorter.undo_last_sorted(),
        label="Take back",
    ),
    _SORT.make(
        "next", "Next photo", "Right PgDown", lambda screen: screen.sorter.step(1), writes=False, repeats=True
    ),
    _SORT.make(
        "previous",
        "Previous photo",
        "Left PgUp",
        lambda screen: screen.sorter.step(-1),
        writes=False,
        repeats=True,
    ),
    _SORT.make(
        "next-unsorted",
        "Next photo that is not sorted",
        "Space Ctrl+Shift+Right",
        lambda screen: screen.sorter.go_on(),
        writes=False,
        label="Next not sorted",
    ),
)
