"""The question where a Finding is: large figures to click, and a line to type a Region into."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.domain.vocabulary.coverage import CoverageLevel, region_of_coverage_key
from reviewer.domain.vocabulary.type_ahead import make_regions_index
from reviewer.qt.widgets.body_map import BodyMapWidget
from reviewer.qt.widgets.map_switch import BodyMapWithPages
from reviewer.qt.widgets.type_box import AskQuestion, Option, Question
from reviewer.services.reading.reader import Reader

_WIDE, _TALL, _LINE = 272, 468, 16
"""Pixels of the figures with the names of their pages, where a line of type is so high."""
_LIMIT, _EVERY = 9, 100
_NOWHERE, _CHOSEN = "No region yet: click it, or type its name.", "Chosen: {regions}."


class LargeBodyMap(BodyMapWithPages):
    """One figure at a time, as large as the place beside the panel allows."""

    def sizeHint(self) -> QSize:
        larger = max(1.0, self.fontMetrics().lineSpacing() / _LINE)
        return QSize(round(_WIDE * (1 + (larger - 1) * 0.6)), round(_TALL * larger))


class RegionQuestion:
    """Asks for Regions of the selected Finding, one after the other, until Escape. A click on the figures
    says one or takes it back, as its name and Enter do."""

    def __init__(
        self,
        reader: Reader,
        maps: Sequence[MapPage],
        ask: AskQuestion,
        changed: Callable[[], None],
        find_place: Callable[[], QRect],
        parent: QWidget,
    ) -> None:
        """`changed` is called when other Regions are said; `find_place`: where the question may lie, in
        pixels of the desktop."""
        self._reader, self._ask, self._changed, self._find_place = reader, ask, changed, find_place
        self._vocabulary = reader.vocabulary
        self._regions = make_regions_index(reader.vocabulary)
        pages = _split_pages(maps)
        self._whole = pages[: len(maps[0].maps)]
        figures = BodyMapWidget(pages, reader.vocabulary.region_names, is_bare=True)
        self.figures = LargeBodyMap(figures)
        self.figures.setParent(parent)
        self.figures.hide()
        reader.on_reading.connect(self._show_regions)

    @property
    def body_map(self) -> BodyMapWidget:
        """The figures that are clicked."""
        return self.figures.body_map

    def ask(self) -> None:
        """Ask where the selected Finding is, on a photograph that is seen; NotAllowed without one."""
        self._reader.must_see()
        finding = self._reader.require_selected()
        self.body_map.show_page(self._choose_page())
        self._show_regions()
        self._ask(
            Question(
                f"Where is “{_capitalise(self._vocabulary.term_name(finding.term))}”?",
                self._find_regions,
                self._reader.toggle_region,
                stays=True,
                above=self.figures,
                instead=lambda typed: "" if typed.strip() else self._tell_chosen(),
                within=self._find_place(),
                hint="or type: neck l",
            )
        )

    def _choose_page(self) -> str:
        """The figure that shows most of what was said already; a whole body, front or back, rather than a
        part of it; and that which shows more of what the photograph covers."""
        said = self._reader.require_selected().regions
        covered = [key for key, level in self._reader.reading.coverage if level != CoverageLevel.NOT]

        def rank(page: MapPage) -> tuple[int, bool, int]:
            return sum(map(page.shows, said)), page in self._whole, sum(map(page.shows, covered))

        return max(self.body_map.pages, key=rank).key  # of those alike the first

    def _show_regions(self) -> None:
        """Show what is said now, where the figures are seen or about to be."""
        if self._reader.photo is None:
            return
        reading = self._reader.reading
        finding = reading.finding(self._reader.selected)
        others = [region for other in reading.findings if other is not finding for region in other.regions]
        self.body_map.show_regions(finding.regions if finding else (), others)
        self.body_map.show_coverage(reading.coverage)
        self._changed()

    def _tell_chosen(self) -> str:
        finding = self._reader.reading.finding(self._reader.selected)
        names = [self._vocabulary.region_name(region) for region in finding.regions] if finding else []
        return _CHOSEN.format(regions="; ".join(names)) if names else _NOWHERE

    def _find_regions(self, typed: str) -> list[Option]:
        finding = self._reader.require_selected()
        term = self._vocabulary.term(finding.term)
        usual = set(term.usual_regions) if term else set()
        usual_regions = [region.key for region in self._vocabulary.regions if region.stem in usual]
        covered = self._reader.reading.coverage
        shown = list(
            dict.fromkeys(region_of_coverage_key(key) for key, level in covered if level != CoverageLevel.NOT)
        )
        last = self._reader.last_regions
        prefer = [*(region for region in last if region in shown), *shown, *last, *usual_regions]
        matches = self._regions.find(typed, _LIMIT if not typed.strip() else _EVERY, prefer)
        return [
            Option(
                match.key,
                f"{match.name}  (chosen)" if match.key in finding.regions else match.name,
                match.synonym,
                said=match.synonym or match.name,
            )
            for match in matches
        ]


def _split_pages(maps: Sequence[MapPage]) -> list[MapPage]:
    """The first page figure by figure, so that each is large; then the others as they are."""
    first, *others = maps
    return [*(MapPage(figure.view, figure.name, (figure,)) for figure in first.maps), *others]


def _capitalise(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
