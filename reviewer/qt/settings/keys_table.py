"""All actions with their keys, as a table that is narrowed by words, by a key, or to what was changed."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from reviewer.qt.actions.own_keys import OwnKeys
from reviewer.qt.actions.spec import ActionSpec
from reviewer.qt.widgets.row_table import TextTableModel

ALL, CHANGED, CONFLICTS = "All", "Changed", "Conflicts"
FILTERS = (ALL, CHANGED, CONFLICTS)
_TITLES = ("Action", "Part of the program", "Keys")


class KeysTableModel(TextTableModel):
    """The rows are actions; `show` chooses which."""

    def __init__(self, keys: OwnKeys) -> None:
        super().__init__(_TITLES)
        self._keys = keys
        self.rows: list[ActionSpec] = list(keys.actions)
        self._clashing: set[str] = keys.list_clashing()
        self._awaited, self._pressed = "", ""

    def await_key(self, spec: ActionSpec | None, pressed: str) -> None:
        """Say in the row of an action that a key is awaited, or which was pressed; None for no row."""
        self._awaited, self._pressed = (spec.id if spec is not None else ""), pressed
        if self.rows:
            self.dataChanged.emit(self.index(0, 2), self.index(len(self.rows) - 1, 2))

    def show(self, wanted: str, typed: str, key: str) -> None:
        """Show those of one of FILTERS whose words hold all that is typed, and which have the key if any."""
        self.beginResetModel()
        self._clashing = self._keys.list_clashing()
        words, pressed = typed.casefold().split(), QKeySequence(key)
        self.rows = [
            spec
            for spec in self._keys.actions
            if self._is_wanted(spec, wanted)
            and all(word in self._describe(spec) for word in words)
            and (not key or pressed in map(QKeySequence, self._keys.keymap.of(spec.id)))
        ]
        self.endResetModel()

    def count(self, wanted: str) -> int:
        """How many actions one of FILTERS has."""
        return sum(self._is_wanted(spec, wanted) for spec in self._keys.actions)

    def _is_wanted(self, spec: ActionSpec, wanted: str) -> bool:
        if wanted == CHANGED:
            return self._keys.is_changed(spec.id)
        return wanted != CONFLICTS or spec.id in self._clashing

    def _describe(self, spec: ActionSpec) -> str:
        keys = self._keys.keymap.format_keys(spec.id)
        return f"{spec.text} {spec.label} {spec.group} {spec.id} {keys}".casefold()

    def count_rows(self) -> int:
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        spec = self.rows[row]
        if column == 0:
            return spec.words
        if column == 1:
            return spec.group
        if spec.id == self._awaited:
            return self._pressed or "press the new key"
        keys = self._keys.keymap.format_keys(spec.id) or "no key"
        if spec.id in self._clashing:
            return f"{keys}  (conflict)"
        return f"{keys}  (changed)" if self._keys.is_changed(spec.id) else keys
