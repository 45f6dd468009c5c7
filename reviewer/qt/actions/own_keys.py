"""The keys of all actions as the person has set them, and changing them: at once, and kept in the account."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from reviewer.qt.actions.keymap import Keymap, find_clashes, parse_keymap
from reviewer.qt.actions.spec import ActionSpec


class OwnKeys(QObject):
    """`changed` after other keys were set. `text` is that of the person's keymap file, `keep` writes it anew;
    entries of it that are about no action of this program stay as they are."""

    changed = Signal()

    def __init__(
        self, actions: Sequence[ActionSpec], text: str, keep: Callable[[str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions = {spec.id: spec for spec in actions}
        self._keep, self._text = keep, text
        self.keymap = parse_keymap(text, actions)

    @property
    def actions(self) -> Sequence[ActionSpec]:
        return self.keymap.actions

    def is_changed(self, id_: str) -> bool:
        return self.keymap.of(id_) != self._actions[id_].keys

    def list_clashing(self) -> set[str]:
        """The ids of actions that want one key at the same time."""
        clashes = find_clashes(self.actions, self.keymap.keys)
        return {spec.id for _key, *both in clashes for spec in both}

    def list_clashing_keys(self) -> set[str]:
        """The keys that two actions want at the same time, in portable text."""
        return {key for key, *_both in find_clashes(self.actions, self.keymap.keys)}

    def find_holder(self, id_: str, key: str) -> ActionSpec | None:
        """Another action that has the key and can work at the same time; None if it is free."""
        wanted, context = QKeySequence(key), self._actions[id_].context
        for spec in self.actions:
            has_it = any(QKeySequence(own) == wanted for own in self.keymap.of(spec.id))
            if has_it and spec.id != id_ and spec.context.overlaps(context):
                return spec
        return None

    def set_keys(self, id_: str, keys: Sequence[str]) -> None:
        self._set({id_: tuple(dict.fromkeys(keys))})

    def take_key(self, id_: str, key: str, keys: Sequence[str]) -> None:
        """Set the keys of an action, and take one of them from whichever others have it at the same time."""
        wanted, changes = QKeySequence(key), {id_: tuple(dict.fromkeys(keys))}
        while (holder := self.find_holder(id_, key)) is not None and holder.id not in changes:
            left = tuple(own for own in self.keymap.of(holder.id) if QKeySequence(own) != wanted)
            changes[holder.id] = left
            self.keymap = Keymap(self.actions, {**self.keymap.keys, holder.id: left})
        self._set(changes)

    def reset(self, id_: str) -> None:
        """The keys of an action as delivered."""
        self._set({id_: self._actions[id_].keys})

    def reset_all(self) -> None:
        self._set({id_: spec.keys for id_, spec in self._actions.items()})

    def _set(self, changes: dict[str, tuple[str, ...]]) -> None:
        keys = {**self.keymap.keys, **changes}
        self._text = self._write(keys)
        self._keep(self._text)
        self.keymap = parse_keymap(self._text, self.actions)
        self.changed.emit()

    def _write(self, keys: dict[str, tuple[str, ...]]) -> str:
        """Only what differs from what is delivered, so that other keys follow the program."""
        differs = {id_: list(own) for id_, own in keys.items() if own != self._actions[id_].keys}
        rows = {**_read_unknown(self._text, self._actions), **differs}
        lines = [f"{json.dumps(id_)} = {json.dumps(own)}" for id_, own in sorted(rows.items())]
        return "".join(f"{line}\n" for line in lines)


def _read_unknown(text: str, known: dict[str, ActionSpec]) -> dict[str, list[str]]:
    try:
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {
        id_: keys
        for id_, keys in parsed.items()
        if id_ not in known and isinstance(keys, list) and all(isinstance(key, str) for key in keys)
    }
