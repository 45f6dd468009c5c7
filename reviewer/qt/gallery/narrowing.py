"""Narrowing the gallery: panel, chips and the line above follow the query, and their clicks make one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reviewer.domain.search.facets import Facet
from reviewer.qt.gallery.chips import QueryChips
from reviewer.qt.gallery.facet_panel import FOLDED_AT_FIRST, FacetPanel
from reviewer.qt.gallery.headline import GalleryHeadline
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.gallery.narrowing import FacetCounter
from reviewer.services.search.facets import Facets
from reviewer.services.worklist.worklist import Worklist

_REST_MS = 400


class Narrowing(QObject):
    """`query_wanted`: another query is to be shown in the gallery; `folds_changed`: names of the facets that
    are folded, and "panel" where the whole panel is."""

    query_wanted = Signal(str)
    folds_changed = Signal(list)

    def __init__(self, counter: FacetCounter, say: Callable[[str], None]) -> None:
        super().__init__()
        self._counter = counter
        self.query_of: Callable[[Worklist], str] = lambda _worklist: ""
        self.panel, self.chips, self.headline = FacetPanel(), QueryChips(), GalleryHeadline()
        self._worklist: Worklist | None = None
        self._is_stale = True
        self._again = make_single_shot_timer(self, _REST_MS, self._count)
        self.panel.fold(FOLDED_AT_FIRST)
        counter.on_counted.connect(self._show)
        counter.on_message.connect(say)
        self.panel.toggled.connect(
            lambda facet, value: self.query_wanted.emit(counter.toggle(Facet(facet), value))
        )
        self.panel.months_chosen.connect(self._choose_months)
        self.panel.cleared.connect(lambda: self.query_wanted.emit(""))
        self.panel.folds_changed.connect(self._take_folds)
        self.chips.removed.connect(self.query_wanted)

    def use_folds(self, folds: list[str]) -> None:
        """Fold what was folded when the window was closed; "shown" alone stands for nothing folded."""
        if folds:
            self.panel.fold([facet for facet in Facet if str(facet) in folds])
            self.panel.setVisible("panel" not in folds)

    def toggle_panel(self) -> None:
        """Hide the panel, or show it again."""
        self.panel.setVisible(self.panel.isHidden())
        self._take_folds()

    def follow(self, worklist: Worklist) -> None:
        """The screen shows this list: count for its query, or for all photographs if no query made it, unless
        that is counted and nothing was saved since."""
        if worklist is not self._worklist or self._is_stale or self.query_of(worklist) != self._counter.query:
            self._worklist = worklist
            self._count()

    def count_soon(self, *, is_seen: bool) -> None:
        """Something was saved: count again once for all that comes at a time, if the screen is seen; while
        one reads nothing is counted."""
        self._is_stale = True
        if self._worklist is not None and is_seen:
            self._again.start()

    def _count(self) -> None:
        worklist = self._worklist
        if worklist is None:
            return
        self._is_stale = False
        hidden = self.panel.isHidden()
        self._counter.wanted = () if hidden else [facet for facet in Facet if facet not in self.panel.folded]
        self._counter.count(self.query_of(worklist))

    def _show(self, facets: Facets) -> None:
        self.panel.show_facets(facets)
        names = {
            values.facet: {
                **dict(zip(values.chosen, values.chosen_names, strict=True)),
                **{value.value: value.name for value in values.values},
            }
            for values in facets.facets
        }
        self.chips.show_parts(
            [
                (part.in_words(names.get(part.facet, {}) if part.facet is not None else {}), part)
                for part in self._counter.list_parts()
            ]
        )
        worklist = self._worklist
        if worklist is not None and not facets.query and not worklist.is_everything:
            self.headline.show_list(worklist.name, len(worklist))
        else:
            self.headline.show_counts(
                facets.photos,
                facets.individuals,
                facets.all_photos,
                facets.all_individuals,
                facets.complete,
            )

    def _choose_months(self, ends: list[str]) -> None:
        value = [ends[0] if len(ends) == 1 else f"{ends[0]}..{ends[1]}"] if ends else []
        self.query_wanted.emit(self._counter.choose(Facet.MONTH, value))

    def _take_folds(self) -> None:
        folded = [str(facet) for facet in self.panel.folded]
        self.folds_changed.emit([*folded, *(["panel"] if self.panel.isHidden() else []), "kept"])
        self._count()

    def let_go(self) -> None:
        """The Case is closed."""
        self._again.stop()
        self._counter.close()
