"""The places where receipts are kept by themselves: the account and a second place, a file for each case.

What lies there may have been written by anybody: a line that is no receipt is counted and left out. A kill
between any two instructions loses no line that was there before.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.domain.ledger.kept_receipt import LONGEST_LINE, KeptReceipt, kept_receipt_from_line
from reviewer.domain.names import make_printable
from reviewer.services.account.second_place import load_second_place
from reviewer.system.files import append_lines, make_private_folder, read_end, write_atomically
from reviewer.system.paths import data_folder

_FOLDER, _SUFFIX = "receipts", ".jsonl"
_SECOND_FOLDER = "reviewer receipts"
_MOST_READ = 2 << 20
_SECONDS_FOR_SECOND_PLACE = 1.0
"""A share that went away may not answer for minutes; nobody waits for it when a case is opened or closed."""
_MOST_FILES = 500
LONG_BYTES, _LONG_BYTES_OF_SECOND = 80_000, 1_000_000
"""A file of two hundred lines, or of some thousands, is thinned before it gets another."""
_NEWEST, _MOST_DAYS = 50, 60
_PLAIN_ID = re.compile(r"[0-9a-f]{1,64}")
_DAY, _MONTH = len("2026-01-02"), len("2026-01")


@dataclass(frozen=True)
class ReceiptFile:
    """What was read of one file: the receipts in the order they were kept, how many lines are none, whether
    the last line has no end, and why nothing could be read ("" if it could)."""

    receipts: Sequence[KeptReceipt] = ()
    spoilt: int = 0
    is_torn: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class ReceiptPlace:
    """A folder that holds a file of receipts for each case; `name` is what it is called."""

    name: str
    folder: Path
    is_second: bool = False

    def find_file(self, case_id: str) -> Path:
        """The file of a case. Its id comes out of a database that anybody may have written."""
        plain = _PLAIN_ID.fullmatch(case_id)
        name = case_id if plain else hashlib.sha256(case_id.encode("utf-8", "replace")).hexdigest()
        return self.folder / f"{name}{_SUFFIX}"

    def read(self, case_id: str) -> ReceiptFile:
        """Read the file of a case; of one that is too long only its end."""
        return self._bound(lambda: _read_file(self.find_file(case_id), self.folder, self.is_second))

    def keep(self, receipt: KeptReceipt) -> str:
        """Add a receipt unless the newest is of the same head; why it cannot be, "" if it was. A file that is
        long is thinned first."""
        return self._bound(lambda: self._keep(self.find_file(receipt.case), receipt)).trouble

    def bring_up(self, other: ReceiptPlace) -> str:
        """Add every receipt of the other place that is missing here; why that cannot be, "" if it was."""
        return self._bound(lambda: self._copy_all(other)).trouble

    def _keep(self, file: Path, receipt: KeptReceipt) -> ReceiptFile:
        end = read_end(file, 2 * LONGEST_LINE) if file.exists() else b""
        newest = _read_line(end.rstrip(b"\n").rpartition(b"\n")[2])
        if newest is not None and newest.head == receipt.head:
            return ReceiptFile()
        return self._append(file, [receipt])

    def _copy_all(self, other: ReceiptPlace) -> ReceiptFile:
        for file in sorted(other.folder.glob(f"*{_SUFFIX}"))[:_MOST_FILES]:
            mine, theirs = self.folder / file.name, read_end(file, _MOST_READ)
            newest = theirs.rstrip(b"\n").rpartition(b"\n")[2]
            if mine.exists() and newest in read_end(mine, _MOST_READ):
                continue  # lines are added in their order: what came before was added, too
            there = _read_file(file, other.folder, must_be_there=False).receipts
            here = set(_read_file(mine, self.folder, self.is_second).receipts)
            missing = [receipt for receipt in there if receipt not in here]
            if missing:
                self._append(mine, missing)
        return ReceiptFile()

    def _append(self, file: Path, receipts: Iterable[KeptReceipt]) -> ReceiptFile:
        if self.is_second and not self.folder.parent.is_dir():
            raise FileNotFoundError(2, "it is not connected")
        make_private_folder(self.folder)
        most = _LONG_BYTES_OF_SECOND if self.is_second else LONG_BYTES
        if file.exists() and file.stat().st_size > most:
            kept = thin_receipts(_read_file(file, self.folder, must_be_there=False).receipts)
            with suppress(OSError):  # a share to which one may only add: then it stays long
                write_atomically(file, b"".join(receipt.to_line() for receipt in kept))
        append_lines(file, b"".join(receipt.to_line() for receipt in receipts))
        return ReceiptFile()

    def _bound(self, work: Callable[[], ReceiptFile]) -> ReceiptFile:
        """The outcome, or what is in the way; of the second place after a second, whatever it does."""
        if not self.is_second:
            return _catch(work)
        found: list[ReceiptFile] = []
        thread = threading.Thread(target=lambda: found.append(_catch(work)), name="second place", daemon=True)
        thread.start()
        thread.join(_SECONDS_FOR_SECOND_PLACE)
        return found[0] if found else ReceiptFile(trouble="it does not answer")


def list_places() -> list[ReceiptPlace]:
    """The account, and the second place if one was chosen, whether it can be reached or not."""
    places = [find_account_place()]
    second = find_second_place()
    return [*places, second] if second is not None else places


def find_account_place() -> ReceiptPlace:
    """The place in the account."""
    return ReceiptPlace("in this account", data_folder() / _FOLDER)


def find_second_place() -> ReceiptPlace | None:
    """The second place, None if none was chosen."""
    folder = load_second_place()
    if folder is None:
        return None
    return ReceiptPlace(f"in {make_printable(str(folder))}", folder / _SECOND_FOLDER, is_second=True)


def thin_receipts(receipts: Sequence[KeptReceipt]) -> list[KeptReceipt]:
    """Those that stay where there are too many: the first, the newest fifty, and of those between the last
    of each day, further back the last of each month. A later receipt covers those before it."""
    older, newest = receipts[1:-_NEWEST], receipts[-_NEWEST:]
    by_day: dict[Any, KeptReceipt] = {receipt.at[:_DAY]: receipt for receipt in older}
    days = list(by_day.values())
    months = list({receipt.at[:_MONTH]: receipt for receipt in days[:-_MOST_DAYS]}.values())
    return [*receipts[:1], *months[-_MOST_DAYS:], *days[-_MOST_DAYS:], *newest]


def _catch(work: Callable[[], ReceiptFile]) -> ReceiptFile:
    try:
        return work()
    except OSError as error:
        return ReceiptFile(trouble=error.strerror or error.__class__.__name__)
    except ValueError as error:
        return ReceiptFile(trouble=str(error))


def _read_file(path: Path, folder: Path, must_be_there: bool) -> ReceiptFile:
    """OSError or ValueError if it cannot be read; nothing of a file that is not there, unless its place is
    one that must be."""
    if must_be_there and not folder.parent.is_dir():
        raise FileNotFoundError(2, "it is not connected")
    if not path.exists():
        return ReceiptFile()
    content = read_end(path, _MOST_READ)
    lines = content.split(b"\n")
    last = lines.pop()
    if len(content) == _MOST_READ and lines:
        del lines[0]  # its beginning was not read
    found = [_read_line(line) for line in lines]
    end = _read_line(last)  # a line that lacks nothing but its end is whole: its signature says so
    receipts = [receipt for receipt in (*found, end) if receipt is not None]
    return ReceiptFile(receipts, found.count(None), bool(last) and end is None)


def _read_line(line: bytes) -> KeptReceipt | None:
    try:
        return kept_receipt_from_line(line)
    except ValueError:
        return None
