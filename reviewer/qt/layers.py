"""What lies over a screen of the window has the keyboard, alone: the layers, and the one filter that says so.

A layer is the sheet of keys, the palette, a question, the line of a search. While one is up, no action of the
screen beneath works, and keys, clicks, the wheel, drops and input methods reach the layer or nothing. When it
goes, the keyboard is where it was before it came.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QInputMethodEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollBar, QWidget
from shiboken6 import isValid

from reviewer.qt.event_listening import listen_to_events, stop_listening

_EventType = QEvent.Type
_KEYS = frozenset({_EventType.ShortcutOverride, _EventType.KeyPress, _EventType.KeyRelease})
_POINTER = frozenset(
    {
        _EventType.MouseButtonPress,
        _EventType.MouseButtonRelease,
        _EventType.MouseButtonDblClick,
        _EventType.MouseMove,
        _EventType.Wheel,
        _EventType.ContextMenu,
        _EventType.DragEnter,
        _EventType.DragMove,
        _EventType.Drop,
        _EventType.TouchBegin,
        _EventType.TouchUpdate,
        _EventType.TouchEnd,
        _EventType.TabletPress,
        _EventType.TabletMove,
        _EventType.TabletRelease,
        _EventType.NativeGesture,
    }
)
_DROPS = frozenset({_EventType.DragEnter, _EventType.DragMove, _EventType.Drop})
_PRESSES = frozenset({_EventType.MouseButtonPress, _EventType.TouchBegin, _EventType.TabletPress})
_HEARD = _KEYS | _POINTER | {_EventType.InputMethod}
MODIFIER_KEYS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
    }
)
"""Keys that begin a chord: nothing happens before the key that ends it."""
_ANSWER_KEYS = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space}
) | frozenset(Qt.Key(number) for number in range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1))
"""Keys that answer: held down they answer once."""


class WindowLayer(QFrame):
    """Something that lies over a screen. `any_key_closes` for one that only shows; others have a line to type
    in.

    It is up as long as it is visible; `put_away` hides it and gives the keyboard back.
    """

    any_key_closes = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)

    def home(self) -> QWidget:
        """Where what is typed goes."""
        return self

    def dismiss(self) -> None:
        """Close, with nothing chosen."""
        self.put_away()

    def put_away(self) -> None:
        """Give the keyboard back, then hide: a field that comes next in order would take what is typed."""
        layers = find_layers(self)
        if layers is not None:
            layers.restore_focus(self)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        layers = find_layers(self)
        if layers is not None and not event.spontaneous():
            layers.add_layer(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        layers = find_layers(self)
        if layers is not None and not event.spontaneous():
            layers.remove_layer(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept every key: none reaches the screen below."""
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.accept()

    def focusNextPrevChild(self, _forwards: bool) -> bool:
        """Tab stays where it is: there is one place to type."""
        return True


@dataclass
class _ShownLayer:
    layer: WindowLayer
    before: QWidget | None


class WindowLayers(QObject):
    """The layers of one window, the uppermost last. `changed` after one came or went.

    `passes` tells of the few keys that work over layers too; `fallback` places the keyboard where the widget
    that had it is gone.
    """

    changed = Signal()

    def __init__(
        self, window: QWidget, passes: Callable[[QKeyEvent], bool], fallback: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window, self._passes, self._fallback = window, passes, fallback
        self._up: list[_ShownLayer] = []
        self._down = self._echo = 0
        """The key that went down last while a layer was up; the one that closed the last, until it rises."""
        self._clicked = self._filters = False

    @property
    def top(self) -> WindowLayer | None:
        return self._up[-1].layer if self._up else None

    def put_all_away(self) -> None:
        """Close every layer and leave the keyboard where it is: something else covers the screen."""
        for shown in reversed(self._up[:]):
            shown.before = self._window.focusWidget()
            shown.layer.dismiss()

    def add_layer(self, layer: WindowLayer) -> None:
        self._up = [shown for shown in self._up if shown.layer is not layer]
        self._up.append(_ShownLayer(layer, self._window.focusWidget()))
        self._down = self._echo = 0
        self._clicked = False
        self._update_filter()
        self.changed.emit()

    def remove_layer(self, layer: WindowLayer) -> None:
        self._up = [shown for shown in self._up if shown.layer is not layer]
        self._echo = 0 if self._up else self._down
        self._update_filter()
        self.changed.emit()

    def restore_focus(self, layer: WindowLayer) -> None:
        """The keyboard to exactly the widget that had it when the layer came."""
        before = next((shown.before for shown in self._up if shown.layer is layer), None)
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus()
        elif layer is self.top:
            self._fallback()

    # the filter

    def _update_filter(self) -> None:
        wanted = bool(self._up or self._echo or self._clicked)
        if wanted == self._filters:
            return
        self._filters = wanted
        if wanted:
            listen_to_events(self)
        else:
            stop_listening(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _HEARD or not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        layer = self.top
        if layer is None:
            return self._swallow_rest(event)
        if isinstance(event, QKeyEvent):
            swallowed = self._on_key(layer, watched, event)
        elif isinstance(event, QInputMethodEvent):
            swallowed = self._on_composed(layer, watched, event)
        else:
            swallowed = self._on_pointer(layer, watched, event)
        if swallowed:
            event.setAccepted(kind not in _DROPS)  # else it would be offered to the widgets around
        return swallowed

    def _on_key(self, layer: WindowLayer, watched: QWidget, event: QKeyEvent) -> bool:
        if event.type() == _EventType.ShortcutOverride:
            return layer.any_key_closes or not self._passes(event)
        inside = _is_inside(layer, watched)
        if event.type() == _EventType.KeyRelease:
            self._down = self._down if event.isAutoRepeat() or event.key() != self._down else 0
            return not inside
        return self._on_press(layer, inside, event)

    def _on_press(self, layer: WindowLayer, inside: bool, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() and (
            event.key() != self._down or event.key() in _ANSWER_KEYS or layer.any_key_closes
        ):
            return True  # held since before the layer came, or an answer that was given already
        if event.key() not in MODIFIER_KEYS:
            self._down = event.key()
        if layer.any_key_closes:
            if event.key() not in MODIFIER_KEYS:
                layer.dismiss()
        elif not inside:
            layer.home().setFocus()
            QApplication.sendEvent(layer.home(), event)
        return layer.any_key_closes or not inside

    def _on_composed(self, layer: WindowLayer, watched: QWidget, event: QInputMethodEvent) -> bool:
        """Text of an input method, or of a dead key."""
        if layer.any_key_closes and event.commitString():
            layer.dismiss()
            return True
        return not _is_inside(layer, watched)

    def _on_pointer(self, layer: WindowLayer, watched: QWidget, event: QEvent) -> bool:
        inside = _is_inside(layer, watched)
        if event.type() in _PRESSES:
            if inside and not (layer.any_key_closes and not isinstance(watched, QScrollBar)):
                return False
            layer.dismiss()
            self._clicked = True
            self._update_filter()
        elif inside:
            return False
        elif not _is_inside(layer, self._window.focusWidget()):
            layer.home().setFocus()  # the wheel gives the keyboard to some fields before anybody can say no
        return True

    def _swallow_rest(self, event: QEvent) -> bool:
        """No layer is up: only what is left of the key or the click that closed the last one is swallowed."""
        if isinstance(event, QKeyEvent):
            return self._swallow_rest_of_key(event)
        swallowed = False
        if self._clicked and event.type() in {_EventType.MouseButtonRelease, _EventType.MouseButtonDblClick}:
            event.accept()
            swallowed = True
        elif event.type() in _PRESSES:
            self._clicked = False
            self._update_filter()
        return swallowed

    def _swallow_rest_of_key(self, event: QKeyEvent) -> bool:
        same = event.key() == self._echo
        if same and event.isAutoRepeat():
            event.accept()
            return True
        if event.type() != _EventType.KeyRelease or same:
            self._echo = 0
            self._update_filter()
        return same and event.type() == _EventType.KeyRelease


def find_layers(widget: QWidget) -> WindowLayers | None:
    """The layers of the window that a widget is in; None for a window that has none."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = widget.window().findChild(WindowLayers, "", direct)
    return found if isinstance(found, WindowLayers) else None


def _is_inside(layer: WindowLayer, widget: QWidget | None) -> bool:
    return widget is not None and (widget is layer or layer.isAncestorOf(widget))
