"""The window for looking only: what it does not offer, and how it tells a case from a court pack."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reviewer.qt.actions.spec import ActionSpec
from reviewer.services.pack.viewing import is_pack

TITLE = "view only"
REFUSAL = "This window is for viewing only: nothing is written here."
_MAKES_FILES = frozenset(
    {
        "case.new",
        "case.demonstration",
        "case.report",
        "case.export",
        "case.export-copies",
        "case.backup",
        "case.stamp-request",
        "case.stamp-root",
        "help.tour",  # begins in the demonstration, which is made for it
    }
)
"""Actions that change no case and write all the same, into files of their own."""
_NEEDS_WHAT_WRITES = frozenset(
    {
        "mark.select",  # the only tool where nothing is drawn; it is on
        "individual.pick",
        "cards.in-part",
        "cards.order",
        "finding.choose-quick-tags",
    }
)
"""Actions that write nothing, and serve only others that do."""


def list_left_out(actions: Iterable[ActionSpec]) -> list[str]:
    """Return the ids of the actions that the window for looking only does not offer."""
    return [spec.id for spec in actions if spec.writes or spec.id in _MAKES_FILES | _NEEDS_WHAT_WRITES]


def find_what_was_named(path: Path) -> tuple[Path, bool]:
    """Return the folder that is meant by a path, a file in it counts too, and whether it is a court pack."""
    folder = path.parent if path.is_file() else path
    return folder, is_pack(folder)
