"""Page 1 of a report: who examined what and when, by whose mandate, with what limits, and who signs it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from reviewer.domain.commands.mandate import Mandate
from reviewer.domain.figures.document import DocumentBlock, DocumentHeading, KeyValues, Paragraph
from reviewer.domain.figures.figures import StatisticsBasis
from reviewer.services.case.mandate import load_mandate
from reviewer.services.case.reading_rules import load_lead
from reviewer.services.case.snapshot import Snapshot
from reviewer.services.report import wording
from reviewer.storage.reading import examination
from reviewer.system.installed import read_installer_mark

_SIGNATURE_LINE = "\n\n" + "_" * 36
"""With the room above it that a hand needs."""
LEAD_ROLE = "leads the case"


@dataclass(frozen=True)
class FrontPage:
    """`examiners` are the names of those whose Readings count, each with the role ("" if none is known);
    `author` is who has the report made. `first` and `last` are the times of the first and the last act of
    these Readings, "" if there is none. `installer` is what installed the program, "" if none says so."""

    examiners: tuple[tuple[str, str], ...]
    author: str
    first: str
    last: str
    mandate: Mandate
    mandate_by: str
    installer: str = ""


class FrontPageMaker:
    """Makes the front page of each report of one Snapshot. `author` and `examiners` are ids."""

    def __init__(self, moment: Snapshot, examiners: Collection[str], author: str) -> None:
        with moment.store.read() as connection:
            self._periods = examination.find_examination_periods(connection, examiners)
        names = {examiner.id: examiner.name for examiner in moment.examiners}
        leads = load_lead(moment)
        self._examiners = tuple(
            (names.get(examiner, examiner), LEAD_ROLE if examiner == leads else "") for examiner in examiners
        )
        self._author = names.get(author, author)
        self._mandate = load_mandate(moment)
        self._mandate_by = names.get(self._mandate.author, self._mandate.author)

    def make_front_page(self, photos: Iterable[str]) -> FrontPage:
        """Make the front page of a report of these Photos (SHA-256)."""
        times = [self._periods[photo] for photo in photos if photo in self._periods]
        return FrontPage(
            self._examiners,
            self._author,
            min((first for first, _last in times), default=""),
            max((last for _first, last in times), default=""),
            self._mandate,
            self._mandate_by,
            read_installer_mark(),
        )


def make_examination_blocks(
    front: FrontPage, basis: StatisticsBasis, level: int = 1
) -> Iterator[DocumentBlock]:
    """Make the blocks on who examined, when and with which program; `level` is that of the heading."""
    yield DocumentHeading("Examination", level)
    yield KeyValues(
        (
            ("Case", basis.case),
            (
                "Photographs read by",
                "; ".join(_format_name_and_role(*examiner) for examiner in front.examiners),
            ),
            ("Period of examination", _format_period(front)),
            (
                "Date of this report",
                f"{wording.format_day(basis)}, the day of entry {basis.entries:,} of the ledger",
            ),
            ("Made by", front.author),
            (
                "Program",
                f"reviewer {basis.program}{_describe_installation(front)}, vocabulary {basis.vocabulary}",
            ),
        )
    )


def make_mandate_blocks(front: FrontPage, level: int = 1) -> Iterator[DocumentBlock]:
    """The mandate as it was written, and where to sign; `level` is that of the heading."""
    yield DocumentHeading("Mandate, and its limits", level)
    yield from _make_mandate_paragraphs(front)
    yield KeyValues(make_signature_lines(name for name, _role in front.examiners))


def make_signature_lines(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """A line to sign on for each, with place and date."""
    return tuple((name, f"Place, date, signature:{_SIGNATURE_LINE}") for name in names)


def _describe_installation(front: FrontPage) -> str:
    return f" (installed by {front.installer})" if front.installer else ""


def _format_name_and_role(name: str, role: str) -> str:
    return f"{name} ({role})" if role else name


def _format_period(front: FrontPage) -> str:
    if not front.first:
        return "No reading was made."
    return (
        f"{_format_minute(front.first)} to {_format_minute(front.last)} UTC: "
        "the first and the last act of the readings that count"
    )


def _format_minute(at: str) -> str:
    return at[:16].replace("T", " ")


def _make_mandate_paragraphs(front: FrontPage) -> Iterator[DocumentBlock]:
    mandate = front.mandate
    if not mandate.is_written:
        yield Paragraph(wording.sentence("no_mandate"))
        return
    for text, missing in ((mandate.text, "no_mandate_text"), (mandate.limits, "no_mandate_limits")):
        lines = [line for line in text.splitlines() if line.strip()] or [wording.sentence(missing)]
        yield from (Paragraph(line) for line in lines)
    yield Paragraph(f"Written by {front.mandate_by} on {mandate.at[:10]}.", quiet=True)
