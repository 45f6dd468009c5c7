"""The card of one person: photographs and facts, the body, what each sign adds up to, what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from reviewer.domain.people.evaluations import Evaluation, evaluation_degree_in_words
from reviewer.domain.people.grounds import name_ground
from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.domain.vocabulary.vocabulary import Degree
from reviewer.qt.individuals.card_photos import CardPhotos
from reviewer.qt.individuals.card_rows import make_coverage_row, make_fact_row, make_note_row, make_sign_row
from reviewer.qt.individuals.loading import LoadedCard
from reviewer.qt.individuals.question_list import QuestionList
from reviewer.qt.individuals.row_list import PersonRow, PersonRowList, keep_text_edge
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.body_map import BodyMapWidget
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.map_legend import MapLegend
from reviewer.qt.widgets.map_switch import BodyMapWithPages
from reviewer.qt.widgets.page_head import PageHead
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.people.individuals import IndividualRow
from reviewer.services.people.person_card import HistoryLine, PersonCard, TimelineEvent

_MAP_TALL, _LABEL_WIDTH, _ANSWER_WIDTH = 300, 112, 236
_THREE_COLUMNS, _TWO_COLUMNS, _BETWEEN = 1080, 720, 16
"""From which width on, in pixels at 100 %, columns stand beside one another."""
_FEW = 8
"""Lines of the timeline and of the history that are shown at first."""
_NO_END = 1_000_000
_NOTHING = "You have recorded nothing on these photographs yet: Enter reads the one that is chosen."


class SectionHead(QWidget):
    """The name of a section, a quiet word beside it, and buttons of what can be done there."""

    def __init__(self, name: str, *buttons: QPushButton) -> None:
        super().__init__()
        self._beside = PlainLabel(kind="quiet")
        self.buttons = [button for button in buttons if isinstance(button, KeyedButton)]
        row = make_row(self, spacing=8)
        row.addWidget(PlainLabel(name, kind="strong"))
        row.addWidget(self._beside, 1)
        for button in buttons:
            row.addWidget(button)

    def say(self, words: str) -> None:
        self._beside.setText(words)


class CardPage(QScrollArea):
    """Shows what it is given. `photo_opened` when a photograph is double-clicked, or a row that has some."""

    photo_opened = Signal()

    def __init__(
        self,
        thumbnail: Callable[[str], bytes | None],
        maps: Sequence[MapPage],
        region_names: Mapping[str, str],
        degrees: Mapping[str, Degree],
    ) -> None:
        super().__init__()
        self._degrees = degrees
        self.person: IndividualRow | None = None
        self.card: PersonCard | None = None
        self._loaded: LoadedCard | None = None
        self._shows_all_signs = False
        self._lit_in: PersonRowList | None = None
        self.head = PageHead()
        self.strip = CardPhotos(thumbnail, "Photographs of this person")
        self.strip.doubleClicked.connect(self.photo_opened)
        self.facts = PersonRowList("Numbers and facts", label_width=_LABEL_WIDTH, answer_width=96)
        self.body_map = BodyMapWidget(maps, region_names, is_bare=True)
        self.body_map.setFixedHeight(_MAP_TALL)
        self.maps, self.legend = BodyMapWithPages(self.body_map), MapLegend(across=True)
        self.coverage = PersonRowList("Coverage")
        self.signs = PersonRowList("What each sign adds up to", answer_width=_ANSWER_WIDTH)
        self.notes = PersonRowList("About the summary, and what was described")
        self.questions = QuestionList(framed=True)
        self.settled = PersonRowList("Accepted as it is")
        self.evaluation = PersonRowList("Overall evaluation")
        self.times, self.history = PersonRowList("Timeline"), PersonRowList("History")
        self._make_heads()
        self._arrange()
        self._connect()

    def _make_heads(self) -> None:
        self._accept = KeyedButton("individuals.accept", "Accept")
        self._read = KeyedButton("individuals.open", "Read this photograph", is_main=True)
        self._split = KeyedButton("individuals.split", "Split off")
        acts = (
            self._accept,
            KeyedButton("individuals.fact", "State a fact"),
            self._split,
            KeyedButton("individuals.conflicts", "Conflicts"),
            self._read,
        )
        for button in acts:
            self.head.add_act(button)
        self._photos_head = SectionHead(
            "Photographs",
            KeyedButton("individuals.move", "Move", is_low=True),
            KeyedButton("individuals.take-out", "Take out", is_low=True),
        )
        self._facts_head = SectionHead("Facts", KeyedButton("individuals.withdraw", "Withdraw", is_low=True))
        self._body_head = SectionHead("On the body")
        self._coverage_head = SectionHead("Coverage")
        self.more_signs = _make_more_button()
        self._signs_head = SectionHead("What each sign adds up to", self.more_signs)
        self._decide = KeyedButton("individuals.decide", "Decide", is_low=True)
        self._misfit_head = SectionHead("Does not fit", self._decide)
        self._evaluation_head = SectionHead(
            "Your overall evaluation",
            KeyedButton("individuals.evaluate", "Write or change", is_low=True),
            KeyedButton("individuals.withdraw-evaluation", "Withdraw", is_low=True),
        )
        self.more_times, self.more_history = _make_more_button(), _make_more_button()
        self._times_head = SectionHead("Timeline", self.more_times)
        self._times_head.say("taken: the camera's clock, not verified")
        self._history_head = SectionHead("History", self.more_history)
        self._acts = (*acts, *(button for head in self._list_heads() for button in head.buttons))

    def _list_heads(self) -> tuple[SectionHead, ...]:
        return self._photos_head, self._facts_head, self._misfit_head, self._evaluation_head

    def _arrange(self) -> None:
        parts: tuple[tuple[int, tuple[tuple[SectionHead, tuple[QWidget, ...]], ...]], ...] = (
            (
                328,
                (
                    (self._photos_head, (self.strip,)),
                    (self._facts_head, (self.facts,)),
                    (self._times_head, (self.times,)),
                ),
            ),
            (
                344,
                (
                    (self._body_head, (self.maps, self.legend)),
                    (self._coverage_head, (self.coverage,)),
                    (self._history_head, (self.history,)),
                ),
            ),
            (
                534,
                (
                    (self._signs_head, (self.signs, self.notes)),
                    (self._misfit_head, (self.questions, self.settled)),
                    (self._evaluation_head, (self.evaluation,)),
                ),
            ),
        )
        self._inner = inner = QWidget()
        inner.setObjectName("screen")
        self._columns, self._near = make_row(spacing=0), make_row(spacing=0)
        (first, left), (second, middle), (third, right) = parts
        self._near.addLayout(_make_sections(left), first)
        self._near.addLayout(_make_sections(middle), second)
        self._columns.addLayout(self._near, first + second)
        self._columns.addLayout(_make_sections(right), third)
        page = make_column(inner, spacing=16, margins=(12, 16, 12, 24))
        page.addLayout(keep_text_edge(self.head))
        page.addLayout(self._columns)
        page.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three columns, two, or one, as the type has room for."""
        super().resizeEvent(event)
        room = event.size().width() / max(1.0, get_worn_theme().text_scale)
        for columns, least in ((self._near, _THREE_COLUMNS), (self._columns, _TWO_COLUMNS)):
            beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            columns.setDirection(beside if room >= least else below)
            columns.setSpacing(0 if room >= least else _BETWEEN)

    def _connect(self) -> None:
        for rows in (self.signs, self.coverage):
            rows.chosen.connect(lambda row, rows=rows: self._accent(rows, row))
            rows.itemDoubleClicked.connect(lambda _item: self.photo_opened.emit())
        for rows in self._list_rows():
            rows.currentRowChanged.connect(lambda _row, rows=rows: self._keep_in_sight(rows))
        self.questions.left.connect(lambda: self.strip.setFocus())
        self.more_signs.clicked.connect(self._turn_signs)
        self.more_times.clicked.connect(lambda: self._show_times(_NO_END))
        self.more_history.clicked.connect(lambda: self._show_history(_NO_END))

    def _list_rows(self) -> tuple[PersonRowList, ...]:
        return (
            self.facts,
            self.coverage,
            self.signs,
            self.notes,
            self.settled,
            self.evaluation,
            self.times,
            self.history,
        )

    def use_actions(self, find: FindAction) -> None:
        for button in self._acts:
            button.use_action(find)
        self.questions.use_actions(find)

    def show_card(
        self, person: IndividualRow, loaded: LoadedCard, states: dict[str, str], settled: Sequence[str]
    ) -> None:
        """Everything of one person; `states` say how far each Photo is read, `settled` what was accepted
        although it does not fit."""
        if self.person is None or self.person.key != person.key:
            self.verticalScrollBar().setValue(0)
        self.person, self.card, self._loaded = person, loaded.card, loaded
        card, rows = loaded.card, loaded.rows
        self.head.set_title(person.label)
        self.head.set_line(_describe_person(person, card))
        self._accept.setVisible(not person.is_accepted)
        photos = zip(card.photos, card.names, strict=True)
        self.strip.show_photos(
            [(photo, f"{number}  {name}") for number, (photo, name) in enumerate(photos, start=1)]
        )
        self.strip.show_states(states)
        self._photos_head.say(f"{len(card.photos):,}")
        contradicted = {question.conflict.fact for question in loaded.questions if question.conflict}
        in_conflict = {fact for fact in contradicted if fact is not None}
        together = PersonRow(
            f"Held together by: {person.reason}",
            name_ground(person.reason),
            person.reason,
            label="Held together",
        )
        facts = [make_fact_row(row, in_conflict) for row in rows.facts]
        self.facts.show_rows([*facts, together])
        self.body_map.show_coverage(rows.levels)
        self.legend.show_levels(self.body_map.list_levels())
        self._light_regions(())
        self._coverage_head.say(f"{rows.regions_shown} of {rows.regions_in_all} regions can be judged")
        self.coverage.show_rows(list(map(make_coverage_row, rows.coverage)), "No coverage was marked yet.")
        self._show_signs()
        self._show_misfits(person, loaded, settled)
        self._show_evaluations(person, card)
        self._show_times(_FEW)
        self._show_history(_FEW)

    def _show_signs(self) -> None:
        if self._loaded is None:
            return
        rows = self._loaded.rows
        noted = [row for row in rows.signs if row.noted]
        shown = list(rows.signs) if self._shows_all_signs else noted
        self.signs.show_rows([make_sign_row(row, self._loaded.card.photos) for row in shown], _NOTHING)
        rest = len(rows.signs) - len(noted)
        self.more_signs.setText("Show fewer" if self._shows_all_signs else "Show all")
        self._signs_head.say(f"nothing is said of {rest:,} more")
        self.notes.show_rows([make_note_row(note) for note in rows.notes])

    def _turn_signs(self) -> None:
        self._shows_all_signs = not self._shows_all_signs
        self._show_signs()

    def _show_misfits(self, person: IndividualRow, loaded: LoadedCard, settled: Sequence[str]) -> None:
        self.questions.show_questions(person.id, loaded.questions)
        self.questions.setVisible(bool(loaded.questions))
        self._misfit_head.say(f"{len(loaded.questions):,}")
        self._decide.setVisible(bool(loaded.card.contradicted))
        empty = "" if loaded.questions else "Nothing is known that does not fit."
        self.settled.show_rows([make_note_row(words) for words in settled], empty)
        self.settled.setVisible(self.settled.count() > 0)

    def _show_evaluations(self, person: IndividualRow, card: PersonCard) -> None:
        words = [
            words
            for of, evaluation in card.evaluations
            for words in format_evaluation(evaluation, of != person.id, self._degrees)
        ]
        self.evaluation.show_rows([make_note_row(text) for text in words], "You gave none.")

    def _show_times(self, most: int) -> None:
        if self.card is not None:
            found = [make_note_row(_format_event(event)) for event in self.card.timeline]
            self.more_times.setVisible(len(found) > most)
            self.times.show_rows(found[:most], "No moment is known.")

    def _show_history(self, most: int) -> None:
        if self.card is not None:
            found = [make_note_row(_format_act(act)) for act in self.card.history]
            self.more_history.setVisible(len(found) > most)
            self.history.show_rows(found[:most], "Nothing was recorded of this person.")

    def _accent(self, rows: PersonRowList, row: PersonRow | None) -> None:
        """Give the photographs and regions of the chosen row the accent; Enter reads the first."""
        if row is None:
            if rows is self._lit_in:
                self._lit_in = None
                self.strip.accent(())
                self._light_regions(())
            return
        self._lit_in = rows
        self.strip.accent(row.photos)
        self._light_regions(row.regions)
        if row.photos and self.strip.photo not in row.photos:
            self.strip.go_to(row.photos[0])

    def _light_regions(self, regions: Sequence[str]) -> None:
        found = self.card.regions if self.card is not None else frozenset()
        self.body_map.show_regions(regions, found)

    def accent_photos(self, photos: Sequence[str]) -> None:
        """Give photographs the accent that something else than a row is about."""
        self.strip.accent(photos)
        if photos:
            self.strip.go_to(photos[0])
        self.ensureWidgetVisible(self.strip)

    def _keep_in_sight(self, rows: PersonRowList) -> None:
        item = rows.currentItem()
        if item is not None and rows.hasFocus():
            place = rows.mapTo(self._inner, rows.visualItemRect(item).center())
            self.ensureVisible(place.x(), place.y(), 0, 48)

    def look(self, covered: bool, care: str) -> None:
        self.strip.rows.look(covered, care)


def _make_more_button() -> QPushButton:
    button = QPushButton("Show all")
    button.setObjectName("quietButton")
    button.setAutoDefault(False)
    return button


def _make_sections(sections: Sequence[tuple[SectionHead, tuple[QWidget, ...]]]) -> QVBoxLayout:
    column = make_column(spacing=16)
    for head, widgets in sections:
        section = make_column(spacing=8)
        for widget in (head, *widgets):
            section.addLayout(keep_text_edge(widget))
        column.addLayout(section)
    column.addStretch(1)
    return column


def _describe_person(person: IndividualRow, card: PersonCard) -> str:
    """How many photographs, of when, how many read, accepted or not."""
    days = sorted({event.at[:10] for event in card.timeline if " taken, " in event.what})
    of = f" of {days[0]}" if len(days) == 1 else f" of {days[0]} to {days[-1]}" if days else ""
    photos = "1 photograph" if len(person.photos) == 1 else f"{len(person.photos):,} photographs"
    state = "Accepted by an examiner." if person.is_accepted else "Only proposed."
    return f"{photos}{of}, {person.complete:,} read by you. {state}"


def format_evaluation(evaluation: Evaluation, of_another: bool, degrees: Mapping[str, Degree]) -> list[str]:
    """Its text, its degree, and when it was signed."""
    at = evaluation.at[:16].replace("T", " ")
    of = ", of an individual that was merged into this one since" if of_another else ""
    degree = (
        [evaluation_degree_in_words(evaluation, degrees.get(evaluation.degree))] if evaluation.degree else []
    )
    return [evaluation.text, *degree, f"Signed {at}{of}."]


def _format_event(moment: TimelineEvent) -> str:
    return f"{moment.at[:16].replace('T', ' ')}  {moment.what}"


def _format_act(act: HistoryLine) -> str:
    back = "  (taken back)" if act.taken_back else ""
    return f"{act.at[:16].replace('T', ' ')}  {act.who}: {act.what}{back}"
