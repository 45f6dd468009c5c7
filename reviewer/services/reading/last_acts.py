"""The newest entries of the ledger as rows for people: when, by whom, what, of which photograph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.domain.ledger.entry import ACT_TAKEN_BACK, Entry
from reviewer.domain.names import path_to_text
from reviewer.services.case.open_case import OpenCase
from reviewer.services.reading.act_words import describe_entry
from reviewer.storage import ledger
from reviewer.storage.photos import photos
from reviewer.storage.store import Connection

_SHA256_LENGTH = 64


@dataclass(frozen=True)
class ActRow:
    """One entry: `photo` is the SHA-256 of the photograph it is about, `name` that of its file, "" else."""

    at: str
    who: str
    what: str
    photo: str
    name: str


def load_last_acts(case: OpenCase, most: int) -> list[ActRow]:
    """Return the newest entries, newest first."""
    names = {examiner.id: examiner.name for examiner in case.examiners()}
    with case.store.read() as connection:
        entries = ledger.load_newest(connection, most)
        files = _load_file_names(connection, {entry.subject for entry in entries})
        return [
            ActRow(
                entry.at[:19].replace("T", " "),
                names.get(entry.author, "?"),
                _describe(connection, case, entry),
                entry.subject if entry.subject in files else "",
                files.get(entry.subject, ""),
            )
            for entry in entries
        ]


def _describe(connection: Connection, case: OpenCase, entry: Entry) -> str:
    """What was done; of what takes an act back, which one, and of what takes that back, that it stands."""
    if entry.act != ACT_TAKEN_BACK:
        return describe_entry(entry, case.vocabulary)
    again, found = False, ledger.find_by_hash(connection, entry.takes_back)
    while found is not None and found[1].act == ACT_TAKEN_BACK:
        again, found = not again, ledger.find_by_hash(connection, found[1].takes_back)
    if found is None:
        return describe_entry(entry, case.vocabulary)
    words = describe_entry(found[1], case.vocabulary)
    return f"done again: {words}" if again else f"taken back: {words}"


def _load_file_names(connection: Connection, subjects: Iterable[str]) -> dict[str, str]:
    """The names of the files of photographs among the subjects of entries."""
    found = {}
    for subject in subjects:
        if len(subject) == _SHA256_LENGTH and (places := photos.load_paths(connection, subject)):
            found[subject] = path_to_text(places[0][1]).rsplit("/", 1)[-1]
    return found
