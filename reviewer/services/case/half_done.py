"""What an Examiner had begun to type when the window was locked or closed: beside the Case, as encrypted.

No evidence, so no act. It is kept in the database of previews under the Examiner's id, like the place where
he or she was; nobody else is given it.
"""

from __future__ import annotations

import json

from reviewer.domain import plain_json
from reviewer.services.case.open_case import OpenCase

HalfDone = dict[str, dict[str, str]]
"""By part of the window: name -> text."""


def half_done(case: OpenCase, examiner: str) -> HalfDone:
    """What was kept, in the order in which it was; nothing where it is not understood."""
    try:
        found = plain_json.value_from(case.previews.kept(_name(examiner)) or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        part: {name: text for name, text in texts.items() if isinstance(text, str)}
        for part, texts in found.items()
        if isinstance(texts, dict)
    }


def keep_half_done(case: OpenCase, examiner: str, what: HalfDone) -> None:
    if not case.read_only and (what or case.previews.kept(_name(examiner))):
        case.previews.keep(_name(examiner), json.dumps(what) if what else "")


def _name(examiner: str) -> str:
    return f"half done {examiner}"
