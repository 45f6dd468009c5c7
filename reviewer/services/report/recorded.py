"""Everything else that readings of an individual hold: measurements, notes, what was looked for, how much of
the body each photograph shows, and what could not be assessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reviewer.domain.figures.document import (
    BulletList,
    DocumentBlock,
    DocumentHeading,
    DocumentTable,
    Paragraph,
)
from reviewer.domain.geometry.measuring import Scale, SizeKnownBy, scale_plane_in_words
from reviewer.domain.reading.reading import Conclusion, Reading
from reviewer.domain.reading.sign_lists import lists_in_words
from reviewer.domain.vocabulary.coverage import CoverageLevel
from reviewer.domain.vocabulary.region_words import regions_in_words
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.domain.worklist.reading_order import MASKED_THINGS_IN_WORDS
from reviewer.services.reading.measurements import describe_measurements
from reviewer.services.report.lesion import QUANTITY_NAMES


def make_measurement_blocks(
    readings: Sequence[Reading], numbers: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[DocumentBlock]:
    """Make the table of measurements: each with its margin, scale and finding; nothing where nothing was
    measured."""
    rows = []
    for reading in readings:
        labels = describe_measurements(reading)
        for measurement in reading.measurements:
            finding, scale = reading.finding(measurement.finding), reading.scale(measurement.scale)
            rows.append(
                (
                    f"{numbers[reading.photo]}",
                    vocabulary.term_name(finding.term) if finding else "no finding named",
                    f"{QUANTITY_NAMES[measurement.quantity]} {labels[measurement.id]}",
                    _describe_scale(scale) if scale else "no scale",
                )
            )
    if rows:
        yield DocumentHeading("Measurements", 2)
        head = ("photo", "of", "measured", "by which scale")
        yield DocumentTable(head, tuple(rows), numbers=False, widths=(8, 24, 34, 34))


_KNOWN_BY_NAMES = {
    SizeKnownBy.PRINTED: "printed on it",
    SizeKnownBy.MEASURED: "measured",
    SizeKnownBy.STANDARD: "a standard size",
    SizeKnownBy.ASSUMED: "assumed",
}


def _describe_scale(scale: Scale) -> str:
    known = (
        f"size {_KNOWN_BY_NAMES[SizeKnownBy(scale.known_by)]}"
        if scale.known_by
        else "how its size is known was not asked"
    )
    return f"{scale.source}; {known}; {scale_plane_in_words(scale)}"


def make_note_blocks(readings: Sequence[Reading], numbers: Mapping[str, int]) -> Iterator[DocumentBlock]:
    """Make blocks of the notes as written, each line in its own direction; none without notes."""
    written = [reading for reading in readings if reading.note.strip()]
    if written:
        yield DocumentHeading("Notes", 2)
    for reading in written:
        yield Paragraph(f"Of photo {numbers[reading.photo]}:", quiet=True)
        yield from (Paragraph(line) for line in reading.note.splitlines() if line.strip())


def make_looked_for_blocks(
    readings: Sequence[Reading], numbers: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[DocumentBlock]:
    """Make blocks on the lists of signs gone through on each photograph, and what was uncovered before."""
    said = []
    for reading in readings:
        photo = numbers[reading.photo]
        if reading.looked_for:
            nothing = reading.conclusion is Conclusion.NOTHING_VISIBLE
            found = "Nothing was visible" if nothing else "Nothing but the findings above was visible"
            lists = lists_in_words(vocabulary, reading.looked_for)
            said.append(f"Photo {photo}: {found} of these lists: {lists}.")
        elif reading.conclusion is Conclusion.NOTHING_VISIBLE:
            said.append(f"Photo {photo}: {reading.conclusion}.")
        if reading.context_seen:
            what = ", ".join(MASKED_THINGS_IN_WORDS.get(thing, thing) for thing in reading.context_seen)
            said.append(f"Photo {photo}: before its reading was complete this was uncovered: {what}.")
    if said:
        yield DocumentHeading("What was looked for", 2)
        yield BulletList(tuple(said))


def make_coverage_blocks(
    readings: Sequence[Reading], numbers: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[DocumentBlock]:
    """Make blocks on what each photograph shows well enough, with limits, or not."""
    rows = [
        (
            f"{numbers[reading.photo]}",
            *(
                regions_in_words(
                    vocabulary, [key for key, kept in reading.coverage if kept == level], most=_NO_LIMIT
                )
                for level in (CoverageLevel.ASSESSABLE, CoverageLevel.LIMITED, CoverageLevel.NOT)
            ),
        )
        for reading in readings
        if reading.coverage
    ]
    if rows:
        head = ("photo", "shown well enough to judge", "with limits", "not to be judged")
        yield DocumentTable(head, tuple(rows), numbers=False, widths=(8, 50, 21, 21))


_NO_LIMIT = 10_000


def make_not_assessable_blocks(
    readings: Sequence[Reading], numbers: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[DocumentBlock]:
    """Make blocks on what is not assessable, of whole photographs and of single signs, with the reasons."""
    said = []
    for reading in readings:
        photo = numbers[reading.photo]
        if reading.conclusion is Conclusion.NOT_ASSESSABLE:
            said.append(f"Photo {photo}, as a whole{_format_reason(reading.reason)}.")
        for finding in reading.findings:
            if finding.confirmed and finding.answer is FindingAnswer.NOT_ASSESSABLE:
                where = f", {regions_in_words(vocabulary, finding.regions)}" if finding.regions else ""
                name = vocabulary.term_name(finding.term)
                said.append(f"Photo {photo}: {name}{where}{_format_reason(finding.reason)}.")
    yield DocumentHeading("What could not be assessed", 2)
    if said:
        yield BulletList(tuple(said))
    else:
        yield Paragraph("Of nothing was it said that it could not be assessed.")


def _format_reason(reason: str) -> str:
    return f": {reason}" if reason else ", no reason stated"
