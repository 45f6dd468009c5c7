"""The nine quick tags of the examiner: a row for each digit, any term on any of them, in any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from reviewer.domain.vocabulary.type_ahead import make_terms_index
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.actions.key_places import read_digit_key
from reviewer.qt.settings.panel import SettingsPanel
from reviewer.qt.settings.tag_list import QuickTagsModel, TagList, capitalise
from reviewer.qt.widgets.flow_row import FlowRow
from reviewer.qt.widgets.page import make_text_label
from reviewer.services.account.own_tags import (
    load_quick_tags,
    move_quick_tag,
    put_quick_tag,
    reset_quick_tags,
)

_MOST_HITS, _LINES = 5, 2
_TERM = Qt.ItemDataRole.UserRole


class TermField(QLineEdit):
    """Where a Term is typed. A digit first chooses the row; Up and Down choose among what fits."""

    digit_pressed, stepped = Signal(int), Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = read_digit_key(event)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if not self.text() and plain and (digit.strip("0") or event.text() in set("123456789")):
            self.digit_pressed.emit(int(digit or event.text()))
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        if self.text():
            self.clear()
        else:
            self.left.emit()


class QuickTagsPanel(SettingsPanel):
    """`changed` carries the nine Terms after a change, which is kept at once; `left` comes with Escape."""

    changed, left = Signal(object), Signal()

    def __init__(
        self, person: str, whose: str, vocabulary: Vocabulary, get_recent: Callable[[], Sequence[str]] | None
    ) -> None:
        super().__init__(
            "Quick tags",
            f"Nine of your own, on 1 to 9, in every case and for any finding. Drag to reorder. {whose}",
        )
        self._person, self._vocabulary, self._get_recent = person, vocabulary, get_recent
        self._index = make_terms_index(vocabulary)
        self.model = QuickTagsModel(vocabulary, load_quick_tags(person, vocabulary))
        self.table = TagList(self.model)
        self.definition = make_text_label("", "quiet")
        self.field, self.hits, self._recent = TermField(), QListWidget(), QWidget()
        self.chips: list[QPushButton] = []
        self.head = make_text_label("", "caption")
        self.up, self.down = QPushButton("Move up"), QPushButton("Move down")
        self.usual = QPushButton("All as delivered")
        self._arrange()
        self._connect()
        self.table.select_row(0)

    def _arrange(self) -> None:
        self.field.setAccessibleName("Put a finding on the quick tag")
        self.field.setClearButtonEnabled(True)
        self.hits.setAccessibleName("Findings that fit")
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.definition.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.table)
        self.column.addWidget(self.definition)
        self.column.addWidget(self.field)
        self.column.addWidget(self.head)
        self.column.addWidget(self.hits)
        self._recent.setLayout(FlowRow())
        self.column.addWidget(self._recent)
        for button in (self.up, self.down, self.usual):
            self.page_head.add_act(button)
        self.column.addStretch(1)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_selected())
        self.table.dragged.connect(self._move)
        self.table.doubleClicked.connect(lambda _index: self.field.setFocus())
        self.field.textChanged.connect(self._show_hits)
        self.field.digit_pressed.connect(lambda digit: self.table.select_row(digit - 1))
        self.field.stepped.connect(self._step)
        self.field.returnPressed.connect(self._take_hit)
        self.field.left.connect(self.left)
        self.hits.itemClicked.connect(lambda _item: self._take_hit())
        self.up.clicked.connect(lambda: self._move(self.number - 1, self.number - 2))
        self.down.clicked.connect(lambda: self._move(self.number - 1, self.number))
        self.usual.clicked.connect(self._reset)

    @property
    def number(self) -> int:
        """The digit of the row that is selected."""
        return self.table.row + 1

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        """Room for all nine rows, for two lines of definition and for what fits: nothing moves."""
        line = self.fontMetrics().lineSpacing()
        self.table.fit()
        self.definition.setMinimumHeight(_LINES * line + 4)
        for place in (self.hits, self._recent):
            place.setFixedHeight(_MOST_HITS * (line + 8) + 4)

    def refresh(self) -> None:
        number = self.number
        self.model.show(load_quick_tags(self._person, self._vocabulary))
        self.table.select_row(number - 1)
        self._show_selected()

    def _show_selected(self) -> None:
        term = self._vocabulary.term(self.model.tags[self.number - 1])
        self.definition.setText(f"{capitalise(term.name)}: {term.definition}" if term is not None else "")
        self.field.setPlaceholderText(f"Put any finding on {self.number}: a few letters")
        self.up.setEnabled(self.number > 1)
        self.down.setEnabled(self.number < len(self.model.tags))
        self.usual.setEnabled(self.model.tags != list(self._vocabulary.quick_tags))
        self._show_hits()

    def _show_hits(self) -> None:
        """What fits what is typed; before anything is, the findings used last that have no digit."""
        typed, found = self.field.text().strip(), []
        self.hits.setVisible(bool(typed))
        self._recent.setVisible(not typed)
        if typed:
            found = [(hit.key, hit.synonym) for hit in self._index.find(typed, _MOST_HITS)]
            self.head.setText("What fits: Enter takes the first" if found else "No finding is called so")
        else:
            self._show_recent()
        self.hits.clear()
        for term, synonym in found:
            name = capitalise(self._vocabulary.term_name(term))
            item = QListWidgetItem(f"{name} ({synonym})" if synonym else name)
            item.setData(_TERM, term)
            self.hits.addItem(item)
        if typed and found:
            self.hits.setCurrentRow(0)

    def _show_recent(self) -> None:
        used = self._get_recent() if self._get_recent is not None else ()
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [self._make_chip(term) for term in used if term not in self.model.tags][:_MOST_HITS]
        self.head.setText("Used last" if self.chips else "")

    def _make_chip(self, term: str) -> QPushButton:
        name = capitalise(self._vocabulary.term_name(term))
        chip = QPushButton(f"+ {name}", self._recent)
        chip.setObjectName("chip")
        chip.setProperty("kind", "plain")
        chip.setAccessibleName(f"Put {name} on the key that is selected")
        chip.clicked.connect(lambda: self._take_chip(term))
        layout = self._recent.layout()
        if layout is not None:
            layout.addWidget(chip)
        return chip

    def _take_chip(self, term: str) -> None:
        self.field.setFocus()  # the chip goes
        self._put(term)

    def _step(self, by: int) -> None:
        if self.hits.count():
            self.hits.setCurrentRow((self.hits.currentRow() + by) % self.hits.count())

    def _take_hit(self) -> None:
        item = self.hits.currentItem()
        if item is not None:
            self._put(str(item.data(_TERM)))
            self.field.clear()

    def _put(self, term: str) -> None:
        self._use(put_quick_tag(self._person, self._vocabulary, self.number, term), self.number)

    def _move(self, row: int, there: int) -> None:
        tags = move_quick_tag(self._person, self._vocabulary, row + 1, there + 1)
        self._use(tags, there + 1)

    def _reset(self) -> None:
        self._use(reset_quick_tags(self._person, self._vocabulary), self.number)

    def _use(self, tags: Sequence[str], number: int) -> None:
        self.model.show(tags)
        self.table.select_row(number - 1)
        self._show_selected()
        self.changed.emit(list(tags))
