"""The line below the strip: the file first, then what is known of it or a sentence, and how large it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.widgets.elided_label import NameLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.message_line import MessageLine
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip

_TALL, _SIGNS = 28, 40


class SortStatus(QFrame):
    """`message` says for a while one sentence in the place of what is known of the file."""

    def __init__(self, view: PictureView) -> None:
        super().__init__()
        self.setObjectName("infoLine")
        self.setMinimumHeight(_TALL)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._view = view
        self.name, self.message = NameLabel("infoName", _SIGNS), MessageLine("sortSaid")
        self._scale = PlainLabel(kind="quiet")
        self._fit = QPushButton("Fit")
        self._fit.setObjectName("quietButton")
        self._fit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fit.setToolTip("All of the photograph; a double click on it: 100 % and back")
        self._fit.clicked.connect(lambda: view.fit())
        row = make_row(self, spacing=16, margins=(16, 0, 12, 0))
        row.addWidget(self.name)
        row.addWidget(self.message, 1)
        row.addWidget(self._scale)
        row.addWidget(self._fit)
        view.view_changed.connect(self._show_scale)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, max(_TALL, super().minimumSizeHint().height()))

    def show_file(self, name: str, facts: str, tip: str) -> None:
        self.name.setText(name)
        self.name.setToolTip(make_plain_tip(tip))
        self.name.updateGeometry()
        self.message.change_usual(facts)

    def _show_scale(self) -> None:
        self._scale.setText(f"{self._view.scale * 100:.0f} %")
