"""What examiners said of photographs as a whole: for a person, a report, and tables that are counted."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.services.case.snapshot import ReadableCase
from reviewer.storage.reading.descriptions import iterate_descriptions

PhotoAnswer = tuple[str, str, tuple[str, ...]]
"""(SHA-256 of a Photo, key of the question, keys of its answers)."""


def list_answers(
    case: ReadableCase, examiners: Sequence[str], photos: Sequence[str] | None = None
) -> tuple[PhotoAnswer, ...]:
    """Return what complete Readings of these Examiners describe, one entry for each Reading and question.

    `photos` (SHA-256) narrows it; by Photo, Examiner and key.
    """
    with case.store.read() as connection:
        rows = iterate_descriptions(connection, examiners, photos, complete_only=True)
        return tuple((row.photo, row.key, row.values) for row in rows)
