"""The sheet of one individual: numbers with sources, what was seen on which photograph, what was not shown,
history. Observation stands first; inference stands apart from it, under its own heading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.degrees import account, refusal
from reviewer.domain.evaluations import Evaluation
from reviewer.domain.figures import Basis
from reviewer.domain.page import (
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
from reviewer.domain.reading import Finding, Reading, State
from reviewer.domain.region_words import in_words
from reviewer.domain.summary import Result, Summary, TermSummary
from reviewer.domain.vocabulary import Vocabulary
from reviewer.services.person import PersonCard, statement_words, summary_lines
from reviewer.services.report import wording
from reviewer.services.report.earlier_meanings import earlier_meanings
from reviewer.services.report.evaluation import overall_evaluation


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
    )


def _blocks(of: Sheet, vocabulary: Vocabulary) -> Iterator[Block]:
    card = of.card
    yield Points(wording.sentences("sheet"))
    yield Heading("Numbers and facts, with their sources", 2)
    stated = card.individual.statements if card.individual is not None else ()
    yield (
        Points(tuple(statement_words(each, of.examiners, card.photos) for each in stated))
        if stated
        else Paragraph("Nothing is stated.")
    )
    yield Paragraph(f"Held together because: {of.reason}.", quiet=True)
    yield from _photographs(of)
    if card.described:
        yield Heading("State of the body and scene, as described", 2)
        yield Points(card.described)
    yield Heading("What was observed", 2)
    yield from _observed(of, vocabulary)
    yield Heading("What it adds up to", 2)
    yield from _added_up(of.summary, vocabulary)
    yield Heading("Shown well enough, in the reader's words", 2)
    yield Points(card.coverage)
    yield from _inference(card.readings, _numbers(card.photos), vocabulary)
    yield from overall_evaluation(of.evaluations, of.examiners, card.readings, vocabulary)
    yield Heading("History", 2)
    history = tuple(
        f"{act.at[:16].replace('T', ' ')}  {act.who}: {act.what}{'  (taken back)' if act.taken_back else ''}"
        for act in card.history
    )
    yield Points(history) if history else Paragraph("Nothing was recorded of this individual.")
    yield Heading("What this sheet rests on", 2)
    yield Facts(wording.basis_rows(of.basis))


def _photographs(of: Sheet) -> Iterator[Block]:
    yield Heading("Photographs", 2)
    states = {reading.photo: _state(reading) for reading in of.card.readings}
    rows = tuple(
        (f"{number}", name, states.get(photo, _UNREAD), photo)
        for number, (photo, name) in enumerate(zip(of.card.photos, of.card.names, strict=True), start=1)
    )
    yield Grid(("", "name", "reading", "SHA-256"), rows, numbers=False, widths=(6, 26, 16, 52))
    whole = sum(row[2] == str(State.COMPLETE) for row in rows)
    yield Paragraph(f"Read to the end: {whole:,} of {len(rows):,} photographs.")
    shown = [
        Picture(jpeg, f"{number}  {name}")
        for number, (photo, name) in enumerate(zip(of.card.photos, of.card.names, strict=True), start=1)
        if (jpeg := of.picture(photo)) is not None
    ]
    if shown:
        yield Pictures(tuple(shown))


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
            _qualifiers(finding, vocabulary),
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
        head = ("finding", "region", "answer", "certainty", "described as", "photo")
        yield Grid(head, tuple(rows), numbers=False, widths=(20, 24, 13, 12, 25, 6))
        if _has_colour(of.card.readings):
            yield Paragraph(wording.sentence("colour"), quiet=True)
        made = (each for reading in of.card.readings for each in reading.findings if each.confirmed)
        yield from earlier_meanings(made, vocabulary)
    else:
        yield Paragraph("No finding was made on these photographs.")


def _qualifiers(finding: Finding, vocabulary: Vocabulary) -> str:
    """What was said of a finding beside its region, vitality among it: "vitality: after death; count: 1"."""
    said = []
    for key, values in finding.qualifiers:
        qualifier = vocabulary.qualifier(key)
        name = qualifier.name if qualifier is not None else key
        chosen = ", ".join(vocabulary.value_name(key, each) for each in values)
        said.append(f"{name}: {chosen}")
    if finding.explored_by:
        steps = ", ".join(finding.explored_by)
        said.append(f"seen only through steps that are for exploration only: {steps}")
    elif finding.is_only_enhanced:
        said.append("seen only through display steps")
    return "; ".join(said)


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


def _inference(
    readings: Sequence[Reading], numbers: dict[str, int], vocabulary: Vocabulary
) -> Iterator[Block]:
    """Degrees of consistency with a mechanism that is named, each with the exact wording."""
    graded = [
        (finding, reading)
        for reading in readings
        for finding in reading.findings
        if finding.confirmed and finding.degree
    ]
    yield Heading("Inference: degrees of consistency", 2)
    refusals = [
        (finding, numbers[reading.photo], _refusal(finding, reading, vocabulary))
        for finding, reading in graded
    ]
    allowed = [_degree(finding, photo, vocabulary) for finding, photo, refusal in refusals if not refusal]
    refused = [
        f"{vocabulary.term_name(finding.term)}, photo {photo}: {refusal}"
        for finding, photo, refusal in refusals
        if refusal
    ]
    if allowed:
        yield Points(tuple(allowed))
    if not graded:
        yield Paragraph("No degree was given.")
    if refused:
        yield Paragraph("Degrees that stand in the readings and are not told here, and why:")
        yield Points(tuple(refused))


def _refusal(finding: Finding, reading: Reading, vocabulary: Vocabulary) -> str:
    """Why a degree that was given, perhaps before something else was said of the Finding, is none."""
    if reading.state is not State.COMPLETE:
        return "Its reading is not complete."
    term = vocabulary.term(finding.term)
    return refusal(finding, term.group if term else "")


def _degree(finding: Finding, photo: int, vocabulary: Vocabulary) -> str:
    degree = vocabulary.degree(finding.degree)
    said = f"{degree.name if degree else finding.degree} {finding.mechanism}, {account(finding.alleged_by)}"
    wording = f" In the words of the protocol: \u201c{degree.wording}\u201d." if degree else ""
    return f"{vocabulary.term_name(finding.term)}, photo {photo}: the finding is {said}.{wording}"
