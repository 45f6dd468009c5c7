"""Everything else that readings of an individual hold: measurements, notes, what was looked for, how much of
the body each photograph shows, and what could not be assessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reviewer.domain.figures.document import Block, Grid, Heading, Paragraph, Points
from reviewer.domain.geometry.measuring import KnownBy, Scale, plane_in_words
from reviewer.domain.reading.reading import Conclusion, Reading
from reviewer.domain.reading.sign_lists import lists_in_words
from reviewer.domain.vocabulary.coverage import Level
from reviewer.domain.vocabulary.region_words import in_words
from reviewer.domain.vocabulary.scales import Answer
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.domain.worklist.reading_order import IN_WORDS
from reviewer.services.reading.measurements import labels_of
from reviewer.services.report.lesion import QUANTITIES


def measurements(
    readings: Sequence[Reading], numbers: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[Block]:
    """Each with its plus-minus, by which scale, and of which finding; nothing where nothing was measured."""
    rows = []
    for reading in readings:
        labels = labels_of(reading)
        for each in reading.measurements:
            finding, scale = reading.finding(each.finding), reading.scale(each.scale)
            rows.append(
                (
                    f"{numbers[reading.photo]}",
                    vocabulary.term_name(finding.term) if finding else "no finding named",
                    f"{QUANTITIES[each.quantity]} {labels[each.id]}",
                    _scale_in_words(scale) if scale else "no scale",
                )
            )
    if rows:
        yield Heading("Measurements", 2)
        head = ("photo", "of", "measured", "by which scale")
        yield Grid(head, tuple(rows), numbers=False, widths=(8, 24, 34, 34))


_KNOWN = {
    KnownBy.PRINTED: "printed on it",
    KnownBy.MEASURED: "measured",
    KnownBy.STANDARD: "a standard size",
    KnownBy.ASSUMED: "assumed",
}


def _scale_in_words(scale: Scale) -> str:
    known = (
        f"size {_KNOWN[KnownBy(scale.known_by)]}" if scale.known_by else "how its size is known was not asked"
    )
    return f"{scale.source}; {known}; {plane_in_words(scale)}"


def notes(readings: Sequence[Reading], numbers: Mapping[str, int]) -> Iterator[Block]:
    """Each note as it was written, line by line, each line in its own direction; nothing where none was."""
    written = [reading for reading in readings if reading.note.strip()]
    if written:
        yield Heading("Notes", 2)
    for reading in written:
        yield Paragraph(f"Of photo {numbers[reading.photo]}:", quiet=True)
        yield from (Paragraph(line) for line in reading.note.splitlines() if line.strip())


def looked_for(
    readings: Sequence[Reading], numbers: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[Block]:
    """Which lists of signs were gone through on which photograph, and what had been uncovered by then."""
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
            what = ", ".join(IN_WORDS.get(each, each) for each in reading.context_seen)
            said.append(f"Photo {photo}: before its reading was complete this was uncovered: {what}.")
    if said:
        yield Heading("What was looked for", 2)
        yield Points(tuple(said))


def shown(readings: Sequence[Reading], numbers: Mapping[str, int], vocabulary: Vocabulary) -> Iterator[Block]:
    """What each photograph shows well enough, with limits, or not, as it was marked."""
    rows = [
        (
            f"{numbers[reading.photo]}",
            *(
                in_words(vocabulary, [key for key, kept in reading.coverage if kept == level], most=_ALL)
                for level in (Level.ASSESSABLE, Level.LIMITED, Level.NOT)
            ),
        )
        for reading in readings
        if reading.coverage
    ]
    if rows:
        head = ("photo", "shown well enough to judge", "with limits", "not to be judged")
        yield Grid(head, tuple(rows), numbers=False, widths=(8, 50, 21, 21))


_ALL = 10_000


def not_assessable(
    readings: Sequence[Reading], numbers: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[Block]:
    """What was said to be not assessable, of whole photographs and of single signs, with the reasons."""
    said = []
    for reading in readings:
        photo = numbers[reading.photo]
        if reading.conclusion is Conclusion.NOT_ASSESSABLE:
            said.append(f"Photo {photo}, as a whole{_because(reading.reason)}.")
        for finding in reading.findings:
            if finding.confirmed and finding.answer is Answer.NOT_ASSESSABLE:
                where = f", {in_words(vocabulary, finding.regions)}" if finding.regions else ""
                name = vocabulary.term_name(finding.term)
                said.append(f"Photo {photo}: {name}{where}{_because(finding.reason)}.")
    yield Heading("What could not be assessed", 2)
    if said:
        yield Points(tuple(said))
    else:
        yield Paragraph("Of nothing was it said that it could not be assessed.")


def _because(reason: str) -> str:
    return f": {reason}" if reason else ", no reason stated"
