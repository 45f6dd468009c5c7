"""Whether a Finding says where it is: one that does not counts nowhere, but for signs of the whole body."""

from __future__ import annotations

from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.domain.vocabulary.vocabulary import Term


def lacks_region(finding: Finding, term: Term | None) -> bool:
    """Whether a Region has to be named before the Finding counts. `term` is that of the Finding, if known."""
    there = finding.answer in {FindingAnswer.PRESENT, FindingAnswer.NON_SPECIFIC}
    return there and not finding.regions and not (term is not None and term.whole_body)
