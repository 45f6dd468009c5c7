"""How a person wishes to be spared, and on which days they looked: kept in the account, never in a case.

The days are for the person's own eyes. Nothing here claims that grey or blur protects anybody.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta

from reviewer.services.account.account_file import AccountFile, hash_person

_FILE = AccountFile("care.json", "the wishes")
START_MODES = ("", "covered", "grey", "small", "blur")
_MOST_DAYS = 400


@dataclass(frozen=True)
class ViewingComfort:
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


def load_comfort(person: str) -> ViewingComfort:
    """Return the settings of a person; settings that cannot be read have their defaults."""
    kept = _FILE.read_by_person().get(hash_person(person), {}).get("care", {})
    plain = ViewingComfort()
    values = {f.name: kept.get(f.name, getattr(plain, f.name)) for f in fields(ViewingComfort)}
    fits = all(isinstance(values[f.name], type(getattr(plain, f.name))) for f in fields(ViewingComfort))
    return ViewingComfort(**values) if fits and values["start"] in START_MODES else plain


def save_comfort(person: str, care: ViewingComfort) -> None:
    _save_value(person, "care", asdict(care))


def record_viewing_day(person: str, day: date) -> None:
    """Record that the person looked at photographs on this day."""
    days = _load_days(person)
    if day.isoformat() not in days:
        _save_value(person, "days", [*days, day.isoformat()][-_MOST_DAYS:])


def count_viewing_days(person: str, today: date) -> tuple[int, int]:
    """Return on how many days the person looked: this week since Monday, and in the last 28 days."""
    monday = today - timedelta(days=today.weekday())
    days = _load_days(person)
    return (
        sum(monday.isoformat() <= day <= today.isoformat() for day in days),
        sum((today - timedelta(days=27)).isoformat() <= day <= today.isoformat() for day in days),
    )


def _load_days(person: str) -> list[str]:
    days = _FILE.read_by_person().get(hash_person(person), {}).get("days", [])
    return [day for day in days if isinstance(day, str)] if isinstance(days, list) else []


def _save_value(person: str, name: str, value: object) -> None:
    kept, who = _FILE.read_by_person(), hash_person(person)
    _FILE.keep({**kept, who: {**kept.get(who, {}), name: value}})
