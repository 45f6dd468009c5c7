"""Going to an individual or a photograph by a number or a name, from any screen."""

from __future__ import annotations

from reviewer.qt.search.finder import Finder
from reviewer.qt.widgets.type_box import Option, Question
from reviewer.services.worklist.destinations import find_destinations

_PROMPT = "Go to which individual or photograph?"
_HINT = "A number (5, 901-7509), a label (P-0014), photo 120, or a name of a file. Enter goes there."
_NONE = "No individual and no photograph of the list you read is called that."
_ANOTHER = "~"
"""What is said of all but the first: only choosing it means it."""


class GoTo:
    """One field over the screen that is on; Enter goes to the first that fits."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def ask(self) -> None:
        """Ask where to; what fits is listed while one types."""
        question = Question(
            _PROMPT, self._find, self._go, instead=lambda typed: _NONE if typed.strip() else _HINT
        )
        self._finder.make_box().ask(question)

    def _find(self, typed: str) -> list[Option]:
        reader = self._finder.reader
        found = find_destinations(reader.worklist, typed, reader.masking.name_at)
        return [
            Option(str(there.position), there.name, there.detail, said=_ANOTHER if place else typed)
            for place, there in enumerate(found)
        ]

    def _go(self, position: str) -> None:
        self._finder.reader.go(int(position))
        self._finder.go_reading()
