"""Where the person was when the window was locked, and what a window may know that takes its place.

Nothing in it is secret: the folder of a case stands in the list of recent cases, and the rest says nothing
of what is in it. What tells more (the photograph, what was typed, folders that were being ingested) is kept
beside the case, as encrypted, and comes back with the passphrase.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from reviewer.domain import plain_json
from reviewer.domain.ledger.receipt import Receipt


@dataclass(frozen=True)
class ResumePoint:
    """The folder of the case, the screen, what was under way and was stopped, and how many entries the ledger
    had when the sitting began, so that its receipt counts from there.

    `examiner` is the name of who reads, where no passphrase says so; "" for a case that is encrypted.
    """

    case: Path
    read_only: bool
    examiner: str
    screen: str
    stopped: str
    entries_before: int


@dataclass(frozen=True)
class LockedWindow:
    """A window that is locked, for a process that has seen nothing of the case: where the person was, the
    receipts that are still to be shown, without names, and whether the window is in front, or minimised, and
    for viewing only."""

    resume: ResumePoint
    receipts: tuple[Receipt, ...]
    is_in_front: bool
    is_minimized: bool
    is_view_only: bool = False


def make_locked_window(
    resume: ResumePoint,
    receipts: Sequence[Receipt],
    *,
    is_in_front: bool,
    is_minimized: bool,
    is_view_only: bool = False,
) -> LockedWindow:
    nameless = tuple(receipt.without_names() for receipt in receipts)
    return LockedWindow(resume, nameless, is_in_front, is_minimized, is_view_only)


def encode_locked_window(window: LockedWindow) -> bytes:
    """One line."""
    content = {**asdict(window), "resume": {**asdict(window.resume), "case": str(window.resume.case)}}
    return json.dumps(content).encode("ascii")


def decode_locked_window(content: bytes) -> LockedWindow:
    """Raises ValueError, KeyError or TypeError for what was not written by `encode_locked_window`."""
    found = plain_json.parse_untrusted_json(content)
    resume = ResumePoint(**found["resume"])
    return LockedWindow(
        replace(resume, case=Path(resume.case)),
        tuple(Receipt(**receipt) for receipt in found["receipts"]),
        bool(found["is_in_front"]),
        bool(found["is_minimized"]),
        bool(found["is_view_only"]),
    )
