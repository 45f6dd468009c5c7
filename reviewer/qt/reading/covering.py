"""The questions about what a photograph shows well enough to judge."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.coverage import Level
from reviewer.domain.coverage_gaps import short_name
from reviewer.domain.region_words import in_words
from reviewer.domain.type_ahead import regions_index
from reviewer.qt.widgets.type_box import Option, Question
from reviewer.services.covering import Covering

_LEVEL_NAMES = {Level.ASSESSABLE: "assessable", Level.LIMITED: "limited", Level.NOT: "not assessable"}
_SHORTEST_LEVEL, _MOST_REGIONS = 3, 12
_CLEAR, _PREVIOUS = "\0clear", "\0previous"


class CoverageQuestions:
    """Views by digit, several one after the other; single Regions by typing."""

    def __init__(self, covering: Covering, ask: Callable[[Question], None]) -> None:
        self._covering, self._ask = covering, ask
        self._vocabulary = covering.vocabulary
        self._regions = regions_index(self._vocabulary)

    def ask(self) -> None:
        """Ask for views and Regions; not of a photograph that cannot be seen."""
        self._covering.must_see()
        prompt = "What does this photo show well enough to judge? A digit marks a view, Esc ends"
        self._ask(Question(prompt, self._find, self._take, digits=True, stays=True))

    def _take(self, key: str) -> None:
        if key == _CLEAR:
            self._covering.clear()
        elif key == _PREVIOUS:
            self._covering.as_on_previous()
        elif "\0" in key:
            region, level = key.split("\0")
            self._covering.set_level(region, Level(level))
        else:
            self._covering.toggle_view(key)

    def _find(self, typed: str) -> list[Option]:
        """Views first, as long as they fit what is typed; then single Regions, each at three levels."""
        wanted = typed.casefold().split()
        views = [
            Option(view.key, self._marked(view.name, self._covering.is_marked(view)), self._detail(key))
            for key, view in enumerate(self._vocabulary.views)
            if _fits(wanted, view.name)
        ]
        if not wanted:
            return views
        others = [
            Option(key, text)
            for key, text in ((_PREVIOUS, "as on the previous photo"), (_CLEAR, "clear: nothing is marked"))
            if _fits(wanted, text)
        ]
        return [*views, *self._single(wanted), *others]

    def _single(self, wanted: list[str]) -> list[Option]:
        levels = [level for level, name in _LEVEL_NAMES.items() if _is_level(wanted[-1], name)]
        words = wanted[:-1] if levels and len(wanted) > 1 else wanted
        said = dict(self._covering.reading.coverage)
        return [
            Option(
                f"{match.key}\0{level}",
                self._marked(f"{match.name}: {_LEVEL_NAMES[level]}", said.get(match.key) == level),
                match.synonym,
                said=_said(match.synonym or match.name, level, is_named=words is not wanted),
            )
            for match in self._regions.find(" ".join(words), _MOST_REGIONS)
            for level in (levels if words is not wanted else Level)
        ]

    def _detail(self, place: int) -> str:
        view = self._vocabulary.views[place]
        regions = in_words(self._vocabulary, view.regions, most=len(view.regions))
        return f"{short_name(view).capitalize()}: {regions}. Type a region to mark it by itself."

    def _marked(self, text: str, marked: bool) -> str:
        return f"{text}  (marked)" if marked else text


def _said(name: str, level: Level, *, is_named: bool) -> str:
    """What is typed for it: a Region by itself is meant as assessable."""
    return name if level is Level.ASSESSABLE and not is_named else f"{name} {_LEVEL_NAMES[level]}"


def _fits(wanted: list[str], text: str) -> bool:
    words = text.casefold().replace(":", "").split()
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _is_level(typed: str, name: str) -> bool:
    return len(typed) >= _SHORTEST_LEVEL and name.startswith(typed)
