"""Making reports: of the whole collection, of one individual, of every individual a query chooses.

All of one report rests on one Snapshot of the Case. What is written is noted in the ledger, with its hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from reviewer.domain.errors import KnownError
from reviewer.domain.figures.document import Document
from reviewer.domain.figures.figures import StatisticsBasis
from reviewer.domain.figures.person_plot import plot_person_regions
from reviewer.domain.names import make_printable
from reviewer.domain.people.individual import Fact
from reviewer.domain.people.individual_names import find_merge_root, make_individual_label, merge_statements
from reviewer.domain.reading.reading import Reading
from reviewer.services.case.made import record_made
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.counting.cohort import Cohort, gather_cohort
from reviewer.services.counting.run import count_case, make_basis
from reviewer.services.jobs import JobControl
from reviewer.services.people.person_card import load_person_card
from reviewer.services.pictures.redacted_copy import make_thumbnail_redactor
from reviewer.services.report.collection import make_collection_document
from reviewer.services.report.editable import render_docx
from reviewer.services.report.front import FrontPageMaker
from reviewer.services.report.html import render_html
from reviewer.services.report.individual import IndividualSheet, make_sheet_document
from reviewer.services.report.marks import draw_marks
from reviewer.services.report.pdf import PdfPreview, preview_pdf, render_pdf
from reviewer.services.summary.summaries import Summariser
from reviewer.services.vocabulary.body_maps import find_maps_showing, find_maps_showing_all
from reviewer.storage.people import people
from reviewer.storage.shared import evaluations
from reviewer.system.files import write_atomically

_MOST_FOUND = 50
_MOST_ACTS = 10_000
"""Of the history of one individual: more than anybody has made of one."""
OF_RECORD: dict[str, Callable[[Document], bytes]] = {".pdf": render_pdf, ".html": render_html}
"""What is signed, kept and given to a court."""
RENDERERS: dict[str, Callable[[Document], bytes]] = {**OF_RECORD, ".docx": render_docx}

NOTHING_SAID: Mapping[str, object] = MappingProxyType({})


class SheetPhotographs(StrEnum):
    """Which photographs a sheet shows."""

    NONE = "none"
    SMALL = "small"
    MASKED = "masked"


@dataclass(frozen=True)
class ReportRequest:
    """`query` chooses, "" everything; `examiners` (ids) are those whose Readings count; `entries` says as of
    which entry of the ledger, None as it stands; `author` (id) is who has the report made, the first of these
    if it is ""."""

    query: str
    examiners: tuple[str, ...]
    entries: int | None = None
    photographs: SheetPhotographs = SheetPhotographs.NONE
    author: str = ""

    @property
    def made_by(self) -> str:
        return self.author or self.examiners[0]

    def to_body(self, what: str) -> dict[str, object]:
        """What the ledger keeps of the request beside the files; `what` is "collection", "individual",
        "sheets" or "receipt"."""
        said = {"query": self.query.strip(), "as_of": self.entries}
        narrowed = {name: value for name, value in said.items() if value}
        return {"what": what, "examiners": list(self.examiners), **narrowed}


def make_collection_report(case: OpenCase, wish: ReportRequest, control: JobControl) -> Document:
    """The report of everything the query chooses; for a job."""
    with open_snapshot(case, control, wish.entries) as moment:
        counted = count_case(moment, wish.query, wish.examiners, control)
        photos = chain.from_iterable(counted.photos_of.values())
        front = FrontPageMaker(moment, wish.examiners, wish.made_by).make_front_page(photos)
        return make_collection_document(counted, find_maps_showing_all(), front)


def make_reports_for_pack(
    case: OpenCase, examiner: str, control: JobControl, entries: int | None = None
) -> tuple[tuple[str, bytes], ...]:
    """The report of the whole collection for a court pack, in each form of record, as of an entry of the
    ledger; for a job."""
    page = make_collection_report(case, ReportRequest("", (examiner,), entries), control)
    return tuple((f"collection{suffix}", form(page)) for suffix, form in OF_RECORD.items())


def make_sheets(
    case: OpenCase, wish: ReportRequest, control: JobControl, only: str = ""
) -> Iterator[tuple[str, Document]]:
    """(name of a file, sheet) of every individual chosen, or of the one with the id `only`; for a job.

    KnownError if there is none.
    """
    with open_snapshot(case, control, wish.entries) as moment:
        found = gather_cohort(moment, wish.query, wish.examiners)
        chosen = [only] if only else list(found.members)
        if not chosen or not set(chosen) <= set(found.members):
            raise KnownError("No accepted individual is found.", "Accept individuals first.", code="report")
        basis = make_basis(found, wish.query)
        summaries = Summariser(moment, wish.examiners)
        fronts = FrontPageMaker(moment, wish.examiners, wish.made_by)
        numbers = {id_: number for number, id_ in enumerate(found.members, start=1)}
        for done, id_ in enumerate(chosen, start=1):
            control.check()
            made = _load_sheet(case, found, wish, (summaries, fronts), basis, id_, numbers[id_])
            yield f"{numbers[id_]:05d}", make_sheet_document(made, moment.vocabulary)
            control.progress(done, len(chosen))


def preview_report(
    case: OpenCase, wish: ReportRequest, control: JobControl, *, of_sheets: bool, only: str = ""
) -> PdfPreview:
    """The first page of the report as a PDF, its pages and its size; of sheets those of the first, or of the
    individual with the id `only`. Nothing is written. For a job."""
    if of_sheets:
        page = next(sheet for _name, sheet in make_sheets(case, wish, control, only))
    else:
        page = make_collection_report(case, wish, control)
    control.check()
    return preview_pdf(page)


def _load_sheet(
    case: OpenCase,
    found: Cohort,
    wish: ReportRequest,
    makers: tuple[Summariser, FrontPageMaker],
    basis: StatisticsBasis,
    id_: str,
    number: int,
) -> IndividualSheet:
    moment = found.moment
    card = load_person_card(moment, wish.examiners[0], id_, (), told=wish.examiners, most_acts=_MOST_ACTS)
    with moment.store.read() as connection:
        evaluated = evaluations.load_standing_evaluations(connection, card.family)
    individual = found.known.get(id_)
    regions = card.regions
    summaries, fronts = makers
    alone = len(wish.examiners) == 1
    return IndividualSheet(
        label=make_individual_label(individual, number),
        reason=individual.reason if individual is not None else "",
        card=card,
        summary=card.whole_summary if alone else summaries.summarise_photos(card.photos, card.family),
        basis=basis,
        examiners={examiner.id: examiner.name for examiner in moment.examiners},
        drawing=plot_person_regions(find_maps_showing(regions), regions).svg if regions else "",
        front=fronts.make_front_page(card.photos),
        picture=_draw_marks_on(case, _choose_picture_source(case, wish), card.readings),
        evaluations=tuple(
            evaluation
            for who in wish.examiners
            for _of, evaluation in evaluated
            if evaluation.examiner == who
        ),
    )


def _choose_picture_source(case: OpenCase, wish: ReportRequest) -> Callable[[str], bytes | None]:
    if wish.photographs is SheetPhotographs.NONE:
        return lambda _photo: None
    if wish.photographs is SheetPhotographs.SMALL:
        return case.previews.get
    return make_thumbnail_redactor(case, case.previews.get)


def _draw_marks_on(
    case: OpenCase, small: Callable[[str], bytes | None], readings: Sequence[Reading]
) -> Callable[[str], bytes | None]:
    def picture(sha256: str) -> bytes | None:
        jpeg = small(sha256)
        return draw_marks(case, jpeg, sha256, readings) if jpeg is not None else None

    return picture


def find_individual(case: OpenCase, number: str) -> str:
    """Return the id of the accepted individual with that examination or detainee number, or that id.

    KnownError if there is none, or more than one.
    """
    facts = [str(Fact.EXAMINATION_NUMBER), str(Fact.DETAINEE_NUMBER)]
    with case.store.read() as connection:
        known = people.load_individuals(connection)
        found = {
            find_merge_root(known, individual)
            for individual in people.find_individuals_with_number(connection, facts, number, _MOST_FOUND)
        }
    standing = merge_statements(known.values())
    if number in standing:
        return number
    exact = [id_ for id_ in found if any(number in standing[id_].values(Fact(fact)) for fact in facts)]
    if len(exact) != 1:
        what = "There is no individual" if not exact else f"There are {len(exact)} individuals"
        hint = "reviewer individuals list tells them."
        raise KnownError(f"{what} with the number {make_printable(number)}.", hint, code="report")
    return exact[0]


def find_renderer(out: Path) -> Callable[[Document], bytes]:
    """Return what renders a file of that name. KnownError for an unknown form."""
    form = RENDERERS.get(out.suffix.lower())
    if form is None:
        raise KnownError(
            f"A report is a PDF, HTML or Word (.docx) file, not {make_printable(out.suffix) or 'nothing'}.",
            "Name a file that ends in .pdf, .html or .docx.",
            code="report",
        )
    return form


def write_report(
    case: OpenCase, author: str, out: Path, page: Document, said: Mapping[str, object] = NOTHING_SAID
) -> None:
    """Write one report to a new file and note it, with what is `said` of it; KnownError if it cannot be
    written."""
    form = find_renderer(out)
    check_report_destination(case, out)
    _record_reports(case, author, {out.name: _write_file(out, form(page))}, out, said)


def write_reports(
    case: OpenCase,
    author: str,
    folder: Path,
    pages: Iterator[tuple[str, Document]],
    suffix: str,
    control: JobControl,
    said: Mapping[str, object] = NOTHING_SAID,
) -> Sequence[str]:
    """Write a batch of reports into a new folder; what was written stays if it is cancelled, and is noted."""
    form = find_renderer(Path(f"sheet{suffix}"))
    check_report_destination(case, folder)
    made: dict[str, str] = {}
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise KnownError(f"The folder cannot be made: {error.strerror}.", code="report") from error
    try:
        for name, page in pages:
            made[f"{name}{suffix}"] = _write_file(folder / f"{name}{suffix}", form(page))
            control.check()
    finally:
        if made:
            _record_reports(case, author, made, folder, said)
    return list(made)


def _write_file(out: Path, content: bytes) -> str:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(out, content)
    except OSError as error:
        raise KnownError(
            f"The report cannot be written to {make_printable(str(out))}: {error.strerror}.", code="report"
        ) from error
    return hashlib.sha256(content).hexdigest()


def check_report_destination(case: OpenCase, out: Path) -> None:
    """KnownError if a report cannot go there: `out` has to be new, and not within the case."""
    if out.exists():
        raise KnownError(f"{make_printable(str(out))} exists.", "Choose another name.", code="out-exists")
    if out.resolve().is_relative_to(case.folder.resolve()):
        raise KnownError("A report cannot lie inside the case.", code="out-exists")


def _record_reports(
    case: OpenCase, author: str, files: dict[str, str], out: Path, said: Mapping[str, object]
) -> None:
    if not case.read_only:
        record_made(case, author, {"format": "report", **said, "files": files}, out)
