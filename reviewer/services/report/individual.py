"""The sheet of one individual: who examined, numbers with sources, all that was recorded of which photograph,
history. Observation stands first; the opinion stands apart from it, last and signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.figures.document import (
    Block,
    Drawing,
    Facts,
    Grid,
    Heading,
    Page,
    Paragraph,
    Picture,
    Pictures,
    Points,
)
from reviewer.domain.figures.figures import Basis
from reviewer.domain.people.evaluations import Evaluation
from reviewer.domain.reading.reading import Reading, State
from reviewer.domain.summary.summary import Result, Summary, TermSummary
from reviewer.domain.vocabulary.region_words import in_words
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.people.person_card import PersonCard, statement_words, summary_lines
from reviewer.services.report import recorded, wording
from reviewer.services.report.earlier_meanings import earlier_meanings
from reviewer.services.report.front import Front, examination_blocks, mandate_blocks
from reviewer.services.report.lesion import described
from reviewer.services.report.marks import marks_in_words
from reviewer.services.report.opinion import opinion


@dataclass(frozen=True)
class Sheet:
    """What a sheet is made of. `drawing` is the body map with the findings as SVG; `pictures` are the small
    photographs to print, by SHA-256: none if none were asked for."""

    label: str
    reason: str
    card: PersonCard
    summary: Summary
    basis: Basis
    examiners: dict[str, str]
    drawing: str
    front: Front
    picture: Callable[[str], bytes | None] = lambda _photo: None
    evaluations: tuple[Evaluation, ...] = ()


def sheet(of: Sheet, vocabulary: Vocabulary) -> Page:
    """The page of one individual."""
    return Page(
        of.label,
        f"Sheet of one individual; case {of.basis.case}; readings of {', '.join(of.basis.examiners)}",
        wording.day_of(of.basis),
        wording.foot_of(of.basis),
        tuple(_blocks(of, vocabulary)),
        wording.origin_of(of.basis),
    )


def _blocks(of: Sheet, vocabulary: Vocabulary) -> Iterator[Block]:
    yield from examination_blocks(of.front, of.basis, level=2)
    yield from mandate_blocks(of.front, level=2)
    yield Points(wording.sentences("sheet"))
    yield from _facts(of)
    yield from _photographs(of, vocabulary)
    yield from _observation(of, vocabulary)
    yield Heading("History", 2)
    yield from _history(of.card)
    yield Heading("What this sheet rests on", 2)
    yield Facts(wording.basis_rows(of.basis))
    names = [name for name, _role in of.front.examiners]
    numbers = _numbers(of.card.photos)
    yield from opinion(of.card.readings, numbers, of.evaluations, of.examiners, names, vocabulary)


def _facts(of: Sheet) -> Iterator[Block]:
    card = of.card
    yield Heading("Numbers and facts, with their sources", 2)
    stated = card.individual.statements if card.individual is not None else ()
    yield (
        Points(tuple(statement_words(each, of.examiners, card.photos) for each in stated))
        if stated
        else Paragraph("Nothing is stated.")
    )
    yield Paragraph(f"Held together because: {of.reason}.", quiet=True)


def _observation(of: Sheet, vocabulary: Vocabulary) -> Iterator[Block]:
    """All that readings hold, and what it adds up to; nothing that is inferred from it."""
    card, numbers = of.card, _numbers(of.card.photos)
    if card.described:
        yield Heading("State of the body and scene, as described", 2)
        yield Points(card.described)
    yield Heading("What was observed", 2)
    yield from _observed(of, vocabulary)
    yield from recorded.measurements(card.readings, numbers, vocabulary)
    yield from recorded.notes(card.readings, numbers)
    yield from recorded.looked_for(card.readings, numbers, vocabulary)
    yield from recorded.not_assessable(card.readings, numbers, vocabulary)
    yield Heading("Shown well enough, in the reader's words", 2)
    yield Points(card.coverage)
    yield from recorded.shown(card.readings, numbers, vocabulary)
    yield Heading("What it adds up to", 2)
    yield from _added_up(of.summary, vocabulary)


def _history(card: PersonCard) -> Iterator[Block]:
    history = tuple(
        f"{act.at[:16].replace('T', ' ')}  {act.who}: {act.what}{'  (taken back)' if act.taken_back else ''}"
        for act in card.history
    )
    yield Points(history) if history else Paragraph("Nothing was recorded of this individual.")


def _photographs(of: Sheet, vocabulary: Vocabulary) -> Iterator[Block]:
    yield Heading("Photographs", 2)
    states = {reading.photo: _state(reading) for reading in of.card.readings}
    rows = tuple(
        (f"{number}", name, states.get(photo, _UNREAD), photo)
        for number, (photo, name) in enumerate(zip(of.card.photos, of.card.names, strict=True), start=1)
    )
    yield Grid(("", "name", "reading", "SHA-256"), rows, numbers=False, widths=(5, 22, 13, 60))
    whole = sum(row[2] == str(State.COMPLETE) for row in rows)
    yield Paragraph(f"Read to the end: {whole:,} of {len(rows):,} photographs.")
    shown = [
        Picture(jpeg, _caption(number, name, marks_in_words(photo, of.card.readings, vocabulary)))
        for number, (photo, name) in enumerate(zip(of.card.photos, of.card.names, strict=True), start=1)
        if (jpeg := of.picture(photo)) is not None
    ]
    if shown:
        yield Pictures(tuple(shown))


def _caption(number: int, name: str, marks: str) -> str:
    return f"{number}  {name}; {marks}" if marks else f"{number}  {name}"


_UNREAD = "not read"


def _state(reading: Reading) -> str:
    return "carried over" if reading.carried_from else str(reading.state)


def _numbers(photos: Sequence[str]) -> dict[str, int]:
    return {photo: number for number, photo in enumerate(photos, start=1)}


def _observed(of: Sheet, vocabulary: Vocabulary) -> Iterator[Block]:
    """Every confirmed finding with the photograph it rests on, as it was said."""
    numbers = _numbers(of.card.photos)
    rows = [
        (
            vocabulary.term_name(finding.term),
            in_words(vocabulary, finding.regions) if finding.regions else "no region named",
            f"{finding.answer}: {finding.reason}" if finding.reason else f"{finding.answer}",
            finding.certainty_told,
            described(finding, reading, vocabulary),
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
        yield Drawing(of.drawing, "Regions with a finding that is present, on the body map.", 50)
    if rows:
        head = ("finding", "site", "answer", "certainty", "described as", "photo")
        yield Grid(head, tuple(rows), numbers=False, widths=(18, 19, 13, 11, 32, 7))
        if _has_colour(of.card.readings):
            yield Paragraph(wording.sentence("colour"), quiet=True)
        made = (each for reading in of.card.readings for each in reading.findings if each.confirmed)
        yield from earlier_meanings(made, vocabulary)
    else:
        yield Paragraph("No finding was made on these photographs.")


def _has_colour(readings: Sequence[Reading]) -> bool:
    return any("colour" in dict(finding.qualifiers) for each in readings for finding in each.findings)


def _added_up(summary: Summary, vocabulary: Vocabulary) -> Iterator[Block]:
    noted = tuple(summary_lines(summary, summary.photos, vocabulary))
    yield Points(noted) if noted else Paragraph("No sign can be said to be present or absent.")
    told = sum(each.result in {Result.PRESENT, Result.ABSENT} for each in summary.terms)
    sentence = wording.sentence("told").format(all=f"{len(summary.terms):,}", told=f"{told:,}")
    yield Paragraph(sentence, quiet=True)
    decided = [_decision(each, vocabulary) for each in summary.terms if each.decided is not None]
    if decided:
        yield Points(tuple(decided))


def _decision(term: TermSummary, vocabulary: Vocabulary) -> str:
    if term.decided is None:
        raise ValueError("nothing was decided")
    name = vocabulary.term_name(term.term)
    return (
        f"Decided on {term.decided.at[:10]}: {name} {term.decided.result}. Reason given: {term.decided.why}"
    )
