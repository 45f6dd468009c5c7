"""What a person can do on the individuals screen, and what leads to the card of a person."""

from __future__ import annotations

from reviewer.qt.actions.spec import PHOTO, Action, ActionGroup, Context
from reviewer.qt.individuals.doing import IndividualCommands

_INDIVIDUAL: ActionGroup[IndividualCommands] = ActionGroup("individual", "Individual", PHOTO)
_TABLE: ActionGroup[IndividualCommands] = ActionGroup(
    "individuals", "Individuals", Context.of_screen("individuals")
)
_ACTS: ActionGroup[IndividualCommands] = ActionGroup(
    "individuals", "Individuals", Context.of_screen("individuals"), writes=True
)


def _open_card(commands: IndividualCommands) -> None:
    commands.screen.action_wanted.emit("window.individuals")
    commands.screen.open_shown()


INDIVIDUALS_ACTIONS: tuple[Action[IndividualCommands], ...] = (
    _INDIVIDUAL.make("card", "Card of this individual", "Ctrl+I", _open_card),
    _TABLE.make(
        "open",
        "Open the card of a person; there: read the photo",
        "Return Enter",
        lambda commands: commands.screen.open(),
        label="Open the card; read",
    ),
    _TABLE.make(
        "back",
        "Back to the table; there: show all",
        "Esc",
        lambda commands: commands.screen.back(),
        label="Back to the table",
    ),
    _TABLE.make(
        "filter",
        "Filter the table by typing",
        "/",
        lambda commands: commands.screen.focus_filter(),
        label="Filter the table…",
    ),
    _TABLE.make(
        "sort",
        "Sort the table by a column",
        "S",
        lambda commands: commands.screen.choose_sorting(),
        label="Sort by…",
    ),
    _TABLE.make(
        "columns",
        "Choose the columns",
        "C",
        lambda commands: commands.screen.choose_columns(),
        label="Columns…",
    ),
    _TABLE.make(
        "proposals",
        "On what proposals rest: folders, cards, bursts, records",
        "P",
        lambda commands: commands.screen.choose_ground(),
        label="Proposals from…",
    ),
    _TABLE.make(
        "conflicts",
        "What does not fit together",
        "K",
        lambda commands: commands.screen.show_conflicts(),
        label="What does not fit",
    ),
    _TABLE.make(
        "gaps",
        "List examination numbers that are not in this case; again: not",
        "Shift+K",
        lambda commands: commands.screen.toggle_gaps(),
        label="Numbers that are missing",
    ),
    _ACTS.make("accept", "Accept the chosen proposals", "A", IndividualCommands.accept, label="Accept"),
    _ACTS.make(
        "accept-all",
        "Accept every proposal in the table, after the count",
        "Shift+A",
        IndividualCommands.accept_all,
        label="Accept all…",
    ),
    _ACTS.make("merge", "Merge the chosen individuals", "M", IndividualCommands.merge, label="Merge…"),
    _ACTS.make(
        "split",
        "Split the chosen photos of the card off",
        "Shift+S",
        IndividualCommands.split,
        label="Split off…",
    ),
    _ACTS.make(
        "move",
        "Move the chosen photos of the card to another individual",
        "V",
        IndividualCommands.move,
        label="Move…",
    ),
    _ACTS.make(
        "take-out",
        "Take the chosen photos of the card out",
        "Del",
        IndividualCommands.take_out,
        label="Take out…",
    ),
    _ACTS.make("fact", "State a fact", "F", IndividualCommands.state, label="State a fact…"),
    _ACTS.make(
        "withdraw", "Withdraw a statement", "W", IndividualCommands.withdraw, label="Withdraw a statement…"
    ),
    _ACTS.make(
        "decide",
        "Decide a contradiction of your summary, on the card",
        "D",
        IndividualCommands.decide,
        label="Decide a contradiction…",
    ),
    _ACTS.make(
        "evaluate",
        "Overall evaluation of the person on the card",
        "E",
        lambda commands: commands.screen.evaluate(),
        label="Overall evaluation…",
    ),
    _ACTS.make(
        "sign",
        "Record the decision that is chosen; sign the overall evaluation",
        "Ctrl+Return Ctrl+Enter",
        IndividualCommands.sign,
        label="Record the decision; sign",
    ),
    _ACTS.make(
        "withdraw-evaluation",
        "Withdraw your overall evaluation",
        "Shift+E",
        IndividualCommands.withdraw_evaluation,
        label="Withdraw the evaluation…",
    ),
    _ACTS.make(
        "note",
        "Accept a conflict as it is, with a note",
        "N",
        IndividualCommands.note,
        label="Accept a conflict with a note…",
    ),
)
