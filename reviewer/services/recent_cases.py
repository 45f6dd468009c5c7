"""The cases opened lately on this workstation, newest first: folders and names, nothing else."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from reviewer.system.files import make_private_folder, write_atomically
from reviewer.system.paths import data_folder

MOST = 12
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RecentCase:
    folder: Path
    name: str

    @property
    def is_there(self) -> bool:
        return (self.folder / "case.db").is_file()


def recent_cases() -> list[RecentCase]:
    try:
        rows = json.loads(_file().read_bytes())
        return [RecentCase(Path(row["folder"]), str(row["name"])) for row in rows][:MOST]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def remember(folder: Path, name: str) -> None:
    """Put a case at the top of the list. Not being able to is no reason to stop."""
    folder = folder.absolute()
    others = [case for case in recent_cases() if case.folder != folder]
    _keep([RecentCase(folder, name), *others])


def forget(folder: Path) -> None:
    _keep([case for case in recent_cases() if case.folder != folder])


def _keep(cases: list[RecentCase]) -> None:
    rows = [{"folder": str(case.folder), "name": case.name} for case in cases[:MOST]]
    try:
        make_private_folder(_file().parent)
        write_atomically(_file(), json.dumps(rows, indent=1).encode("utf-8"))
    except (OSError, UnicodeEncodeError) as error:
        logger.info("the list of recent cases could not be kept: %s", error)


def _file() -> Path:
    return data_folder() / "recent.json"
