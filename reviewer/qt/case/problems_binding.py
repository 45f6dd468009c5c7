"""Which action does what on the problems screen."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.case.problems import ProblemsScreen


def bind_problems(binder: ActionBinder, screen: ProblemsScreen) -> None:
    """Bind every action of the group Problems."""
    table: dict[str, Callable[[], object]] = {
        "problems.seen-elsewhere": screen.mark_seen,
        "problems.open-again": screen.open_again,
        "problems.list-archive": screen.list_archive,
        "problems.filter": screen.filter_next,
    }
    for id_, work in table.items():
        binder.bind(id_, work)
    screen.wanted.connect(binder.run)
