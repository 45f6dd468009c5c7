"""What a person can do on the statistics screen."""

from __future__ import annotations

from reviewer.qt.actions.spec import Action, ActionGroup, Context
from reviewer.qt.statistics.screen import StatisticsScreen

_STATISTICS: ActionGroup[StatisticsScreen] = ActionGroup(
    "statistics", "Statistics", Context.of_screen("statistics")
)

STATISTICS_ACTIONS: tuple[Action[StatisticsScreen], ...] = (
    _STATISTICS.make("next-table", "Next table", "Down", lambda screen: screen.step_table(1), repeats=True),
    _STATISTICS.make(
        "previous-table", "Previous table", "Up", lambda screen: screen.step_table(-1), repeats=True
    ),
    _STATISTICS.make(
        "next-figure", "Next figure of the table", "Right", lambda screen: screen.step_figure(1), repeats=True
    ),
    _STATISTICS.make(
        "previous-figure",
        "Previous figure of the table",
        "Left",
        lambda screen: screen.step_figure(-1),
        repeats=True,
    ),
    _STATISTICS.make(
        "photographs",
        "The photographs behind the chosen figure",
        "Enter Return",
        StatisticsScreen.open_photographs,
        label="Photographs behind the figure",
    ),
    _STATISTICS.make(
        "break-down",
        "Break the chosen figure down by another table",
        "B",
        StatisticsScreen.break_down,
        label="Break down…",
    ),
    _STATISTICS.make(
        "query",
        "Count only what a query finds",
        "/",
        StatisticsScreen.choose_query,
        label="Count only a search…",
    ),
    _STATISTICS.make(
        "as-of",
        "Count as of an earlier entry of the ledger",
        "S",
        StatisticsScreen.choose_entry,
        label="As of an earlier entry…",
    ),
    _STATISTICS.make(
        "copy-figure",
        "Copy the figure as a report prints it, with what it rests on",
        "Ctrl+C",
        StatisticsScreen.copy_figure,
        label="Copy figure",
    ),
    _STATISTICS.make("again", "Count again", "F5", StatisticsScreen.count_again),
    _STATISTICS.make(
        "back", "Stop counting; back to the whole table", "Esc", StatisticsScreen.back, label="Whole table"
    ),
)
