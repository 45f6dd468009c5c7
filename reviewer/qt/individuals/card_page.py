"""The card of one person: photographs, numbers and facts, findings on the body, coverage, time, history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from reviewer.domain.people.conflicts import Conflict
from reviewer.domain.people.evaluations import Evaluation, evaluation_degree_in_words
from reviewer.domain.people.individual import STATEMENT_FORM, Statement
from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.domain.vocabulary.vocabulary import Degree
from reviewer.qt.widgets.body_map import BodyMapWidget
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.map_switch import BodyMapWithPages
from reviewer.qt.widgets.photo_strip import PhotoStrip
from reviewer.qt.widgets.plain_text import PlainLabel, isolate_path, make_plain_tip
from reviewer.qt.widgets.whole_row import WrappedRowDelegate
from reviewer.services.people.individuals import IndividualRow
from reviewer.services.people.person_card import HistoryLine, PersonCard, TimelineEvent, describe_statement

_COVERAGE = "Your summary, coverage and description"
_FORM = [fact for _group, facts in STATEMENT_FORM for fact in facts]
_TIMES = "Timeline; taken: the camera's clock, not verified"


class CardPage(QWidget):
    """Shows what it is given. `photo_opened` when a photograph is double-clicked."""

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
        self._title, self._why = PlainLabel(), PlainLabel()
        self._title.setProperty("kind", "page")
        self._why.setProperty("kind", "quiet")
        self._why.setWordWrap(True)
        self.strip = PhotoStrip(thumbnail, "Photographs of this person")
        self.strip.doubleClicked.connect(self.photo_opened)
        self.facts = make_text_list("Numbers and facts")
        self.body_map = BodyMapWidget(maps, region_names)
        self.body_map.setEnabled(False)
        self.body_map.setMinimumHeight(170)
        self.maps = BodyMapWithPages(self.body_map)
        self.findings = make_text_list("Findings")
        self.coverage = make_text_list("Summary, coverage and description")
        self.conflicts = make_text_list("Conflicts")
        self.evaluation = make_text_list("Overall evaluation")
        self.times = make_text_list("Timeline")
        self.history = make_text_list("History")
        self._arrange()

    def _arrange(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(16)
        parts = (
            (5, ((self.strip, "Photographs", 3), (self.facts, "Numbers and facts", 2))),
            (4, ((self.maps, "Your findings", 3), (self.findings, "", 2), (self.coverage, _COVERAGE, 2))),
            (
                4,
                (
                    (self.conflicts, "Conflicts", 1),
                    (self.evaluation, "Your overall evaluation", 1),
                    (self.times, _TIMES, 2),
                    (self.history, "History", 2),
                ),
            ),
        )
        for wide, widgets in parts:
            column = QVBoxLayout()
            column.setSpacing(4)
            for widget, title, tall in widgets:
                if title:
                    head = PlainLabel(title, kind="caption")
                    column.addWidget(head)
                column.addWidget(widget, tall)
            columns.addLayout(column, wide)
        page = make_column(self, spacing=4, margins=(16, 8, 16, 8))
        page.addWidget(self._title)
        page.addWidget(self._why)
        page.addLayout(columns, 1)

    def show_card(
        self, person: IndividualRow, card: PersonCard, conflicts: Sequence[Conflict], names: Mapping[str, str]
    ) -> None:
        """Everything of one person; `names` are of examiners by id."""
        self.person, self.card = person, card
        self._title.setText(f"{person.neutral}   {person.label}   {person.status}")
        self._why.setText(f"Held together: {isolate_path(person.reason)}.")
        photos = zip(card.photos, card.names, strict=True)
        self.strip.show_photos(
            [(photo, f"{number}  {name}") for number, (photo, name) in enumerate(photos, start=1)]
        )
        statements = card.individual.statements if card.individual is not None else ()
        stated = [
            describe_statement(statement, dict(names), card.photos)
            for statement in sorted(statements, key=_get_form_position)
        ]
        fill_list(self.facts, [*stated, *card.linked], "Nothing is stated yet.")
        self.body_map.show_regions(card.regions, ())
        fill_list(self.findings, card.findings, "You have no finding on these photographs.")
        fill_list(self.coverage, [*card.summary, *card.coverage, *card.described], "")
        open_ones = [_format_conflict(conflict) for conflict in conflicts]
        fill_list(self.conflicts, open_ones, "Nothing contradicts.")
        fill_list(
            self.evaluation,
            [
                words
                for of, evaluation in card.evaluations
                for words in format_evaluation(evaluation, of != person.id, self._degrees)
            ],
            "You gave none.",
        )
        fill_list(self.times, [_format_event(event) for event in card.timeline], "No moment is known.")
        fill_list(
            self.history, [_format_act(act) for act in card.history], "Nothing was recorded of this person."
        )

    def look(self, covered: bool, care: str) -> None:
        self.strip.rows.look(covered, care)


def make_text_list(name: str) -> QListWidget:
    """A list of texts, each in as many lines as it needs."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setWordWrap(True)
    made.setItemDelegate(WrappedRowDelegate(made))
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
    return made


def fill_list(rows: QListWidget, texts: Sequence[str], empty: str) -> None:
    """Show these texts, or `empty` if there are none; the current row stays current."""
    row = rows.currentRow()
    rows.clear()
    for text in texts or ([empty] if empty else []):
        item = QListWidgetItem(text)
        item.setToolTip(make_plain_tip(text))
        rows.addItem(item)
    if texts and row >= 0:
        rows.setCurrentRow(min(row, len(texts) - 1))


def format_evaluation(evaluation: Evaluation, of_another: bool, degrees: Mapping[str, Degree]) -> list[str]:
    """Its text, its degree, and when it was signed."""
    at = evaluation.at[:16].replace("T", " ")
    of = ", of an individual that was merged into this one since" if of_another else ""
    degree = (
        [evaluation_degree_in_words(evaluation, degrees.get(evaluation.degree))] if evaluation.degree else []
    )
    return [evaluation.text, *degree, f"Signed {at}{of}."]


def _get_form_position(statement: Statement) -> int:
    """Numbers first, then what is stated, then identity, as they are asked; what is no longer asked last."""
    return _FORM.index(statement.fact) if statement.fact in _FORM else len(_FORM)


def _format_conflict(conflict: Conflict) -> str:
    return f"{conflict.sentence} ({conflict.settled})" if conflict.settled else conflict.sentence


def _format_event(moment: TimelineEvent) -> str:
    return f"{moment.at[:16].replace('T', ' ')}  {moment.what}"


def _format_act(act: HistoryLine) -> str:
    back = "  (taken back)" if act.taken_back else ""
    return f"{act.at[:16].replace('T', ' ')}  {act.who}: {act.what}{back}"
