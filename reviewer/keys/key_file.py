"""The key file of a Case: who can open it, without a name and without a key that lies open.

`keys.json` and its copy `keys-copy.json` hold the same; the one that is whole and newer counts. Without
either an encrypted Case cannot be opened by anybody, so both are in each backup.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reviewer.domain import plain_json
from reviewer.domain.errors import KeysDamaged
from reviewer.domain.ledger.entry import canonical
from reviewer.keys.passphrase import Stretching
from reviewer.keys.sealing import KEY_BYTES, Sealed
from reviewer.system.files import read_at_most, write_atomically

NAMES = ("keys.json", "keys-copy.json")
FORMAT = 1
CIPHER = "sqlcipher-4"
_LARGEST, _MOST_SLOTS, _LONGEST_TEXT = 1 << 20, 200, 200
_MOST_PASSES, _MOST_LANES, _MOST_KIB = 100, 64, 1 << 20
"""Costs that no version has written and that would hold the program, or take more memory than it may have."""


@dataclass(frozen=True)
class Slot:
    """How one Examiner gets in. Without encryption `plain` is the signing key, and all."""

    examiner: str
    public: str
    stretching: Stretching | None = None
    case_key: Sealed | None = None
    signing_key: Sealed | None = None
    plain: bytes = b""


@dataclass(frozen=True)
class KeyFile:
    """`cipher` is "" for a Case that is not encrypted. `generation` grows with each change."""

    cipher: str
    slots: tuple[Slot, ...] = ()
    recovery: Sealed | None = None
    generation: int = 0

    def slot_of(self, examiner: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.examiner == examiner), None)

    def with_slot(self, slot: Slot) -> KeyFile:
        """This file with a slot added, or put in the place of the one of the same Examiner."""
        if self.slot_of(slot.examiner) is None:
            return replace(self, slots=(*self.slots, slot))
        slots = tuple(slot if each.examiner == slot.examiner else each for each in self.slots)
        return replace(self, slots=slots)


@dataclass(frozen=True)
class _Read:
    whole: list[KeyFile] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def load(folder: Path) -> KeyFile | None:
    """The key file of the Case in `folder`, None if it has none. Raises KeysDamaged if no copy is whole."""
    found = _read(folder)
    if found.whole:
        return max(found.whole, key=lambda each: each.generation)
    if found.broken:
        raise KeysDamaged(
            f"The key file of this case is damaged ({', '.join(found.broken)}).",
            "Put keys.json back from a backup of the case folder; nothing else was touched.",
        )
    return None


def save(folder: Path, keys: KeyFile) -> KeyFile:
    """Keep both copies, one after the other; the file as kept. OSError leaves at least one copy whole."""
    keys = replace(keys, generation=keys.generation + 1)
    content = encoded(keys)
    for name in NAMES:
        write_atomically(folder / name, content)
    return keys


def faults(folder: Path) -> list[str]:
    """The names of the copies that are missing or not what was written."""
    found = _read(folder)
    missing = [name for name in NAMES if not (folder / name).exists()]
    return found.broken + (missing if found.whole or found.broken else [])


def differ(folder: Path) -> bool:
    """Whether both copies are whole and one of them is older."""
    whole = _read(folder).whole
    return len(whole) == len(NAMES) and whole[0] != whole[1]


def _read(folder: Path) -> _Read:
    found = _Read()
    for name in NAMES:
        try:
            found.whole.append(decoded(read_at_most(folder / name, _LARGEST)))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError):
            found.broken.append(name)
    return found


def encoded(keys: KeyFile) -> bytes:
    content = {
        "format": FORMAT,
        "generation": keys.generation,
        "cipher": keys.cipher,
        "recovery": _sealed(keys.recovery),
        "slots": [_slot(slot) for slot in keys.slots],
    }
    return json.dumps({**content, "sum": _sum(content)}, indent=1, sort_keys=True).encode("ascii") + b"\n"


def decoded(content: bytes) -> KeyFile:
    """Raises ValueError, KeyError or TypeError for what was not written by `encoded`, to the byte."""
    found = plain_json.value_from(content)
    if not isinstance(found, dict) or found.pop("sum", None) != _sum(found) or found["format"] != FORMAT:
        raise ValueError("not what was written")
    keys = KeyFile(
        cipher=_text(found["cipher"]),
        slots=tuple(_slot_from(each) for each in _listed(found["slots"])),
        recovery=_sealed_from(found["recovery"]),
        generation=_number(found["generation"], 0, 1 << 53),
    )
    if len({slot.examiner for slot in keys.slots}) != len(keys.slots):
        raise ValueError("an examiner has two slots")
    if encoded(keys) != content:
        raise ValueError("not what was written")
    return keys


def _sum(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def _slot(slot: Slot) -> dict[str, Any]:
    told: dict[str, Any] = {"examiner": slot.examiner, "public": slot.public}
    if slot.stretching is None:
        return {**told, "plain": slot.plain.hex()}
    stretching = {**vars(slot.stretching), "salt": slot.stretching.salt.hex()}
    return {
        **told,
        "argon2id": stretching,
        "case_key": _sealed(slot.case_key),
        "signing_key": _sealed(slot.signing_key),
    }


def _slot_from(told: dict[str, Any]) -> Slot:
    if "plain" in told:
        return Slot(_text(told["examiner"]), _text(told["public"]), plain=_key(told["plain"]))
    return Slot(
        _text(told["examiner"]),
        _text(told["public"]),
        _stretching_from(told["argon2id"]),
        _sealed_from(told["case_key"]),
        _sealed_from(told["signing_key"]),
    )


def _stretching_from(told: dict[str, Any]) -> Stretching:
    """The costs of a passphrase, within what a machine can give; anything else was not written by us."""
    lanes = _number(told["lanes"], 1, _MOST_LANES)
    return Stretching(
        iterations=_number(told["iterations"], 1, _MOST_PASSES),
        lanes=lanes,
        memory_kib=_number(told["memory_kib"], 8 * lanes, _MOST_KIB),
        salt=bytes.fromhex(told["salt"]),
    )


def _number(told: object, least: int, most: int) -> int:
    if type(told) is not int or not least <= told <= most:
        raise ValueError("a number out of range")
    return told


def _text(told: object) -> str:
    if not isinstance(told, str) or len(told) > _LONGEST_TEXT:
        raise ValueError("no text")
    return told


def _listed(told: object) -> list[Any]:
    if not isinstance(told, list) or len(told) > _MOST_SLOTS:
        raise ValueError("no list of slots")
    return told


def _key(told: str) -> bytes:
    key = bytes.fromhex(told)
    if len(key) not in {0, KEY_BYTES}:
        raise ValueError("no key")
    return key


def _sealed(sealed: Sealed | None) -> dict[str, str] | None:
    return None if sealed is None else {"nonce": sealed.nonce.hex(), "data": sealed.data.hex()}


def _sealed_from(told: dict[str, str] | None) -> Sealed | None:
    return None if told is None else Sealed(bytes.fromhex(told["nonce"]), bytes.fromhex(told["data"]))
