"""The folders whose ingest a lock stopped: beside the Case, as encrypted, since their names tell of it.

No evidence, so no act. Whoever unlocks the window goes on with them; an opening without a lock forgets them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from reviewer.domain import plain_json
from reviewer.services.case.open_case import OpenCase

_NOTE = "stopped ingests"


def save_stopped_ingests(case: OpenCase, folders: Sequence[Path]) -> None:
    if not case.read_only and (folders or case.previews.load_note(_NOTE)):
        kept = json.dumps([os.fspath(folder) for folder in folders]) if folders else ""
        case.previews.keep_note(_NOTE, kept)


def take_stopped_ingests(case: OpenCase) -> list[Path]:
    """Return what was saved, in its order, and forget it; nothing if it cannot be read."""
    try:
        found = plain_json.parse_untrusted_json(case.previews.load_note(_NOTE) or "[]")
    except ValueError:
        found = []
    save_stopped_ingests(case, [])
    return [Path(folder) for folder in found if isinstance(folder, str)] if isinstance(found, list) else []
