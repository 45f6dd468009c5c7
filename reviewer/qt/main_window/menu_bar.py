"""The menu bar: a view of the list of actions, native where the system has its own."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.main_window.menus import MENUS, Menu


class MenuBar(QMenuBar):
    """Holds the window's own actions: what does not work now is grey, and its tooltip says why."""

    def __init__(self, binder: ActionBinder, parent: QWidget) -> None:
        super().__init__(parent)
        self._of_screens: list[tuple[QAction, str]] = []
        for menu in MENUS:
            if any(binder.find(id_).isVisible() for id_ in menu.list_ids()):
                self.addMenu(self._make_menu(menu, binder, self))

    def _make_menu(self, menu: Menu, binder: ActionBinder, parent: QWidget) -> QMenu:
        made = QMenu(menu.name, parent)
        made.setToolTipsVisible(True)
        for entry in menu.entries:
            if entry is None:
                made.addSeparator()
            elif isinstance(entry, Menu):
                if not any(binder.find(id_).isVisible() for id_ in entry.list_ids()):
                    continue
                within = made.addMenu(self._make_menu(entry, binder, made))
                if entry.screen:
                    self._of_screens.append((within, entry.screen))
            else:
                made.addAction(binder.find(entry))
        return made

    def show_screen(self, name: str) -> None:
        """Show the menus of the screen that is on, and hide those of others."""
        for action, screen in self._of_screens:
            action.setVisible(screen == name)
