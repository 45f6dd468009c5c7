"""Which parts of the window wear the style sheet, and when they are dressed anew.

The sheet is on parts, not on the application. Under a sheet of the application every widget is looked at
again each time something around it is put into something else, and a screen is put together from the inside
out; and a change of theme goes over all widgets, those of screens that nobody looks at as well. So a screen
is dressed once, when it is whole, and after a change when it comes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from weakref import WeakSet

from PySide6.QtCore import QChildEvent, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from reviewer.qt.event_listening import unheard_events
from reviewer.qt.look.theme import Theme, apply_theme, get_worn_sheet

_parts: WeakSet[QWidget] = WeakSet()
"""All that were dressed."""


def dress(part: QWidget) -> bool:
    """Put the sheet of the theme on a part of the window and all that lies in it; whether it wore another."""
    if is_dressed(part):
        return False
    with unheard_events():
        part.setStyleSheet("")  # changing one sheet for another takes longer than taking it off and on
        part.setStyleSheet(get_worn_sheet())
        part.ensurePolished()  # or Qt leaves what was never on the size of type it was made with
    _parts.add(part)
    return True


def is_dressed(part: QWidget) -> bool:
    """Return whether a part wears the sheet of the theme itself."""
    return part.styleSheet() == get_worn_sheet()


def dress_if_bare(part: QWidget) -> None:
    """Dress what lies in nothing that is dressed: a dialog, or something over the whole window."""
    around: QWidget | None = part
    while around is not None:
        if around.styleSheet():
            return
        around = around.parentWidget()
    dress(part)


def wear_theme(application: QApplication, theme: Theme, is_put_off: Callable[[QWidget], bool]) -> None:
    """Change the theme of the application and dress all parts anew but those that are put off: whoever shows
    one of them dresses it then."""
    with unheard_events():
        parts = [part for part in tuple(_parts) if isValid(part) and not is_put_off(part)]
        for part in parts:
            part.ensurePolished()
            part.setStyleSheet("")
        apply_theme(application, theme)
        for part in parts:
            dress(part)


def dress_child(event: QChildEvent, left_out: Sequence[QWidget | None]) -> None:
    """Dress what was put into a part that is not dressed itself: a dialog or a menu, before it is seen."""
    child = event.child()
    if event.type() == QEvent.Type.ChildPolished and isinstance(child, QWidget) and child not in left_out:
        dress_if_bare(child)


class DressingFrame(QWidget):
    """Dresses what is put into it, but for what is `left_out` and dressed by others."""

    def __init__(self, left_out: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.left_out = list(left_out)

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        dress_child(event, self.left_out)
