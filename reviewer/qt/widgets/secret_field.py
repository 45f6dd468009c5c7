"""A field for a passphrase: dots, a look at what was typed on wish, and a word on what the keyboard does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from reviewer.domain.typed_letters import CAPS_LOCK, find_foreign_script, tells_caps_lock
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.system.caps_lock import is_caps_lock_on

_LONGEST = 1024


class SecretField(QWidget):
    """`entered` on Enter. Below it stands what dots do not show: Caps Lock, another script or layout."""

    entered, text_changed = Signal(), Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setMaxLength(_LONGEST)
        self._line.setAccessibleName(name)
        self._line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._line.returnPressed.connect(self.entered)
        self._line.textChanged.connect(self.text_changed)
        self._look = QPushButton("Show")
        self._look.setCheckable(True)
        self._look.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._look.toggled.connect(self._show)
        self._keyboard = _KeyboardHints(self._line)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._line, 1)
        row.addWidget(self._look)
        column = make_column(self, spacing=2)
        column.addLayout(row)
        column.addWidget(self._keyboard.said)
        self.setFocusProxy(self._line)

    @property
    def hint(self) -> str:
        """What is said of the keyboard just now, "" for nothing."""
        return self._keyboard.said.text()

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


class _KeyboardHints(QObject):
    """Watches the keys of a field and says in `said` what they do to a secret.

    Where the system does not tell of Caps Lock, the first letter does: a capital without Shift.
    """

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._caps: bool | None = None
        self._layout_before: QLocale | None = None
        self.said = PlainLabel("", kind="caption")
        self.said.setWordWrap(True)
        self.said.hide()
        line.installEventFilter(self)
        line.textChanged.connect(lambda _text: self._update_hint())
        QGuiApplication.inputMethod().localeChanged.connect(self._update_hint)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._on_key(event)
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self._caps = is_caps_lock_on()
            self._layout_before = self._layout_before or QGuiApplication.inputMethod().locale()
            self._update_hint()
        return False

    def _on_key(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps = not self._caps if self._caps is not None else None
        told = tells_caps_lock(event.text(), shift)
        if told is not None:
            self._caps = told
        self._update_hint()

    def _update_hint(self) -> None:
        words = []
        if self._caps:
            words.append(CAPS_LOCK)
        script = find_foreign_script(self._line.text())
        if script:
            words.append(f"{script} letters are typed.")
        before, now = self._layout_before, QGuiApplication.inputMethod().locale()
        if before is not None and before != now:
            words.append(
                f"The keyboard layout is now {_format_language(now)}; it was {_format_language(before)}."
            )
        self.said.setText(" ".join(words))
        self.said.setVisible(bool(words))
        self._line.setAccessibleDescription(self.said.text())


def _format_language(locale: QLocale) -> str:
    return QLocale.languageToString(locale.language())
