"""The table of everybody: what is shown of it, in which order, and which rows are chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QSizePolicy, QStyleOptionViewItem, QWidget

from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.individuals.empty_note import EmptyNote
from reviewer.qt.individuals.people_model import COLUMNS, ICON, USUAL_COLUMNS, PeopleModel, PeopleSegment
from reviewer.qt.individuals.person_panel import PersonPanel
from reviewer.qt.look.signs import SIGN_SIDE, paint_sign_icon
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.framed_box import FramedBox
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.page_head import PageHead
from reviewer.qt.widgets.row_table import CELL_PADDING, AnyModelIndex, CellDelegate, RowTable
from reviewer.qt.widgets.segments import SegmentRow
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.people.individuals import IndividualRow, IndividualTable

_TYPING_MS = 120
_SIGN_GAP, _LEAST_COLUMN = 6, 56
_GROUND_NAMES = {"folders": "folders", "cards": "cards", "bursts": "bursts", "records": "records"}
_SEGMENTS = tuple(PeopleSegment)
_NEED_SEVERAL = name_keys("Choose two or more individuals first: Shift+Down, or Ctrl and a click.")
_NEED_PROPOSED = "Every chosen individual is accepted already."
_NEED_ONE = "Choose an individual first."


class _PeopleDelegate(CellDelegate):
    """Paints the sign before a word of state."""

    def place_text(self, rect: QRect, index: AnyModelIndex) -> QRect:
        room = super().place_text(rect, index)
        return room.adjusted(SIGN_SIDE + _SIGN_GAP, 0, 0, 0) if index.data(ICON) else room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyModelIndex) -> None:
        super().paint(painter, option, index)
        icon, rect = index.data(ICON), option.rect
        if icon:
            colour = index.data(Qt.ItemDataRole.ForegroundRole) or get_worn_theme().colour("text")
            top = rect.top() + (rect.height() - SIGN_SIDE) // 2
            place = QRect(rect.left() + CELL_PADDING, top, SIGN_SIDE, SIGN_SIDE)
            paint_sign_icon(painter, icon, place, colour)


class _PeopleTable(RowTable):
    """Home and End go to the first and the last row, not along one; `digit` carries a digit that was pressed
    where `takes_digit` says that it answers something."""

    def __init__(self, model: PeopleModel, takes_digit: Callable[[int], bool]) -> None:
        mode = QAbstractItemView.SelectionMode.ExtendedSelection
        widths = [column.width for column in COLUMNS]
        stretched = next(place for place, column in enumerate(COLUMNS) if column.key == "reason")
        super().__init__(model, "Individuals", widths, mode, stretched, least=_LEAST_COLUMN)
        self._takes_digit = takes_digit
        self._people_cells = _PeopleDelegate()
        self.setItemDelegate(self._people_cells)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.model().rowCount()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and rows and event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else rows - 1)
        elif plain and event.text() in set("123456789") and self._takes_digit(int(event.text())):
            event.accept()
        else:
            super().keyPressEvent(event)


class TablePage(QWidget):
    """`opened` carries the key of a row that was double-clicked; `current_changed` when another row is."""

    opened = Signal(str)
    current_changed = Signal()

    def __init__(self, maps: Sequence[MapPage], region_names: Mapping[str, str]) -> None:
        super().__init__()
        self.model = PeopleModel()
        self.panel = PersonPanel(maps, region_names)
        self._only: frozenset[str] = frozenset()
        self._people = IndividualTable()
        self._is_loaded = False
        self.head = PageHead("Individuals", "Reading everybody…")
        self._head_acts = (
            KeyedButton("individuals.proposals", "Propose from…"),
            KeyedButton("individuals.columns", "Columns"),
        )
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter ( / ): every word has to occur")
        self.filter.setAccessibleName("Filter of individuals")
        self.segments = SegmentRow([str(segment) for segment in _SEGMENTS])
        self.table = _PeopleTable(self.model, self.panel.questions.press_digit)
        self.empty = EmptyNote(self.table.viewport())
        self._chosen = ElidedLabel("peopleChosen", kind="quiet")
        self._merge = KeyedButton("individuals.merge", "Merge")
        self._accept = KeyedButton("individuals.accept", "Accept")
        self._accept_all = KeyedButton("individuals.accept-all", "Accept all")
        self._open = KeyedButton("individuals.open", "Open the card")
        self._arrange()
        self._typing = make_single_shot_timer(self, _TYPING_MS, self._apply_filter)
        self._connect()
        self.show_columns(USUAL_COLUMNS)

    def _arrange(self) -> None:
        for button in self._head_acts:
            self.head.add_act(button)
        narrowing = make_row(spacing=8)
        narrowing.addWidget(self.filter, 1)
        narrowing.addWidget(self.segments)
        box = FramedBox()
        box.column.setContentsMargins(1, 4, 1, 4)
        self.table.setObjectName("framedTable")
        box.column.addWidget(self.table)
        foot = make_row(spacing=8)
        foot.addWidget(self._chosen, 1)
        for button in (self._merge, self._accept, self._accept_all, self._open):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # keys go first
            foot.addWidget(button)
        left = make_column(spacing=12, margins=(24, 16, 24, 16))
        left.addWidget(self.head)
        left.addLayout(narrowing)
        left.addWidget(box, 1)
        left.addLayout(foot)
        row = make_row(self, spacing=0)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self.segments.chosen.connect(self._on_segment)
        selection = self.table.selectionModel()
        selection.currentRowChanged.connect(lambda _now, _before: self.current_changed.emit())
        selection.selectionChanged.connect(lambda _now, _before: self._explain_acts())
        self.table.horizontalHeader().sectionClicked.connect(lambda at: self.sort_by(COLUMNS[at].key))
        self.table.doubleClicked.connect(self._on_double_click)

    def use_actions(self, find: FindAction) -> None:
        for button in (*self._head_acts, self._merge, self._accept, self._accept_all, self._open):
            button.use_action(find)
        self.panel.questions.use_actions(find)
        self.empty.use_actions(find)
        self._explain_acts()

    # what is shown

    def show_people(self, people: IndividualTable, texts: Sequence[str]) -> None:
        """Other rows, and what the filter looks into; what was chosen stays chosen where it still is."""
        self._people, self._is_loaded = people, True
        self._change_keeping_choice(lambda: self.model.show(people.persons, texts))
        self.head.set_line(format_counts(people))
        for segment, button in zip(_SEGMENTS, self.segments.buttons, strict=True):
            button.setText(f"{segment} {sum(map(segment.includes, people.persons)):,}")
            button.updateGeometry()

    def show_columns(self, keys: Collection[str]) -> None:
        shown = [column.key in keys for column in COLUMNS]
        for place, visible in enumerate(shown if any(shown) else [True] * len(COLUMNS)):
            self.table.setColumnHidden(place, not visible)
        self._show_sorting()

    def columns(self) -> list[str]:
        return [column.key for place, column in enumerate(COLUMNS) if not self.table.isColumnHidden(place)]

    def sort_by(self, key: str) -> None:
        """By this column; again: the other way round."""
        now, down = self.model.sorting
        self._change_keeping_choice(lambda: self.model.sort_by(key, key == now and not down))
        self._show_sorting()

    def show_only(self, ids: Collection[str]) -> None:
        """None but these Individuals; with nothing, all again."""
        self._only = frozenset(ids)
        self._apply_filter()
        if self._only:
            self.table.selectAll()

    def clear_filter(self) -> bool:
        """Show all again; False if all were shown."""
        narrowed = self.model.is_narrowed
        self._only = frozenset()
        self.filter.clear()
        self.segments.set_current(0)
        self.model.set_segment(PeopleSegment.ALL)
        self._apply_filter()
        return narrowed

    def _on_segment(self, place: int) -> None:
        self.segments.set_current(place)
        self._change_keeping_choice(lambda: self.model.set_segment(_SEGMENTS[place]))

    # what is chosen

    def current(self) -> IndividualRow | None:
        return self.model.person(self.table.currentIndex().row())

    def list_chosen(self) -> list[IndividualRow]:
        """The selected rows, from top to bottom."""
        found = self.table.selectionModel().selection()
        ranges = [found.at(place) for place in range(found.count())]
        rows = sorted({row for block in ranges for row in range(block.top(), block.bottom() + 1)})
        return [person for row in rows if (person := self.model.person(row)) is not None]

    def choose(self, key: str) -> None:
        row = self.model.row_of(key)
        if row >= 0:
            self._go_to(row)

    def _go_to(self, row: int) -> None:
        """This row and no other, whatever keys are held just now: the view itself would look at them."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(row, self._first_column())
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _change_keeping_choice(self, change: Callable[[], None]) -> None:
        """Change the rows; the current one and the chosen ones stay so, or their neighbour comes."""
        here, row = self.current(), self.table.currentIndex().row()
        chosen = {person.key for person in self.list_chosen()}
        change()
        place = self.model.row_of(here.key) if here else 0
        if place < 0:
            place = min(row, self.model.rowCount() - 1)
        if place >= 0:
            self._go_to(place)
            self._select(chosen)
        self._explain_acts()
        self._say_if_empty()
        self.current_changed.emit()

    def _select(self, keys: Collection[str]) -> None:
        if len(keys) < 2:
            return
        rows = [row for row, person in enumerate(self.model.persons()) if person.key in keys]
        selection, last = QItemSelection(), len(COLUMNS) - 1
        while rows:  # one range for a run of rows: thousands of ranges are slow
            run = next((n for n, row in enumerate(rows) if row != rows[0] + n), len(rows))
            selection.select(self.model.index(rows[0], 0), self.model.index(rows[run - 1], last))
            rows = rows[run:]
        self.table.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _first_column(self) -> int:
        return next((place for place in range(len(COLUMNS)) if not self.table.isColumnHidden(place)), 0)

    def _apply_filter(self) -> None:
        self._typing.stop()
        self._change_keeping_choice(lambda: self.model.set_filter(self.filter.text(), self._only))

    def _show_sorting(self) -> None:
        key, down = self.model.sorting
        place = next(place for place, column in enumerate(COLUMNS) if column.key == key)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(place, order)

    def _explain_acts(self) -> None:
        """What can be done with the chosen rows; why not, where it cannot."""
        chosen = self.list_chosen()
        self._chosen.setText(f"{len(chosen):,} chosen. Shift and arrows choose more.")
        self._merge.refuse("" if len(chosen) > 1 else _NEED_SEVERAL)
        proposed = any(not person.is_accepted for person in chosen)
        self._accept.refuse("" if proposed else _NEED_PROPOSED if chosen else _NEED_ONE)
        some = any(not person.is_accepted for person in self.model.persons())
        self._accept_all.refuse("" if some else "There is no proposed individual in the table.")
        self._open.refuse("" if chosen else _NEED_ONE)

    def _say_if_empty(self) -> None:
        """Say in the place of the rows why there are none."""
        total = len(self.model.everybody)
        if self.model.rowCount() or not self._is_loaded:
            self.empty.hide()
        elif total:
            self.empty.show_filtered(
                _explain_nothing_shown(total, _SEGMENTS[self.segments.current], self.filter.text())
            )
        else:
            self.empty.show_nobody(_GROUND_NAMES[self._people.how.kind])

    def _on_double_click(self) -> None:
        person = self.current()
        if person is not None:
            self.opened.emit(person.key)


def _explain_nothing_shown(total: int, segment: PeopleSegment, typed: str) -> str:
    if typed.strip():
        return f"None of {total:,} individuals has these words."
    if segment is PeopleSegment.PROPOSED:
        return f"None of {total:,} individuals is only proposed."
    return f"Of {total:,} individuals nothing is known that does not fit."


def format_counts(people: IndividualTable) -> str:
    """The line below the title: who is accepted, proposed and in conflict, and what belongs to nobody."""
    accepted = sum(person.is_accepted for person in people.persons)
    proposed = len(people.persons) - accepted
    misfits = sum(bool(person.misfits) for person in people.persons)
    ground = _GROUND_NAMES[people.how.kind] + (f" as {people.how.pattern}" if people.how.pattern else "")
    counts = (
        f"{accepted:,} accepted by an examiner, {proposed:,} proposed from {ground}, {misfits:,} in conflict."
    )
    if not people.loose:
        return counts
    loose = (
        "1 photograph belongs to nobody."
        if people.loose == 1
        else f"{people.loose:,} photographs belong to nobody."
    )
    return f"{counts} {loose}"
