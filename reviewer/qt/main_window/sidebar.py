"""The rail at the left: one button for each screen, with its key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QWidget

from reviewer.qt.actions.keymap import Keymap
from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import Theme
from reviewer.qt.main_window.screens import SCREENS
from reviewer.qt.widgets.fitting import make_scroll_area
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel

_BUTTONS_BELOW = (
    ("keys", "Keys", "window.keys"),
    ("cover", "Cover", "view.cover"),
    ("lock", "Lock", "case.lock"),
)
WIDTH = 72
_EDGES, _ICONS = 8, (20, 18, 16, 14)


class Sidebar(QFrame):
    """`chosen` carries the id of an action: to another screen, or one of the two below."""

    chosen = Signal(str)

    def __init__(self, keymap: Keymap, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        whole = make_column(self, spacing=0, margins=(0, 4, 0, 4))
        screens = QWidget()
        screens.setObjectName("railScreens")
        column = make_column(screens, spacing=0)
        self._area = make_scroll_area(screens)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(self._area, 1)
        for spec in SCREENS:
            button = self._make_button(spec.name, spec.words, f"window.{spec.name}", keymap)
            button.setCheckable(True)
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch(1)
        self.open_to_all = PlainLabel("Not\nencrypted", kind="warning")
        self.open_to_all.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.open_to_all.setToolTip("Whoever has the folder of this case can read and change it.")
        self.open_to_all.hide()
        whole.addWidget(self.open_to_all)
        for name, words, action in _BUTTONS_BELOW:
            whole.addWidget(self._make_button(name, words, action, keymap))
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        width = round(WIDTH * max(1.0, theme.text_scale))
        self.setFixedWidth(width)
        for name, button in self._buttons.items():
            button.setIcon(load_icon(name, theme))
        self._fit_icons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_icons()

    def _fit_icons(self) -> None:
        """Where there is no room for icons over words they are smaller, then go: the words stay."""
        room = self.height() - _EDGES - self.open_to_all.sizeHint().height()
        for side in (*_ICONS, 0):
            for button in self._buttons.values():
                button.setIconSize(QSize(side, side))
                button.setToolButtonStyle(
                    Qt.ToolButtonStyle.ToolButtonTextUnderIcon
                    if side
                    else Qt.ToolButtonStyle.ToolButtonTextOnly
                )
            if sum(button.sizeHint().height() for button in self._buttons.values()) <= room:
                return

    def show_encryption(self, open_to_all: bool) -> None:
        """Show that the open Case is not encrypted, or hide that."""
        self.open_to_all.setVisible(open_to_all)

    def show_screen(self, name: str, has_case: bool) -> None:
        self._buttons[name].setChecked(True)
        self._area.ensureWidgetVisible(self._buttons[name])
        of_case = [spec.name for spec in SCREENS if spec.make is not None]
        for button in (*of_case, "cover", "lock"):
            self._buttons[button].setEnabled(has_case)

    def _make_button(self, name: str, words: str, action: str, keymap: Keymap) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setToolTip(f"{words} ({keymap.format_keys(action)})")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.chosen.emit(action))
        self._buttons[name] = button
        return button
