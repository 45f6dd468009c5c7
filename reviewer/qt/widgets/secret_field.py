"""A field for a passphrase: dots, and a look at what was typed on wish."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

_LONGEST = 1024


class SecretField(QWidget):
    """`entered` on Enter."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setMaxLength(_LONGEST)
        self._line.setAccessibleName(name)
        self._line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._line.returnPressed.connect(self.entered)
        self._look = QPushButton("Show")
        self._look.setCheckable(True)
        self._look.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._look.toggled.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._line, 1)
        row.addWidget(self._look)
        self.setFocusProxy(self._line)

    def text(self) -> str:
        return self._line.text()

    def set_text(self, text: str) -> None:
        self._line.setText(text)

    def clear(self) -> None:
        """Empty it, hide again, and forget what could be undone."""
        self._line.clear()
        self._look.setChecked(False)

    def select_all(self) -> None:
        self._line.selectAll()

    def _show(self, on: bool) -> None:
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self._look.setText("Hide" if on else "Show")
