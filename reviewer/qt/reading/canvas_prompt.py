"""A button over the photograph while there is nothing to be seen: to begin, or to uncover."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal

from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton

_BEGIN, _UNCOVER = "go.next-photo", "view.cover"
_BELOW = 24


class CanvasPrompt(QObject):
    """Stands below the sentence in the middle of the canvas. `action_wanted` carries the id of an action."""

    action_wanted = Signal(str)

    def __init__(self, canvas: PhotoCanvas) -> None:
        super().__init__(canvas)
        self._canvas, self._can_begin = canvas, False
        self.begin, self.uncover = KeyedButton(_BEGIN, "Begin reading"), KeyedButton(_UNCOVER, "Uncover")
        for button in (self.begin, self.uncover):
            button.setParent(canvas)
            button.hide()
            button.clicked.connect(lambda _on, button=button: self.action_wanted.emit(button.action_id))
        canvas.installEventFilter(self)
        canvas.pressed_on_nothing.connect(self._begin_by_press)

    def use_actions(self, find: FindAction) -> None:
        for button in (self.begin, self.uncover):
            button.use_action(find)
        self.begin.show_key("Space")
        self._place()

    def show_for(self, *, can_begin: bool) -> None:
        """`can_begin`: no photograph is on screen yet, and there are some."""
        self._can_begin = can_begin
        self.uncover.setVisible(self._canvas.covered)
        self.begin.setVisible(can_begin and not self._canvas.covered)
        self._place()

    def _begin_by_press(self) -> None:
        if self._can_begin:
            self.action_wanted.emit(_BEGIN)

    def _place(self) -> None:
        for button in (self.begin, self.uncover):
            button.resize(button.sizeHint())
            across = (self._canvas.width() - button.width()) // 2
            button.move(across, self._canvas.height() // 2 + _BELOW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
