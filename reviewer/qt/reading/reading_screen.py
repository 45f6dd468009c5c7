"""The reading screen: puts the parts in their places and lets them listen to the Reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.qt.canvas.photo_canvas import PhotoCanvas
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.look.room import is_low, is_small
from reviewer.qt.look.theme import Theme
from reviewer.qt.reading.canvas_prompt import CanvasPrompt
from reviewer.qt.reading.carry_question import CarryOverQuestion
from reviewer.qt.reading.choosing_tags import QuickTagChooser
from reviewer.qt.reading.completing import ReadingCompletion
from reviewer.qt.reading.covering import CoverageQuestions
from reviewer.qt.reading.description_strip import DescriptionStrip
from reviewer.qt.reading.details_panel import DetailsPanel
from reviewer.qt.reading.drawn import MarkController
from reviewer.qt.reading.duplicate_search import DuplicateSearch
from reviewer.qt.reading.enhance_panel import EnhancePanel
from reviewer.qt.reading.filmstrip import Filmstrip
from reviewer.qt.reading.header import ReadingHeader
from reviewer.qt.reading.histogram import Histogram
from reviewer.qt.reading.info_line import InfoLine
from reviewer.qt.reading.layout import (
    SideSplitter,
    arrange,
    find_place_of,
    get_canvas_colours,
    make_middle,
)
from reviewer.qt.reading.looking import ViewState
from reviewer.qt.reading.masks import MaskController
from reviewer.qt.reading.measuring import MeasurementController
from reviewer.qt.reading.person_facts import PersonFacts
from reviewer.qt.reading.photo_message import PhotoMessage
from reviewer.qt.reading.picture_feed import PictureFeed
from reviewer.qt.reading.questions import ReadingQuestions
from reviewer.qt.reading.recorded_words import RecordedNotice
from reviewer.qt.reading.redact import RedactionController
from reviewer.qt.reading.region_question import RegionQuestion
from reviewer.qt.reading.regroup import RegroupingController
from reviewer.qt.reading.right_clicks import ReadingRightClicks
from reviewer.qt.reading.second_window import SecondWindow
from reviewer.qt.reading.session_clock import SessionClock
from reviewer.qt.reading.side_panel import SidePanel
from reviewer.qt.reading.signs_shown import SignsOverlay
from reviewer.qt.reading.so_far_panel import SoFarPanel
from reviewer.qt.reading.toolbar import ReadingToolbar
from reviewer.qt.reading.turning import PictureController
from reviewer.qt.reading.viewing import ViewController
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.screen import Screen
from reviewer.qt.widgets.type_box import Question, TypeBox
from reviewer.services.account.viewing_comfort import ViewingComfort
from reviewer.services.pictures.enhancer import Enhancer
from reviewer.services.pictures.pictures import PictureLoader, PictureOrMissing, PictureRequest
from reviewer.services.reading.carry_over import CarryOver
from reviewer.services.reading.coverage import CoverageEditor
from reviewer.services.reading.describing import DescriptionEditor
from reviewer.services.reading.looking_for import SignListChecker
from reviewer.services.reading.reader import Reader


class ReadingScreen(Screen):
    """`covered` tells that the photographs of every screen are to be covered, or uncovered. `compared` is the
    photograph that zoom and turn are about while several are compared, None while not."""

    covered, tags_wanted = Signal(bool), Signal()
    quick_tags_changed = Signal()

    def __init__(
        self,
        reader: Reader,
        pictures: PictureLoader,
        enhancer: Enhancer,
        maps: Sequence[MapPage],
        care: ViewingComfort,
        theme: Theme,
        compared: Callable[[], PictureView | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.reader, self.care = reader, care
        self._compared = compared
        case = reader.desk.case
        self.header = ReadingHeader(case.name, reader.desk.examiner.name)
        self.filmstrip = Filmstrip(reader.worklist, pictures.thumbnail, lambda at: reader.photo_at(at).damage)
        self.canvas = PhotoCanvas(*get_canvas_colours(theme))
        self.second_window = SecondWindow(self.canvas, self)
        self.info = InfoLine()
        self.message: PhotoMessage = PhotoMessage(self.canvas)
        self.side = SidePanel(reader.vocabulary, reader.quick_tags, maps)
        self.side.scale_to(theme.text_scale)
        self._make_additions()
        self.looking = ViewState(care)
        self.feed = PictureFeed(reader, self.canvas, pictures, enhancer, self.looking)
        self.box = TypeBox(self)
        self.questions = ReadingQuestions(reader, self._ask, lambda: self.canvas.seen.permille // 10)
        self.regions = RegionQuestion(
            reader, maps, self._ask, self._tell_regions, lambda: find_place_of(self.canvas), self
        )
        self.tags = QuickTagChooser(reader, self._ask, self.use_quick_tags)
        self.covering = CoverageEditor(reader)
        self.coverage = CoverageQuestions(
            self.covering, maps, self._ask, self.catch_known_errors, self.box.close_box
        )
        self.strip = DescriptionStrip(DescriptionEditor(reader), self.say, self.canvas.setFocus)
        self.carrying = CarryOver(reader)
        self.carry = CarryOverQuestion(
            reader, self.carrying, self._ask, pictures.thumbnail, self.looking.get_small_look
        )
        self.search = DuplicateSearch(reader, self.say)
        self.viewing = ViewController(reader, self.canvas, self.feed, self.looking, self.info, self._ask)
        self.measuring = MeasurementController(reader, self.canvas, self._ask)
        self.redact = RedactionController(reader, self.canvas, self._ask)
        self.drawn = MarkController(
            reader, self.canvas, self.questions, self.viewing, self.measuring, self.redact
        )
        self.masks = MaskController(reader, self.canvas, self._on_masks)
        parts = (self.canvas, self.looking, self.viewing, self.drawn, self.feed, self.info, self.masks)
        self.turning = PictureController(reader, *parts, self._begin_picture)
        self.regroup = RegroupingController(reader, self._ask, self.filmstrip.refresh)
        self.details = DetailsPanel(reader, pictures.details, self.canvas, self.looking)
        self.clock = SessionClock(self, self.header.show_clock, self.say)
        self._arrange_parts(theme)
        self._connect_parts()
        self._listen()

    def _arrange_parts(self, theme: Theme) -> None:
        self.histogram = Histogram(self.feed.get_fitted)
        self.enhance = EnhancePanel(self.histogram)
        self.side.sections.put_in_place(self.enhance)
        self._split = SideSplitter(theme.text_scale)
        shown, self._middle = make_middle(self.canvas, (self.details,), self.strip, self.info)
        self.toolbar = ReadingToolbar()
        self.toolbar.apply_theme(theme)
        arrange(self, self.toolbar, self.filmstrip, self._split, (shown, self.side))

    def _make_additions(self) -> None:
        """What stands over the photograph for a while, and on top of the panel where there is room."""
        self.facts = PersonFacts(self.reader, lambda: not self.facts.isHidden())
        self.so_far = SoFarPanel(self.reader)
        for part in (self.facts, self.so_far):
            self.side.put_on_top(part, part.fit)
        self.prompt = CanvasPrompt(self.canvas)
        self.recorded = RecordedNotice(self.reader, self.canvas)

    def _make_whole_photo_parts(self) -> None:
        """What is said of the whole photograph: lists that were gone through, that its Reading ends."""
        self.looking_for = SignListChecker(self.reader)
        self.signs = SignsOverlay(self.looking_for, self._ask)
        self.completing = ReadingCompletion(self.reader, self._ask)

    def _connect_parts(self) -> None:
        self.coverage.figures.setParent(self)  # a widget that nobody owns would outlive the window
        self.coverage.figures.hide()
        read_only = bool(self.reader.desk.case.read_only)
        self.canvas.can_write = not read_only
        if read_only:
            self.side.show_for_looking_only()
        self.filmstrip.use_masks(self.reader.masking.name_at, self.masks.mask_small)
        self.details.is_masked = lambda: self.masks.hides_file
        self._make_whole_photo_parts()
        self.filmstrip.chosen.connect(self.reader.go)
        self.filmstrip.show_picked(self.regroup.is_picked)
        self.feed.on_shown.connect(self.info.show_picture)
        self.feed.on_shown.connect(lambda _picture: self.histogram.picture_changed())
        self.info.turner.action_wanted.connect(self.action_wanted)
        self.looking.changed.connect(self._on_view_state)
        self.covered.connect(self.details.update_look)
        self.enhance.chain_changed.connect(self.viewing.use)
        self.enhance.keep_changed.connect(lambda keeps: setattr(self.looking, "keeps", keeps))
        self.canvas.resized.connect(lambda: QTimer.singleShot(0, self, self.feed.resized))
        self.canvas.tool_changed.connect(self.info.show_tool)
        self.canvas.tool_changed.connect(self.toolbar.show_tool)
        self.canvas.drawn.connect(self.catch_known_errors(self.drawn.take_drawn))
        self.canvas.measure_selected.connect(lambda id_: self._on_selected(self.drawn.select_measure, id_))
        self.canvas.mark_reshaped.connect(self.catch_known_errors(self.reader.reshape_mark))
        self.canvas.mark_selected.connect(lambda id_: self._on_selected(self.drawn.select_mark, id_))
        self.side.findings.chosen.connect(self.reader.select)
        self.side.findings.place_wanted.connect(lambda: self.action_wanted.emit("finding.regions"))
        self.side.quick_tags.other_wanted.connect(self.catch_known_errors(self.tags.ask_term))
        self.side.detail.action_wanted.connect(self.action_wanted)
        self.side.whole.action_wanted.connect(self.action_wanted)
        self.side.covers.clicked.connect(lambda: self.action_wanted.emit("coverage.mark"))
        for body_map in (self.side.body_map, self.regions.body_map):
            body_map.region_toggled.connect(self.catch_known_errors(self.reader.toggle_region))
        self.side.note.written.connect(self.catch_known_errors(self.reader.write_note))
        self.side.note.left.connect(self.canvas.setFocus)

    def _listen(self) -> None:
        reader = self.reader
        reader.on_moved.connect(self._on_moved)
        reader.on_reading.connect(self._on_reading)
        reader.on_message.connect(self.say)
        reader.on_place.connect(self._on_place)
        reader.before_leaving.connect(self.side.note.keep)

    # what the Reader tells

    def _on_moved(self) -> None:
        photo = self.reader.photo
        if photo is None:
            return
        self._update_prompt()
        self.looking.new_photo(photo.damage, photo.shown_as)
        self.drawn.new_photo()
        self.canvas.small = self.looking.is_small
        self.turning.show()
        self.canvas.repaint()  # the photograph first; what is said of it follows before the next key is heard
        self.feed.order()
        self.reader.read_ahead()
        self.redact.read_ahead()
        self.show_place()
        self.turning.report_picture()
        self.message.show_usual()
        self.strip.new_photo()
        self._on_reading()

    def _begin_picture(self) -> None:
        self.box.close_box()
        self.masks.cover()
        self._cover_if_wished()
        self._on_view_state()

    def _on_place(self) -> None:
        if self.reader.position >= 0:
            self.show_place()
            self.filmstrip.refresh()

    def show_place(self) -> None:
        """Say where we are; also after photographs were added to the Worklist."""
        self.header.show_place(self.reader.worklist, self.reader.position)
        self.filmstrip.show_position(self.reader.position)
        self._show_counts()

    def _show_counts(self) -> None:
        worklist = self.reader.worklist
        self.header.show_counts(worklist.count(ReadingProgress.COMPLETE), len(worklist), worklist.carried)

    def _on_masks(self) -> None:
        """Something is masked, or no longer: say so everywhere it was to be seen."""
        self.turning.report_picture()
        self.details.update_masks()
        self.show_place()
        self.filmstrip.refresh()

    def rules_changed(self) -> None:
        """The lead set other rules of reading for this case."""
        if self.reader.photo is not None:
            self.masks.cover()
            self._on_masks()

    def _on_reading(self) -> None:
        reading = self.reader.reading
        self.message.forget_if_stale(reading, self.reader.selected)
        self.masks.update()
        self.side.show_reading(reading, self.reader.selected, self.carrying.describe_origin())
        self.side.show_covers(self.covering.describe_coverage())
        self.side.whole.show_lists(
            self.looking_for.describe_check_shortly(),
            self.looking_for.describe_check(),
            self.looking_for.describe_signs(),
        )
        self.side.whole.show_description(self.strip.describing.describe_photo())
        self.strip.show_reading()
        self.header.show_gaps(self.covering.describe_gaps())
        self.drawn.show(reading)
        self._show_counts()
        self.filmstrip.refresh_states()

    # what the parts want

    def ask_for_finding(self) -> None:
        self.questions.ask_finding()

    def use_quick_tags(self, terms: Sequence[str]) -> None:
        """Other nine Terms on the digits."""
        self.reader.quick_tags = list(terms)
        self.side.show_quick_tags(terms)
        self.quick_tags_changed.emit()
        if self.reader.photo is not None:
            self.side.quick_tags.show_reading(self.reader.reading)

    def list_quick_tag_names(self) -> list[str]:
        """The findings that the digits 1 to 9 stand for."""
        return [self.reader.vocabulary.term_name(term) for term in self.reader.quick_tags]

    def toggle_cover(self) -> None:
        """Cover every photograph on the screen, the small ones too; or uncover them."""
        self.cover(not self.canvas.covered)

    def cover(self, covered: bool) -> None:
        """Cover or uncover the photographs of this screen and, by the signal, of every screen."""
        self.canvas.set_covered(covered)
        self._update_prompt()
        self.filmstrip.set_covered(covered or self.looking.starts_covered)
        self.covered.emit(covered)

    def say_before_beginning(self, sentence: str) -> None:
        """No photograph is on screen yet: say so in its place, with a button to begin if there are some."""
        self.canvas.show_message(sentence)
        self._update_prompt()

    def _update_prompt(self) -> None:
        self.prompt.show_for(can_begin=self.reader.position < 0 < len(self.reader.worklist))

    def _cover_if_wished(self) -> None:
        if self.looking.starts_covered:
            self.cover(True)

    def left(self) -> None:
        """The window is no longer the one that is worked in."""
        self.looking.hold(False)
        if self.care.cover_on_leaving:
            self.cover(True)

    def set_care(self, care: ViewingComfort) -> None:
        """Other wishes of the reader; they hold from the photograph on screen on."""
        self.care = care
        self.looking.set_care(care)
        self.canvas.small = self.looking.is_small
        self.canvas.fit()
        self.cover(self.looking.starts_covered)
        self.clock.set_care(care)
        if self.reader.photo is not None:
            self._on_view_state()
            self.canvas.layers.clear()
            self.feed.show()
            self.feed.order()
            self.feed.report_picture()

    def refresh(self) -> None:
        """The screen comes on: its pictures have the first place again."""
        self.feed.resized()

    def use_actions(self, find: FindAction) -> None:
        self.toolbar.use_actions(find)
        self.enhance.use_actions(find)
        self._right_clicks = ReadingRightClicks(
            self.reader, self.canvas, self.filmstrip, self.side, self.catch_known_errors
        )
        self._right_clicks.use_actions(find)
        self.side.use_actions(find)
        self.prompt.use_actions(find)
        self.facts.use_actions(find)
        self.info.use_actions(find)

    def make_room_at_left(self, wide: int) -> None:
        """Leave so many pixels beside the filmstrip free, for what lies over the screen there."""
        self._split.setContentsMargins(wide, 0, 0, 0)

    def make_room_at_foot(self, tall: int) -> None:
        """Leave so many pixels over the foot of the photograph free: messages lie above them."""
        self.message.leave_free(tall)

    def headline(self) -> QWidget:
        return self.header

    def focus(self) -> QWidget:
        return self.canvas

    def get_view(self) -> PictureView:
        """The photograph that zoom and turn are about."""
        return self._compared() or self.canvas

    def take_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        self.feed.take_picture(want, answer)

    def close_windows(self) -> None:
        self.second_window.hide()

    def let_go(self) -> None:
        """End what runs; give the pictures back here, on the thread they belong to."""
        self.close_windows()
        self.details.stop()
        self.facts.stop()
        self.so_far.stop()
        self.feed.stop()
        self.canvas.layers.clear()
        self.filmstrip.forget_pictures()

    def toggle_enhance(self) -> None:
        """Show the steps in the lower part of the panel, or what stands there otherwise."""
        shown = self.enhance.isHidden() or not self.side.isVisible()
        self.enhance.setVisible(shown)
        if shown:
            self.side.show()

    def _on_view_state(self) -> None:
        """Say what the photograph is seen through, everywhere it has to be said."""
        self.enhance.show_chain(self.looking.chain)
        self.canvas.set_banner(self.looking.banner())
        self.header.show_softening("small" if self.looking.is_small else self.looking.softening)
        self.filmstrip.set_care(self.looking.softening)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give up what a small window, or large type, has no room for."""
        window, scale = self.window(), self._split.text_scale
        self.filmstrip.fit_window(window.width())
        self.filmstrip.give_way(is_small(window, scale))
        self._place_info(in_header=is_low(window, scale))

    def _place_info(self, *, in_header: bool) -> None:
        """The line about the file below the photograph, or in the line above the screen."""
        if in_header != self.info.is_in_header:
            self.info.set_in_header(in_header)
            if in_header:
                self.header.take_info(self.info)
            else:
                self.header.release_info()
                self._middle.addWidget(self.info)
            self.info.show()

    @property
    def side_width(self) -> int:
        """How wide the panel at the right was made by hand, in pixels of the window; 0 if it was not."""
        return self.side.width() if self._split.is_set_by_hand and self.side.isVisible() else 0

    def set_side_width(self, width: int) -> None:
        self._split.set_side_width(width)

    def apply_theme(self, theme: Theme) -> None:
        self.toolbar.apply_theme(theme)
        self.canvas.set_colours(*get_canvas_colours(theme)[:2])
        self.side.scale_to(theme.text_scale)
        self._split.scale_to(theme.text_scale)
        self.details.scale_to(theme.text_scale)
        self._fit()

    def _on_selected(self, select: Callable[[str], None], id_: str) -> None:
        select(id_)
        self._on_reading()

    def _tell_regions(self) -> None:
        """Say in the box where the Finding is now, while it is asked."""
        if self.box.is_asking and self.regions.figures.isVisible():
            self.box.tell_again()

    def _ask(self, question: Question) -> None:
        """Ask in the type box; what cannot be done with an answer is said like everything else."""
        self.box.ask(self.guard_question(question))

    def tell_error(self, error: KnownError) -> None:
        """What a person can mend is said, and the photograph shown as its Reading is."""
        super().tell_error(error)
        if self.reader.photo is None:
            return
        self.message.keep_while(self.reader.reading, self.reader.selected)
        self._on_reading()

    def say(self, sentence: str) -> None:
        """Show one sentence, until something else is recorded of the photograph."""
        super().say(sentence)
        if self.reader.photo is not None:
            self.message.keep_while(self.reader.reading)

    def keep_typed(self) -> None:
        """The note, as far as it is typed."""
        self.side.note.keep()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Whatever key was held, letting it go ends the look at the original."""
        if not event.isAutoRepeat():
            self.looking.hold(False)
        super().keyReleaseEvent(event)
