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
    ),
    _TABLE.make("back", "Back to the table; there: show all", "Esc", lambda commands: commands.screen.back()),
    _TABLE.make("filter", "Filter the table by typing", "/", lambda commands: commands.screen.focus_filter()),
    _TABLE.make("sort", "Sort the table by a column", "S", lambda commands: commands.screen.choose_sorting()),
    _TABLE.make("columns", "Choose the columns", "C", lambda commands: commands.screen.choose_columns()),
    _TABLE.make(
        "proposals",
        "On what proposals rest: folders, cards, bursts, records",
        "P",
        lambda commands: commands.screen.choose_ground(),
    ),
    _TABLE.make(
        "conflicts", "What does not fit together", "K", lambda commands: commands.screen.show_conflicts()
    ),
    _TABLE.make(
        "gaps",
        "List examination numbers that are not in this case; again: not",
        "Shift+K",
        lambda commands: commands.screen.toggle_gaps(),
    ),
    _ACTS.make("accept", "Accept the chosen proposals", "A", IndividualCommands.accept),
    _ACTS.make(
        "accept-all",
        "Accept every proposal in the table, after the count",
        "Shift+A",
        IndividualCommands.accept_all,
    ),
    _ACTS.make("merge", "Merge the chosen individuals", "M", IndividualCommands.merge),
    _ACTS.make("split", "Split the chosen photos of the card off", "Shift+S", IndividualCommands.split),
    _ACTS.make(
        "move", "Move the chosen photos of the card to another individual", "V", IndividualCommands.move
    ),
    _ACTS.make("take-out", "Take the chosen photos of the card out", "Del", IndividualCommands.take_out),
    _ACTS.make("fact", "State a fact", "F", IndividualCommands.state),
    _ACTS.make("withdraw", "Withdraw a statement", "W", IndividualCommands.withdraw),
    _ACTS.make(
        "decide", "Decide a contradiction of your summary, on the card", "D", IndividualCommands.decide
    ),
    _ACTS.make(
        "evaluate",
        "Overall evaluation of the person on the card",
        "E",
        lambda commands: commands.screen.evaluate(),
    ),
    _ACTS.make(
        "sign",
        "Sign the overall evaluation that is written",
        "Ctrl+Return Ctrl+Enter",
        IndividualCommands.sign,
    ),
    _ACTS.make(
        "withdraw-evaluation",
        "Withdraw your overall evaluation",
        "Shift+E",
        IndividualCommands.withdraw_evaluation,
    ),
    _ACTS.make("note", "Accept a conflict as it is, with a note", "N", IndividualCommands.note),
)
