"""The overall evaluation on the sheet of an individual: whose it is and when it was signed, or that none is
given. It is an inference, and what matters more than the degree of one finding (Istanbul Protocol, 424)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reviewer.domain.figures.document import DocumentBlock, DocumentHeading, Paragraph
from reviewer.domain.people.evaluations import Evaluation, evaluation_degree_in_words
from reviewer.domain.reading.reading import Reading
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.report import wording


def make_evaluation_blocks(
    evaluations: Sequence[Evaluation],
    examiners: Mapping[str, str],
    readings: Sequence[Reading],
    vocabulary: Vocabulary,
) -> Iterator[DocumentBlock]:
    """`examiners` are names by id; `readings` tell what was changed after an evaluation was signed."""
    yield DocumentHeading("Overall evaluation", 2)
    if not evaluations:
        yield Paragraph(wording.sentence("no_evaluation"))
    for evaluation in evaluations:
        yield from (Paragraph(line) for line in evaluation.text.splitlines() if line.strip())
        if evaluation.degree:
            yield Paragraph(evaluation_degree_in_words(evaluation, vocabulary.degree(evaluation.degree)))
        name = examiners.get(evaluation.examiner, evaluation.examiner)
        signed = f"Signed by {name} on {evaluation.at[:16].replace('T', ' ')} UTC."
        later = (
            f" {wording.sentence('evaluated_before')}" if is_before_last_change(evaluation, readings) else ""
        )
        yield Paragraph(f"{signed}{later}", quiet=True)


def is_before_last_change(evaluation: Evaluation, readings: Sequence[Reading]) -> bool:
    """Whether the Examiner changed a Reading after evaluating."""
    own = (reading for reading in readings if reading.examiner == evaluation.examiner)
    return any(reading.changed_at > evaluation.at for reading in own)
