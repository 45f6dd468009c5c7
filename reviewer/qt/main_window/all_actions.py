"""Every action of the program, and the window that has them.

Shortcuts, buttons, the command palette, the sheet of keys and the manual are views of this one list.
"""

from __future__ import annotations

from reviewer.qt.actions.spec import ActionSpec
from reviewer.qt.bridge import GuiPost
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.session_actions import SESSION_ACTIONS
from reviewer.qt.main_window.window import MainWindow
from reviewer.qt.main_window.window_actions import WINDOW_ACTIONS

ALL_ACTIONS: tuple[ActionSpec, ...] = (*SESSION_ACTIONS, *WINDOW_ACTIONS)
"""In the order of the palette and of the manual; of two that want one key at a time the first has it."""


def make_window(post: GuiPost, taste: WindowSettings, *, view_only: bool = False) -> MainWindow:
    """A window on the start screen, not shown yet; with `view_only` it offers nothing that writes."""
    window = MainWindow(post, taste, ALL_ACTIONS, view_only=view_only)
    window.binder.bind(WINDOW_ACTIONS, window)
    return window
