"""Files of records for tests: sober, invented, and of every bad kind."""

import io
import zipfile

from openpyxl import Workbook

from reviewer.media.records.delimited import read_delimited
from reviewer.media.records.spreadsheet import read_workbook

HEAD = ("Examination no", "Detainee no", "Branch", "Sex", "Date of death", "Name")
ROWS = (
    ("1024", "3345", "215", "m", "14/08/2012", "Person A"),
    ("1025", "3346", "215", "f", "15/08/2012", "شخص ب"),
    ("١٠٢٦", "٣٣٤٧", "٢١٥", "ذكر", "١٦/٠٨/٢٠١٢", "شخص ج"),
)


def csv_text(rows=ROWS, head=HEAD, delimiter=","):
    return "\n".join(delimiter.join(row) for row in (head, *rows)) + "\n"


def workbook(rows, sheet="Sheet1", change=lambda _sheet, _book: None):
    """The bytes of an .xlsx file with these rows; `change` may do more to the sheet."""
    book = Workbook()
    made = book.active
    made.title = sheet
    for row in rows:
        made.append(row)
    change(made, book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(content, name, part):
    """A workbook with one of its parts replaced by these bytes, or by what a function makes of it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            kept = old.read(each)
            if each.filename == name:
                kept = part(kept) if callable(part) else part
            new.writestr(each.filename, kept)
    return made.getvalue()


def read_here(content, _name, *, sheet="", encoding="", delimiter="", check=lambda: None):
    """What the confined process does, in this one."""
    check()
    if content.startswith(b"PK"):
        return read_workbook(content, sheet)
    return read_delimited(content, encoding, False, delimiter)
