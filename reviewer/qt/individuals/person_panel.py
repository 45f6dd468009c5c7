"""The panel beside the table: what does not fit of the chosen person, or a small card of who that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.qt.individuals.card_rows import make_coverage_row, make_fact_row
from reviewer.qt.individuals.loading import LoadedCard
from reviewer.qt.individuals.question_list import QuestionList
from reviewer.qt.individuals.row_list import PersonRowList, keep_text_edge
from reviewer.qt.widgets.body_map import BodyMapWidget
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.side_panel import InfoPanel
from reviewer.services.people.individuals import IndividualRow

_MAP_TALL, _LABEL_WIDTH = 190, 104
_MASKED = (
    "Who this is stays covered until your readings are complete. You may look: it is noted as on the card, "
    "and findings made afterwards say so."
)


class PersonPanel(InfoPanel):
    """`uncovered` when the person looks at what is masked."""

    uncovered = Signal()

    def __init__(self, maps: Sequence[MapPage], region_names: Mapping[str, str]) -> None:
        super().__init__()
        self.name, self.state = PlainLabel(kind="title"), PlainLabel(kind="quiet")
        self._masked = PlainLabel(_MASKED, kind="quiet")
        for label in (self.name, self.state, self._masked):
            label.setWordWrap(True)
        self.look = QPushButton("Show what is covered")
        self.look.setAutoDefault(False)
        self.look.clicked.connect(self.uncovered)
        self.questions = QuestionList()
        self.facts = PersonRowList("Numbers and facts", label_width=_LABEL_WIDTH)
        self.body_map = BodyMapWidget(maps, region_names, is_bare=True)
        self.body_map.setFixedHeight(_MAP_TALL)
        self.shown = PlainLabel(kind="caption")
        self.coverage = PersonRowList("Coverage")
        self._card = self._make_card()
        self.column.setContentsMargins(0, 12, 0, 12)
        for widget in (self.name, self.state, self._masked, self.look, self.questions):
            self.column.addLayout(keep_text_edge(widget))
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self.show_nobody()

    def _make_card(self) -> QWidget:
        made = QWidget()
        column = make_column(made, spacing=8)
        self._facts_head = PlainLabel("Facts", kind="strong")
        body = PlainLabel("Your findings on the body", kind="strong")
        for widget in (self._facts_head, self.facts, body, self.body_map, self.shown, self.coverage):
            column.addLayout(keep_text_edge(widget))
        return made

    def show_nobody(self) -> None:
        """No row is chosen."""
        for widget in (self._masked, self.look, self.questions, self._card):
            widget.hide()
        self.name.setText("")
        self.state.setText("")

    def show_person(
        self, name: str, person: IndividualRow, loaded: LoadedCard, masked: bool, label: str = ""
    ) -> None:
        """`name` is what the person goes by here, `label` the neutral one of other screens, if that differs;
        with `masked` nothing is shown that says who it is."""
        questions = () if masked else loaded.questions
        own = sum(question.term is not None for question in questions)
        open_ones = person.conflicts if masked else len(questions) - own
        self.name.setText(name)
        state = describe_state(person.is_accepted, open_ones, own)
        self.state.setText(f"{label} on Read and in the gallery\n{state}" if label else state)
        self._masked.setVisible(masked)
        self.look.setVisible(masked)
        self.questions.show_questions(person.id, questions)
        self.questions.setVisible(bool(questions))
        self._card.setVisible(not questions)
        self.facts.setVisible(not masked)
        self._facts_head.setVisible(not masked)
        rows = loaded.rows
        self.facts.show_rows([make_fact_row(row, ()) for row in rows.facts], "Nothing is stated yet.")
        self.body_map.show_regions((), loaded.card.regions)
        self.body_map.show_coverage(rows.levels)
        self.shown.setText(
            f"{rows.regions_shown} of {rows.regions_in_all} regions shown well enough to judge"
        )
        self.coverage.show_rows(
            [make_coverage_row(row) for row in rows.coverage], "No coverage was marked yet."
        )


def describe_state(accepted: bool, open_ones: int, own: int) -> str:
    """What does not fit as the table counts it, and apart from it signs on which `own` readings differ."""
    said = ["accepted" if accepted else "only proposed"]
    if open_ones:
        said.append("1 thing does not fit" if open_ones == 1 else f"{open_ones} things do not fit")
    if own:
        signs = "1 sign" if own == 1 else f"{own} signs"
        said.append(f"your readings contradict each other on {signs}")
    return "; ".join(said) if said[1:] else f"{said[0]}; nothing is known that does not fit"
