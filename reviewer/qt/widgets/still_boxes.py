"""Boxes and sliders that a turn of the wheel over them leaves as they are: it scrolls the page instead.

Only one that has the keyboard, by a click or by Tab, is turned by the wheel. The classes of Qt take the
keyboard from the wheel and change at once: a page that is scrolled changes what lies under the pointer.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider, QSpinBox, QStyledItemDelegate, QWidget

_INNER = 6


class NoScrollComboBox(QComboBox):
    """A box to choose from; its list is drawn by the style sheet as other lists are."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not _pass_on_wheel(self, event):
            super().wheelEvent(event)


class NoScrollSlider(QSlider):
    """A slider that lies flat."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not _pass_on_wheel(self, event):
            super().wheelEvent(event)


class NoScrollSpinBox(QSpinBox):
    """A box for a whole number."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(_INNER, 0, 0, 0)  # the style sheet gives it none
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not _pass_on_wheel(self, event):
            super().wheelEvent(event)


def _pass_on_wheel(box: QWidget, event: QWheelEvent) -> bool:
    """Return whether the wheel scrolls what the box lies on."""
    if box.hasFocus():
        return False
    event.ignore()
    return True
