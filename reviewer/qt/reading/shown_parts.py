"""What stands beside the photograph on the reading screen, each part by name: shown or hidden."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.qt.reading.reading_screen import ReadingScreen

SMALL_MAP = "small-map"


class ShownParts:
    """The filmstrip, the panel of findings, its body map, and the small map of an enlarged photograph."""

    def __init__(self, reading: ReadingScreen) -> None:
        self._reading = reading
        self._widgets = {
            "filmstrip": reading.filmstrip,
            "side-panel": reading.side,
            "body-map": reading.side.maps,
        }

    def list_hidden(self) -> frozenset[str]:
        """The names of the parts that are hidden now."""
        hidden = {name for name, widget in self._widgets.items() if widget.isHidden()}
        return frozenset(hidden if self._reading.canvas.map_shown else hidden | {SMALL_MAP})

    def show(self, name: str, shown: bool) -> None:
        """Show or hide one; a name that is not known is left alone."""
        if name in self._widgets:
            self._widgets[name].setVisible(shown)
        elif name == SMALL_MAP and self._reading.canvas.map_shown != shown:
            self._reading.canvas.toggle_map()

    def hide(self, names: Iterable[str]) -> None:
        for name in names:
            self.show(name, False)
