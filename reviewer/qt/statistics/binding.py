"""Which action does what on the statistics screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.statistics.screen import StatisticsScreen


def bind_statistics(
    binder: ActionBinder, screen: StatisticsScreen, show_found: Callable[[Sequence[str], str, str], None]
) -> None:
    """Bind every action of the group Statistics; `show_found` shows Photos as a list."""
    table: dict[str, Callable[[], object]] = {
        "statistics.next-table": lambda: screen.step_table(1),
        "statistics.previous-table": lambda: screen.step_table(-1),
        "statistics.next-figure": lambda: screen.step_figure(1),
        "statistics.previous-figure": lambda: screen.step_figure(-1),
        "statistics.photographs": screen.open_photographs,
        "statistics.query": screen.choose_query,
        "statistics.break-down": screen.break_down,
        "statistics.again": screen.count_again,
        "statistics.as-of": screen.choose_entry,
        "statistics.back": screen.back,
    }
    for id_, work in table.items():
        binder.bind(id_, work)
    screen.show_found = show_found
    screen.action_wanted.connect(binder.run)
