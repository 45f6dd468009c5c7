"""The receipt of a session: what the ledger was when it was closed, to be kept by somebody else.

Whoever has it can show later that nothing before that moment was taken away, put in or changed, even by a
person who replaced the whole case folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reviewer.domain.errors import KnownError

_TITLE = "Receipt of a session"
_LINE = re.compile(r"^\s*(Case number|Closed|Entries|Head)\s+(.+?)\s*$", re.MULTILINE)
_HEAD = re.compile(r"^\s*Head\s", re.MULTILINE)
_GROUP_LENGTH, _GROUPS_A_LINE = 4, 4


@dataclass(frozen=True)
class Receipt:
    """`head` stands for the first `entries` entries of the ledger of the Case with the id `case`."""

    case: str
    name: str
    examiner: str
    at: str
    entries: int
    head: str

    def without_names(self) -> Receipt:
        """For a window that is locked: the number of the Case and the head are all that checking needs."""
        return replace(self, name="(not shown: the window is locked)", examiner="(not shown)")

    def text(self) -> str:
        """As it is shown, printed and read aloud: the head in sixteen groups of four."""
        groups = format_hash_in_groups(self.head).split(" ")
        rows = [" ".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]
        head = "\n".join(f"{'Head' if n == 0 else '':<14}{row}" for n, row in enumerate(rows))
        return (
            f"{_TITLE}\n\n"
            f"{'Case':<14}{self.name}\n"
            f"{'Case number':<14}{self.case}\n"
            f"{'Examiner':<14}{self.examiner}\n"
            f"{'Closed':<14}{self.at}\n"
            f"{'Entries':<14}{self.entries}\n"
            f"{head}\n\n"
            "Keep it apart from the case. To check it: integrity screen,\n"
            "or reviewer verify CASE --receipt FILE\n"
        )


def format_hash_in_groups(head: str) -> str:
    """A hash in groups of four that can be read aloud."""
    return " ".join(head[place : place + _GROUP_LENGTH] for place in range(0, len(head), _GROUP_LENGTH))


_LONGEST_NUMBER = 15


def receipt_from_text(text: str) -> Receipt:
    """The receipt that was written down; KnownError if this is none, or something in it is missing."""
    found = {name: value for name, value in _LINE.findall(text)}
    begins = _HEAD.search(text)  # only at the beginning of a line: people and cases may be called Head
    after = text[begins.end() :] if begins else ""
    head = "".join(re.findall(r"(?<![0-9A-Za-z])[0-9a-fA-F]{4}(?![0-9A-Za-z])", after))[:64].lower()
    entries = re.sub(r"[ ,.\u00a0]", "", found.get("Entries", ""))
    if (
        not entries.isdecimal()
        or len(entries) > _LONGEST_NUMBER
        or len(head) != 64
        or "Case number" not in found
    ):
        raise KnownError(
            "This is no receipt: it needs a case number, a number of entries and a head of sixteen groups.",
            "Type the lines as they stand on the paper.",
            code="bad-receipt",
        )
    return Receipt(found["Case number"], "", "", found.get("Closed", ""), int(entries), head)
