"""The keys of all actions: found by name or by pressing one, changed by pressing another, at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from reviewer.qt.actions.key_words import format_key
from reviewer.qt.actions.own_keys import OwnKeys
from reviewer.qt.actions.spec import ActionSpec
from reviewer.qt.settings.key_listener import KeyListener
from reviewer.qt.settings.keyboard_view import KeyboardView, find_layout, name_bound_keys
from reviewer.qt.settings.keys_table import ALL, FILTERS, KeysTableModel
from reviewer.qt.settings.panel import SettingsPanel
from reviewer.qt.widgets.flow_row import make_flow_row
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_button_row, make_text_label
from reviewer.qt.widgets.row_table import RowTable
from reviewer.qt.widgets.segments import SegmentRow

_EXPLANATION = (
    "Digits go by place and letters by letter; on a keyboard without Latin letters all keys go by place. "
    "What you change holds at once, on this account. Light keys have an action; the keyboard is drawn as "
    "{layout}, after the language that is typed in."
)
_WIDTHS, _LEAST_HEIGHT = (240, 160, 260), 160


class KeysPanel(SettingsPanel):
    """The row that is selected is changed by the buttons below; a conflict is answered there before it holds.

    `adds` says whether the key that is awaited is one more or takes the place of those there are.
    """

    def __init__(self, keys: OwnKeys) -> None:
        super().__init__("Keys", _EXPLANATION.format(layout=find_layout()), widest=960)
        self._keys = keys
        self._filter, self._key, self._adds = ALL, "", False
        self._awaited: ActionSpec | None = None
        self._wanted_key = ""
        self.search = QLineEdit()
        self.by_key = QPushButton("Find by pressing a key")
        self._filters = SegmentRow(FILTERS)
        self.filters = dict(zip(FILTERS, self._filters.buttons, strict=True))
        self.keyboard = KeyboardView()
        self.model = KeysTableModel(keys)
        self.table = RowTable(self.model, "Keys of all actions", _WIDTHS, stretched=0)
        self.said, self.listener = make_text_label(""), KeyListener()
        _keep_room(self.listener)
        self.another, self.more = QPushButton("Another key"), QPushButton("One more key")
        self.none, self.usual = QPushButton("No key"), QPushButton("As delivered")
        self.take, self.again = QPushButton("Take it from there"), QPushButton("Press another")
        self.leave = QPushButton("Leave as it was")
        self.all_usual = QPushButton("All keys as delivered")
        self._arrange()
        self._connect()
        self.refresh()

    def _arrange(self) -> None:
        self.search.setPlaceholderText("Search actions and keys")
        self.search.setAccessibleName("Search actions and keys")
        self.search.setClearButtonEnabled(True)
        row = make_button_row(self.by_key, self._filters, stretch=False)
        self.column.addWidget(self.keyboard)
        row.insertWidget(0, self.search, 1)
        self.column.addLayout(row)
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.column.addWidget(self.table, 1)
        answers = QFrame()
        answers.setObjectName("answers")
        column = make_column(answers, spacing=8, margins=(12, 8, 12, 8))
        line = make_button_row(stretch=False)
        line.addWidget(self.said, 1)
        line.addWidget(self.listener)
        column.addLayout(line)
        column.addLayout(
            make_flow_row(self.another, self.more, self.none, self.usual, self.take, self.again, self.leave)
        )
        self.column.addWidget(answers)
        self.page_head.add_act(self.all_usual)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show)
        self.by_key.clicked.connect(self._await_search)
        self._filters.chosen.connect(lambda place: self._choose_filter(FILTERS[place]))
        self.keyboard.pressed.connect(self._search_key)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._end_listening())
        self.table.doubleClicked.connect(lambda _index: self._await_key(adds=False))
        self.table.installEventFilter(self)
        self.another.clicked.connect(lambda: self._await_key(adds=False))
        self.more.clicked.connect(lambda: self._await_key(adds=True))
        self.none.clicked.connect(lambda: self._change(lambda id_: self._keys.set_keys(id_, ())))
        self.usual.clicked.connect(lambda: self._change(self._keys.reset))
        self.all_usual.clicked.connect(lambda: self._change(lambda _id: self._keys.reset_all()))
        self.listener.heard.connect(self._on_heard)
        self.listener.given_up.connect(self._give_up)
        self.take.clicked.connect(self._take_key)
        self.again.clicked.connect(lambda: self._await_key(self._adds))
        self.leave.clicked.connect(self._give_up)
        self._keys.changed.connect(self._show)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.table
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            self._await_key(adds=False)
            return True
        return super().eventFilter(watched, event)

    @property
    def selected(self) -> ActionSpec | None:
        """The action of the row that is selected."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def refresh(self) -> None:
        self._show()
        if self.selected is None and self.model.rows:
            self.table.selectRow(0)

    def select(self, id_: str) -> None:
        """Select the row of an action, if it is shown."""
        for row, spec in enumerate(self.model.rows):
            if spec.id == id_:
                self.table.selectRow(row)

    def _choose_filter(self, name: str) -> None:
        self._filter, self._key = name, ""
        self._show()

    def _show(self) -> None:
        """Show the rows anew; the one that was selected stays so if it is still there."""
        before = self.selected
        self.model.show(self._filter, self.search.text(), self._key)
        for name, button in self.filters.items():
            button.setText(name if name == ALL else f"{name} {self.model.count(name)}")
        self.keyboard.show_keys(name_bound_keys(self._keys), self._keys.list_clashing_keys())
        if before is not None:
            self.select(before.id)
        if self.selected is None and self.model.rows:
            self.table.selectRow(0)
        self.all_usual.setEnabled(any(self._keys.is_changed(spec.id) for spec in self._keys.actions))
        self._end_listening()

    # one key

    def _await_search(self) -> None:
        self._awaited = None
        self._show_awaiting("Press the key whose actions are to be shown. Esc shows all.")

    def _await_key(self, adds: bool) -> None:
        self._awaited, self._adds = self.selected, adds
        if self._awaited is not None:
            self._show_awaiting(f"Press the new key for “{self._awaited.words}”. Esc leaves it as it was.")

    def _show_awaiting(self, sentence: str) -> None:
        self._show_answers((self.leave,))
        self.said.setText(sentence)
        self.listener.setText("…")
        self.model.await_key(self._awaited, "")
        self.listener.show()
        self.listener.setFocus()

    def _on_heard(self, key: str) -> None:
        shown = format_key(key)
        self.listener.setText(shown)
        if self._awaited is None:
            self._search_key(key)
            return
        self.model.await_key(self._awaited, shown)
        self.keyboard.frame_key(key)
        self._wanted_key = key
        holder = self._keys.find_holder(self._awaited.id, key)
        if holder is None:
            self._take_key()
            return
        self.said.setText(f"⚠ {shown} is already “{holder.words}”.")
        self._show_answers((self.take, self.again, self.leave))
        self.leave.setFocus()

    def _search_key(self, key: str) -> None:
        """Show only the actions that have a key."""
        self._key, self._filter = key, ALL
        self.filters[ALL].setChecked(True)
        self._show()
        self.keyboard.frame_key(key)
        shown = format_key(key)
        found = len(self.model.rows)
        self.said.setText(f"{shown} is the key of {found} actions. “All” shows all of them again.")
        self.table.setFocus()

    def _take_key(self) -> None:
        awaited, key = self._awaited, self._wanted_key
        if awaited is None:
            return
        keys = (*self._keys.keymap.of(awaited.id), key) if self._adds else (key,)
        self._change(lambda id_: self._keys.take_key(id_, key, keys))

    def _change(self, change: Callable[[str], None]) -> None:
        spec = self._awaited or self.selected
        if spec is None:
            return
        try:
            change(spec.id)
        except OSError as error:
            self.said.setText(f"The keys could not be kept: {error.strerror}.")
            return
        self.table.setFocus()

    def _give_up(self) -> None:
        self._key = ""
        self._show()
        self.table.setFocus()

    def _end_listening(self) -> None:
        """Nothing is awaited: what can be done with the row that is selected."""
        self._awaited = None
        self.model.await_key(None, "")
        self.keyboard.frame_key("")
        self.listener.hide()
        spec = self.selected
        self._show_answers((self.another, self.more, self.none, self.usual) if spec is not None else ())
        if spec is None:
            self.said.setText("Nothing fits.")
            return
        keys = self._keys.keymap.format_keys(spec.id)
        self.said.setText(f"{spec.words}: {keys}." if keys else f"{spec.words}: it has no key.")
        self.none.setEnabled(bool(keys))
        self.usual.setEnabled(self._keys.is_changed(spec.id))

    def _show_answers(self, shown: tuple[QPushButton, ...]) -> None:
        every = (self.another, self.more, self.none, self.usual, self.take, self.again, self.leave)
        for button in every:
            button.setVisible(button in shown)


def _keep_room(widget: QWidget) -> None:
    """Nothing beside it moves when it is shown or hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
