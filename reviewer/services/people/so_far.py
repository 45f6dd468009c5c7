"""What the Examiner's own readings of a person add up to so far, in short, for beside the photograph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.summary.summary import TermResult, TermSummary
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.case.snapshot import ReadableCase
from reviewer.services.summary.summaries import Summariser
from reviewer.storage.people import people

_ORDER = (
    TermResult.CONFLICT,
    TermResult.PRESENT,
    TermResult.AFTER_DEATH,
    TermResult.UNSTATED,
    TermResult.CANNOT_TELL,
    TermResult.ABSENT,
)


@dataclass(frozen=True)
class SoFarLine:
    """One sign, what is said of it, and on which photographs, or why it cannot be told; in words."""

    sign: str
    answer: str
    where: str


@dataclass(frozen=True)
class SoFar:
    """`read` of the `total` photographs that are for reading are complete by an own look."""

    lines: tuple[SoFarLine, ...]
    read: int
    total: int


def load_so_far(case: ReadableCase, examiner: str, photos: Sequence[str], individual: str) -> SoFar:
    """Sum up what this Examiner (an id) alone recorded of a person's Photos (SHA-256), in the order in which
    the reader numbers them; `individual` is "" for one that is only proposed. For a job."""
    with case.store.read() as connection:
        family = list(people.load_merged_family(connection, individual)) if individual else []
    summary = Summariser(case, (examiner,)).summarise_photos(photos, family)
    numbers = {photo: number for number, photo in enumerate(photos, start=1)}
    noted = sorted(summary.noted, key=lambda term: _ORDER.index(term.result))
    total = len(summary.photos) - len(summary.not_for_reading)
    missing = len(summary.unread) + len(summary.not_complete)
    lines = tuple(_describe(term, numbers, case.vocabulary) for term in noted)
    return SoFar(lines, total - missing, total)


def _describe(term: TermSummary, numbers: dict[str, int], vocabulary: Vocabulary) -> SoFarLine:
    name = vocabulary.term_name(term.term)
    if term.result is TermResult.CANNOT_TELL:
        why = "; ".join(reason.in_words(vocabulary) for reason in term.reasons)
        return SoFarLine(name, str(term.result), term.decided.why if term.decided is not None else why)
    answer = "looked for, not seen" if term.result is TermResult.ABSENT else str(term.result)
    shown = sorted({numbers[ground.photo] for ground in term.grounds if ground.photo in numbers})
    places = ", ".join(map(str, shown))
    return SoFarLine(name, answer, f"photo {places}" if len(shown) == 1 else f"photos {places}")
