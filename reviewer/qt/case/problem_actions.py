"""What a person can do on the problems screen."""

from __future__ import annotations

from reviewer.qt.actions.spec import Action, ActionGroup, Context
from reviewer.qt.case.problems import ProblemsScreen

_PROBLEMS: ActionGroup[ProblemsScreen] = ActionGroup("problems", "Problems", Context.of_screen("problems"))

PROBLEM_ACTIONS: tuple[Action[ProblemsScreen], ...] = (
    _PROBLEMS.make(
        "seen-elsewhere",
        "The chosen files were seen elsewhere: how",
        "E",
        ProblemsScreen.mark_seen,
        writes=True,
        label="Seen elsewhere…",
    ),
    _PROBLEMS.make(
        "open-again",
        "The chosen files are to be looked at again",
        "Shift+E",
        ProblemsScreen.open_again,
        writes=True,
        label="To be looked at again",
    ),
    _PROBLEMS.make(
        "list-archive",
        "List what lies in the archive; nothing is unpacked",
        "Return Enter",
        ProblemsScreen.list_archive,
        label="List the archive",
    ),
    _PROBLEMS.make(
        "filter",
        "Every file, what may hold photographs, what is open, what was seen",
        "M",
        ProblemsScreen.filter_next,
        label="Show…",
    ),
)
