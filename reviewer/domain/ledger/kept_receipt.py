"""A receipt as it is kept by itself: one line of JSON without names, signed by whoever closed the Case.

The signature is Ed25519 over SHA-256 of "reviewer receipt 1" and a line end, followed by the canonical JSON
of all other fields. The line holds the public key as well: a ledger that was put back or written anew may be
just one that no longer states it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from reviewer.domain.ledger.entry import to_canonical_json

LONGEST_LINE = 1024
"""Bytes of a line, its end included; what the program writes has less than half of it."""
_PREFIX = b"reviewer receipt 1\n"
_ID, _HASH = r"([0-9A-Za-z._-]{1,64})", r"([0-9a-f]{64})"
_LINE = re.compile(
    r'\{"at":"(\d{4}-\d\d-\d\dT[0-9:.+-]{5,20})","case":"'
    rf'{_ID}","entries":([1-9]\d{{0,14}}),"examiner":"{_ID}","head":"{_HASH}","key":"{_HASH}",'
    r'"signature":"([0-9a-f]{128})"\}\n?'
)


@dataclass(frozen=True)
class KeptReceipt:
    """`head` stands for the first `entries` entries of the ledger of `case`, as it was closed at `at`.

    `examiner` is an id; `key` and `signature` are hex.
    """

    case: str
    entries: int
    head: str
    at: str
    examiner: str
    key: str
    signature: str = ""

    @property
    def signed_hash(self) -> str:
        """What the signature is made over, 64 hex digits."""
        return hashlib.sha256(_PREFIX + to_canonical_json(self._make_content())).hexdigest()

    def _make_content(self) -> dict[str, object]:
        return {
            "case": self.case,
            "entries": self.entries,
            "head": self.head,
            "at": self.at,
            "examiner": self.examiner,
            "key": self.key,
        }

    def to_line(self) -> bytes:
        """The line of the file, with its end."""
        return to_canonical_json({**self._make_content(), "signature": self.signature}) + b"\n"

    def is_signed(self, holds: Callable[[str, str, str], bool]) -> bool:
        """Whether the signature is right by the key that the line names; `holds(public, hash, signature)`."""
        return holds(self.key, self.signed_hash, self.signature)


def kept_receipt_from_line(line: bytes) -> KeptReceipt:
    """The receipt of one line, with or without its end. ValueError for whatever else somebody wrote, and also
    for other JSON of the same meaning: there is one way to write a receipt."""
    found = _LINE.fullmatch(line.decode("latin-1")) if len(line) <= LONGEST_LINE else None
    if found is None:
        raise ValueError("no receipt")
    at, case, entries, examiner, head, key, signature = found.groups()
    return KeptReceipt(case, int(entries), head, at, examiner, key, signature)
