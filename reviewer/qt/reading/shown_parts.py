"""What stands beside the photograph on the reading screen, each part by name: shown or hidden."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.qt.reading.reading_screen import ReadingScreen

BODY_MAP, SMALL_MAP = "body-map", "small-map"


class ShownParts:
    """The filmstrip, the panel of findings, its body map, and the small map of an enlarged photograph."""

    def __init__(self, reading: ReadingScreen) -> None:
        self._reading = reading
        self._widgets = {"filmstrip": reading.filmstrip, "side-panel": reading.side}

    def list_hidden(self) -> frozenset[str]:
        """The names of the parts that somebody hid; not a filmstrip that gave way to large type."""
        hidden = {name for name, widget in self._widgets.items() if widget.isHidden()}
        if self._reading.filmstrip.gives_way and not self._reading.filmstrip.was_hidden:
            hidden.discard("filmstrip")
        if self._reading.side.body_map.isHidden():
            hidden.add(BODY_MAP)
        if not self._reading.canvas.map_shown:
            hidden.add(SMALL_MAP)
        return frozenset(hidden)

    def show(self, name: str, shown: bool) -> None:
        """Show or hide one; a name that is not known is left alone."""
        if shown == (name not in self.list_hidden()):
            return
        if name in self._widgets:
            self._widgets[name].setVisible(shown)
        elif name == BODY_MAP:
            self._reading.side.toggle_map()
        elif name == SMALL_MAP:
            self._reading.canvas.toggle_map()

    def hide(self, names: Iterable[str]) -> None:
        for name in names:
            self.show(name, False)
