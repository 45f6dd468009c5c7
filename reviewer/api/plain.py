"""What the interface for scripts gives: dataclasses of plain values, and rows of them for tables.

Nothing here is an object of the program that could change a case. Fields are only ever added while
API_VERSION stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

Plain = str | int | float | bool | None
NOT_IN_ROWS = {"in_rows": False}
"""Ids by the thousand: reached through the dataclass, left out of tables."""


@dataclass(frozen=True)
class Examiner:
    """Who reads: the id that stands in the ledger, and a name."""

    id: str
    name: str


@dataclass(frozen=True)
class Photograph:
    """One content, however many files hold it. `width` and `height` are pixels of the file before EXIF
    orientation; `bytes` its size. `source` and `path` say where it was found first. `individual` is the id of
    whom it shows, `near_duplicates` the SHA-256 of the first of its group, `category` what it was sorted as:
    each "" where nothing was said. `taken_at` is the clock of the camera, verified by nobody; `damage` what
    the decoder complained of. `looks` are the examiners who read it by a look of their own."""

    sha256: str
    source: str
    path: str
    format: str
    bytes: int
    width: int
    height: int
    orientation: int
    pictures: int
    files: int
    taken_at: str
    taken_doubt: str
    category: str
    individual: str
    near_duplicates: str
    damage: str
    shown_as: str
    looks: int


@dataclass(frozen=True)
class Individual:
    """A person, as somebody accepted them. Each fact has all the values that stand, of all sources: several
    may contradict each other. `photographs` are SHA-256 in the order of ingest."""

    id: str
    label: str
    branch_numbers: tuple[str, ...]
    detainee_numbers: tuple[str, ...]
    examination_numbers: tuple[str, ...]
    sex: tuple[str, ...]
    age: tuple[str, ...]
    photographs: tuple[str, ...] = field(metadata=NOT_IN_ROWS)
    photograph_count: int


@dataclass(frozen=True)
class Mark:
    """A shape on a photograph: rectangle, ellipse, polygon, freehand, line or point. `points` are whole
    pixels (x to the right, y down) of the file before EXIF orientation; `page` says which picture of the
    file, from 1."""

    shape: str
    points: tuple[tuple[int, int], ...]
    page: int


@dataclass(frozen=True)
class Finding:
    """One sign in one examiner's reading of one photograph. `answer` is present, absent, non-specific or not
    assessable; `certainty` definite, probable, possible or "not stated". One that is not `confirmed` was
    copied from another photograph and does not count; of one with `carried_from` nobody looked at this
    photograph. `qualifiers` are "key=value,value"."""

    id: str
    photograph: str
    examiner: str
    examiner_id: str
    reading_state: str
    carried_from: str
    term: str
    term_name: str
    vocabulary: str
    answer: str
    reason: str
    certainty: str
    regions: tuple[str, ...]
    qualifiers: tuple[str, ...]
    degree: str
    mechanism: str
    alleged_by: str
    in_context: bool
    only_enhanced: bool
    confirmed: bool
    copied_from: str
    marks: tuple[Mark, ...] = field(metadata=NOT_IN_ROWS)
    mark_count: int


@dataclass(frozen=True)
class Reading:
    """One examiner's judgement of one photograph. `state` is open, complete or set aside;
    `looked_for` are the lists of signs ("key version") that were gone through: nothing of them but the
    findings is visible; `coverage` and `description` are "key=value" pairs. `carried_from` is the
    near-duplicate whose reading was carried over, and then this photograph was not looked at."""

    photograph: str
    examiner: str
    examiner_id: str
    state: str
    conclusion: str
    reason: str
    note: str
    looked_for: tuple[str, ...]
    coverage: tuple[str, ...]
    description: tuple[str, ...]
    context_seen: tuple[str, ...]
    carried_from: str
    changed_at: str
    findings: tuple[Finding, ...] = field(metadata=NOT_IN_ROWS)
    finding_count: int


@dataclass(frozen=True)
class Figure:
    """One line of a table of figures. `unit` says what is counted: individuals, photographs or regions.
    `kind` is "sign", which others can be without (`absent`), or "class", as a month or a branch, where others
    are `in_another`: what a kind does not know is None. Nobody is in two of `present`, `absent` or
    `in_another`, `cannot_tell`, `contradictory`, `after_death` and `not_stated`; `untold` are the last four.
    `percent_of_all` and `percent_of_assessable` are None where no share can be said; `low` and `high` are the
    ends of the 95 % interval of the first, for a drawn sample only. The ids behind each number are at hand:
    `photographs` are the SHA-256 of those that carry what is present."""

    table: str
    title: str
    key: str
    label: str
    unit: str
    kind: str
    present: int
    absent: int | None
    in_another: int | None
    cannot_tell: int
    contradictory: int
    after_death: int
    not_stated: int
    untold: int
    percent_of_all: float | None
    percent_of_assessable: float | None
    low: float | None
    high: float | None
    present_ids: tuple[str, ...] = field(metadata=NOT_IN_ROWS)
    absent_ids: tuple[str, ...] = field(metadata=NOT_IN_ROWS)
    in_another_ids: tuple[str, ...] = field(metadata=NOT_IN_ROWS)
    photographs: tuple[str, ...] = field(metadata=NOT_IN_ROWS)


@dataclass(frozen=True)
class LeftOut:
    """Units that are in no figure of findings, and why."""

    why: str
    unit: str
    count: int
    ids: tuple[str, ...] = field(metadata=NOT_IN_ROWS)


@dataclass(frozen=True)
class Figures:
    """Everything counted at one moment of the case, with what it rests on: the query in its canonical form
    ("" for everything), the names of the examiners, the entries and the head of the ledger.

    Of `all_photographs` and `all_individuals` of the case each is counted or among `left_out`. `unopened`
    files could not be opened and are in no figure; `may_hold_photographs` of them may, and were seen nowhere
    else.
    """

    query: str
    examiners: tuple[str, ...]
    entries: int
    head: str
    vocabulary: str
    photographs: int
    individuals: int
    all_photographs: int
    all_individuals: int
    unopened: int
    may_hold_photographs: int
    figures: tuple[Figure, ...] = field(metadata=NOT_IN_ROWS)
    left_out: tuple[LeftOut, ...] = field(metadata=NOT_IN_ROWS)


Thing = Examiner | Photograph | Individual | Finding | Reading | Figure | LeftOut | Figures


def rows(things: Iterable[Thing]) -> list[dict[str, Plain]]:
    """A row for each thing: field -> str, int, float, bool or None, as `pandas.DataFrame` takes them.

    Several values of a field are joined by ";". Ids by the thousand, marks and findings are left out; their
    number has a field of its own.
    """
    return [
        {member.name: _plain(getattr(thing, member.name)) for member in fields(thing) if _is_in_rows(member)}
        for thing in things
    ]


def _is_in_rows(member: Any) -> bool:
    return bool(member.metadata.get("in_rows", True))


def _plain(value: Any) -> Plain:
    return ";".join(value) if isinstance(value, tuple) else value
