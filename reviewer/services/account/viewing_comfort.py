"""How a person wishes to be spared, and on which days they looked: kept in the account, never in a case.

The days are for the person's own eyes. Nothing here claims that grey or blur protects anybody.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from reviewer.domain import plain_json
from reviewer.system.files import make_private_folder, read_at_most, write_atomically
from reviewer.system.paths import data_folder

logger = logging.getLogger(__name__)
STARTS = ("", "covered", "grey", "small", "blur")
_KEPT_DAYS = 400


@dataclass(frozen=True)
class Care:
    """`start`: how each photograph begins, one of STARTS. `clock`: whether the time of this session is shown.

    `minutes`: after how many the session clock says so; `lock_minutes`: after how many without a key or the
    mouse the window locks itself; 0 for never. `card_ocr`: whether OCR may read a card after the person did.
    """

    start: str = ""
    cover_on_leaving: bool = False
    clock: bool = False
    minutes: int = 0
    lock_minutes: int = 10
    card_ocr: bool = False


def load_care(person: str) -> Care:
    """The wishes of a person; what is not understood is as if it had not been wished."""
    kept = _kept().get(_key(person), {}).get("care", {})
    plain = Care()
    values = {f.name: kept.get(f.name, getattr(plain, f.name)) for f in fields(Care)}
    fits = all(isinstance(values[f.name], type(getattr(plain, f.name))) for f in fields(Care))
    return Care(**values) if fits and values["start"] in STARTS else plain


def keep_care(person: str, care: Care) -> None:
    _change(person, "care", asdict(care))


def note_viewing(person: str, day: date) -> None:
    """Keep that the person looked at photographs on this day."""
    days = _days(person)
    if day.isoformat() not in days:
        _change(person, "days", [*days, day.isoformat()][-_KEPT_DAYS:])


def viewing_days(person: str, today: date) -> tuple[int, int]:
    """On how many days the person looked: in this week since Monday, and in the last 28 days."""
    monday = today - timedelta(days=today.weekday())
    days = _days(person)
    return (
        sum(monday.isoformat() <= each <= today.isoformat() for each in days),
        sum((today - timedelta(days=27)).isoformat() <= each <= today.isoformat() for each in days),
    )


def _days(person: str) -> list[str]:
    days = _kept().get(_key(person), {}).get("days", [])
    return [each for each in days if isinstance(each, str)] if isinstance(days, list) else []


def _key(person: str) -> str:
    """No name stands in the file."""
    return hashlib.sha256(person.encode("utf-8", "replace")).hexdigest()[:16]


def _kept() -> dict[str, dict[str, Any]]:
    try:
        found = plain_json.value_from(read_at_most(data_folder() / "care.json", plain_json.MOST))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}


def _change(person: str, name: str, value: object) -> None:
    kept = _kept()
    kept[_key(person)] = {**kept.get(_key(person), {}), name: value}
    try:
        make_private_folder(data_folder())
        write_atomically(data_folder() / "care.json", json.dumps(kept, indent=1).encode("ascii"))
    except OSError as error:
        logger.info("the wishes could not be kept: %s", error.strerror)
