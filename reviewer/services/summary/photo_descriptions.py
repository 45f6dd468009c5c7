"""What examiners said of photographs as a whole: for a person, a report, and tables that are counted."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.reading.descriptions import Said, gathered
from reviewer.services.case.snapshot import CaseInView
from reviewer.storage.reading.descriptions import DescriptionRow, descriptions

Told = tuple[str, str, tuple[str, ...]]
"""(SHA-256 of a Photo, key of the question, keys of its answers)."""


def told_by(
    case: CaseInView, examiners: Sequence[str], photos: Sequence[str] | None = None
) -> tuple[Told, ...]:
    """What complete Readings of these Examiners say, one entry for each Reading and question: to be counted.

    `photos` (SHA-256) narrows it; by Photo, Examiner and key.
    """
    return tuple((row.photo, row.key, row.values) for row in _complete(case, examiners, photos))


def of_individual(case: CaseInView, examiners: Sequence[str], photos: Sequence[str]) -> tuple[Said, ...]:
    """What complete Readings of these Examiners say of the Photos of one person: each answer with its Photos.

    `domain.descriptions.in_lines` puts it into sentences.
    """
    rows = _complete(case, examiners, photos)
    pairs = [(row.photo, ((row.key, row.values),)) for row in rows]
    return gathered(case.vocabulary, pairs, photos)


def _complete(
    case: CaseInView, examiners: Sequence[str], photos: Sequence[str] | None
) -> tuple[DescriptionRow, ...]:
    with case.store.read() as connection:
        return tuple(descriptions(connection, examiners, photos, complete_only=True))
