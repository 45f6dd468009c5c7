"""The buttons above a comparison, each with its key."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.flow_row import FlowRow

_BUTTONS = (
    ("compare.individual", "F7  Same individual"),
    ("compare.region", "Shift+F7  Same region, others"),
    ("compare.choose", "Ctrl+P  Any photo"),
    ("compare.four", "Shift+F6  2 or 4"),
    ("compare.link", "Shift+L  Linked"),
    ("compare.flicker", "F8  Flicker"),
    ("compare.difference", "Shift+F8  Difference"),
    ("compare.open", "F6  Back"),
)


def make_button_bar(wanted: Callable[[str], object]) -> FlowRow:
    """A row of buttons; `wanted` gets the id of the action of the one that is pressed."""
    bar = FlowRow()
    bar.setContentsMargins(12, 6, 12, 6)
    for id_, text in _BUTTONS:
        button = make_choice_button(text)
        button.clicked.connect(lambda _on=False, id_=id_: wanted(id_))
        bar.addWidget(button)
    return bar
