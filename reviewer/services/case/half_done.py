"""What an Examiner had begun to type when the window was locked or closed: beside the Case, as encrypted.

No evidence, so no act. It is kept in the database of previews under the Examiner's id, like the place where
he or she was; nobody else is given it.
"""

from __future__ import annotations

import json

from reviewer.domain import plain_json
from reviewer.services.case.open_case import OpenCase

UnsavedInput = dict[str, dict[str, str]]
"""By part of the window: name -> text."""


def load_unsaved_input(case: OpenCase, examiner: str) -> UnsavedInput:
    """Return what was saved, in its order; empty if it cannot be read."""
    try:
        found = plain_json.parse_untrusted_json(case.previews.load_note(_make_storage_key(examiner)) or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        part: {name: text for name, text in texts.items() if isinstance(text, str)}
        for part, texts in found.items()
        if isinstance(texts, dict)
    }


def save_unsaved_input(case: OpenCase, examiner: str, what: UnsavedInput) -> None:
    if not case.read_only and (what or case.previews.load_note(_make_storage_key(examiner))):
        case.previews.keep_note(_make_storage_key(examiner), json.dumps(what) if what else "")


def _make_storage_key(examiner: str) -> str:
    return f"half done {examiner}"
