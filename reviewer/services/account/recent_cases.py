"""The cases opened lately on this workstation, newest first: folders, and names of those not encrypted.

Of an encrypted case only its folder is kept, and by number who opened it, to try that passphrase first; of
others also when they were opened last.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reviewer.services.account.account_file import AccountFile
from reviewer.system.clock import current_time, format_timestamp
from reviewer.system.paths import demonstration_folder

MOST_CASES = 12
_FILE = AccountFile("recent.json", "the list of recent cases")


@dataclass(frozen=True)
class RecentCase:
    folder: Path
    name: str
    examiner: str = ""
    opened_at: str = ""

    @property
    def is_there(self) -> bool:
        return (self.folder / "case.db").is_file()


def load_recent_cases() -> list[RecentCase]:
    rows = _FILE.read()
    try:
        return [
            RecentCase(
                Path(row["folder"]),
                str(row["name"]),
                str(row.get("examiner", "")),
                str(row.get("opened_at", "")),
            )
            for row in rows
        ][:MOST_CASES]
    except (ValueError, KeyError, TypeError):
        return []


def find_last_examiner(folder: Path) -> str:
    """Return the id of the Examiner who opened the case last on this workstation, "" if not known."""
    folder = folder.absolute()
    return next((case.examiner for case in load_recent_cases() if case.folder == folder), "")


def propose_folder() -> Path | None:
    """Return the folder to keep a new case in: the one the last case lies in, leaving out the demonstration,
    else that of documents; None if neither is there."""
    apart = demonstration_folder()
    used = [case.folder.parent for case in load_recent_cases() if case.folder.parent != apart]
    return next((folder for folder in (*used[:1], Path.home() / "Documents") if folder.is_dir()), None)


def remember_case(folder: Path, name: str, examiner: str = "") -> None:
    """Put a case at the top of the list; a failure to save it is ignored."""
    folder = folder.absolute()
    others = [case for case in load_recent_cases() if case.folder != folder]
    opened_at = format_timestamp(current_time()) if name else ""
    _save_cases([RecentCase(folder, name, examiner, opened_at), *others])


def forget_case(folder: Path) -> None:
    """Take a case out of the list; it stays where it is."""
    folder = folder.absolute()
    _save_cases([case for case in load_recent_cases() if case.folder != folder])


def _save_cases(cases: list[RecentCase]) -> None:
    rows = [
        {
            "folder": str(case.folder),
            "name": case.name,
            "examiner": case.examiner,
            "opened_at": case.opened_at,
        }
        for case in cases[:MOST_CASES]
    ]
    _FILE.keep(rows)
