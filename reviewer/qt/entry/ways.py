"""Ways to begin, as wide buttons: an icon, what it is, a sentence, and how long it takes or its key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel

_LEAST_HEIGHT = 80
_ICON_SIDE, _SMALL_ICON_SIDE = 24, 16


class IconLabel(PlainLabel):
    """Shows an icon of the program in a colour of the theme."""

    def __init__(self, icon: str, side: int, colour: str = "text") -> None:
        super().__init__()
        self._icon, self._side, self._colour = icon, side, colour
        self.setFixedSize(side, side)

    def apply_theme(self, theme: Theme) -> None:
        pixmap = load_icon(self._icon, theme, self._colour).pixmap(QSize(self._side, self._side))
        self.setPixmap(pixmap)


class WayToBegin(QPushButton):
    """One way to begin: the whole row is the button. `action_id` is the action that it stands for."""

    def __init__(self, action_id: str, icon: str, title: str, sentence: str, beside: str = "") -> None:
        super().__init__()
        self.action_id = action_id
        self.setObjectName("wayToBegin")
        self.setAutoDefault(True)  # Enter presses it
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._icon = IconLabel(icon, _ICON_SIDE)
        self._sentence = PlainLabel(sentence, kind="quiet")
        self._sentence.setWordWrap(True)
        self._beside = PlainLabel(beside, kind="quiet")
        self._arrange(PlainLabel(title, kind="title"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)

    def _arrange(self, title: PlainLabel) -> None:
        row = make_row(self, spacing=16, margins=(24, 12, 24, 12))
        words = make_column(spacing=4)
        words.addWidget(title)
        words.addWidget(self._sentence)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._beside)
        for widget in (self._icon, title, self._sentence, self._beside):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say_beside(self, words: str) -> None:
        """How long it takes, or its key."""
        self._beside.setText(words)

    def say_sentence(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self.setAccessibleDescription(sentence)

    def apply_theme(self, theme: Theme) -> None:
        self._icon.apply_theme(theme)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        wide = layout.sizeHint().width() if layout is not None else 0
        return QSize(wide, self.heightForWidth(max(wide, self.width())))

    def heightForWidth(self, width: int) -> int:
        return max(_LEAST_HEIGHT, super().heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())


class ActionLink(QPushButton):
    """A quiet button for an action of the window: icon, words, key. It is hidden while there is none."""

    def __init__(self, action_id: str, icon: str) -> None:
        super().__init__()
        self.action_id, self._icon = action_id, icon
        self.setObjectName("actionLink")
        self.setAutoDefault(True)
        self._action: QAction | None = None
        self.hide()

    def use_action(self, find: FindAction) -> None:
        """From now on do what the window's action does."""
        try:
            self._action = find(self.action_id)
        except KeyError:
            return
        self._action.changed.connect(self.show_key)
        self.clicked.connect(self._action.trigger)
        self.show_key()

    def show_key(self) -> None:
        """Say what the action is called now and what its key is."""
        if self._action is None:
            return
        key = self._action.shortcut().toString()
        words = self._action.text()
        self.setText(f"{words}   {key}" if key else words)
        self.setToolTip(self._action.toolTip())
        self.setVisible(self._action.isEnabled())

    def apply_theme(self, theme: Theme) -> None:
        self.setIconSize(QSize(_SMALL_ICON_SIDE, _SMALL_ICON_SIDE))
        self.setIcon(load_icon(self._icon, theme, "quiet"))


def make_promise(icon: str, title: str, words: str) -> tuple[QWidget, IconLabel]:
    """Make one promise of the program: a title with an icon and two lines below it."""
    whole = QWidget()
    column = make_column(whole, spacing=4)
    head = make_row(spacing=8)
    drawn = IconLabel(icon, _SMALL_ICON_SIDE, "quiet")
    head.addWidget(drawn)
    head.addWidget(PlainLabel(title, kind="strong"), 1)
    column.addLayout(head)
    said = PlainLabel(words, kind="quiet")
    said.setWordWrap(True)
    column.addWidget(said)
    column.addStretch(1)
    return whole, drawn
