"""The key file of a Case: who can open it, without a name and without a key that lies open.

`keys.json` and its copy `keys-copy.json` hold the same; the one that is whole and newer counts. Without
either an encrypted Case cannot be opened by anybody, so both are in each backup.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reviewer.domain import plain_json
from reviewer.domain.errors import CaseUnusable, KeysDamaged
from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.domain.ledger.vouching import Vouch, vouches_from_body, vouches_to_body
from reviewer.keys.passphrase import KeyStretching
from reviewer.keys.sealing import KEY_BYTES, SealedSecret
from reviewer.system.files import read_at_most, write_atomically

KEY_FILE_NAMES = ("keys.json", "keys-copy.json")
FORMAT = 1
CIPHER = "sqlcipher-4"
_LARGEST, _MOST_SLOTS, _LONGEST_TEXT = 1 << 20, 200, 200
_MOST_PASSES, _MOST_LANES, _MOST_KIB = 100, 64, 1 << 20
"""Costs that no version has written and that would hold the program, or take more memory than it may have."""


@dataclass(frozen=True)
class KeySlot:
    """How one Examiner gets in. Without encryption `plain` is the signing key, and all.

    `vouched` is who vouched for the key, until the ledger says so. A case key that was changed by somebody
    else is in `sent`, sealed to `sealing_public`, until the Examiner opens the Case: then it is in `case_key`
    again. The pair behind it is a new one with each passphrase and each opening after that.
    """

    examiner: str
    public: str
    stretching: KeyStretching | None = None
    case_key: SealedSecret | None = None
    signing_key: SealedSecret | None = None
    plain: bytes = b""
    vouched: tuple[Vouch, ...] = ()
    sealing_public: bytes = b""
    sealing_key: SealedSecret | None = None
    sent: bytes = b""


@dataclass(frozen=True)
class KeyFile:
    """`cipher` is "" for a Case that is not encrypted. `generation` grows with each change.

    `changes` counts how often the case key was changed, `because` says why it was last. While it is being
    changed `following` is the key file that counts as soon as the database begins with `header`.
    """

    cipher: str
    slots: tuple[KeySlot, ...] = ()
    recovery: SealedSecret | None = None
    generation: int = 0
    changes: int = 0
    because: str = ""
    header: bytes = b""
    following: KeyFile | None = None

    def settle(self, read_header: Callable[[], bytes]) -> KeyFile:
        """What counts for a database that begins with these bytes: a change of the case key that was cut off
        happened, or it did not. They are only read if there was one."""
        if self.following is None:
            return self
        if read_header() == self.header:
            return replace(self.following, generation=self.generation)
        return replace(self, header=b"", following=None)

    def find_slot(self, examiner: str) -> KeySlot | None:
        return next((slot for slot in self.slots if slot.examiner == examiner), None)

    def with_slot(self, slot: KeySlot) -> KeyFile:
        """This file with a slot added, or put in the place of the one of the same Examiner."""
        if self.find_slot(slot.examiner) is None:
            return replace(self, slots=(*self.slots, slot))
        slots = tuple(slot if held.examiner == slot.examiner else held for held in self.slots)
        return replace(self, slots=slots)


_NAMES_OF_FILE = frozenset(
    ("format", "generation", "cipher", "recovery", "slots", "changes", "because", "following")
)
_NAMES_OF_SLOT = frozenset(
    (*("examiner", "public", "plain", "vouched", "argon2id", "case_key", "signing_key", "sealing", "sent"),)
)
"""Names in key files of FORMAT, in all versions."""


@dataclass(frozen=True)
class _CopiesRead:
    whole: list[KeyFile] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)


def load_key_file(folder: Path) -> KeyFile | None:
    """The key file of the Case in `folder`, None if it has none.

    Raises KeysDamaged if no copy is whole, CaseUnusable if a newer version of the program wrote one: an older
    copy beside it would open what access has ended to.
    """
    found = _read_copies(folder)
    if found.newer:
        raise CaseUnusable(
            "The key file of this case was written by a newer version of the program.",
            "Open the case with the newer version. Nothing was changed.",
            code="case-newer",
        )
    if found.whole:
        return max(found.whole, key=lambda copy: copy.generation)
    if found.broken:
        raise KeysDamaged(
            f"The key file of this case is damaged ({', '.join(found.broken)}).",
            "Put keys.json back from a backup of the case folder; nothing else was touched.",
        )
    return None


def load_other_key_file(path: Path) -> KeyFile:
    """A key file that lies elsewhere, in a backup perhaps. Raises KeysDamaged if it is none."""
    try:
        return decode_key_file(read_at_most(path, _LARGEST))
    except OSError as error:
        raise KeysDamaged(f"The key file cannot be read: {error.strerror}.", "Choose another.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise KeysDamaged(
            "This is no key file, it is damaged, or a newer version of the program wrote it.",
            "Choose another.",
        ) from error


def save_key_file(folder: Path, keys: KeyFile) -> KeyFile:
    """Keep both copies, one after the other; the file as kept. OSError leaves at least one copy whole."""
    keys = replace(keys, generation=keys.generation + 1)
    content = encode_key_file(keys)
    for name in KEY_FILE_NAMES:
        write_atomically(folder / name, content)
    return keys


def find_faults(folder: Path) -> list[str]:
    """The names of the copies that are missing or not what was written."""
    found = _read_copies(folder)
    missing = [name for name in KEY_FILE_NAMES if not (folder / name).exists()]
    unread = found.broken + found.newer
    return unread + (missing if found.whole or unread else [])


def do_copies_differ(folder: Path) -> bool:
    """Whether both copies are whole and one of them is older."""
    whole = _read_copies(folder).whole
    return len(whole) == len(KEY_FILE_NAMES) and whole[0] != whole[1]


def _read_copies(folder: Path) -> _CopiesRead:
    found = _CopiesRead()
    for name in KEY_FILE_NAMES:
        content = b""
        try:
            content = read_at_most(folder / name, _LARGEST)
            found.whole.append(decode_key_file(content))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError):
            (found.newer if _is_newer(content) else found.broken).append(name)
    return found


def _is_newer(content: bytes) -> bool:
    """Whether a newer version wrote this: whole by its checksum, with a later format or with names that are
    not of this one."""
    try:
        found = plain_json.parse_untrusted_json(content)
        if not isinstance(found, dict) or found.pop("sum", None) != _compute_checksum(found):
            return False
    except (ValueError, TypeError):
        return False
    slots = found.get("slots")
    names = (
        {name for slot in slots if isinstance(slot, dict) for name in slot} if isinstance(slots, list) else ()
    )
    is_later = isinstance(found.get("format"), int) and found["format"] > FORMAT
    return is_later or not (_NAMES_OF_FILE.issuperset(found) and _NAMES_OF_SLOT.issuperset(names))


def encode_key_file(keys: KeyFile) -> bytes:
    content = {"format": FORMAT, "generation": keys.generation, **_encode_keys(keys)}
    if keys.following is not None:
        content["following"] = {"header": keys.header.hex(), **_encode_keys(keys.following)}
    return (
        json.dumps({**content, "sum": _compute_checksum(content)}, indent=1, sort_keys=True).encode("ascii")
        + b"\n"
    )


def _encode_keys(keys: KeyFile) -> dict[str, Any]:
    encoded = {
        "cipher": keys.cipher,
        "recovery": _encode_sealed(keys.recovery),
        "slots": [_encode_slot(slot) for slot in keys.slots],
    }
    return {**encoded, "changes": keys.changes, "because": keys.because} if keys.changes else encoded


def decode_key_file(content: bytes) -> KeyFile:
    """Raises ValueError, KeyError or TypeError for what was not written by `encoded`, to the byte."""
    found = plain_json.parse_untrusted_json(content)
    if (
        not isinstance(found, dict)
        or found.pop("sum", None) != _compute_checksum(found)
        or found["format"] != FORMAT
    ):
        raise ValueError("not what was written")
    keys = replace(_decode_keys(found), generation=_check_number(found["generation"], 0, 1 << 53))
    following = found.get("following")
    if following is not None:
        header = bytes.fromhex(_check_text(following["header"]))
        keys = replace(keys, header=header, following=_decode_keys(following))
    if encode_key_file(keys) != content:
        raise ValueError("not what was written")
    return keys


def _decode_keys(found: dict[str, Any]) -> KeyFile:
    keys = KeyFile(
        cipher=_check_text(found["cipher"]),
        slots=tuple(_decode_slot(row) for row in _check_list(found["slots"])),
        recovery=_decode_sealed(found["recovery"]),
        changes=_check_number(found.get("changes", 0), 0, 1 << 31),
        because=_check_text(found.get("because", "")),
    )
    if len({slot.examiner for slot in keys.slots}) != len(keys.slots):
        raise ValueError("an examiner has two slots")
    return keys


def _compute_checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(to_canonical_json(content)).hexdigest()


def _encode_slot(slot: KeySlot) -> dict[str, Any]:
    encoded: dict[str, Any] = {"examiner": slot.examiner, "public": slot.public}
    if slot.vouched:
        encoded["vouched"] = vouches_to_body(slot.vouched)
    if slot.stretching is None:
        return {**encoded, "plain": slot.plain.hex()}
    stretching = {**vars(slot.stretching), "salt": slot.stretching.salt.hex()}
    return {
        **encoded,
        "argon2id": stretching,
        "case_key": _encode_sealed(slot.case_key),
        "signing_key": _encode_sealed(slot.signing_key),
        **_encode_sealing(slot),
    }


def _encode_sealing(slot: KeySlot) -> dict[str, Any]:
    """Nothing for a slot of before there were such pairs."""
    if not slot.sealing_public:
        return {}
    pair = {"public": slot.sealing_public.hex(), "secret": _encode_sealed(slot.sealing_key)}
    return {"sealing": pair, **({"sent": slot.sent.hex()} if slot.sent else {})}


def _decode_slot(encoded: dict[str, Any]) -> KeySlot:
    examiner, public = _check_text(encoded["examiner"]), _check_text(encoded["public"])
    vouched = _decode_vouches(encoded)
    if "plain" in encoded:
        return KeySlot(examiner, public, plain=_decode_key(encoded["plain"]), vouched=vouched)
    return KeySlot(
        examiner,
        public,
        _decode_stretching(encoded["argon2id"]),
        _decode_sealed(encoded["case_key"]),
        _decode_sealed(encoded["signing_key"]),
        vouched=vouched,
        **_decode_sealing(encoded),
    )


def _decode_sealing(encoded: dict[str, Any]) -> dict[str, Any]:
    if "sealing" not in encoded:
        return {}
    pair = encoded["sealing"]
    return {
        "sealing_public": _decode_key(pair["public"]),
        "sealing_key": _decode_sealed(pair["secret"]),
        "sent": bytes.fromhex(_check_text(encoded.get("sent", ""))),
    }


def _decode_vouches(encoded: dict[str, Any]) -> tuple[Vouch, ...]:
    vouched = vouches_from_body({"vouched": _check_list(encoded.get("vouched", []))})
    return tuple(Vouch(_check_text(vouch.by), _check_text(vouch.signature)) for vouch in vouched)


def _decode_stretching(encoded: dict[str, Any]) -> KeyStretching:
    """The costs of a passphrase, within what a machine can give; anything else was not written by us."""
    lanes = _check_number(encoded["lanes"], 1, _MOST_LANES)
    return KeyStretching(
        iterations=_check_number(encoded["iterations"], 1, _MOST_PASSES),
        lanes=lanes,
        memory_kib=_check_number(encoded["memory_kib"], 8 * lanes, _MOST_KIB),
        salt=bytes.fromhex(encoded["salt"]),
    )


def _check_number(value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("a number out of range")
    return value


def _check_text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise ValueError("no text")
    return value


def _check_list(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST_SLOTS:
        raise ValueError("no list of slots")
    return value


def _decode_key(encoded: str) -> bytes:
    key = bytes.fromhex(encoded)
    if len(key) not in {0, KEY_BYTES}:
        raise ValueError("no key")
    return key


def _encode_sealed(sealed: SealedSecret | None) -> dict[str, str] | None:
    return None if sealed is None else {"nonce": sealed.nonce.hex(), "data": sealed.data.hex()}


def _decode_sealed(encoded: dict[str, str] | None) -> SealedSecret | None:
    return (
        None
        if encoded is None
        else SealedSecret(bytes.fromhex(encoded["nonce"]), bytes.fromhex(encoded["data"]))
    )
