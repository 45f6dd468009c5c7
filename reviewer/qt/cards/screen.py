"""The cards screen: the card large at the left, the fields at the right, one card after the other."""

from __future__ import annotations

from itertools import permutations

from PySide6.QtCore import QPoint, QRectF, QTimer
from PySide6.QtGui import QColor, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from reviewer.domain.commands.card_commands import CardState, find_mistakes
from reviewer.domain.commands.card_order import CARD_ORDER_SET, NUMBERS_ON_CARDS, set_card_order
from reviewer.domain.errors import NotAllowed
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.domain.text_folding import to_ascii_digits
from reviewer.domain.worklist.reading_order import CARD
from reviewer.qt.canvas.layers import PictureLayer
from reviewer.qt.canvas.marks import RecordedGrid, to_upright_box
from reviewer.qt.canvas.overlays import format_banner
from reviewer.qt.cards.card_form import CardForm, describe_card
from reviewer.qt.cards.card_panel import CardPanel
from reviewer.qt.cards.card_strip import CardStrip
from reviewer.qt.cards.card_view import CardView
from reviewer.qt.cards.half_typed import UnfinishedCards
from reviewer.qt.cards.headline import CardsHeadline
from reviewer.qt.cards.nothing_due import NothingDue
from reviewer.qt.cards.pass_bar import PassBar
from reviewer.qt.cards.suggestion_line import SuggestionLine
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries, offer_context_menu
from reviewer.qt.widgets.fitting import ScreenStack
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.message_line import MessageLine
from reviewer.qt.widgets.screen import Screen
from reviewer.qt.widgets.small_pictures import load_fitted
from reviewer.qt.widgets.type_box import Option, TypeBox, make_choice_question
from reviewer.services.cards.card_order import load_card_order
from reviewer.services.cards.ocr_suggestions import CardSuggestions
from reviewer.services.cards.transcription import CardDesk, CardOnScreen, CardTask, count_by_state
from reviewer.services.jobs import LatestJob
from reviewer.services.pictures.pictures import (
    MissingPicture,
    PictureLoader,
    PictureOrMissing,
    PictureRequest,
)
from reviewer.services.reading.act_queue import SharedChange
from reviewer.services.reading.reader import Reader

_SMALL = 256
_PHOTO_MENU: MenuEntries = (
    "cards.keep",
    "cards.in-part",
    "cards.unreadable",
    "cards.no-card",
    None,
    "cards.zoom-in",
    "cards.zoom-out",
    "cards.turn",
    "view.cover",
    None,
    "cards.next-photo",
    "cards.previous-photo",
    "cards.skip",
    None,
    "cards.whole",
)
_DRAW = "Draw a frame around the card: it is shown large, and the frame is kept with what you read."
_FRAME_BEFORE = "The frame was drawn at the first pass. Draw another to cut the card anew."
_FRAME = "The frame is kept with what you read. Draw another to cut the card anew."
_LAST = {
    CardTask.FIRST: "Every individual has a card that was read. F8 offers every photograph.",
    CardTask.SECOND: "Every card of the first pass was read a second time.",
    CardTask.MISMATCHES: "No card waits to be decided.",
}


class CardsScreen(Screen):
    """One card after the other, in one of three passes."""

    def __init__(
        self,
        reader: Reader,
        pictures: PictureLoader,
        suggestions: CardSuggestions,
        colours: tuple[QColor, QColor],
    ) -> None:
        super().__init__()
        self._suggestions, self.suggestion = suggestions, SuggestionLine(suggestions)
        self._reader, self._pictures = reader, pictures
        self.desk = CardDesk(reader.desk, reader.worklist)
        self.counts: dict[CardState, int] = {}
        self._counting = LatestJob(reader.desk.case.jobs)
        self.order = load_card_order(reader.desk.case)
        self._headline, self.bar, self.strip = CardsHeadline(), PassBar(), CardStrip()
        self.view, self.nothing_due = CardView(*colours), NothingDue()
        self.form = CardForm(self.order)
        self.panel = CardPanel(self.form, self.suggestion)
        self.message: MessageLine = self.strip.message
        self.box = TypeBox(self)
        self._begun, self._care = False, ""
        self._half = UnfinishedCards()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        card = QWidget()
        column = make_column(card, spacing=0)
        column.addWidget(self.view, 1)
        column.addWidget(self.strip)
        self._stack = ScreenStack()
        self._stack.add(card)
        self._stack.add(self.nothing_due)
        left = make_column(spacing=0)
        left.addWidget(self.bar)
        left.addWidget(self._stack, 1)
        row = make_row(self, spacing=0)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def _connect(self) -> None:
        self.desk.sight = self.view.sight
        self.desk.on_moved.connect(self._on_moved)
        self.desk.on_kept.connect(self._count)
        self._reader.desk.on_shared.connect(self._on_shared)
        self._suggestions.on_change.connect(self._show_suggestion)
        self.bar.chosen.connect(self.choose)
        self.view.needs_full.connect(self._request_pictures)
        self.view.view_changed.connect(lambda: self.strip.show_zoom(self.view.scale))
        self.view.box_drawn.connect(self._show_frame)

    # what is shown

    def refresh(self) -> None:
        """The screen comes on: take up the pass where it was left."""
        if not self._begun or self.desk.shown is None:
            self._begun = True
            self.desk.begin(self.desk.work)
        else:
            self.desk.go(self.desk.position)

    def headline(self) -> QWidget:
        return self._headline

    def use_actions(self, find: FindAction) -> None:
        for part in (self.bar, self.strip, self.panel, self.form.passes, self.nothing_due):
            part.use_actions(find)
        offer_context_menu(self.view, find, self._choose_for_menu)

    def _choose_for_menu(self, _place: QPoint) -> tuple[str, MenuEntries] | None:
        shown = self.desk.shown
        if shown is None:
            return None
        return self._reader.worklist.items[shown.position].name, _PHOTO_MENU

    def focus(self) -> QWidget:
        return self.form.current

    def choose(self, work: CardTask) -> None:
        self.message.show_usual()  # what was kept last may be what another pass is not to see
        self._suggestions.begin(self.desk.pass_of(work))
        self.desk.begin(work)

    def _on_moved(self) -> None:
        shown = self.desk.shown
        self._half.leave(self._read_form)
        self.bar.show_pass(self.desk.work)
        self.panel.show_pass(self.desk.work if shown is not None else None)
        self._count()
        self.form.clear()
        self._show_suggestion()
        self._stack.turn_to_place(0 if shown is not None else 1)
        self.form.set_read_only(shown is None or bool(self._reader.desk.case.read_only))
        if shown is None:
            self._half.enter_card(None, Transcription(self.desk.number))
            self.view.layers.clear()
            self.form.first.setFocus()
            return
        item = self._reader.worklist.items[shown.position]
        if item.sha256 == self._reader.sha256 and self.isVisible():
            self._reader.masking.note_look(item.sha256, CARD)
        mates = self._reader.worklist.positions_of_same_individual(shown.position)
        number = mates.index(shown.position) + 1
        self.strip.show_photo(item.name, f"Photo {number} of {len(mates)} of this individual")
        photo = shown.photo
        self.view.show_card(RecordedGrid(photo.width, photo.height, photo.orientation), shown.box)
        self._fill_form(shown)
        self._show_frame()
        self.form.passes.show_passes(shown.others)
        self.panel.show_legible(self.form.legible)
        self.form.begin()
        self._request_pictures()

    def _show_frame(self) -> None:
        """The whole photograph, small, with the frame that is drawn now, and what that frame is."""
        shown, card = self.desk.shown, self.view.card
        if shown is None:
            return
        frame = None
        if card is not None:
            (wide, tall), box = self.view.grid.upright, to_upright_box(card, self.view.grid)
            frame = QRectF(box.x() / wide, box.y() / tall, box.width() / wide, box.height() / tall)
        self.strip.photo.show_photo(self._load_small(shown.photo.sha256), frame)
        is_earlier = card is not None and card == shown.box and shown.before is None
        is_earlier = is_earlier and self.desk.work is CardTask.SECOND
        self.message.change_usual(_DRAW if card is None else _FRAME_BEFORE if is_earlier else _FRAME)

    def _load_small(self, photo: str) -> QPixmap:
        return load_fitted(self._pictures.thumbnail(photo) or b"", _SMALL, _SMALL, self._care)

    def _fill_form(self, shown: CardOnScreen) -> None:
        """What this pass read of the card, or what was begun and not kept."""
        if shown.before is not None:
            self.form.fill(shown.before)
        number = self.desk.number
        begun = self._half.enter_card((self.desk.work, shown.photo.sha256), self._read_form(number))
        if begun is not None:
            self.form.fill(begun)
            self.view.show_card(self.view.grid, begun.box)
            self.say("What you had begun to type on this card is filled in again. It is not kept yet.")

    def _read_form(self, number: TranscriptionPass) -> Transcription:
        return self.form.read_typed(number, self.view.card)

    def get_unfinished_input(self) -> dict[str, str]:
        self._half.leave(self._read_form)
        return self._half.as_text()

    def restore_input(self, kept: dict[str, str]) -> None:
        """Go to the card that was worked on last."""
        works = {str(work): work for work in CardTask}
        places = self._half.restore_input(
            kept, lambda name: self.desk.pass_of(works[name]) if name in works else None
        )
        if places:
            work, photo = places[-1]
            self._begun = True
            self.choose(works[work])
            self.desk.go_to(self._reader.worklist.position_of(photo))

    def _count(self) -> None:
        """Count the cards anew, beside the window."""
        case = self._reader.desk.case
        self._counting.start(
            "count cards",
            lambda _control: count_by_state(case),
            self._reader.desk.post,
            on_done=self._show_counts,
        )

    def _show_counts(self, counts: dict[CardState, int]) -> None:
        self.counts = counts
        due = {
            CardTask.FIRST: self.desk.count_first_pass(),
            CardTask.SECOND: counts[CardState.ONCE],
            CardTask.MISMATCHES: counts[CardState.MISMATCH],
        }
        self._headline.show_counts(counts)
        self.bar.show_counts(due)
        self.nothing_due.show_counts(self.desk.work, due)

    def _show_suggestion(self) -> None:
        self.suggestion.show_beside(self.desk.shown, self._reader.worklist)

    # what the examiner wants

    def ask_order(self) -> None:
        """Ask in which order the cards of this case are written; the fields follow it."""

        def take(key: str) -> None:
            self._reader.desk.submit(set_card_order(self.order, key.split()))

        options = [
            Option(" ".join(order), ", ".join(order).capitalize()) for order in permutations(NUMBERS_ON_CARDS)
        ]
        prompt = "In which order do the numbers stand on the cards of this case?"
        self.box.ask(make_choice_question(prompt, options, take))

    def _on_shared(self, change: SharedChange) -> None:
        """The order of the cards is another one, whoever said so."""
        if change.entry.act == CARD_ORDER_SET:
            self.order = load_card_order(self._reader.desk.case)
            self.form.set_order(self.order)
            if self.isVisible():
                self.form.begin()

    def keep(self) -> None:
        """Keep what is typed, then the next card of this pass; or say at the fields what cannot be kept."""
        typed = self._read_form(self.desk.number)
        mistakes = find_mistakes(typed)
        self.form.show_mistakes(mistakes)
        if not mistakes:
            self._keep_and_go_on(typed)

    def keep_as(self, legible: str) -> None:
        """Keep that the card cannot be read, or that the photograph shows none, then show the next one."""
        self._keep_and_go_on(Transcription(self.desk.number, legible=legible, box=self.view.card))

    def take(self, place: int) -> None:
        """Decide for what one of the two passes read (0 or 1)."""
        shown = self.desk.shown
        if shown is None or len(shown.others) <= place:
            raise NotAllowed("Two passes to choose from are shown under Mismatches only.")
        self.form.fill(shown.others[place])
        self.keep()

    def toggle_in_part(self) -> None:
        self.form.set_legible("yes" if self.form.legible == "in part" else "in part")
        self.panel.show_legible(self.form.legible)

    def toggle_one_for_each(self) -> None:
        self.desk.one_for_each = not self.desk.one_for_each
        self.bar.show_one_for_each(self.desk.one_for_each)
        self._count()
        offered = "one card for each individual" if self.desk.one_for_each else "every photograph"
        self.say(f"The first pass offers {offered}.")

    def show_whole(self) -> None:
        """Show the whole photograph, and forget where the card is."""
        self.view.forget_card()
        self._show_frame()

    def step(self, by: int) -> None:
        if not self.desk.step(by):
            self.say("This is the last photograph." if by > 0 else "This is the first photograph.")

    def skip(self) -> None:
        """The next card of this pass; this one stays as it is."""
        if not self.desk.next():
            self.say(_LAST[self.desk.work])

    def back_to_suggestion(self) -> None:
        """The photograph that OCR read last, whose entry is kept."""
        if not self.desk.go_to(self._suggestions.position()):
            self.say("OCR has read no card of this pass yet.")

    def _keep_and_go_on(self, made: Transcription) -> None:
        self.desk.keep(made)
        self._half.forget()
        self.say(f"Kept: {to_ascii_digits(describe_card(made)) or 'nothing was typed'}.")
        self.skip()

    # pictures

    def _request_pictures(self) -> None:
        if not self.isVisible() or self.desk.shown is None:
            return
        photo = self.desk.shown.photo.sha256
        fitted, full = PictureRequest(photo, self.view.box()), PictureRequest(photo, None)
        wanted = [(fitted, PictureLayer.FITTED)]
        if self.view.layers.wants_full(self.view.scale * self.view.photo[0], self.view.photo[0]):
            wanted.append((full, PictureLayer.FULL))
        for want, layer in wanted:
            answer = self._pictures.get(want)
            if answer is not None and not self.view.layers.has(layer):
                self._show_answer(answer, layer)
        shown = [want for want, _layer in wanted]
        self._pictures.request(shown + self._list_ahead(), on_screen=shown)

    def _list_ahead(self) -> list[PictureRequest]:
        """The photograph after this one, so that it is there when it is asked for."""
        items, after = self._reader.worklist.items, self.desk.position + 1
        return [PictureRequest(items[after].sha256, self.view.box())] if after < len(items) else []

    def take_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        shown = self.desk.shown
        if shown is not None and want.sha256 == shown.photo.sha256 and self.isVisible():
            self._show_answer(answer, PictureLayer.FULL if want.box is None else PictureLayer.FITTED)

    def _show_answer(self, answer: PictureOrMissing, layer: PictureLayer) -> None:
        if isinstance(answer, MissingPicture):
            self.view.show_missing(answer.reason)
            return
        self.view.set_banner(format_banner(answer.damage, answer.shown_as))
        self.view.show_picture(answer, layer)

    def let_go(self) -> None:
        """Give the pictures back here, on the thread they belong to."""
        self.view.layers.clear()

    def set_covered(self, covered: bool) -> None:
        self.view.set_covered(covered)
        self.strip.photo.set_covered(covered)

    def soften(self, start: str) -> None:
        """How the reader asked to see photographs; the small one is shown so, the card as it is."""
        self._care = start if start in {"grey", "blur"} else ""
        self._show_frame()

    def set_colours(self, ground: QColor, text: QColor) -> None:
        self.view.set_colours(ground, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._request_pictures)
