"""The folder that things are handed over in: the last one used, and what is wrong with one."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.errors import KnownError
from reviewer.domain.names import make_printable
from reviewer.services.case.open_case import OpenCase


@dataclass(frozen=True)
class PlaceCheck:
    """What a folder typed is good for: `free` bytes, or `wrong`, a sentence on why nothing can be made
    there."""

    free: int = 0
    wrong: str = ""


NO_PLACE = PlaceCheck()


def load_last_folder(case: OpenCase, examiner: str) -> Path:
    """Return the folder this Examiner used last for this Case if it is still there, else the home folder."""
    known = case.previews.load_note(_make_note_name(examiner))
    folder = Path(known) if known else None
    return folder if folder is not None and folder.is_dir() else Path.home()


def keep_last_folder(case: OpenCase, examiner: str, folder: Path) -> None:
    """Keep the folder beside the Case, as encrypted as the Case: the account keeps no folder that was
    chosen."""
    if not case.read_only:
        case.previews.keep_note(_make_note_name(examiner), str(folder))


def _make_note_name(examiner: str) -> str:
    return f"handed over in {examiner}"


def read_folder(typed: str) -> Path:
    """Read a folder as it is typed, with ~ for the home folder. KnownError unless it is whole: no place is
    reckoned from where the program happens to run."""
    text = typed.strip()
    if not text:
        raise KnownError("Name a folder to make it in.", code="no-folder")
    folder = Path(text).expanduser()
    if not folder.is_absolute():
        raise KnownError("Write the whole way to the folder, from the root or from ~.", code="no-folder")
    return folder


def check_place(case: OpenCase, typed: str, name: str, needed: int) -> PlaceCheck:
    """Check whether `name` can be made in the folder typed, with about `needed` bytes; for a job."""
    try:
        folder = read_folder(typed)
        return _check_folder(case, folder, name, needed)
    except KnownError as error:
        return PlaceCheck(wrong=str(error))
    except OSError as error:
        return PlaceCheck(wrong=f"This folder cannot be used: {error.strerror or 'it cannot be reached'}.")


def _check_folder(case: OpenCase, folder: Path, name: str, needed: int) -> PlaceCheck:
    if folder.exists() and not folder.is_dir():
        return PlaceCheck(wrong="This is a file. Name a folder.")
    if not folder.exists():
        return PlaceCheck(wrong="There is no such folder. Choose one, or make it first.")
    free = shutil.disk_usage(folder).free
    wrong = ""
    if folder.resolve().is_relative_to(case.folder.resolve()):
        wrong = "This folder belongs to the case. Nothing is handed over inside a case."
    elif not os.access(folder, os.W_OK):
        wrong = "You may not write into this folder. Choose another."
    elif (folder / name).exists():
        wrong = f"{make_printable(name)} is there already. Choose another folder."
    elif needed > free:
        wrong = "There is not room enough on this drive. Choose another folder."
    return PlaceCheck(free, wrong)
