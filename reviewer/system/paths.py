"""Where the program keeps what is not evidence. The only module that knows appdirs."""

from __future__ import annotations

import os
from pathlib import Path

import appdirs

_APP = "reviewer"


def data_folder() -> Path:
    """The folder for what belongs to this workstation: its id, recent cases, window settings."""
    given = os.environ.get("REVIEWER_DATA")
    return Path(given) if given else Path(appdirs.user_data_dir(_APP, appauthor=False))


def log_folder() -> Path:
    given = os.environ.get("REVIEWER_DATA")
    return Path(given) / "log" if given else Path(appdirs.user_log_dir(_APP, appauthor=False))


def demonstration_folder() -> Path:
    """Where `reviewer demo` puts its case when no folder is named."""
    return data_folder() / "demonstration"
