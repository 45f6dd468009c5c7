"""Time stamps of an authority: a request is written to a file, and the answer brought back becomes an act.

The program never asks an authority itself: somebody carries the request to a machine with a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.acts.acts import HEAD_STAMPED
from reviewer.domain.acts.stamps import StampCheck
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft, Entry, describe_place
from reviewer.domain.ledger.time_stamp import (
    LARGEST_ROOTS,
    LARGEST_TOKEN,
    HeldStamp,
    TokenRefused,
    make_stamped_text,
    stamp_from_body,
)
from reviewer.domain.names import make_printable
from reviewer.keys.time_stamps import make_request, put_in_order, read_certificates, read_token
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import JobControl
from reviewer.storage import ledger
from reviewer.storage.store import Connection
from reviewer.system.clock import format_timestamp
from reviewer.system.files import read_at_most, write_atomically

REQUEST_SUFFIX, ANSWER_SUFFIX = ".tsq", ".tsr"


@dataclass(frozen=True)
class StampRequest:
    """What was asked for: a time stamp over the head of the first `entries` entries."""

    entries: int
    head: str


@dataclass(frozen=True)
class KnownStamp:
    """A time stamp that the ledger holds, with its place in it as faults name it. `vouched` says whether the
    certificate at the root of the authority's name was chosen when it was brought in."""

    where: str
    entries: int
    head: str
    time: str
    authority: str
    vouched: bool
    stored_at: str
    by: str


def write_request(case: OpenCase, path: Path) -> StampRequest:
    """Write a request over the present head, for an authority; nothing of the Case but a hash is in it."""
    with case.store.read() as connection:
        entries, head = ledger.load_size_and_head(connection)
    try:
        write_atomically(path, make_request(make_stamped_text(case.id, entries, head)))
    except OSError as error:
        raise KnownError(
            f"The request cannot be written to {make_printable(str(path))}: {error.strerror}."
        ) from error
    return StampRequest(entries, head)


def add_stamp(
    case: OpenCase, examiner: str, path: Path, roots: Path | None, control: JobControl
) -> KnownStamp:
    """Check the answer of an authority and keep it as an act of the Examiner (id).

    `roots` is a file of certificates at which its chain must end; without one those in the answer count, for
    which nobody vouches. KnownError for what is no time stamp of this ledger, is in it already, or
    contradicts the times of it.
    """
    case.require_writable()
    token = put_in_order(_read_file(path, LARGEST_TOKEN))
    chosen = read_certificates(_read_file(roots, LARGEST_ROOTS)) if roots is not None else ()
    stamp = read_token(token, chosen)
    check = StampCheck(read_token)
    with case.store.read() as connection:
        for _position, entry in ledger.iterate_entries(connection):
            control.check()
            for _fault in check.check_entry(entry):
                pass
        held = [entry.body for entry in ledger.load_entries_of_act(connection, HEAD_STAMPED)]
    found = check.find_stamped(stamp.imprint)
    if found is None:
        raise TokenRefused(
            "It is the time stamp of another case, or of a ledger that this one never was: no head of this "
            "ledger is what the authority signed."
        )
    made = HeldStamp(*found, token, stamp.authority, stamp.time, chosen)
    if made.as_body() in held:
        raise TokenRefused(f"The time stamp of {stamp.time} is in this case already.")
    for contradiction in check.find_contradictions(stamp, made.entries, format_timestamp(case.clock())):
        raise TokenRefused(
            f"It was not kept: {contradiction}.",
            "If the clock of this machine is wrong, set it right; where a time lies ahead, the next act puts "
            "on record that it was. Then bring the time stamp in again.",
        )
    return _describe(case.record(Draft(HEAD_STAMPED, case.id, made.as_body()), examiner))


def load_stamps(case: OpenCase) -> list[KnownStamp]:
    """The time stamps that the ledger holds, the newest first; what is none is for `verify` to name."""
    with case.store.read() as connection:
        return load_stamps_from(connection)


def load_stamps_from(connection: Connection) -> list[KnownStamp]:
    """The same, from a ledger that is held already, as it was at some moment."""
    found = []
    for entry in ledger.load_entries_of_act(connection, HEAD_STAMPED):
        try:
            found.append(_describe(entry))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _describe(entry: Entry) -> KnownStamp:
    held = stamp_from_body(entry.body)
    return KnownStamp(
        describe_place(entry),
        held.entries,
        held.head,
        held.time,
        held.authority,
        bool(held.roots),
        entry.at,
        entry.author,
    )


def _read_file(path: Path, most: int) -> bytes:
    shown = make_printable(str(path))
    try:
        return read_at_most(path, most)
    except OSError as error:
        raise KnownError(f"{shown} cannot be read: {error.strerror}.") from error
    except ValueError:
        raise KnownError(f"{shown} is too large for a time stamp, or is no file.") from None
