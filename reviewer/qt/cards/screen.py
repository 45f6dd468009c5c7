"""The cards screen: the card large at the left, the fields at the right, one card after the other."""

from __future__ import annotations

from itertools import permutations

from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from reviewer.domain.commands.card_commands import CardState
from reviewer.domain.errors import NotAllowed
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.domain.text_folding import to_ascii_digits
from reviewer.domain.worklist.reading_order import CARD
from reviewer.qt.canvas.layers import PictureLayer
from reviewer.qt.canvas.marks import RecordedGrid
from reviewer.qt.canvas.overlays import format_banner
from reviewer.qt.cards.card_form import CardForm, describe_card
from reviewer.qt.cards.card_view import CardView
from reviewer.qt.cards.half_typed import UnfinishedCards
from reviewer.qt.cards.suggestion_line import SuggestionLine
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.buttons import make_choice_button
from reviewer.qt.widgets.context_menu import MenuEntries, offer_context_menu
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.fitting import make_scroll_area
from reviewer.qt.widgets.flow_row import FlowRow, make_flow_row
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.screen import Screen
from reviewer.qt.widgets.type_box import Option, TypeBox, make_choice_question
from reviewer.services.cards.card_order import NUMBERS_ON_CARDS, keep_card_order, load_card_order
from reviewer.services.cards.ocr_suggestions import CardSuggestions
from reviewer.services.cards.transcription import CardDesk, CardOnScreen, CardTask, count_by_state
from reviewer.services.pictures.pictures import (
    MissingPicture,
    PictureLoader,
    PictureOrMissing,
    PictureRequest,
)
from reviewer.services.reading.reader import Reader

_WIDTH, _MOST, _USUAL_TYPE = 320, 0.45, 16
_PHOTO_MENU: MenuEntries = (
    "cards.keep",
    "cards.in-part",
    "cards.unreadable",
    "cards.no-card",
    None,
    "cards.zoom-in",
    "cards.zoom-out",
    "view.cover",
    None,
    "cards.next-photo",
    "cards.previous-photo",
    "cards.skip",
    None,
    "cards.whole",
)
_PASS_BUTTONS = (
    (CardTask.FIRST, "cards.first-pass", "First pass"),
    (CardTask.SECOND, "cards.second-pass", "Second pass, blind"),
    (CardTask.MISMATCHES, "cards.mismatches", "Mismatches"),
)
_HINT = "Draw a rectangle around the card to see it large. A right click shows what else can be done."
_ACTS = (
    ("cards.keep", "Keep  Enter"),
    ("cards.in-part", "Read in part  F2"),
    ("cards.unreadable", "Cannot be read  F3"),
    ("cards.no-card", "No card  F4"),
    ("cards.previous-photo", "Previous  PgUp"),
    ("cards.next-photo", "Next  PgDn"),
    ("cards.order", "Order of the fields…"),
)
_NOTHING_LEFT = {
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
        self.view = CardView(*colours)
        self.form = CardForm(load_card_order(reader.desk.case))
        self.form.set_read_only(bool(reader.desk.case.read_only))
        self._place, self.progress = PlainLabel(), PlainLabel()
        self.message: ElidedLabel = ElidedLabel("message")
        self._buttons: dict[CardTask, QPushButton] = {}
        self.act_buttons: dict[str, QPushButton] = {}
        self._beside: QScrollArea | None = None
        self.box = TypeBox(self)
        self._begun = False
        self._half = UnfinishedCards()
        self._arrange()
        self.desk.sight = self.view.sight
        self.desk.on_moved.connect(self._on_moved)
        self.desk.on_kept.connect(self._show_progress)
        suggestions.on_change.connect(self._show_suggestion)
        self.view.needs_full.connect(self._request_pictures)

    def _arrange(self) -> None:
        side = QWidget()
        side.setObjectName("sideInner")
        column = make_column(side, spacing=8, margins=(12, 12, 12, 12))
        for work, action, words in _PASS_BUTTONS:
            button = QPushButton(words)
            button.setObjectName("choice")
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, action=action: self.action_wanted.emit(action))
            self._buttons[work] = button
            column.addWidget(button)
        for label in (self._place, self.progress):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.form)
        column.addLayout(self._make_act_buttons())
        column.addWidget(self.suggestion)
        column.addStretch(1)
        keys = PlainLabel(_HINT, kind="caption")
        keys.setWordWrap(True)
        self.progress.setProperty("kind", "quiet")
        column.addWidget(keys)
        self.message.setMinimumHeight(28)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.view, 1)
        left.addWidget(self.message)
        row = make_row(self, spacing=0)
        row.addLayout(left, 1)
        self._beside = make_scroll_area(side)
        self._fit_panel()
        row.addWidget(self._beside)

    def _make_act_buttons(self) -> FlowRow:
        """What the keys of the form do; the buttons leave the keyboard in the field."""
        for action, words in _ACTS:
            button = make_choice_button(words)
            button.clicked.connect(lambda _on=False, action=action: self.action_wanted.emit(action))
            self.act_buttons[action] = button
        return make_flow_row(*self.act_buttons.values(), spacing=4)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_panel()

    def _fit_panel(self) -> None:
        """As wide as type of this size needs, and never most of the window."""
        if self._beside is not None:
            wide = round(_WIDTH * max(1.0, self.fontMetrics().height() / _USUAL_TYPE))
            self._beside.setFixedWidth(max(_WIDTH, min(wide, round(_MOST * self.width()))))

    # what is shown

    def refresh(self) -> None:
        """The screen comes on: take up the pass where it was left."""
        if not self._begun or self.desk.shown is None:
            self._begun = True
            self.desk.begin(self.desk.work)
        else:
            self.desk.go(self.desk.position)

    def use_actions(self, find: FindAction) -> None:
        offer_context_menu(self.view, find, self._choose_for_menu)

    def _choose_for_menu(self, _place: QPoint) -> tuple[str, MenuEntries] | None:
        shown = self.desk.shown
        if shown is None:
            return None
        return self._reader.worklist.items[shown.position].name, _PHOTO_MENU

    def focus(self) -> QWidget:
        return self.form.current

    def choose(self, work: CardTask) -> None:
        self._suggestions.begin(self.desk.pass_of(work))
        self.desk.begin(work)

    def _on_moved(self) -> None:
        shown = self.desk.shown
        self._half.leave(self._read_form)
        for work, button in self._buttons.items():
            button.setChecked(work is self.desk.work)
        self._show_progress()
        self.form.clear()
        self._show_suggestion()
        if shown is None:
            self._half.enter_card(None, Transcription(self.desk.number))
            self.view.layers.clear()
            self.view.show_message(_NOTHING_LEFT[self.desk.work])
            self._place.setText("")
            return
        item = self._reader.worklist.items[shown.position]
        if item.sha256 == self._reader.sha256 and self.isVisible():
            self._reader.masking.note_look(item.sha256, CARD)
        mates = self._reader.worklist.positions_of_same_individual(shown.position)
        number = mates.index(shown.position) + 1
        self._place.setText(f"{item.name}\nPhoto {number} of {len(mates)} of this individual")
        photo = shown.photo
        self.view.show_card(RecordedGrid(photo.width, photo.height, photo.orientation), shown.box)
        self._fill_form(shown)
        self.form.show_passes(shown.others)
        self.form.begin()
        self._request_pictures()

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

    def _show_progress(self) -> None:
        counts = count_by_state(self._reader.desk.case)
        agreed, open_ = counts[CardState.AGREED] + counts[CardState.RESOLVED], counts[CardState.ONCE]
        self.progress.setText(
            f"{open_:,} read once, {agreed:,} settled, {counts[CardState.MISMATCH]:,} to be decided"
        )

    def _show_suggestion(self) -> None:
        self.suggestion.show_beside(self.desk.shown, self._reader.worklist)

    # what the examiner wants

    def ask_order(self) -> None:
        """Ask in which order the cards of this case are written; the fields follow it."""

        def take(key: str) -> None:
            order = tuple(key.split())
            keep_card_order(self._reader.desk.case, order)
            self.form.set_order(order)
            self.form.begin()

        options = [
            Option(" ".join(order), ", ".join(order).capitalize()) for order in permutations(NUMBERS_ON_CARDS)
        ]
        prompt = "In which order do the numbers stand on the cards of this case?"
        self.box.ask(make_choice_question(prompt, options, take))

    def keep(self) -> None:
        """Keep what is typed, then the next card of this pass."""
        self._keep_and_go_on(self._read_form(self.desk.number))

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

    def toggle_one_for_each(self) -> None:
        self.desk.one_for_each = not self.desk.one_for_each
        offered = "one card for each individual" if self.desk.one_for_each else "every photograph"
        self.say(f"The first pass offers {offered}.")

    def step(self, by: int) -> None:
        if not self.desk.step(by):
            self.say("This is the last photograph." if by > 0 else "This is the first photograph.")

    def skip(self) -> None:
        """The next card of this pass; this one stays as it is."""
        if not self.desk.next():
            self.say(_NOTHING_LEFT[self.desk.work])

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

    def set_colours(self, ground: QColor, text: QColor) -> None:
        self.view.set_colours(ground, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panel()
        QTimer.singleShot(0, self, self._request_pictures)
