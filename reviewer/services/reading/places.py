"""Where each Examiner was, kept beside the Case: no evidence, so no act; losing it loses a place."""

from __future__ import annotations

from reviewer.services.case.open_case import OpenCase


def load_bookmark(case: OpenCase, examiner: str) -> str:
    """The SHA-256 of the Photo the Examiner had on screen last, or ""."""
    return case.previews.load_note(f"place {examiner}")


def save_bookmark(case: OpenCase, examiner: str, photo: str) -> None:
    if not case.read_only:
        case.previews.keep_note(f"place {examiner}", photo)
