"""Keeps PySide from reading the source of every module that is imported."""

from __future__ import annotations

import linecache
import sys

import shiboken6  # noqa: F401 (it brings what is looked for)

_MODULE, _NAME = "shibokensupport.feature", "_mod_uses_pyside"


def leave_sources_unread() -> None:
    """Let no module be searched for "PySide6"; forget what was read already.

    PySide searches the text of each module at its first import, to know which ones can use other names for
    its methods (`from __feature__ import snake_case`), and the texts stay in memory: more than a thousand,
    29 MiB and 0.15 s of start-up. Here no module uses such names. Without effect where PySide does otherwise.
    """
    feature = sys.modules.get(_MODULE)
    if feature is not None and hasattr(feature, _NAME):
        setattr(feature, _NAME, _tell_no)
    linecache.clearcache()


def _tell_no(_module: object) -> bool:
    return False
