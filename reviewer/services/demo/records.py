"""The file of records of the demonstration: a row for each individual of the plan, and rows that are wrong.

The numbers are those of the cards and folders. The names are made of the word for "name" and a number, so
that they are nobody's.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from reviewer.services.demo.plan import PlannedPhoto, plan_photos
from reviewer.system.files import write_atomically

HEADER = ("Examination no", "Detainee no", "Branch", "Name", "Sex", "Date of death", "Remarks")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ARABIC_SEX = {"m": "ذكر", "f": "أنثى", "": ""}
_OTHER_BRANCH = {"901": "914", "914": "927", "927": "938", "938": "901"}


@dataclass(frozen=True)
class _DemoRecord:
    """What a row says; `arabic` rows are written in that script, with its digits."""

    examination: str
    detainee: str
    branch: str
    number: int
    sex: str
    died: date
    arabic: bool = False
    year_first: bool = False
    remark: str = ""

    def to_cells(self) -> tuple[str, ...]:
        died = f"{self.died:%Y-%m-%d}" if self.year_first else f"{self.died:%d/%m/%Y}"
        numbers = (self.examination, self.detainee, self.branch)
        if not self.arabic:
            name = f"Name {'ABCD'[self.number % 4]} {self.number:03d}"
            return (*numbers, name, self.sex, died, self.remark)
        cells = (*numbers, f"اسم {self.number:03d}", _ARABIC_SEX[self.sex], died)
        return (*(cell.translate(_ARABIC_DIGITS) for cell in cells), self.remark)


def make_records(path: Path, photos: int, seed: int) -> None:
    """Write the records of a collection of `photos` photographs; an existing file is left as it is."""
    if not path.exists():
        write_atomically(path, make_csv(photos, seed).encode())


def make_csv(photos: int, seed: int) -> str:
    """The file as text, CSV; the same for the same plan.

    The row of the second individual names another branch than its card. The first one has a second row, which
    contradicts the first, with a date that could be two days. The last row is of nobody; its date can be read
    in one order only.
    """
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(HEADER)
    rows.writerows(row.to_cells() for row in _make_rows(photos, seed))
    return written.getvalue()


def _make_rows(photos: int, seed: int) -> Iterator[_DemoRecord]:
    rng = random.Random(f"records {seed}")  # noqa: S311 (invented rows, not a secret)
    first: _DemoRecord | None = None
    count = 0
    for count, photo in enumerate(_find_first_photos(photos, seed), start=1):
        row = _make_row(rng, count, photo)
        first = first or row
        yield replace(row, branch=_OTHER_BRANCH[row.branch]) if count == 2 else row
    if first is not None:
        yield _make_contradicting_row(first, count + 1)
    yield _DemoRecord(
        "99001", "990", "990", count + 2, "m", date(2012, 8, 25), True, remark="in no photograph"
    )


def _make_contradicting_row(row: _DemoRecord, number: int) -> _DemoRecord:
    """Another row of the same individual, with another sex and another day of death."""
    day = next(day for day in range(1, 13) if day not in {row.died.day, row.died.month})
    sex = "f" if row.sex == "m" else "m"
    died = row.died.replace(day=day)
    return replace(row, number=number, sex=sex, died=died, arabic=False, remark="from a second list")


def _find_first_photos(photos: int, seed: int) -> Iterator[PlannedPhoto]:
    """The first photograph of each individual."""
    before = ""
    for photo in plan_photos(photos, seed):
        if photo.shot.card[2] != before:
            before = photo.shot.card[2]
            yield photo


def _make_row(rng: random.Random, number: int, photo: PlannedPhoto) -> _DemoRecord:
    detainee, branch, examination = photo.shot.card
    sex = "" if rng.random() < 0.05 else "f" if rng.random() < 0.1 else "m"
    died = photo.taken.date() - timedelta(days=rng.randint(0, 3))
    return _DemoRecord(examination, detainee, branch, number, sex, died, photo.shot.arabic, number % 5 == 0)
