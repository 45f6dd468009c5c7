"""Widgets side by side, and below each other where there is too little room for the size of type."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget

from reviewer.qt.look.type_scale import compute_type_scale

_NARROWEST = 900
"""Pixels at 100 %."""


class SideBySide(QWidget):
    """Made of widgets, each with its share of the width; told by `fit` how much room there is."""

    def __init__(self, *parts: tuple[QWidget, int], spacing: int = 24, narrowest: int = _NARROWEST) -> None:
        super().__init__()
        self._narrowest = narrowest
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)
        for part, share in parts:
            self._row.addWidget(part, share)

    def fit(self, width: int) -> None:
        """Arrange for so many pixels."""
        is_wide = width >= self._narrowest * compute_type_scale()
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
