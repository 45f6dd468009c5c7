"""The cases opened lately on this workstation, newest first: folders, and names of those not encrypted.

Of an encrypted case only its folder is kept, and by number who opened it, to try that passphrase first.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reviewer.services.account.account_file import AccountFile

MOST_CASES = 12
_FILE = AccountFile("recent.json", "the list of recent cases")


@dataclass(frozen=True)
class RecentCase:
    folder: Path
    name: str
    examiner: str = ""

    @property
    def is_there(self) -> bool:
        return (self.folder / "case.db").is_file()


def load_recent_cases() -> list[RecentCase]:
    rows = _FILE.read()
    try:
        return [
            RecentCase(Path(row["folder"]), str(row["name"]), str(row.get("examiner", ""))) for row in rows
        ][:MOST_CASES]
    except (ValueError, KeyError, TypeError):
        return []


def find_last_examiner(folder: Path) -> str:
    """Return the id of the Examiner who opened the case last on this workstation, "" if not known."""
    folder = folder.absolute()
    return next((case.examiner for case in load_recent_cases() if case.folder == folder), "")


def remember_case(folder: Path, name: str, examiner: str = "") -> None:
    """Put a case at the top of the list; a failure to save it is ignored."""
    folder = folder.absolute()
    others = [case for case in load_recent_cases() if case.folder != folder]
    _save_cases([RecentCase(folder, name, examiner), *others])


def _save_cases(cases: list[RecentCase]) -> None:
    rows = [
        {"folder": str(case.folder), "name": case.name, "examiner": case.examiner}
        for case in cases[:MOST_CASES]
    ]
    _FILE.keep(rows)
