"""What of a case lies in the memory of a program and of all that it started (Linux).

Reading the memory of a process that refuses dumps needs root, or the right to trace (CAP_SYS_PTRACE).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from measuring import list_family

from reviewer.keys.key_ring import KeyRing

_PIECE = 8 << 20
Sought = Mapping[str, bytes]
"""What is looked for, by what it is called."""


def list_sought(keys: KeyRing, passphrase: str, note: str, names: list[str]) -> dict[str, bytes]:
    """The keys of a case, raw and as text, and words in the forms that Python, SQLite and Qt keep them in."""
    found = {"case key, raw": bytes(keys._case_key), "case key, as text": keys._case_key.hex().encode()}
    for name, key in (("database", keys.database_key()), ("previews", keys.previews_key())):
        if key is not None:
            found |= {f"key of {name}, raw": key, f"key of {name}, as text": key.hex().encode()}
    for number, signing in enumerate(keys._signing.values(), 1):
        found[f"signing key {number}"] = signing.secret
    words = {"passphrase": passphrase, "note": note}
    words |= {f"name of file {number}": name for number, name in enumerate(names, 1)}
    for what, text in words.items():
        found |= {f"{what}, UTF-8": text.encode(), f"{what}, UTF-16": text.encode("utf-16-le")}
    return found


def can_be_read(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/mem", "rb"):
            return True
    except OSError:
        return False


def count_remains(pid: int, sought: Sought) -> Counter[str]:
    """How often each lies in the memory of a process and of all its descendants; nothing for what is gone."""
    found: Counter[str] = Counter()
    for member in list_family(pid):
        for before, piece in _iterate_memory(member, max(map(len, sought.values()))):
            whole = before + piece
            for what, content in sought.items():
                found[what] += whole.count(content) - before.count(content)
    return +found


def _iterate_memory(pid: int, longest: int) -> Iterator[tuple[bytes, bytes]]:
    """All that is written to, in pieces, each with the end of the one before it."""
    try:
        regions = Path(f"/proc/{pid}/maps").read_text().splitlines()
        memory = open(f"/proc/{pid}/mem", "rb", buffering=0)  # noqa: SIM115
    except OSError:
        return
    with memory:
        for region in regions:
            addresses, rights, _offset, _device, inode, *_path = region.split()
            if "r" not in rights or (inode != "0" and "w" not in rights) or "[v" in region:
                continue
            start, end = (int(address, 16) for address in addresses.split("-"))
            before = b""
            for place in range(start, end, _PIECE):
                piece = _read(memory.fileno(), place, min(_PIECE, end - place))
                yield before, piece
                before = piece[1 - longest :]


def _read(descriptor: int, place: int, size: int) -> bytes:
    try:
        return os.pread(descriptor, size, place)
    except OSError:
        return b""
