"""Everybody in a table: thousands of rows, sorted and filtered here, shown only where they are seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from reviewer.domain.people.individual import Fact
from reviewer.domain.text_folding import to_ascii_digits
from reviewer.qt.widgets.plain_text import isolate_path
from reviewer.qt.widgets.row_table import TextTableModel
from reviewer.services.people.individuals import IN_CONFLICT, IndividualRow

_PARTS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class PeopleColumn:
    """`text` is what a cell shows; `order` is what it is sorted by, if that differs."""

    key: str
    title: str
    width: int
    text: Callable[[IndividualRow], str]
    order: Callable[[IndividualRow], object] | None = None


def _make_fact_column(fact: Fact, title: str, width: int) -> PeopleColumn:
    return PeopleColumn(str(fact), title, width, lambda person: person.values(fact))


def _format_status(person: IndividualRow) -> str:
    return f"{person.status} ({person.conflicts})" if person.status == IN_CONFLICT else person.status


COLUMNS: tuple[PeopleColumn, ...] = (
    PeopleColumn("neutral", "Label", 76, lambda person: person.neutral),
    PeopleColumn("label", "Individual", 170, lambda person: person.label),
    PeopleColumn("status", "Status", 92, _format_status),
    _make_fact_column(Fact.BRANCH_NUMBER, "Branch", 72),
    _make_fact_column(Fact.DETAINEE_NUMBER, "Detainee", 84),
    _make_fact_column(Fact.EXAMINATION_NUMBER, "Examination", 96),
    _make_fact_column(Fact.SEX, "Sex", 76),
    _make_fact_column(Fact.AGE_BAND, "Age", 76),
    _make_fact_column(Fact.DIED_ON, "Date stated", 92),
    _make_fact_column(Fact.STATE, "State", 120),
    _make_fact_column(Fact.RESTRAINTS, "Restraints", 140),
    _make_fact_column(Fact.MEDICAL_TRACES, "Medical traces", 140),
    PeopleColumn(
        "photos", "Photos", 62, lambda person: f"{len(person.photos):,}", lambda person: len(person.photos)
    ),
    PeopleColumn("read", "Read", 76, lambda p: f"{p.complete} of {len(p.photos)}", lambda p: p.complete),
    PeopleColumn("begun", "Begun", 62, lambda p: str(p.begun or ""), lambda p: p.begun),
    PeopleColumn("findings", "Findings", 72, lambda p: str(p.findings or ""), lambda p: p.findings),
    PeopleColumn("reason", "Why together", 300, lambda person: person.reason),
)
_COUNT_COLUMNS = frozenset({"photos", "read", "begun", "findings"})
USUAL_COLUMNS = (
    "neutral",
    "label",
    "status",
    "number.branch",
    "number.detainee",
    "number.examination",
    "sex",
    "age_band",
    "photos",
    "read",
    "findings",
    "reason",
)


class PeopleModel(TextTableModel):
    """Rows are individuals; sorting and filtering choose which are shown, and in which order."""

    def __init__(self) -> None:
        numbers = [place for place, column in enumerate(COLUMNS) if column.key in _COUNT_COLUMNS]
        super().__init__([column.title for column in COLUMNS], numbers)
        self._persons: Sequence[IndividualRow] = ()
        self._texts: Sequence[str] = ()
        self._shown: list[int] = []
        self._filter, self._only = "", frozenset[str]()
        self._order, self._down = "label", False

    def show(self, persons: Sequence[IndividualRow], texts: Sequence[str]) -> None:
        """Other rows; `texts` are what `searched` says of each."""
        self._persons, self._texts = persons, texts
        self._arrange()

    def set_filter(self, typed: str, only: Collection[str] = ()) -> None:
        """Show those in which every typed word occurs; with `only`, none but these Individuals."""
        self._filter, self._only = to_ascii_digits(typed).casefold(), frozenset(only)
        self._arrange()

    def sort_by(self, key: str, down: bool) -> None:
        self._order, self._down = key, down
        self._arrange()

    @property
    def sorting(self) -> tuple[str, bool]:
        return self._order, self._down

    @property
    def is_narrowed(self) -> bool:
        return bool(self._filter.strip() or self._only)

    def persons(self) -> list[IndividualRow]:
        """Those on screen, in their order."""
        return [self._persons[place] for place in self._shown]

    def person(self, row: int) -> IndividualRow | None:
        return self._persons[self._shown[row]] if 0 <= row < len(self._shown) else None

    def row_of(self, key: str) -> int:
        return next((row for row, place in enumerate(self._shown) if self._persons[place].key == key), -1)

    def _arrange(self) -> None:
        self.beginResetModel()
        words = self._filter.split()
        shown = [
            place
            for place, person in enumerate(self._persons)
            if all(word in self._texts[place] for word in words)
            and (not self._only or person.id in self._only)
        ]
        column = next(column for column in COLUMNS if column.key == self._order)
        order = column.order or (lambda person: _make_natural_key(column.text(person)))
        keys = {place: order(self._persons[place]) for place in shown}
        shown.sort(key=lambda place: keys[place], reverse=self._down)  # type: ignore[arg-type,return-value]
        if column.order is None:  # what is not known stands last, whichever way
            shown.sort(key=lambda place: not column.text(self._persons[place]))
        self._shown = shown
        self.endResetModel()

    def count_rows(self) -> int:
        return len(self._shown)

    def text(self, row: int, column: int) -> str:
        return isolate_path(COLUMNS[column].text(self._persons[self._shown[row]]))


def make_search_text(person: IndividualRow) -> str:
    """What the filter looks into: no counts, or every small number would fit everybody."""
    return "\n".join(
        to_ascii_digits(column.text(person)).casefold()
        for column in COLUMNS
        if column.key not in _COUNT_COLUMNS
    )


def _make_natural_key(text: str) -> list[tuple[int, int, str]]:
    """Numbers within a text in the order of numbers: 9 before 10."""
    parts = _PARTS.split(text.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]
