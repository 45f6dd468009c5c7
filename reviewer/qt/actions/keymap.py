"""Which keys trigger which action: the defaults of the actions, changed by a file of the person's own.

The file `keymap.toml` in the data folder holds only what differs: `"finding.add" = ["F2", "/"]`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtGui import QKeySequence

from reviewer.qt.actions.key_words import format_key
from reviewer.qt.actions.spec import ActionSpec


@dataclass(frozen=True)
class Keymap:
    """The actions, keys by action id, and sentences about what could not be taken as asked."""

    actions: Sequence[ActionSpec]
    keys: Mapping[str, tuple[str, ...]]
    complaints: tuple[str, ...] = ()

    def of(self, id_: str) -> tuple[str, ...]:
        return self.keys.get(id_, ())

    def without(self, ids: Container[str]) -> Keymap:
        """Return the same keys for all actions but these."""
        return replace(self, actions=[spec for spec in self.actions if spec.id not in ids])

    def format_keys(self, id_: str) -> str:
        """The keys of an action as people read them: "Right, PgDown, Space, J"."""
        return _format_keys(self.of(id_))


@cache  # asked for each action whenever a screen comes on
def _format_keys(keys: tuple[str, ...]) -> str:
    return ", ".join(map(format_key, keys))


def make_default_keymap(actions: Sequence[ActionSpec]) -> Keymap:
    return parse_keymap("", actions)


def parse_keymap(text: str, actions: Sequence[ActionSpec]) -> Keymap:
    """The defaults of `actions` with the changes of a file's text; never fails, complains instead."""
    complaints: list[str] = []
    keys = {spec.id: spec.keys for spec in actions}
    for id_, wanted in _read_changes(text, complaints).items():
        if id_ not in keys:
            complaints.append(f"There is no action {id_}.")
            continue
        keys[id_] = tuple(key for key in wanted if _check_key(id_, key, complaints))
    complaints += find_key_conflicts(actions, keys)
    return Keymap(actions, keys, tuple(complaints))


def find_key_conflicts(specs: Iterable[ActionSpec], keys: Mapping[str, tuple[str, ...]]) -> list[str]:
    """One sentence for each key that two actions want which can work at the same time."""
    return [
        f"{key} is the key of {first.id} and of {second.id}; the first one has it."
        for key, first, second in find_clashes(specs, keys)
    ]


def find_clashes(
    specs: Iterable[ActionSpec], keys: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, ActionSpec, ActionSpec]]:
    """Each key that two actions want which can work at the same time: who has it, and who does not."""
    holders: dict[str, list[ActionSpec]] = {}
    found = []
    for spec in specs:
        for key in keys[spec.id]:
            name = QKeySequence(key).toString()
            held = holders.setdefault(name, [])
            clash = next((other for other in held if other.context.overlaps(spec.context)), None)
            if clash is not None:
                found.append((name, clash, spec))
            else:
                held.append(spec)
    return found


def _read_changes(text: str, complaints: list[str]) -> dict[str, list[str]]:
    try:
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        complaints.append(f"The keymap file cannot be read: {error}.")
        return {}
    changes = {}
    for id_, wanted in parsed.items():
        if isinstance(wanted, list) and all(isinstance(key, str) for key in wanted):
            changes[id_] = wanted
        else:
            complaints.append(f"The keys of {id_} are not a list of texts.")
    return changes


def _check_key(id_: str, key: str, complaints: list[str]) -> bool:
    sequence = QKeySequence(key)
    if not sequence.toString():
        complaints.append(f"{id_}: {key} is no key.")
        return False
    return True
