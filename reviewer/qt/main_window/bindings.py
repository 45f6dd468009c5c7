"""Which action does what on the reading screen and the compare screen. Other screens bind their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.geometry.measuring import Quantity
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.actions.describe_actions import DESCRIPTION_QUESTIONS
from reviewer.qt.canvas.tools import (
    MARK_TOOLS,
    QUANTITY_TOOLS,
    REDACTION_TOOLS,
    SCALE_CORNERS_TOOL,
    SCALE_LINE_TOOL,
)
from reviewer.qt.cards.binding import bind_cards
from reviewer.qt.case.problems_binding import bind_problems
from reviewer.qt.compare.screen import CompareScreen
from reviewer.qt.gallery.binding import bind_gallery
from reviewer.qt.individuals.binding import bind_individuals
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.session import Session
from reviewer.qt.reading.reading_screen import ReadingScreen
from reviewer.qt.records.binding import bind_records
from reviewer.qt.search.sampler import Sampler
from reviewer.qt.search.saved import SavedLists
from reviewer.qt.sorting.binding import bind_sorting
from reviewer.qt.statistics.binding import bind_statistics

_MARK_SHAPES = {"rectangle", "ellipse", "polygon", "freehand", "line", "point"}


def bind_session(
    binder: ActionBinder, session: Session, show: Callable[[str], None], taste: WindowSettings
) -> None:
    """Bind every action that works on a screen of an open Case; `show` brings a screen on."""
    bind_reading(binder, session.reading)
    bind_compare(binder, session.compare, show)
    bind_sorting(binder, session.sorting)
    bind_gallery(binder, session.gallery, show)
    session.gallery.opened.connect(lambda: show("read"))
    bind_search(binder, session, show)
    bind_individuals(binder, session.individuals, show, taste)
    bind_cards(binder, session.cards)
    bind_records(binder, session.records)
    bind_problems(binder, session.problems)
    bind_statistics(binder, session.statistics, _make_show_in_gallery(session, show))
    for screen in (session.reading, session.compare, session.sorting, session.gallery):
        screen.action_wanted.connect(binder.run)


def bind_reading(binder: ActionBinder, screen: ReadingScreen) -> None:
    """Bind every action of the groups that work on a photograph."""
    tables = (
        _make_navigation_table,
        _make_findings_table,
        _make_reading_table,
        _make_describing_table,
        _make_coverage_table,
        _make_regrouping_table,
        _make_marks_table,
        _make_redacting_table,
        _make_measuring_table,
        _make_viewing_table,
        _make_enhancing_table,
    )
    for table in tables:
        for id_, work in table(screen).items():
            binder.bind(id_, work)


ActionTable = dict[str, Callable[[], object]]


def _make_navigation_table(screen: ReadingScreen) -> ActionTable:
    reader = screen.reader
    return {
        "go.next-photo": lambda: reader.step(1),
        "go.previous-photo": lambda: reader.step(-1),
        "go.next-individual": lambda: reader.step_individual(1),
        "go.previous-individual": lambda: reader.step_individual(-1),
        "go.next-picture": lambda: reader.pages.step(1),
        "go.previous-picture": lambda: reader.pages.step(-1),
        "go.first-photo": reader.first,
        "go.last-photo": reader.last,
        "go.next-unread": reader.next_unread,
    }


def _make_findings_table(screen: ReadingScreen) -> ActionTable:
    reader, ask = screen.reader, screen.questions
    return {
        **{f"finding.quick-tag-{n}": partial(reader.toggle_quick_tag, n) for n in range(1, 10)},
        "finding.clear-quick-tags": reader.clear_quick_tags,
        "finding.choose-quick-tags": screen.tags.ask,
        "finding.add": screen.ask_for_finding,
        "finding.definite": lambda: reader.set_certainty(Certainty.DEFINITE),
        "finding.probable": lambda: reader.set_certainty(Certainty.PROBABLE),
        "finding.possible": lambda: reader.set_certainty(Certainty.POSSIBLE),
        "finding.answer": ask.answer,
        "finding.regions": ask.region,
        "finding.qualifiers": ask.qualifiers,
        "finding.look-alikes": ask.look_alikes,
        **{f"finding.exclude-{n}": partial(reader.exclude_number, n) for n in range(1, 10)},
        "finding.remove": screen.drawn.remove_selected,
        "finding.copy": reader.copy_from_previous,
        "finding.confirm": reader.confirm_copied,
        "finding.select-next": lambda: reader.select_step(1),
        "finding.select-previous": lambda: reader.select_step(-1),
    }


def _make_reading_table(screen: ReadingScreen) -> ActionTable:
    reader = screen.reader

    def complete_and_next() -> None:
        if not screen.canvas.finish_clicks():
            screen.completing.complete_and_go_on()

    return {
        "reading.complete-and-next": complete_and_next,
        "reading.complete": screen.completing.complete,
        "reading.nothing-visible": screen.looking_for.nothing_visible,
        "reading.nothing-else": screen.looking_for.toggle,
        "reading.signs": screen.signs.show,
        "reading.not-assessable": screen.questions.not_assessable,
        "reading.set-aside": reader.set_aside,
        "reading.note": screen.side.note.setFocus,
        "reading.uncover": screen.masks.uncover,
        "reading.undo": reader.undo,
        "reading.redo": reader.redo,
    }


def _make_describing_table(screen: ReadingScreen) -> ActionTable:
    strip = screen.strip
    table: ActionTable = {
        f"describe.{key}": partial(strip.open, key) for key, _letter, _name in DESCRIPTION_QUESTIONS
    }
    return {"describe.strip": strip.toggle, "describe.as-previous": strip.as_on_previous, **table}


def _make_coverage_table(screen: ReadingScreen) -> ActionTable:
    return {
        "coverage.mark": screen.coverage.ask,
        "coverage.frame": screen.coverage.ask_frame,
        "coverage.as-previous": screen.covering.copy_previous,
        "duplicates.carry-over": screen.carry.ask,
        "duplicates.find": screen.search.begin,
        "duplicates.part": screen.carrying.part_from_duplicates,
    }


def _make_regrouping_table(screen: ReadingScreen) -> ActionTable:
    regroup = screen.regroup
    return {
        "individual.pick": regroup.pick,
        "individual.split": regroup.split,
        "individual.move": regroup.move,
        "individual.merge-next": regroup.merge_next,
    }


def _make_marks_table(screen: ReadingScreen) -> ActionTable:
    canvas = screen.canvas
    table: ActionTable = {
        f"mark.{name}": partial(canvas.set_tool, MARK_TOOLS[MarkShape(name)]) for name in _MARK_SHAPES
    }
    return {"mark.select": lambda: canvas.set_tool(None), **table}


def _make_redacting_table(screen: ReadingScreen) -> ActionTable:
    redact = screen.redact
    table: ActionTable = {f"redact.{shape}": partial(redact.begin, shape) for shape in REDACTION_TOOLS}
    return {"redact.next": redact.select_next, **table}


def _make_measuring_table(screen: ReadingScreen) -> ActionTable:
    canvas = screen.canvas
    table: ActionTable = {
        f"measure.{each}": partial(canvas.set_tool, QUANTITY_TOOLS[each]) for each in Quantity
    }
    return {
        **table,
        "measure.scale": lambda: canvas.set_tool(SCALE_LINE_TOOL),
        "measure.scale-corners": lambda: canvas.set_tool(SCALE_CORNERS_TOOL),
        "measure.repeat": screen.measuring.repeat,
    }


def _make_enhancing_table(screen: ReadingScreen) -> ActionTable:
    viewing = screen.viewing
    return {
        "enhance.panel": screen.toggle_enhance,
        "enhance.add": viewing.ask_for_step,
        "enhance.neutral": viewing.begin_neutral,
        "enhance.off": viewing.back_to_original,
        "enhance.original": viewing.hold_original,
        "enhance.keep-preset": viewing.ask_preset_name,
        "enhance.preset": viewing.ask_for_preset,
        "enhance.as-found": viewing.show_as_found,
        "care.clear": viewing.clear_care,
    }


def _make_viewing_table(screen: ReadingScreen) -> ActionTable:
    canvas, side = screen.canvas, screen.side

    def lock() -> None:
        canvas.locked = not canvas.locked
        screen.viewing.tell_view()
        screen.say(
            "Zoom and position stay between photos." if canvas.locked else "Each photo is fitted again."
        )

    return {
        "view.zoom-in": lambda: screen.viewed().zoom(1),
        "view.zoom-out": lambda: screen.viewed().zoom(-1),
        "view.toggle-zoom": lambda: screen.viewed().toggle_zoom(),
        "view.fit": lambda: screen.viewed().fit(),
        "view.fill": lambda: screen.viewed().fill(),
        "view.full-size": lambda: screen.viewed().full_size(),
        "view.turn-right": lambda: screen.viewed().turn(90),
        "view.turn-left": lambda: screen.viewed().turn(-90),
        "view.tilt-right": lambda: screen.viewed().turn(1),
        "view.tilt-left": lambda: screen.viewed().turn(-1),
        "view.loupe": lambda: screen.viewed().toggle_loupe(),
        "view.map": canvas.toggle_map,
        "view.unseen": screen.viewing.toggle_unseen,
        "view.lock": lock,
        "view.body-map": lambda: side.maps.setVisible(side.maps.isHidden()),
        "view.next-figures": side.body_map.next_page,
        "view.cover": screen.toggle_cover,
        "view.details": screen.details.toggle,
        "view.filmstrip": lambda: screen.filmstrip.setVisible(screen.filmstrip.isHidden()),
        "view.side-panel": lambda: side.setVisible(side.isHidden()),
    }


def _make_show_in_gallery(
    session: Session, show: Callable[[str], None]
) -> Callable[[Sequence[str], str, str], None]:
    """Photos under a name, and why they are there, as a list in the gallery."""

    def show_found(photos: Sequence[str], name: str, why: str) -> None:
        session.gallery.show_photos(photos, name, why)
        show("gallery")

    return show_found


def bind_search(binder: ActionBinder, session: Session, show: Callable[[str], None]) -> None:
    """Bind searching: what is found is shown in the gallery, or read as a worklist."""
    finder = session.search

    finder.show_found = _make_show_in_gallery(session, show)
    finder.go_reading = lambda: show("read")
    lists = SavedLists(finder)
    table: ActionTable = {
        "search.find": finder.open,
        "search.lists": lists.choose,
        "search.sample": Sampler(finder, lists).begin,
        "search.everything": finder.everything,
        "search.why": finder.why,
        "search.remove-list": lists.remove,
    }
    for id_, work in table.items():
        binder.bind(id_, work)


def bind_compare(binder: ActionBinder, compare: CompareScreen, show: Callable[[str], None]) -> None:
    """Bind the actions of the compare screen; `show` brings a screen on."""

    def toggle() -> None:
        if compare.isVisible():
            show("read")
        else:
            compare.begin()
            show("compare")

    def filled(fill: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            fill()
            show("compare")

        return run

    table: ActionTable = {
        "compare.open": toggle,
        "compare.four": compare.toggle_four,
        "compare.individual": filled(compare.same_individual),
        "compare.region": filled(compare.same_region),
        "compare.flicker": compare.flicker,
        "compare.difference": compare.show_difference,
        "compare.link": compare.toggle_link,
        "compare.choose": compare.choose,
        "compare.next-pane": compare.next_pane,
        "compare.next": lambda: compare.step(1),
        "compare.previous": lambda: compare.step(-1),
    }
    for id_, work in table.items():
        binder.bind(id_, work)
