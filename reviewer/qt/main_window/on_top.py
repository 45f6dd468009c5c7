"""What the window does while something lies over the screen that is on, and once it is gone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.layers import WindowLayers
from reviewer.qt.widgets.fitting import ScreenStack
from reviewer.qt.widgets.screen import Screen


def focus_screen(stack: ScreenStack) -> None:
    """Give the keyboard to the widget that the current screen names."""
    screen = stack.now
    home = screen.focus() if isinstance(screen, Screen) else None
    (home or screen or stack).setFocus()


def watch_layers(window: QWidget, stack: ScreenStack, binder: ActionBinder) -> WindowLayers:
    """The layers of a window: its actions rest while one is up, and what the mouse or a held key had begun on
    the screen of `stack` that is on is given up."""
    layers = WindowLayers(window, binder.passes, lambda: focus_screen(stack))

    def changed() -> None:
        up = layers.top is not None
        binder.hold(up)
        screen = stack.now
        for view in screen.findChildren(PictureView) if up and screen is not None else ():
            view.interrupt()

    layers.changed.connect(changed)
    return layers
