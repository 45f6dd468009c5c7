"""Reading a file of records as the program sees it: bytes in, a grid out, one process for each file.

The process is started for the file and ended after it. It has a deadline and can be stopped at any time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from reviewer.domain.errors import KnownError
from reviewer.domain.records.table import RecordCell, RecordCellKind, RecordSheet, SheetRow
from reviewer.media.records.delimited import LONGEST_CELL, MOST_ANSWER, MOST_COLUMNS, MOST_MERGED, MOST_ROWS
from reviewer.media.workers import answers, evidence_file
from reviewer.media.workers.watched import ask_interruptibly
from reviewer.media.workers.worker_process import WorkerLost, WorkerProcess

LARGEST_FILE = 64 << 20
SECONDS = 120.0
COMMAND = (sys.executable, "-m", "reviewer.media.records.table_worker")
_MOST_NOTES = 1_000
_LARGEST_NUMBER = 1 << 48
_MOST_LISTS = (MOST_ROWS + 2) * (MOST_COLUMNS + 1)
_WORKBOOK_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_SPREADSHEET_NAMES = (".xlsx", ".xlsm", ".xltx", ".xls", ".ods")


def read_content(path: str) -> tuple[bytes, str]:
    """All bytes of a regular file and their SHA-256; KnownError if it cannot be read or is too large."""
    try:
        handle = evidence_file.open_original(os.fsencode(path))
    except OSError as error:
        raise KnownError(
            f"The file cannot be read: {error.strerror or error}.",
            "Is the drive connected?",
            code="records-file",
        ) from None
    try:
        size = evidence_file.measure_file(handle)
        if size > LARGEST_FILE:
            raise KnownError(
                f"The file has {size / 1e6:,.0f} MB; the program reads up to {LARGEST_FILE / 1e6:,.0f} MB.",
                "Divide it into several files and load each.",
                code="records-large",
            )
        if size == 0:
            raise KnownError("The file is empty.", code="records-empty")
        buffer = bytearray(size)
        read = evidence_file.read_and_hash(handle, memoryview(buffer))
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
) -> RecordSheet:
    """The grid of a content; `name` only helps to say what is wrong with it. `check` may raise to stop it."""
    workbook = content.startswith(_WORKBOOK_SIGNATURES)
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
        worker.provide_room(len(content))[: len(content)] = content
        untrusted, untrusted_content = ask_interruptibly(worker, request, seconds, MOST_ANSWER, check)
    except WorkerLost as lost:
        raise _make_lost_worker_error(lost, seconds) from None
    finally:
        worker.close()
    return _grid_from_answer(untrusted, untrusted_content)


def _make_lost_worker_error(lost: WorkerLost, seconds: float) -> KnownError:
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


def _grid_from_answer(untrusted: dict[str, Any], untrusted_content: bytes) -> RecordSheet:
    """The grid of an answer; the process is not trusted, so every part is checked."""
    try:
        fields = answers.UntrustedFields(untrusted)
        if fields.has("refused"):
            message, hint, code = fields.texts("refused", 3)
            raise KnownError(message, hint, code=code)
        fields = answers.UntrustedFields(answers.parse_content(untrusted_content, _MOST_LISTS))
        return RecordSheet(
            tuple(_row_from_answer(row) for row in fields.list("rows", MOST_ROWS + 1)),
            fields.text("sheet"),
            fields.text("encoding", 40),
            fields.text("delimiter", 1),
            fields.text("why"),
            fields.texts("notes", _MOST_NOTES),
            tuple(_range_from_answer(merged_range) for merged_range in fields.list("merged", MOST_MERGED)),
        )
    except (answers.ProtocolViolation, ValueError):
        raise _make_lost_worker_error(WorkerLost(overran=False), 0) from None


def _row_from_answer(untrusted: object) -> SheetRow:
    number, cells = _check_list(untrusted, 2, 2)
    if type(number) is not int or not 1 <= number <= _LARGEST_NUMBER:
        raise answers.ProtocolViolation("the number of a row was agreed")
    return SheetRow(number, tuple(_cell_from_answer(cell) for cell in _check_list(cells, 0, MOST_COLUMNS)))


def _range_from_answer(untrusted: object) -> tuple[int, int, int, int]:
    numbers = _check_list(untrusted, 4, 4)
    if any(type(number) is not int or not 1 <= number <= _LARGEST_NUMBER for number in numbers):
        raise answers.ProtocolViolation("a range of four numbers was agreed")
    left, top, right, bottom = numbers
    return left, top, right, bottom


def _cell_from_answer(untrusted: object) -> RecordCell:
    if isinstance(untrusted, str):
        return RecordCell(answers.check_text(untrusted, LONGEST_CELL))
    text, kind, doubt = _check_list(untrusted, 3, 3)
    return RecordCell(
        answers.check_text(text, LONGEST_CELL),
        RecordCellKind(answers.check_text(kind, 20)),
        answers.check_text(doubt, answers.LONGEST_TEXT),
    )


def _check_list(untrusted: object, least: int, most: int) -> list[Any]:
    if not isinstance(untrusted, list) or not least <= len(untrusted) <= most:
        raise answers.ProtocolViolation("a list was agreed")
    return untrusted
