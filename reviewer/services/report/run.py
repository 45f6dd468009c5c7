"""Making reports: of the whole collection, of one individual, of every individual a query chooses.

All of one report rests on one Moment of the Case. What is written is noted in the ledger, with its hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.figures.document import Page
from reviewer.domain.figures.figures import Basis
from reviewer.domain.figures.person_plot import person
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import printable
from reviewer.domain.people.individual import Fact
from reviewer.domain.people.individual_names import label, root_of, whole
from reviewer.domain.reading.reading import Reading
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import moment_of
from reviewer.services.counting.gathered import Gathered, gathered
from reviewer.services.counting.run import basis_of, count
from reviewer.services.jobs import JobControl
from reviewer.services.people.person_card import load_card
from reviewer.services.pictures.redacted_copy import masked_small
from reviewer.services.report.collection import collection
from reviewer.services.report.editable import docx
from reviewer.services.report.front import Fronts
from reviewer.services.report.html import html
from reviewer.services.report.individual import Sheet, sheet
from reviewer.services.report.marks import marked
from reviewer.services.report.pdf import pdf
from reviewer.services.summary.summaries import Summaries
from reviewer.services.vocabulary.body_maps import maps_of_all, maps_showing
from reviewer.storage.people import people
from reviewer.storage.shared import evaluations
from reviewer.system.files import write_atomically

_MOST = 50
_MOST_ACTS = 10_000
"""Of the history of one individual: more than anybody has made of one."""
OF_RECORD: dict[str, Callable[[Page], bytes]] = {".pdf": pdf, ".html": html}
"""What is signed, kept and given to a court."""
FORMS: dict[str, Callable[[Page], bytes]] = {**OF_RECORD, ".docx": docx}


class Photographs(StrEnum):
    """Which photographs a sheet shows."""

    NONE = "none"
    SMALL = "small"
    MASKED = "masked"


@dataclass(frozen=True)
class Wish:
    """`query` chooses, "" everything; `examiners` (ids) are those whose Readings count; `entries` says as of
    which entry of the ledger, None as it stands; `author` (id) is who has the report made, the first of these
    if it is ""."""

    query: str
    examiners: tuple[str, ...]
    entries: int | None = None
    photographs: Photographs = Photographs.NONE
    author: str = ""

    @property
    def made_by(self) -> str:
        return self.author or self.examiners[0]


def collection_report(case: OpenCase, wish: Wish, control: JobControl) -> Page:
    """The report of everything the query chooses; for a job."""
    with moment_of(case, control, wish.entries) as moment:
        counted = count(moment, wish.query, wish.examiners, control)
        photos = chain.from_iterable(counted.photos_of.values())
        front = Fronts(moment, wish.examiners, wish.made_by).of(photos)
        return collection(counted, maps_of_all(), front)


def packed_reports(
    case: OpenCase, examiner: str, control: JobControl, entries: int | None = None
) -> tuple[tuple[str, bytes], ...]:
    """The report of the whole collection for a court pack, in each form of record, as of an entry of the
    ledger; for a job."""
    page = collection_report(case, Wish("", (examiner,), entries), control)
    return tuple((f"collection{suffix}", form(page)) for suffix, form in OF_RECORD.items())


def sheets(case: OpenCase, wish: Wish, control: JobControl, only: str = "") -> Iterator[tuple[str, Page]]:
    """(name of a file, sheet) of every individual chosen, or of the one with the id `only`; for a job.

    KnownError if there is none.
    """
    with moment_of(case, control, wish.entries) as moment:
        found = gathered(moment, wish.query, wish.examiners)
        chosen = [only] if only else list(found.members)
        if not chosen or not set(chosen) <= set(found.members):
            raise KnownError("No accepted individual is found.", "Accept individuals first.", code="report")
        basis = basis_of(found, wish.query)
        summaries = Summaries(moment, wish.examiners)
        fronts = Fronts(moment, wish.examiners, wish.made_by)
        numbers = {id_: number for number, id_ in enumerate(found.members, start=1)}
        for done, id_ in enumerate(chosen, start=1):
            control.check()
            made = _sheet(case, found, wish, (summaries, fronts), basis, id_, numbers[id_])
            yield f"{numbers[id_]:05d}", sheet(made, moment.vocabulary)
            control.progress(done, len(chosen))


def _sheet(
    case: OpenCase,
    found: Gathered,
    wish: Wish,
    makers: tuple[Summaries, Fronts],
    basis: Basis,
    id_: str,
    number: int,
) -> Sheet:
    moment = found.moment
    with moment.store.read() as connection:
        family = list(people.family(connection, id_))
        evaluated = evaluations.standing(connection, family)
    card = load_card(moment, wish.examiners[0], id_, (), told=wish.examiners, most_acts=_MOST_ACTS)
    individual = found.known.get(id_)
    regions = card.regions
    summaries, fronts = makers
    return Sheet(
        label=label(individual, number),
        reason=individual.reason if individual is not None else "",
        card=card,
        summary=summaries.of_photos(card.photos, family),
        basis=basis,
        examiners={each.id: each.name for each in moment.examiners},
        drawing=person(maps_showing(regions), regions).svg if regions else "",
        front=fronts.of(card.photos),
        picture=_with_marks(case, _pictures(case, wish), card.readings),
        evaluations=tuple(each for who in wish.examiners for _of, each in evaluated if each.examiner == who),
    )


def _pictures(case: OpenCase, wish: Wish) -> Callable[[str], bytes | None]:
    if wish.photographs is Photographs.NONE:
        return lambda _photo: None
    if wish.photographs is Photographs.SMALL:
        return case.previews.get
    return masked_small(case, case.previews.get)


def _with_marks(
    case: OpenCase, small: Callable[[str], bytes | None], readings: Sequence[Reading]
) -> Callable[[str], bytes | None]:
    def picture(sha256: str) -> bytes | None:
        jpeg = small(sha256)
        return marked(case, jpeg, sha256, readings) if jpeg is not None else None

    return picture


def individual_of(case: OpenCase, number: str) -> str:
    """The id of the accepted individual with that examination or detainee number, or that id itself.

    KnownError if there is none, or more than one.
    """
    facts = [str(Fact.EXAMINATION_NUMBER), str(Fact.DETAINEE_NUMBER)]
    with case.store.read() as connection:
        known = people.individuals(connection)
        found = {root_of(known, each) for each in people.with_number(connection, facts, number, _MOST)}
    standing = whole(known.values())
    if number in standing:
        return number
    exact = [id_ for id_ in found if any(number in standing[id_].values(Fact(fact)) for fact in facts)]
    if len(exact) != 1:
        what = "There is no individual" if not exact else f"There are {len(exact)} individuals"
        hint = "reviewer individuals list tells them."
        raise KnownError(f"{what} with the number {printable(number)}.", hint, code="report")
    return exact[0]


def form_of(out: Path) -> Callable[[Page], bytes]:
    """How a file of that name is made; KnownError for a form that is not known."""
    form = FORMS.get(out.suffix.lower())
    if form is None:
        raise KnownError(
            f"A report is a PDF, HTML or Word (.docx) file, not {printable(out.suffix) or 'nothing'}.",
            "Name a file that ends in .pdf, .html or .docx.",
            code="report",
        )
    return form


def write(case: OpenCase, author: str, out: Path, page: Page) -> None:
    """Write one report to a new file and note it; KnownError if it cannot be written."""
    form = form_of(out)
    _refuse(case, out)
    _note(case, author, {out.name: _written(out, form(page))})


def write_all(
    case: OpenCase,
    author: str,
    folder: Path,
    pages: Iterator[tuple[str, Page]],
    suffix: str,
    control: JobControl,
) -> Sequence[str]:
    """Write a batch of reports into a new folder; what was written stays if it is cancelled, and is noted."""
    form = form_of(Path(f"sheet{suffix}"))
    _refuse(case, folder)
    made: dict[str, str] = {}
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise KnownError(f"The folder cannot be made: {error.strerror}.", code="report") from error
    try:
        for name, page in pages:
            made[f"{name}{suffix}"] = _written(folder / f"{name}{suffix}", form(page))
            control.check()
    finally:
        if made:
            _note(case, author, made)
    return list(made)


def _written(out: Path, content: bytes) -> str:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(out, content)
    except OSError as error:
        raise KnownError(
            f"The report cannot be written to {printable(str(out))}: {error.strerror}.", code="report"
        ) from error
    return hashlib.sha256(content).hexdigest()


def _refuse(case: OpenCase, out: Path) -> None:
    if out.exists():
        raise KnownError(f"{printable(str(out))} exists.", "Choose another name.", code="out-exists")
    own = case.folder.resolve()
    if own in [out.resolve(), *out.resolve().parents]:
        raise KnownError("A report cannot lie inside the case.", code="out-exists")


def _note(case: OpenCase, author: str, files: dict[str, str]) -> None:
    if not case.read_only:
        case.record(Draft(acts.EXPORT_MADE, case.id, {"format": "report", "files": files}), author)
