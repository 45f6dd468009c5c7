"""Files that hold no photograph the program shows, and that a person has looked at by other means.

A video, an archive, a document can hold photographs; an examiner who opened it elsewhere says so, with a
reason, so that what is left to look at is known. Shared: the later act stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft, Entry, EntryBody
from reviewer.domain.names import LONGEST_FEW_WORDS

FILES_SEEN_ELSEWHERE = "files.seen_elsewhere"
FILES_OPEN_AGAIN = "files.open_again"


@dataclass(frozen=True)
class SeenElsewhere:
    """What was said of one file: `file` as `make_file_id` makes it, `author` an id, `at` UTC, ISO 8601."""

    file: str
    reason: str = ""
    author: str = ""
    at: str = ""


def make_file_id(source: str, path: bytes, sha256: str) -> str:
    """Make the id of a file with its content: what was seen of one content does not hold for the next at
    the same path."""
    return f"{source}:{path.hex()}:{sha256}"


def mark_seen_elsewhere(files: Sequence[str], reason: str) -> Draft:
    """The act that says these files were seen elsewhere, one entry for all. NotAllowed without a reason."""
    if not files:
        raise NotAllowed("Choose the files first.")
    why = " ".join(reason.split())[:LONGEST_FEW_WORDS]
    if not why:
        raise NotAllowed("Say in a few words how and where they were seen.")
    return Draft(FILES_SEEN_ELSEWHERE, "", {"files": _sort_unique(files), "reason": why})


def mark_open_again(files: Sequence[str]) -> Draft:
    """The act that says these files are still to be looked at. NotAllowed if there are none."""
    if not files:
        raise NotAllowed("Choose files that were seen elsewhere first.")
    return Draft(FILES_OPEN_AGAIN, "", {"files": _sort_unique(files)})


def seen_elsewhere_from_body(file: str, body: EntryBody, entry: Entry) -> SeenElsewhere:
    """What an act says of one of its files."""
    return SeenElsewhere(file, body["reason"], entry.author, entry.at)


def _sort_unique(files: Iterable[str]) -> list[str]:
    return sorted(set(files))
