"""Reading a file of records as the program sees it: bytes in, a grid out, one process for each file.

The process is started for the file and ended after it. It has a deadline and can be stopped at any time.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import Any

from reviewer.domain.errors import KnownError
from reviewer.domain.record_table import Cell, CellKind, Grid, Row
from reviewer.media import evidence_file
from reviewer.media.delimited import MOST_ANSWER
from reviewer.media.worker_process import WorkerLost, WorkerProcess

LARGEST_FILE = 64 << 20
SECONDS = 120.0
COMMAND = (sys.executable, "-m", "reviewer.media.table_worker")
_LOOK_EVERY = 0.1
_WORKBOOK = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_SPREADSHEET_NAMES = (".xlsx", ".xlsm", ".xltx", ".xls", ".ods")


def content_of(path: str) -> tuple[bytes, str]:
    """All bytes of a regular file and their SHA-256; KnownError if it cannot be read or is too large."""
    try:
        handle = evidence_file.opened(os.fsencode(path))
    except OSError as error:
        raise KnownError(
            f"The file cannot be read: {error.strerror or error}.",
            "Is the drive connected?",
            code="records-file",
        ) from None
    try:
        size = evidence_file.size_of(handle)
        if size > LARGEST_FILE:
            raise KnownError(
                f"The file has {size / 1e6:,.0f} MB; the program reads up to {LARGEST_FILE / 1e6:,.0f} MB.",
                "Divide it into several files and load each.",
                code="records-large",
            )
        if size == 0:
            raise KnownError("The file is empty.", code="records-empty")
        buffer = bytearray(size)
        read = evidence_file.read_into(handle, memoryview(buffer))
    except OSError as error:
        raise KnownError(f"The file cannot be read: {error.strerror}.", code="records-file") from None
    finally:
        os.close(handle)
    if read.size != size:
        raise KnownError(
            "The file was changed while it was read.",
            "Close it elsewhere and try again.",
            code="records-file",
        )
    return bytes(buffer), read.sha256


def read_grid(
    content: bytes,
    name: str,
    *,
    sheet: str = "",
    encoding: str = "",
    delimiter: str = "",
    check: Callable[[], None] = lambda: None,
    seconds: float = SECONDS,
    command: Sequence[str] = COMMAND,
) -> Grid:
    """The grid of a content; `name` only helps to say what is wrong with it. `check` may raise to stop it."""
    workbook = content.startswith(_WORKBOOK)
    lower = name.casefold()
    if not workbook and lower.endswith(_SPREADSHEET_NAMES):
        raise KnownError(
            "The file is named like a spreadsheet and is none.",
            "If it is text, name it .csv or .tsv.",
            code="records-kind",
        )
    request = {
        "size": len(content),
        "workbook": workbook,
        "sheet": sheet,
        "encoding": encoding,
        "tabbed": lower.endswith((".tsv", ".tab")),
        "delimiter": delimiter,
    }
    worker = WorkerProcess(command)
    try:
        worker.room(len(content))[: len(content)] = content
        answer, produced = _asked(worker, request, seconds, check)
    except WorkerLost as lost:
        raise _lost(lost, seconds) from None
    finally:
        worker.close()
    return _grid_of(answer, produced)


def _asked(
    worker: WorkerProcess, request: dict[str, Any], seconds: float, check: Callable[[], None]
) -> tuple[dict[str, Any], bytes]:
    """Ask and wait; if `check` raises, the process is ended and that is what is raised."""
    with ThreadPoolExecutor(1, thread_name_prefix="records") as thread:
        future: Future[tuple[dict[str, Any], bytes]] = thread.submit(worker.ask, request, seconds)
        while True:
            try:
                return future.result(_LOOK_EVERY)
            except NotYet:
                if future.done():
                    raise
            try:
                check()
            except BaseException:
                worker.end()
                raise


def _lost(lost: WorkerLost, seconds: float) -> KnownError:
    if lost.overran:
        return KnownError(
            f"Reading the file took longer than {seconds:,.0f} seconds and was stopped.",
            "Save the sheet as CSV, or divide it.",
            code="records-large",
        )
    return KnownError(
        "Reading the file brought the reading process down; the case is untouched.",
        "The file may be damaged or made to do harm. Save it as CSV elsewhere.",
        code="records-damaged",
    )


def _grid_of(answer: dict[str, Any], produced: bytes) -> Grid:
    """The grid of an answer; the process is not trusted, so every part is brought to its type."""
    refused = answer.get("refused")
    if isinstance(refused, list) and len(refused) == 3:
        message, hint, code = (str(each)[:500] for each in refused)
        raise KnownError(message, hint, code=code)
    try:
        if len(produced) > MOST_ANSWER:
            raise ValueError("more than was agreed")
        told = json.loads(produced)
        rows = tuple(Row(int(number), tuple(_cell(each) for each in cells)) for number, cells in told["rows"])
        return Grid(
            rows,
            str(told["sheet"]),
            str(told["encoding"]),
            str(told["delimiter"]),
            str(told["why"]),
            tuple(str(each) for each in told["notes"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _lost(WorkerLost(overran=False), 0) from None


def _cell(told: object) -> Cell:
    if isinstance(told, str):
        return Cell(told)
    if not isinstance(told, list):
        raise TypeError("no cell")
    text, kind, doubt = told
    return Cell(str(text), CellKind(kind), str(doubt))
