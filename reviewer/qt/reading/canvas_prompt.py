"""A button over the photograph while there is nothing to be seen: to begin, or to uncover."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.keyed_button import KeyedButton

_BEGIN, _UNCOVER = "go.next-photo", "view.cover"
_BELOW = 24


class CanvasPrompt(QObject):
    """Stands below the sentence in the middle of the canvas."""

    def __init__(self, canvas: PhotoCanvas) -> None:
        super().__init__(canvas)
        self._canvas, self._can_begin = canvas, False
        self.begin = KeyedButton(_BEGIN, "Begin reading", is_keyless=True)
        self.uncover = KeyedButton(_UNCOVER, "Uncover")
        self.begin.show_key("Space")
        for button in (self.begin, self.uncover):
            button.setParent(canvas)
            button.hide()
        canvas.installEventFilter(self)
        canvas.pressed_on_nothing.connect(self._begin_by_press)

    def use_actions(self, find: FindAction) -> None:
        for button in (self.begin, self.uncover):
            button.use_action(find)
        self._place()

    def show_for(self, *, can_begin: bool) -> None:
        """`can_begin`: no photograph is on screen yet, and there are some."""
        self._can_begin = can_begin
        self.uncover.setVisible(self._canvas.covered)
        self.begin.setVisible(can_begin and not self._canvas.covered)
        self._place()

    def _begin_by_press(self) -> None:
        if self._can_begin:
            self.begin.click()

    def _place(self) -> None:
        for button in (self.begin, self.uncover):
            if button.isHidden():
                continue
            button.resize(button.sizeHint())
            across = (self._canvas.width() - button.width()) // 2
            button.move(across, self._canvas.height() // 2 + _BELOW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
