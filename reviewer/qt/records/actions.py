"""What a person can do on the records screen."""

from __future__ import annotations

from reviewer.qt.actions.spec import Action, ActionGroup, Context
from reviewer.qt.records.screen import RecordsScreen

_RECORDS: ActionGroup[RecordsScreen] = ActionGroup(
    "records", "Records", Context.of_screen("records"), writes=True
)

RECORD_ACTIONS: tuple[Action[RecordsScreen], ...] = (
    _RECORDS.make(
        "load", "Load a file about the victims", "Ctrl+O", RecordsScreen.choose_file, label="Load a file…"
    ),
    _RECORDS.make(
        "keep",
        "Load the file as it is shown",
        "Ctrl+Return Ctrl+Enter",
        RecordsScreen.keep_file,
        label="Load as shown",
    ),
    _RECORDS.make(
        "back",
        "Back to the list of rows",
        "Esc",
        lambda screen: screen.panel.leave(),
        writes=False,
        label="Back to the rows",
    ),
    _RECORDS.make(
        "accept",
        "Accept the individual that fits this row",
        "Return Enter",
        RecordsScreen.accept,
        label="Accept",
    ),
    _RECORDS.make(
        "accept-all",
        "Accept all rows that fit one individual",
        "Shift+Return Shift+Enter",
        RecordsScreen.accept_all,
        label="Accept all that fit…",
    ),
    _RECORDS.make(
        "link",
        "Link this row to an individual",
        "L",
        RecordsScreen.link_by_hand,
        label="Link to an individual…",
    ),
    _RECORDS.make(
        "none",
        "This row speaks of no individual, then the reason",
        "N",
        RecordsScreen.link_to_nobody,
        label="No individual…",
    ),
)
