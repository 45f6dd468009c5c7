"""What an authority of time signed (RFC 3161), and what of the ledger it stands for.

An authority never sees the Case: it signs a hash together with the time. Here that is the hash of a text of
four lines that name the Case, a number of entries and the head that these had.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from reviewer.domain.errors import KnownError

LARGEST_TOKEN, LARGEST_ROOTS, MOST_ROOTS = 1 << 16, 1 << 16, 8
"""Bytes of an answer of an authority, and of the certificates it is checked against; how many of these."""
_TITLE = "reviewer head 1"


class TokenRefused(KnownError):
    """What was brought in is no time stamp that holds; the sentence says why."""

    code = "time-stamp"


@dataclass(frozen=True)
class TimeStamp:
    """What a token says: the hash that was signed (64 hex digits), when, within which `accuracy`, by whom
    (the name of the certificate, RFC 4514), and the SHA-256 of the certificate at the root of that name."""

    imprint: str
    at: datetime
    accuracy: timedelta
    authority: str
    root: str

    @property
    def earliest(self) -> str:
        """The first moment that it can mean, as entries say moments."""
        return _format_moment(self.at - self.accuracy)

    @property
    def latest(self) -> str:
        return _format_moment(self.at + self.accuracy)

    @property
    def time(self) -> str:
        return _format_moment(self.at)


TokenReader = Callable[[bytes, Sequence[bytes]], TimeStamp]
"""Reads an answer of an authority and checks its signature: from its DER and the DER of certificates at which
its chain may end (none: those in it) to what it says; TokenRefused."""


@dataclass(frozen=True)
class HeldStamp:
    """A token as the ledger holds it. `head` is that of the first `entries` entries; `roots` are the
    certificates that were chosen to end its chain, empty for none; `authority` and `time` as in the token."""

    entries: int
    head: str
    token: bytes
    authority: str
    time: str
    roots: tuple[bytes, ...] = ()

    def as_body(self) -> dict[str, Any]:
        return {
            "entries": self.entries,
            "head": self.head,
            "token": base64.b64encode(self.token).decode("ascii"),
            "authority": self.authority,
            "time": self.time,
            "roots": [base64.b64encode(root).decode("ascii") for root in self.roots],
        }


def stamp_from_body(body: Mapping[str, Any]) -> HeldStamp:
    """The token that an entry holds. ValueError, KeyError or TypeError for what is none."""
    held = HeldStamp(
        body["entries"],
        body["head"],
        base64.b64decode(body["token"], validate=True),
        body["authority"],
        body["time"],
        tuple(base64.b64decode(root, validate=True) for root in body["roots"]),
    )
    if type(held.entries) is not int or len(held.token) > LARGEST_TOKEN or len(held.roots) > MOST_ROOTS:
        raise ValueError("out of bounds")
    if held.as_body() != dict(body):
        raise ValueError("more than a time stamp")
    return held


def make_stamped_text(case: str, entries: int, head: str) -> bytes:
    """The text whose hash an authority signs: the first `entries` entries of this Case had this head."""
    return f"{_TITLE}\n{case}\n{entries}\n{head}\n".encode()


def compute_imprint(case: str, entries: int, head: str) -> str:
    """SHA-256 of the text, 64 hex digits."""
    return hashlib.sha256(make_stamped_text(case, entries, head)).hexdigest()


def _format_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
