"""A file of records that was looked at and is not in the Case yet: how it will be read, what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.domain.errors import KnownError
from reviewer.domain.people.individual import Fact
from reviewer.domain.records.calendars import ANY_DATE, Calendar, DateWindow
from reviewer.domain.records.dates import DateOrder, DateOrderEvidence, parse_record_date
from reviewer.domain.records.mapping import (
    RecordFact,
    RecordMapping,
    RecordRow,
    check_mapping,
    decide_date_orders,
    iterate_record_rows,
)
from reviewer.domain.records.table import RecordTable
from reviewer.media.records.calendars import to_our_calendar
from reviewer.storage.records import RecordFile

FIRST_ROWS = 24
MOST_DOUBTS_SHOWN = 300
_EXAMPLES = 2


@dataclass(frozen=True)
class RecordChoices:
    """What a person chose for a file; what is empty is proposed.

    `columns`: name of a column -> Fact, "" to leave it out. `calendar` is that of the dates, `window` which
    of them can be meant (from 2000 to the day of loading). `like`: id of a file that was loaded before.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    dates: DateOrder | None = None
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    header_rows: int = 0
    calendar: Calendar | None = None
    window: DateWindow | None = None
    like: str = ""


@dataclass(frozen=True)
class RecordPreview:
    """A file that was read and is not in the Case yet.

    `origin` says where the mapping comes from. `unclear` is why it cannot be loaded as it is, None if it can.
    `before` is the same file if it was loaded already.
    """

    name: str
    sha256: str
    content: bytes = field(repr=False)
    table: RecordTable = field(repr=False)
    columns: tuple[tuple[str, Fact | None], ...]
    evidence: Mapping[str, DateOrderEvidence]
    origin: str
    choices: RecordChoices
    before: RecordFile | None = None
    doubts: tuple[tuple[int, RecordFact], ...] = ()
    """Every value that is in doubt, with the number of its row."""
    shown: tuple[RecordRow, ...] = field(default=(), repr=False)
    """The first rows, and the rows of the first doubts, in the order of the file."""

    @property
    def calendar(self) -> Calendar:
        """The calendar of its dates."""
        return self.choices.calendar or Calendar.GREGORIAN

    @property
    def window(self) -> DateWindow:
        """Which of its dates can be meant."""
        return self.choices.window or ANY_DATE

    @property
    def unclear(self) -> KnownError | None:
        try:
            self.mapping()
        except KnownError as error:
            return error
        return None

    def mapping(self) -> RecordMapping:
        """Return how the file will be read. KnownError while something has to be decided."""
        grid = self.table.grid
        return check_mapping(
            RecordMapping(
                self.columns,
                decide_date_orders(self.evidence, self.choices.dates),
                grid.sheet,
                self.table.header_row,
                grid.encoding,
                grid.delimiter,
                self.table.header_rows,
                tuple((name, self.calendar) for name in self.evidence),
                self.window,
            )
        )

    def explain_orders(self) -> tuple[tuple[DateOrder, tuple[tuple[int, str], ...]], ...]:
        """What each order of day and month would make of the first rows that depend on it: (row, date as ISO
        8601, "" for none). Empty if nothing is to decide."""
        open_ = {name for name, found in self.evidence.items() if found.needed and found.order is None}
        if self.choices.dates is not None or not open_:
            return ()
        in_doubt = [(row, fact.raw) for row, fact in self.doubts if fact.column in open_]
        read = {
            order: [
                (row, parse_record_date(raw, order, self.calendar, convert=to_our_calendar).value)
                for row, raw in in_doubt
            ]
            for order in DateOrder
        }
        telling = [
            place
            for place in range(len(in_doubt))
            if read[DateOrder.DAY_FIRST][place][1] and read[DateOrder.MONTH_FIRST][place][1]
        ][:_EXAMPLES]
        return tuple((order, tuple(read[order][place] for place in telling)) for order in DateOrder)

    def notes(self) -> list[str]:
        """Return what is odd about the file, and what decided the order of its dates, in sentences."""
        decided = [
            f"Dates in the column {name} are read {found.order}: {found.example} is a date so only."
            for name, found in self.evidence.items()
            if found.order is not None and self.choices.dates is None
        ]
        window = self.window
        if self.evidence:
            decided.append(
                f"Dates from {window.first or 'any day'} to {window.last or 'any day'} can be meant; "
                "others are doubts."
            )
        return [*self.table.notes, *decided]

    def rows(self) -> Iterator[RecordRow]:
        """Yield every row as it will be kept; while the order of dates is open, as doubts."""
        try:
            return iterate_record_rows(self.table, self.mapping(), to_our_calendar)
        except KnownError:
            calendars = tuple((name, self.calendar) for name in self.evidence)
            open_ = RecordMapping(self.columns, calendars=calendars, window=self.window)
            return iterate_record_rows(self.table, open_, to_our_calendar)

    def first_rows(self) -> list[RecordRow]:
        return [row for row, _place in zip(self.rows(), range(FIRST_ROWS), strict=False)]
