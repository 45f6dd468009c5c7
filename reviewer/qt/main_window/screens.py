"""The screens of the window: one row for each, in the order of the rail.

A new screen is a subclass of Screen, a row here, an icon of its name in resources/icons, and the action that
brings it on, in window_actions.py; what can be done on it is a row of session_actions.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from reviewer.domain.worklist.reading_order import NAME
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.cards.screen import CardsScreen
from reviewer.qt.case.access import AccessScreen
from reviewer.qt.case.ingest import IngestScreen
from reviewer.qt.case.integrity import IntegrityScreen
from reviewer.qt.case.problems import ProblemsScreen
from reviewer.qt.compare.screen import CompareScreen
from reviewer.qt.event_listening import unheard_events
from reviewer.qt.gallery.screen import GalleryScreen
from reviewer.qt.handing_over.made_screen import MadeScreen
from reviewer.qt.individuals.screen import IndividualsScreen
from reviewer.qt.look.dressing import dress
from reviewer.qt.look.theme import Theme
from reviewer.qt.reading.reading_screen import ReadingScreen
from reviewer.qt.reading.shown_parts import ShownParts
from reviewer.qt.records.screen import RecordsScreen
from reviewer.qt.settings.mandate_panel import MandatePanel
from reviewer.qt.settings.personal import CaseSettings, PersonalSettings
from reviewer.qt.settings.reading_rules_panel import ReadingRulesPanel
from reviewer.qt.settings.screen import SettingsScreen
from reviewer.qt.sorting.screen import SortScreen
from reviewer.qt.statistics.screen import StatisticsScreen
from reviewer.qt.widgets.screen import Screen, Screens
from reviewer.services.gallery.model import GalleryModel
from reviewer.services.reading.sorting import Sorter
from reviewer.services.session import SessionServices
from reviewer.services.vocabulary.body_maps import load_map_pages

READ, START, SETTINGS = "read", "start", "settings"


@dataclass(frozen=True)
class ScreenParts:
    """What screens are made of. `screens` has the others; `show` brings one of them on, `place` puts one that
    was made among those of the window."""

    services: SessionServices
    screens: Screens
    show: Callable[[str], None]
    place: Callable[[QWidget], None]
    personal: PersonalSettings
    window: QWidget

    @property
    def theme(self) -> Theme:
        return self.personal.appearance.theme

    @property
    def colours(self) -> tuple[QColor, QColor]:
        """The ground of photographs and the text on it."""
        return self.theme.colour("canvas"), self.theme.colour("canvas_text")

    def show_in_gallery(self, photos: Sequence[str], name: str, why: str) -> None:
        """Photos (SHA-256) under a name, and why they are there, as a list in the gallery."""
        self.screens.find("gallery", GalleryScreen).show_photos(photos, name, why)
        self.show("gallery")

    def get_softening(self) -> str:
        """How the photograph that is read is shown: "grey", "blur" or ""."""
        return self.screens.find(READ, ReadingScreen).looking.softening

    def get_initial_softening(self) -> str:
        """Return how a photograph is shown that was not cleared with F4."""
        start = self.screens.find(READ, ReadingScreen).care.start
        return start if start in {"grey", "blur"} else ""

    def get_small_picture_look(self) -> tuple[bool, str]:
        """Whether small photographs are covered, and whether grey or blurred, as the reader wishes."""
        reading = self.screens.find(READ, ReadingScreen)
        return reading.canvas.covered or reading.looking.starts_covered, reading.looking.softening

    def find_compared_view(self) -> PictureView | None:
        """The photograph that zoom and turn are about where several are compared; None elsewhere."""
        compare = self.screens.find_made(CompareScreen)
        return compare.get_view() if compare is not None and compare.isVisible() else None


@dataclass(frozen=True)
class ScreenSpec:
    """`name` is also that of its icon and, after `window.`, of its action; `words` stand on the rail.

    `make` is None for the screen that is there while no Case is open. Screens of one `group` share the entry
    of its name on the rail, which has the icon of the first, and are tabs beside each other; `at_foot` of the
    rail stands what is no work on photographs.
    """

    name: str
    words: str
    make: Callable[[ScreenParts], Screen] | None
    group: str = ""
    at_foot: bool = False


def _make_reading(parts: ScreenParts) -> ReadingScreen:
    open_ = parts.services
    return ReadingScreen(
        open_.reader,
        open_.pictures,
        open_.enhancer,
        load_map_pages(),
        open_.care,
        parts.theme,
        parts.find_compared_view,
        parts.window,
    )


def _make_sorting(parts: ScreenParts) -> SortScreen:
    open_ = parts.services
    sorter = Sorter(open_.desk, open_.reader.worklist, open_.post)
    return SortScreen(
        sorter,
        open_.reader.masking,
        open_.pictures,
        open_.enhancer,
        parts.get_initial_softening,
        parts.colours,
        parts.show_in_gallery,
    )


def _make_gallery(parts: ScreenParts) -> GalleryScreen:
    open_ = parts.services
    return GalleryScreen(GalleryModel(open_.reader, open_.post), open_.pictures.thumbnail, open_.post)


def _make_compare(parts: ScreenParts) -> CompareScreen:
    open_ = parts.services
    return CompareScreen(open_.reader, open_.pictures, open_.enhancer, parts.get_softening, parts.colours)


def _make_individuals(parts: ScreenParts) -> IndividualsScreen:
    open_, look = parts.services, parts.get_small_picture_look
    return IndividualsScreen(open_.reader, open_.pictures.thumbnail, load_map_pages(), look, open_.post)


def _make_cards(parts: ScreenParts) -> CardsScreen:
    open_ = parts.services
    return CardsScreen(open_.reader, open_.pictures, open_.suggestions, parts.colours)


def _make_settings(parts: ScreenParts) -> SettingsScreen:
    open_ = parts.services
    about_case = open_.case, open_.examiner, open_.post
    case = CaseSettings(
        open_.count_viewing_days,
        open_.pool.layers,
        open_.suggestions.layers,
        lambda: ShownParts(parts.screens.find(READ, ReadingScreen)).list_hidden(),
        lambda: open_.reader.last_terms,
        ReadingRulesPanel(*about_case),
        MandatePanel(*about_case),
    )
    return SettingsScreen(parts.personal, open_.reader.vocabulary, open_.examiner.name, case)


def _make_ingest(parts: ScreenParts) -> IngestScreen:
    open_ = parts.services
    return IngestScreen(open_.case, open_.examiner, open_.ingest, open_.post)


def _make_records(parts: ScreenParts) -> RecordsScreen:
    open_ = parts.services
    return RecordsScreen(open_.desk, open_.post, open_.note_record_look)


def _make_statistics(parts: ScreenParts) -> StatisticsScreen:
    open_ = parts.services
    return StatisticsScreen(open_.desk, open_.post, parts.theme, parts.show_in_gallery)


def _make_problems(parts: ScreenParts) -> ProblemsScreen:
    return ProblemsScreen(parts.services.desk, parts.services.post)


def _make_integrity(parts: ScreenParts) -> IntegrityScreen:
    open_ = parts.services
    masking = open_.reader.masking
    return IntegrityScreen(
        open_.case,
        open_.examiner,
        open_.post,
        open_.pictures.forget_failures,
        lambda photo: masking.hides(photo, NAME),
    )


def _make_access(parts: ScreenParts) -> AccessScreen:
    open_ = parts.services
    return AccessScreen(open_.case, open_.examiner, open_.post, open_.key_changing)


def _make_made(parts: ScreenParts) -> MadeScreen:
    return MadeScreen(parts.services.case, parts.services.post, parts.theme)


PEOPLE, CASE_PAGES = "People", "Case"
SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec(START, "Cases", None),
    ScreenSpec(READ, "Read", _make_reading),
    ScreenSpec("gallery", "Gallery", _make_gallery),
    ScreenSpec("sort", "Sort", _make_sorting),
    ScreenSpec("compare", "Compare", _make_compare),
    ScreenSpec("individuals", "Individuals", _make_individuals, PEOPLE),
    ScreenSpec("cards", "Cards", _make_cards, PEOPLE),
    ScreenSpec("records", "Records", _make_records, PEOPLE),
    ScreenSpec("statistics", "Statistics", _make_statistics),
    ScreenSpec("ingest", "Ingest", _make_ingest, CASE_PAGES),
    ScreenSpec("problems", "Problems", _make_problems, CASE_PAGES),
    ScreenSpec("integrity", "Integrity", _make_integrity, CASE_PAGES),
    ScreenSpec("access", "Access", _make_access, CASE_PAGES),
    ScreenSpec("made", "Made", _make_made, CASE_PAGES),
    ScreenSpec("settings", "Settings", _make_settings, at_foot=True),
)


def offer_screens(parts: ScreenParts) -> None:
    """Let the screens of a Case be made into `parts.screens` as they are asked for.

    The reading screen is made at once: it hears of another photograph, and draws it, before the others do.
    """
    for spec in SCREENS:
        if spec.make is not None:
            parts.screens.offer(spec.name, partial(_make_in_place, spec.make, parts))
    parts.screens.find(READ, ReadingScreen)


def _make_in_place(make: Callable[[ScreenParts], Screen], parts: ScreenParts) -> Screen:
    """Return a screen, whole, in its place and dressed then: what is moved later is dressed a second time."""
    with unheard_events():
        screen = make(parts)
        parts.place(screen)
        dress(screen)
    return screen
