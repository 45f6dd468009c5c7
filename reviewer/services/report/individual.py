"""The sheet of one individual: who examined, numbers with sources, all that was recorded of which photograph,
history. Observation stands first; the opinion stands apart from it, last and signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.figures.document import (
    BulletList,
    Document,
    DocumentBlock,
    DocumentDrawing,
    DocumentHeading,
    DocumentPicture,
    DocumentPictureRow,
    DocumentTable,
    KeyValues,
    Paragraph,
)
from reviewer.domain.figures.figures import StatisticsBasis
from reviewer.domain.people.evaluations import Evaluation
from reviewer.domain.reading.reading import Reading, ReadingState
from reviewer.domain.summary.summary import Summary, TermDecision, TermResult
from reviewer.domain.vocabulary.region_words import regions_in_words
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.people.person_card import PersonCard, describe_statement, describe_summary
from reviewer.services.report import recorded, wording
from reviewer.services.report.earlier_meanings import make_earlier_meaning_blocks
from reviewer.services.report.front import FrontPage, make_examination_blocks, make_mandate_blocks
from reviewer.services.report.lesion import describe_finding
from reviewer.services.report.marks import describe_marks
from reviewer.services.report.opinion import make_opinion_blocks


@dataclass(frozen=True)
class IndividualSheet:
    """What a sheet is made of. `drawing` is the body map with the findings as SVG; `pictures` are the small
    photographs to print, by SHA-256: none if none were asked for."""

    label: str
    reason: str
    card: PersonCard
    summary: Summary
    basis: StatisticsBasis
    examiners: dict[str, str]
    drawing: str
    front: FrontPage
    picture: Callable[[str], bytes | None] = lambda _photo: None
    evaluations: tuple[Evaluation, ...] = ()


def make_sheet_document(of: IndividualSheet, vocabulary: Vocabulary) -> Document:
    """The page of one individual."""
    return Document(
        of.label,
        f"Sheet of one individual; case {of.basis.case}; readings of {', '.join(of.basis.examiners)}",
        wording.format_day(of.basis),
        wording.make_footer(of.basis),
        tuple(_make_blocks(of, vocabulary)),
        wording.make_origin(of.basis),
    )


def _make_blocks(of: IndividualSheet, vocabulary: Vocabulary) -> Iterator[DocumentBlock]:
    yield from make_examination_blocks(of.front, of.basis, level=2)
    yield from make_mandate_blocks(of.front, level=2)
    yield BulletList(wording.sentences("sheet"))
    yield from _make_fact_blocks(of)
    yield from _make_photograph_blocks(of, vocabulary)
    yield from _make_observation_blocks(of, vocabulary)
    yield DocumentHeading("History", 2)
    yield from _make_history_blocks(of.card)
    yield DocumentHeading("What this sheet rests on", 2)
    yield KeyValues(wording.make_basis_rows(of.basis))
    names = [name for name, _role in of.front.examiners]
    numbers = _number_photos(of.card.photos)
    yield from make_opinion_blocks(of.card.readings, numbers, of.evaluations, of.examiners, names, vocabulary)


def _make_fact_blocks(of: IndividualSheet) -> Iterator[DocumentBlock]:
    card = of.card
    yield DocumentHeading("Numbers and facts, with their sources", 2)
    stated = card.individual.statements if card.individual is not None else ()
    yield (
        BulletList(tuple(describe_statement(statement, of.examiners, card.photos) for statement in stated))
        if stated
        else Paragraph("Nothing is stated.")
    )
    yield Paragraph(f"Held together because: {of.reason}.", quiet=True)


def _make_observation_blocks(of: IndividualSheet, vocabulary: Vocabulary) -> Iterator[DocumentBlock]:
    """All that readings hold, and what it adds up to; nothing that is inferred from it."""
    card, numbers = of.card, _number_photos(of.card.photos)
    if card.described:
        yield DocumentHeading("State of the body and scene, as described", 2)
        yield BulletList(card.described)
    yield DocumentHeading("What was observed", 2)
    yield from _make_finding_blocks(of, vocabulary)
    yield from recorded.make_measurement_blocks(card.readings, numbers, vocabulary)
    yield from recorded.make_note_blocks(card.readings, numbers)
    yield from recorded.make_looked_for_blocks(card.readings, numbers, vocabulary)
    yield from recorded.make_not_assessable_blocks(card.readings, numbers, vocabulary)
    yield DocumentHeading("Shown well enough, in the reader's words", 2)
    yield BulletList(card.coverage)
    yield from recorded.make_coverage_blocks(card.readings, numbers, vocabulary)
    yield DocumentHeading("What it adds up to", 2)
    yield from _make_summary_blocks(of.summary, vocabulary)


def _make_history_blocks(card: PersonCard) -> Iterator[DocumentBlock]:
    history = tuple(
        f"{act.at[:16].replace('T', ' ')}  {act.who}: {act.what}{'  (taken back)' if act.taken_back else ''}"
        for act in card.history
    )
    yield BulletList(history) if history else Paragraph("Nothing was recorded of this individual.")


def _make_photograph_blocks(of: IndividualSheet, vocabulary: Vocabulary) -> Iterator[DocumentBlock]:
    yield DocumentHeading("Photographs", 2)
    states = {reading.photo: _describe_state(reading) for reading in of.card.readings}
    rows = tuple(
        (f"{number}", name, states.get(photo, _NOT_READ), photo)
        for number, (photo, name) in enumerate(zip(of.card.photos, of.card.names, strict=True), start=1)
    )
    yield DocumentTable(("", "name", "reading", "SHA-256"), rows, numbers=False, widths=(5, 22, 13, 60))
    whole = sum(row[2] == str(ReadingState.COMPLETE) for row in rows)
    yield Paragraph(f"Read to the end: {whole:,} of {len(rows):,} photographs.")
    shown = [
        DocumentPicture(
            jpeg, _format_caption(number, name, describe_marks(photo, of.card.readings, vocabulary))
        )
        for number, (photo, name) in enumerate(zip(of.card.photos, of.card.names, strict=True), start=1)
        if (jpeg := of.picture(photo)) is not None
    ]
    if shown:
        yield DocumentPictureRow(tuple(shown))


def _format_caption(number: int, name: str, marks: str) -> str:
    return f"{number}  {name}; {marks}" if marks else f"{number}  {name}"


_NOT_READ = "not read"


def _describe_state(reading: Reading) -> str:
    return "carried over" if reading.carried_from else str(reading.state)


def _number_photos(photos: Sequence[str]) -> dict[str, int]:
    return {photo: number for number, photo in enumerate(photos, start=1)}


def _make_finding_blocks(of: IndividualSheet, vocabulary: Vocabulary) -> Iterator[DocumentBlock]:
    """Make the table of all confirmed findings, each with its photograph, as recorded."""
    numbers = _number_photos(of.card.photos)
    rows = [
        (
            vocabulary.term_name(finding.term),
            regions_in_words(vocabulary, finding.regions) if finding.regions else "no region named",
            f"{finding.answer}: {finding.reason}" if finding.reason else f"{finding.answer}",
            finding.certainty_told,
            describe_finding(finding, reading, vocabulary),
            f"{numbers[reading.photo]}",
        )
        for reading in of.card.readings
        for finding in reading.findings
        if finding.confirmed
    ]
    if not of.card.readings:
        yield Paragraph(wording.sentence("nothing_read"))
        return
    if of.drawing:
        yield DocumentDrawing(of.drawing, "Regions with a finding that is present, on the body map.", 50)
    if rows:
        head = ("finding", "site", "answer", "certainty", "described as", "photo")
        yield DocumentTable(head, tuple(rows), numbers=False, widths=(18, 19, 13, 11, 32, 7))
        if _has_colour(of.card.readings):
            yield Paragraph(wording.sentence("colour"), quiet=True)
        made = (finding for reading in of.card.readings for finding in reading.findings if finding.confirmed)
        yield from make_earlier_meaning_blocks(made, vocabulary)
    else:
        yield Paragraph("No finding was made on these photographs.")


def _has_colour(readings: Sequence[Reading]) -> bool:
    return any("colour" in dict(finding.qualifiers) for reading in readings for finding in reading.findings)


def _make_summary_blocks(summary: Summary, vocabulary: Vocabulary) -> Iterator[DocumentBlock]:
    noted = tuple(describe_summary(summary, summary.photos, vocabulary))
    yield BulletList(noted) if noted else Paragraph("No sign can be said to be present or absent.")
    told = sum(term.result in {TermResult.PRESENT, TermResult.ABSENT} for term in summary.terms)
    sentence = wording.sentence("told").format(all=f"{len(summary.terms):,}", told=f"{told:,}")
    yield Paragraph(sentence, quiet=True)
    decided = tuple(
        _describe_decision(vocabulary.term_name(term.term), term.decided)
        for term in summary.terms
        if term.decided is not None
    )
    if decided:
        yield BulletList(decided)


def _describe_decision(name: str, decided: TermDecision) -> str:
    return f"Decided on {decided.at[:10]}: {name} {decided.result}. Reason given: {decided.why}"
