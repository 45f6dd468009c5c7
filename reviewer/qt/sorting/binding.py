"""Which action does what on the sort screen."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.reading.category import Category
from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.sorting.screen import SortScreen


def bind_sorting(binder: ActionBinder, screen: SortScreen) -> None:
    """Bind the actions of the sort screen."""
    sorter = screen.sorter
    table: dict[str, Callable[[], object]] = {
        "sort.clear": sorter.clear,
        "sort.take-back": sorter.undo_last_sorted,
        "sort.next": lambda: sorter.step(1),
        "sort.previous": lambda: sorter.step(-1),
        "sort.next-unsorted": sorter.go_on,
    }
    for number, category in enumerate(Category, start=1):
        table[f"sort.{number}"] = lambda category=category: screen.sort(category)  # type: ignore[misc]
        table[f"sort.run-{number}"] = lambda category=category: screen.ask_run(category)  # type: ignore[misc]
    for id_, work in table.items():
        binder.bind(id_, work)
