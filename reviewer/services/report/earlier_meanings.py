"""What signs meant when Findings of a sheet were made, where that is something else now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.domain.figures.document import BulletList, DocumentBlock, Paragraph
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.vocabulary import Vocabulary


def make_earlier_meaning_blocks(
    findings: Iterable[Finding], vocabulary: Vocabulary
) -> Iterator[DocumentBlock]:
    """Make blocks of the earlier meanings, each once, in the order of its first Finding; none if no meaning
    changed."""
    told = dict.fromkeys(
        f"{vocabulary.term_name(finding.term)}. {then}"
        for finding in findings
        if (then := vocabulary.earlier_meaning_in_words(finding.term, finding.vocabulary))
    )
    if told:
        yield Paragraph("Findings that keep the meaning under which they were made:")
        yield BulletList(tuple(told))
