"""The opinion of an examiner: degrees of consistency and the overall evaluation, apart from all that was
observed, last on the sheet, and with a line to sign on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reviewer.domain.figures.document import (
    BulletList,
    DocumentBlock,
    DocumentHeading,
    KeyValues,
    OwnText,
    PageBreak,
    Paragraph,
)
from reviewer.domain.people.evaluations import Evaluation
from reviewer.domain.reading.degrees import describe_account, find_degree_refusal
from reviewer.domain.reading.reading import Finding, Reading, ReadingState
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.report import wording
from reviewer.services.report.evaluation import make_evaluation_blocks
from reviewer.services.report.front import make_signature_lines


def make_opinion_blocks(
    readings: Sequence[Reading],
    numbers: Mapping[str, int],
    evaluations: Sequence[Evaluation],
    examiners: Mapping[str, str],
    signing: Sequence[str],
    vocabulary: Vocabulary,
) -> Iterator[DocumentBlock]:
    """Make the blocks of the opinion. `numbers` are those of Photos on the sheet; `examiners` names by id;
    `signing` the name of who signs."""
    yield PageBreak()
    yield DocumentHeading("Opinion")
    yield Paragraph(wording.sentence("opinion"), quiet=True)
    yield from _make_degree_blocks(readings, numbers, vocabulary)
    yield from make_evaluation_blocks(evaluations, examiners, readings, vocabulary)
    yield OwnText(wording.OWN_TEXT, 2)
    yield DocumentHeading("Signature", 2)
    yield KeyValues(make_signature_lines(signing))


def _make_degree_blocks(
    readings: Sequence[Reading], numbers: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[DocumentBlock]:
    """Degrees of consistency with a mechanism that is named, each with the exact wording."""
    graded = [
        (finding, reading)
        for reading in readings
        for finding in reading.findings
        if finding.confirmed and finding.degree
    ]
    yield DocumentHeading("Inference: degrees of consistency", 2)
    refusals = [
        (finding, numbers[reading.photo], _find_refusal(finding, reading, vocabulary))
        for finding, reading in graded
    ]
    allowed = [
        _describe_degree(finding, photo, vocabulary) for finding, photo, refusal in refusals if not refusal
    ]
    refused = [
        f"{vocabulary.term_name(finding.term)}, photo {photo}: {refusal}"
        for finding, photo, refusal in refusals
        if refusal
    ]
    if allowed:
        yield BulletList(tuple(allowed))
    if not graded:
        yield Paragraph("No degree was given.")
    if refused:
        yield Paragraph("Degrees that stand in the readings and are not told here, and why:")
        yield BulletList(tuple(refused))


def _find_refusal(finding: Finding, reading: Reading, vocabulary: Vocabulary) -> str:
    """Return why a degree that was given is not valid, "" if it is."""
    if reading.state is not ReadingState.COMPLETE:
        return "Its reading is not complete."
    term = vocabulary.term(finding.term)
    return find_degree_refusal(finding, term.group if term else "")


def _describe_degree(finding: Finding, photo: int, vocabulary: Vocabulary) -> str:
    degree = vocabulary.degree(finding.degree)
    said = (
        f"{degree.name if degree else finding.degree} "
        f"{finding.mechanism}, {describe_account(finding.alleged_by)}"
    )
    wording = f" In the words of the protocol: \u201c{degree.wording}\u201d." if degree else ""
    return f"{vocabulary.term_name(finding.term)}, photo {photo}: the finding is {said}.{wording}"
