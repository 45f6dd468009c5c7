"""What examiners said of photographs as a whole: for a person, a report, and tables that are counted."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.reading.descriptions import DescribedAnswer, collect_answers
from reviewer.services.case.snapshot import ReadableCase
from reviewer.storage.reading.descriptions import StoredDescription, iterate_descriptions

PhotoAnswer = tuple[str, str, tuple[str, ...]]
"""(SHA-256 of a Photo, key of the question, keys of its answers)."""


def list_answers(
    case: ReadableCase, examiners: Sequence[str], photos: Sequence[str] | None = None
) -> tuple[PhotoAnswer, ...]:
    """What complete Readings of these Examiners say, one entry for each Reading and question: to be counted.

    `photos` (SHA-256) narrows it; by Photo, Examiner and key.
    """
    return tuple((row.photo, row.key, row.values) for row in _load_complete(case, examiners, photos))


def gather_answers(
    case: ReadableCase, examiners: Sequence[str], photos: Sequence[str]
) -> tuple[DescribedAnswer, ...]:
    """What complete Readings of these Examiners say of the Photos of one person: each answer with its Photos.

    `domain.descriptions.in_lines` puts it into sentences.
    """
    rows = _load_complete(case, examiners, photos)
    pairs = [(row.photo, ((row.key, row.values),)) for row in rows]
    return collect_answers(case.vocabulary, pairs, photos)


def _load_complete(
    case: ReadableCase, examiners: Sequence[str], photos: Sequence[str] | None
) -> tuple[StoredDescription, ...]:
    with case.store.read() as connection:
        return tuple(iterate_descriptions(connection, examiners, photos, complete_only=True))
