"""Where each Examiner was, kept beside the Case: no evidence, so no act; losing it loses a place."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from reviewer.services.open_case import OpenCase
from reviewer.system.files import write_atomically

logger = logging.getLogger(__name__)


def last_place(case: OpenCase, examiner: str) -> str:
    """The SHA-256 of the Photo the Examiner had on screen last, or ""."""
    found = _read(_file(case)).get(examiner, "")
    return found if isinstance(found, str) else ""


def keep_place(case: OpenCase, examiner: str, photo: str) -> None:
    if case.read_only:
        return
    places = _read(_file(case))
    places[examiner] = photo
    try:
        write_atomically(_file(case), json.dumps(places, sort_keys=True).encode("ascii"))
    except OSError as error:
        logger.info("the place could not be kept: %s", error.strerror)


def _file(case: OpenCase) -> Path:
    return case.folder / "places.json"


def _read(file: Path) -> dict[str, object]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
