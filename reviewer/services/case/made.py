"""What was made of a Case and handed over: noted in the ledger with hashes; where it lies is kept beside it.

A place is no evidence, so it is in no act: it stands in the database of previews, as encrypted as the Case.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.domain import plain_json
from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft, Entry
from reviewer.services.case.open_case import OpenCase
from reviewer.storage import ledger
from reviewer.system.clock import format_timestamp


@dataclass(frozen=True)
class Comparison:
    """When what was made was compared with its hashes last, "" for never, and how many files differ."""

    at: str = ""
    changed: int = 0
    missing: int = 0


@dataclass(frozen=True)
class MadeThing:
    """An entry of the ledger on what was made, with where it lay last; `place` is None if that is not known
    here. A single file lies at its place, a folder with several is its place."""

    entry: Entry
    author: str
    place: Path | None
    compared: Comparison = Comparison()

    @property
    def format(self) -> str:
        return str(self.entry.body.get("format", ""))

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each file that the ledger names, by its name."""
        files = self.entry.body.get("files")
        return {str(name): str(sha256) for name, sha256 in files.items()} if isinstance(files, dict) else {}

    @property
    def is_here(self) -> bool:
        return self.place is not None and self.place.exists()


def record_made(case: OpenCase, author: str, body: Mapping[str, object], out: Path) -> None:
    """Note in the ledger what was made, and beside the Case that it lies at `out`; for a Case that can be
    written."""
    entry = case.record(Draft(acts.EXPORT_MADE, case.id, dict(body)), author)
    _keep_place(case, entry.hash, out.absolute(), Comparison())


def load_made(case: OpenCase) -> list[MadeThing]:
    """Load everything that was made of the Case, the newest first."""
    with case.store.read() as connection:
        entries = ledger.load_entries_of_act(connection, acts.EXPORT_MADE)
    names = {examiner.id: examiner.name for examiner in case.examiners()}
    return [_make_thing(case, entry, names.get(entry.author, entry.author)) for entry in entries]


def keep_comparison(case: OpenCase, made: MadeThing, found: Comparison) -> MadeThing:
    """Keep what a comparison found, with the time; the thing with it."""
    found = replace(found, at=format_timestamp(case.clock()))
    if made.place is not None and not case.read_only:
        _keep_place(case, made.entry.hash, made.place, found)
    return replace(made, compared=found)


def keep_new_place(case: OpenCase, made: MadeThing, place: Path) -> MadeThing:
    """Keep that it lies elsewhere now; it is to be compared there."""
    if not case.read_only:
        _keep_place(case, made.entry.hash, place.absolute(), Comparison())
    return replace(made, place=place.absolute(), compared=Comparison())


def _keep_place(case: OpenCase, hash_: str, place: Path, compared: Comparison) -> None:
    known = {"place": str(place), "at": compared.at, "changed": compared.changed, "missing": compared.missing}
    case.previews.keep_note(_make_note_name(hash_), json.dumps(known))


def _make_thing(case: OpenCase, entry: Entry, author: str) -> MadeThing:
    try:
        known = plain_json.parse_untrusted_json(case.previews.load_note(_make_note_name(entry.hash)) or "{}")
        place = Path(known["place"])
        compared = Comparison(str(known["at"]), int(known["changed"]), int(known["missing"]))
    except (ValueError, KeyError, TypeError):
        return MadeThing(entry, author, None)
    return MadeThing(entry, author, place, compared)


def _make_note_name(hash_: str) -> str:
    return f"made {hash_}"
