"""The process that reads files of records: as confined as the one that decodes photographs.

    python -m reviewer.media.records.table_worker [--channel N] [--unfiltered]

A spreadsheet is a container of compressed XML, made by anybody. One JSON line in:
  {"input": NAME, "size": N, "output": NAME, "workbook": true | false, "sheet": TEXT, "encoding": TEXT,
   "tabbed": true | false, "delimiter": TEXT}
One JSON line out: "ok": true with the grid as JSON in the output buffer ("bytes": N), or "grow": N, or
"refused" with a sentence, a hint and a code.
"""

from __future__ import annotations

import contextlib
import json
import sys
from functools import partial
from typing import Any

from reviewer.domain.errors import KnownError
from reviewer.domain.records.table import RecordCell, RecordCellKind, RecordSheet
from reviewer.media.records.delimited import MOST_ANSWER, make_too_large_error
from reviewer.media.workers.serving import Work, WorkerMessage, run_worker


def main(arguments: list[str]) -> None:
    """Answer until standard input ends."""
    run_worker(arguments, lambda: Work(_answer_request, partial(_warm_up, _make_sample())))


def _make_sample() -> bytes:
    """A small workbook, made before files are given up."""
    import io
    from datetime import date

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (["a", "b"], ["x", 215.0], [date(2012, 8, 14), "=1+1"]):
        sheet.append(row)
    sheet.merge_cells("A4:B4")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _warm_up(sample: bytes) -> None:
    """Read one of each kind: parsers and codecs load what they load late."""
    from reviewer.domain.records.text_encodings import CODECS
    from reviewer.media.records.delimited import read_delimited
    from reviewer.media.records.encoding_guess import detect_encoding
    from reviewer.media.records.spreadsheet import read_workbook

    read_workbook(sample)
    for encoding, codec in CODECS.items():
        read_delimited("a,b\n1,2\n".encode(codec), encoding, False)
    for codec in ("cp1256", "utf-16-le", "utf-32-be"):
        with contextlib.suppress(KnownError):
            detect_encoding("\u0627\u0644\u0627\u0633\u0645,\u0645\u062d\u0645\u062f\n".encode(codec))


def _answer_request(request: WorkerMessage, data: memoryview, room: memoryview) -> WorkerMessage:
    try:
        content = bytes(data[: request["size"]])
        produced = json.dumps(_grid_to_json(_read_grid(content, request)), ensure_ascii=False).encode("utf-8")
    except KnownError as error:
        return {"ok": False, "refused": [error.message, error.hint, error.code]}
    except MemoryError:
        return {
            "ok": False,
            "refused": ["The file needs more memory than is given for it.", "", "records-large"],
        }
    except Exception as error:
        reason = f"The file cannot be read ({error.__class__.__name__})."
        return {"ok": False, "refused": [reason, "Save it anew, or as CSV.", "records-damaged"]}
    if len(produced) > MOST_ANSWER:
        too_much = make_too_large_error(f"more than {MOST_ANSWER / 1e6:,.0f} MB of text in its cells")
        return {"ok": False, "refused": [too_much.message, too_much.hint, too_much.code]}
    if len(produced) > len(room):
        return {"ok": False, "grow": len(produced)}
    room[: len(produced)] = produced
    return {"ok": True, "bytes": len(produced)}


def _read_grid(content: bytes, request: dict[str, Any]) -> RecordSheet:
    from reviewer.media.records.delimited import read_delimited
    from reviewer.media.records.spreadsheet import read_workbook

    if request["workbook"]:
        return read_workbook(content, request["sheet"])
    return read_delimited(content, request["encoding"], request["tabbed"], request["delimiter"])


def _grid_to_json(grid: RecordSheet) -> dict[str, Any]:
    return {
        "rows": [[row.number, [_cell_to_json(cell) for cell in row.cells]] for row in grid.rows],
        "sheet": grid.sheet,
        "encoding": grid.encoding,
        "delimiter": grid.delimiter,
        "why": grid.why,
        "notes": list(grid.notes),
        "merged": [list(merged_range) for merged_range in grid.merged],
    }


def _cell_to_json(cell: RecordCell) -> str | list[str]:
    if cell.kind is RecordCellKind.TEXT and not cell.doubt:
        return cell.text
    return [cell.text, str(cell.kind), cell.doubt]


if __name__ == "__main__":
    main(sys.argv[1:])
