"""Everybody in a table: thousands of rows, sorted and filtered here, shown only where they are seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from reviewer.domain.people.conflicts import ConflictKind
from reviewer.domain.people.grounds import name_ground
from reviewer.domain.people.individual import Fact
from reviewer.domain.text_folding import to_ascii_digits
from reviewer.qt.look.theme import get_worn_theme
from reviewer.qt.widgets.plain_text import isolate_path, make_plain_tip
from reviewer.qt.widgets.row_table import AnyModelIndex, TextTableModel
from reviewer.services.people.individuals import ACCEPTED, IN_CONFLICT, PROPOSED, IndividualRow

_PARTS = re.compile(r"(\d+)")
ICON = Qt.ItemDataRole.UserRole
"""Role of the name of the icon before the text of a cell."""
COVERED = "covered until your readings are complete"
_MISFITS = {
    ConflictKind.SAME_NUMBER: "number of another",
    ConflictKind.TWO_NUMBERS: "two numbers",
    ConflictKind.CARD_IN_TWO: "card of another",
    ConflictKind.CONTRADICTION: "contradiction",
    ConflictKind.ALIKE_IN_TWO: "near-duplicate of another",
    ConflictKind.ALIKE_TWO_NUMBERS: "two card numbers",
    ConflictKind.DAYS_APART: "days apart",
    ConflictKind.BACKWARDS: "decomposition",
    ConflictKind.DRESSED_AGAIN: "dress",
    ConflictKind.SEX_AND_REGION: "sex and region",
    ConflictKind.OTHER_SIDE: "left and right",
    ConflictKind.CARD_AFTER_CAMERA: "card later",
}


_FITS = (
    "Nothing of the numbers, facts and photographs is known not to fit. Where your own readings contradict "
    "each other is said beside the table and on the card."
)


class PeopleSegment(StrEnum):
    """Which rows are shown."""

    ALL = "All"
    PROPOSED = "Proposed"
    MISFITS = "Do not fit"

    def includes(self, person: IndividualRow) -> bool:
        if self is PeopleSegment.ALL:
            return True
        return person.status == (PROPOSED if self is PeopleSegment.PROPOSED else IN_CONFLICT)


@dataclass(frozen=True)
class PeopleColumn:
    """`text` is what a cell shows; `order` is what it is sorted by, if that differs; `tip` what it says when
    pointed at."""

    key: str
    title: str
    width: int
    text: Callable[[IndividualRow], str]
    order: Callable[[IndividualRow], object] | None = None
    tip: Callable[[IndividualRow], str] | None = None


def _make_fact_column(fact: Fact, title: str, width: int) -> PeopleColumn:
    return PeopleColumn(str(fact), title, width, lambda person: person.values(fact))


def describe_misfits(person: IndividualRow) -> str:
    """What does not fit of a person in a few words; "fits" if nothing is known not to."""
    words = list(dict.fromkeys(_MISFITS[kind] for kind in person.misfits))
    if not words:
        return "fits"
    return words[0] if len(words) == 1 else f"{words[0]}, {len(person.misfits) - 1} more"


COLUMNS: tuple[PeopleColumn, ...] = (
    PeopleColumn("label", "Number", 128, lambda person: person.label),
    PeopleColumn("neutral", "Label", 76, lambda person: person.neutral),
    PeopleColumn(
        "reason", "Held together by", 132, lambda person: name_ground(person.reason), tip=lambda p: p.reason
    ),
    PeopleColumn(
        "photos", "Photos", 62, lambda person: f"{len(person.photos):,}", lambda person: len(person.photos)
    ),
    PeopleColumn("read", "Read", 66, lambda p: f"{p.complete} of {len(p.photos)}", lambda p: p.complete),
    PeopleColumn("findings", "Findings", 76, lambda p: str(p.findings or ""), lambda p: p.findings),
    PeopleColumn("status", "State", 106, lambda p: ACCEPTED if p.is_accepted else PROPOSED),
    PeopleColumn(
        "fits",
        "Fits",
        142,
        describe_misfits,
        lambda p: (-p.conflicts, describe_misfits(p)),
        lambda p: ", ".join(dict.fromkeys(map(str, p.misfits))) or _FITS,
    ),
    _make_fact_column(Fact.BRANCH_NUMBER, "Branch", 72),
    _make_fact_column(Fact.DETAINEE_NUMBER, "Detainee", 84),
    _make_fact_column(Fact.EXAMINATION_NUMBER, "Examination", 96),
    _make_fact_column(Fact.SEX, "Sex", 76),
    _make_fact_column(Fact.AGE_BAND, "Age", 76),
    _make_fact_column(Fact.DIED_ON, "Date stated", 92),
    _make_fact_column(Fact.STATE, "State of the body", 120),
    _make_fact_column(Fact.RESTRAINTS, "Restraints", 140),
    _make_fact_column(Fact.MEDICAL_TRACES, "Medical traces", 140),
    PeopleColumn("begun", "Begun", 62, lambda p: str(p.begun or ""), lambda p: p.begun),
)
_COUNT_COLUMNS = frozenset({"photos", "read", "begun", "findings"})
USUAL_COLUMNS = ("label", "reason", "photos", "read", "findings", "status", "fits")
MASKING_COLUMNS = ("neutral", *USUAL_COLUMNS)
"""The label too, where Read and the gallery call people by it."""


class PeopleModel(TextTableModel):
    """Rows are individuals; sorting and filtering choose which are shown, and in which order.

    With `is_masking` a person whose readings are not complete goes by the neutral label.
    """

    def __init__(self) -> None:
        numbers = [place for place, column in enumerate(COLUMNS) if column.key in _COUNT_COLUMNS]
        super().__init__([column.title for column in COLUMNS], numbers)
        self._persons: Sequence[IndividualRow] = ()
        self._texts: Sequence[str] = ()
        self._shown: list[int] = []
        self._filter, self._only = "", frozenset[str]()
        self._segment = PeopleSegment.ALL
        self._order, self._down = "label", False
        self._strong = QFont()
        self._strong.setWeight(QFont.Weight.DemiBold)
        self.is_masking = False

    def show(self, persons: Sequence[IndividualRow], texts: Sequence[str]) -> None:
        """Other rows; `texts` are what `make_search_text` says of each."""
        self._persons, self._texts = persons, texts
        self._arrange()

    def set_filter(self, typed: str, only: Collection[str] = ()) -> None:
        """Show those in which every typed word occurs; with `only`, none but these Individuals."""
        self._filter, self._only = to_ascii_digits(typed).casefold(), frozenset(only)
        self._arrange()

    def set_segment(self, segment: PeopleSegment) -> None:
        self._segment = segment
        self._arrange()

    def sort_by(self, key: str, down: bool) -> None:
        self._order, self._down = key, down
        self._arrange()

    @property
    def sorting(self) -> tuple[str, bool]:
        return self._order, self._down

    @property
    def is_narrowed(self) -> bool:
        return bool(self._filter.strip() or self._only) or self._segment is not PeopleSegment.ALL

    @property
    def everybody(self) -> Sequence[IndividualRow]:
        return self._persons

    def persons(self) -> list[IndividualRow]:
        """Those on screen, in their order."""
        return [self._persons[place] for place in self._shown]

    def person(self, row: int) -> IndividualRow | None:
        return self._persons[self._shown[row]] if 0 <= row < len(self._shown) else None

    def row_of(self, key: str) -> int:
        return next((row for row, place in enumerate(self._shown) if self._persons[place].key == key), -1)

    def is_masked(self, person: IndividualRow) -> bool:
        """Whether who this is stays covered until the readings are complete."""
        return self.is_masking and not person.is_read

    def name_person(self, person: IndividualRow) -> str:
        """Return what a person goes by here: the numbers, or the neutral label where these are masked."""
        return person.neutral if self.is_masked(person) and person.neutral else person.label

    def _arrange(self) -> None:
        self.beginResetModel()
        words = self._filter.split()
        shown = [
            place
            for place, person in enumerate(self._persons)
            if all(word in self._texts[place] for word in words)
            and (not self._only or person.id in self._only)
            and self._segment.includes(person)
        ]
        column = next(column for column in COLUMNS if column.key == self._order)
        order = column.order or (lambda person: _make_natural_key(self._get_text(column, person)))
        keys = {place: order(self._persons[place]) for place in shown}
        shown.sort(key=lambda place: keys[place], reverse=self._down)  # type: ignore[arg-type,return-value]
        if column.order is None:  # what is not known stands last, whichever way
            shown.sort(key=lambda place: not column.text(self._persons[place]))
        self._shown = shown
        self.endResetModel()

    def count_rows(self) -> int:
        return len(self._shown)

    def text(self, row: int, column: int) -> str:
        return isolate_path(self._get_text(COLUMNS[column], self._persons[self._shown[row]]))

    def _get_text(self, column: PeopleColumn, person: IndividualRow) -> str:
        return self.name_person(person) if column.key == "label" else column.text(person)

    def data(self, index: AnyModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = COLUMNS[index.column()]
        person = self._persons[self._shown[index.row()]]
        if role == ICON:
            return _find_icon(column.key, person)
        if role == Qt.ItemDataRole.FontRole:
            return self._strong if column.key == "label" else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return _find_colour(column.key, person)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip is not None:
            return make_plain_tip(self._make_tip(column, person))
        return super().data(index, role)

    def _make_tip(self, column: PeopleColumn, person: IndividualRow) -> str:
        if column.key == "reason" and self.is_masked(person):
            return f"The full words are {COVERED}."
        return isolate_path(column.tip(person)) if column.tip is not None else ""


def _find_colour(key: str, person: IndividualRow) -> QColor | None:
    if key == "fits" and person.misfits:
        return get_worn_theme().colour("warn")
    return get_worn_theme().colour("quiet") if key in {"reason", "fits", "neutral"} else None


def _find_icon(key: str, person: IndividualRow) -> str:
    """The sign before a word of state, "" where there is none."""
    if key == "status":
        return "complete" if person.is_accepted else "open"
    return "problems" if key == "fits" and person.misfits else ""


def make_search_text(person: IndividualRow) -> str:
    """What the filter looks into: no counts, or every small number would fit everybody."""
    words = [column.text(person) for column in COLUMNS if column.key not in _COUNT_COLUMNS]
    return to_ascii_digits("\n".join([*words, person.reason, person.status])).casefold()


def _make_natural_key(text: str) -> list[tuple[int, int, str]]:
    """Numbers within a text in the order of numbers: 9 before 10."""
    parts = _PARTS.split(text.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]
