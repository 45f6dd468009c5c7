"""Which action does what on the records screen."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.records.screen import RecordsScreen


def bind_records(binder: ActionBinder, screen: RecordsScreen) -> None:
    """Bind every action of the group Records."""
    table: dict[str, Callable[[], object]] = {
        "records.load": screen.choose_file,
        "records.keep": screen.keep_file,
        "records.back": screen.panel.leave,
        "records.accept": screen.accept,
        "records.accept-all": screen.accept_all,
        "records.link": screen.link_by_hand,
        "records.none": screen.link_to_nobody,
    }
    for id_, work in table.items():
        binder.bind(id_, work)
    screen.wanted.connect(binder.run)
