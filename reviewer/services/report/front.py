"""Page 1 of a report: who examined what and when, by whose mandate, with what limits, and who signs it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from reviewer.domain.commands.mandate import Mandate
from reviewer.domain.figures.document import Block, Facts, Heading, Paragraph
from reviewer.domain.figures.figures import Basis
from reviewer.services.case.mandate import mandate_of
from reviewer.services.case.reading_rules import lead_of
from reviewer.services.case.snapshot import Moment
from reviewer.services.report import wording
from reviewer.storage.reading import examination
from reviewer.system.installed import installer_mark

_LINE = "_" * 36
LEADS = "leads the case"


@dataclass(frozen=True)
class Front:
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


class Fronts:
    """Makes the Front of each report of one Moment. `author` and `examiners` are ids."""

    def __init__(self, moment: Moment, examiners: Collection[str], author: str) -> None:
        with moment.store.read() as connection:
            self._periods = examination.periods(connection, examiners)
        names = {each.id: each.name for each in moment.examiners}
        leads = lead_of(moment)
        self._examiners = tuple((names.get(each, each), LEADS if each == leads else "") for each in examiners)
        self._author = names.get(author, author)
        self._mandate = mandate_of(moment)
        self._mandate_by = names.get(self._mandate.author, self._mandate.author)

    def of(self, photos: Iterable[str]) -> Front:
        """The Front of a report of these Photos (SHA-256)."""
        times = [self._periods[photo] for photo in photos if photo in self._periods]
        return Front(
            self._examiners,
            self._author,
            min((first for first, _last in times), default=""),
            max((last for _first, last in times), default=""),
            self._mandate,
            self._mandate_by,
            installer_mark(),
        )


def examination_blocks(front: Front, basis: Basis, level: int = 1) -> Iterator[Block]:
    """Who, when and by which program; `level` is that of the heading."""
    yield Heading("Examination", level)
    yield Facts(
        (
            ("Case", basis.case),
            ("Photographs read by", "; ".join(_named(*each) for each in front.examiners)),
            ("Period of examination", _period(front)),
            (
                "Date of this report",
                f"{wording.day_of(basis)}, the day of entry {basis.entries:,} of the ledger",
            ),
            ("Made by", front.author),
            ("Program", f"reviewer {basis.program}{_installed(front)}, vocabulary {basis.vocabulary}"),
        )
    )


def mandate_blocks(front: Front, level: int = 1) -> Iterator[Block]:
    """The mandate as it was written, and where to sign; `level` is that of the heading."""
    yield Heading("Mandate, and its limits", level)
    yield from _mandate(front)
    yield Facts(signatures(name for name, _role in front.examiners))


def signatures(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """A line to sign on for each, with place and date."""
    return tuple((name, f"Place, date, signature: {_LINE}") for name in names)


def _installed(front: Front) -> str:
    return f" (installed by {front.installer})" if front.installer else ""


def _named(name: str, role: str) -> str:
    return f"{name} ({role})" if role else name


def _period(front: Front) -> str:
    if not front.first:
        return "No reading was made."
    return (
        f"{_minute(front.first)} to {_minute(front.last)} UTC: "
        "the first and the last act of the readings that count"
    )


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")


def _mandate(front: Front) -> Iterator[Block]:
    mandate = front.mandate
    if not mandate.is_written:
        yield Paragraph(wording.sentence("no_mandate"))
        return
    for text, missing in ((mandate.text, "no_mandate_text"), (mandate.limits, "no_mandate_limits")):
        lines = [line for line in text.splitlines() if line.strip()] or [wording.sentence(missing)]
        yield from (Paragraph(line) for line in lines)
    yield Paragraph(f"Written by {front.mandate_by} on {mandate.at[:10]}.", quiet=True)
