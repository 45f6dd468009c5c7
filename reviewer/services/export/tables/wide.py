"""One row for each Photo, with a column for each Term: what Readings say of it, and nothing where none does.

An empty cell is never "absent": nobody said anything of that Term on that photograph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.reading.reading import Reading
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.services.export.tables.columns import ExportColumn
from reviewer.storage.whole_photos import ExportedPhoto

_ANSWER_ORDER = (
    FindingAnswer.PRESENT,
    FindingAnswer.NON_SPECIFIC,
    FindingAnswer.ABSENT,
    FindingAnswer.NOT_ASSESSABLE,
)
_TERM_COLUMN_MEANING = (
    "the different answers of confirmed findings by any examiner's own look, separated by ; - empty if "
    "nobody said anything of it, which is never the same as absent"
)


@dataclass(frozen=True)
class PhotoRow:
    """A Photo, where it was first found, the Individual it shows by now (an id), and who looked at it."""

    whole: ExportedPhoto
    source: str
    path: str
    individual: str

    @property
    def looks(self) -> tuple[Reading, ...]:
        """The Readings that were not carried over from a near-duplicate."""
        return tuple(reading for reading in self.whole.readings if not reading.carried_from)

    def answers(self) -> dict[str, str]:
        """What was answered for each Term."""
        said: dict[str, set[FindingAnswer]] = {}
        for reading in self.looks:
            for finding in reading.findings:
                if finding.confirmed:
                    said.setdefault(finding.term, set()).add(finding.answer)
        return {
            term: ";".join(answer for answer in _ANSWER_ORDER if answer in found)
            for term, found in said.items()
        }


def _join_distinct(values: Iterator[str]) -> str:
    return ";".join(sorted(set(filter(None, values))))


PHOTO_COLUMNS: tuple[ExportColumn[PhotoRow], ...] = (
    ExportColumn("photo_sha256", "SHA-256 of the photograph's file", lambda r: r.whole.photo.sha256),
    ExportColumn("source", "folder the photograph was ingested from", lambda r: r.source, free=True),
    ExportColumn("path", "first place it was found at, below the source", lambda r: r.path, free=True),
    ExportColumn(
        "files_with_this_content",
        "how many files have this content as ingested last; one that lies in two sources is one file",
        lambda r: str(r.whole.files_there),
        whole=True,
    ),
    ExportColumn(
        "category",
        "what the photograph is of, as sorted; empty if it was not. What is read on one sorted as soldier, "
        "scene, document or other is in no summary of an individual and in no figure",
        lambda r: r.whole.category,
    ),
    ExportColumn(
        "individual", "id of the individual it shows; empty if none was accepted", lambda r: r.individual
    ),
    ExportColumn(
        "near_duplicates",
        "SHA-256 of the first of its group of near-duplicates; empty if it is in none",
        lambda r: r.whole.alike,
    ),
    ExportColumn(
        "taken_at",
        "date and time as recorded in the file, empty if nothing recorded is a date of the calendar; not "
        "verified, no time zone",
        lambda r: r.whole.photo.capture.taken_at,
        free=True,
    ),
    ExportColumn(
        "taken_from",
        "the tag the date is from; empty for files ingested before format 1.4",
        lambda r: r.whole.photo.capture.taken_from,
        free=True,
    ),
    ExportColumn(
        "taken_doubt",
        "what is odd about the date, or was recorded and is none",
        lambda r: r.whole.photo.capture.taken_doubt,
        free=True,
    ),
    ExportColumn(
        "damage", "what the decoder complained of; empty if nothing", lambda r: r.whole.photo.damage
    ),
    ExportColumn(
        "shown_as",
        "what stands for a camera raw file; empty for the picture itself",
        lambda r: r.whole.photo.shown_as,
    ),
    ExportColumn(
        "pictures", "how many pictures the file holds", lambda r: str(r.whole.photo.picture_count), whole=True
    ),
    ExportColumn(
        "looks",
        "number of examiners who read it by a look of their own; 0: nobody read it",
        lambda r: str(len(r.looks)),
        whole=True,
    ),
    ExportColumn(
        "carried_over",
        "number of readings carried over from a near-duplicate; they are no looks and not in this row",
        lambda r: str(len(r.whole.readings) - len(r.looks)),
        whole=True,
    ),
    ExportColumn(
        "states",
        "states of these looks: open, complete, set aside; what is not complete may still change",
        lambda r: _join_distinct(str(look.state) for look in r.looks),
    ),
    ExportColumn(
        "conclusions",
        "what is said of the whole photograph where no finding says it",
        lambda r: _join_distinct(str(look.conclusion) for look in r.looks),
    ),
    ExportColumn(
        "unconfirmed",
        "number of copied findings that nobody confirmed; they do not count and are not in this row",
        lambda r: str(sum(not f.confirmed for look in r.looks for f in look.findings)),
        whole=True,
    ),
)


def describe_term_column(name: str, is_known: bool) -> str:
    """Return the meaning of the column of a Term."""
    retired = "" if is_known else " (a term of another version of the vocabulary)"
    return f"{name}{retired}: {_TERM_COLUMN_MEANING}"


def make_cells(row: PhotoRow, terms: Sequence[str]) -> Iterator[str | int | float]:
    for column in PHOTO_COLUMNS:
        yield column.cell_of(row)
    said = row.answers()
    for term in terms:
        yield said.get(term, "")
