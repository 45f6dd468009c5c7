"""What a person can do on the page of what was made."""

from __future__ import annotations

from reviewer.qt.actions.spec import Action, ActionGroup, Context
from reviewer.qt.handing_over.made_screen import MadeScreen

_MADE: ActionGroup[MadeScreen] = ActionGroup("made", "Made", Context.of_screen("made"))

MADE_ACTIONS: tuple[Action[MadeScreen], ...] = (
    _MADE.make(
        "open",
        "Open what was made, with the program of the system",
        "Return Enter",
        MadeScreen.open_chosen,
        label="Open",
    ),
    _MADE.make(
        "show-folder", "Show the folder in which it lies", "F", MadeScreen.show_folder, label="Show in folder"
    ),
    _MADE.make("copy-hash", "Copy its hash", "H", MadeScreen.copy_hash),
    _MADE.make(
        "compare",
        "Compare it again with the hashes in the ledger",
        "C",
        MadeScreen.compare_again,
        label="Compare again",
    ),
    _MADE.make(
        "find",
        "Say where it lies now",
        "W",
        MadeScreen.find_place,
        label="Say where it lies\u2026",
        writes=True,
    ),
)
