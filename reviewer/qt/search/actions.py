"""What a person can do to find photographs, and with the lists and samples that are kept."""

from __future__ import annotations

from reviewer.qt.actions.spec import CASE, Action, ActionGroup
from reviewer.qt.search.finder import Finder
from reviewer.qt.search.going import GoTo
from reviewer.qt.search.sampler import Sampler
from reviewer.qt.search.saved import SavedLists


class SearchTools:
    """What searching one Case takes: the query line, lists that are kept, and drawing a sample."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.lists = SavedLists(finder)
        self.sampler = Sampler(finder, self.lists)
        self.going = GoTo(finder)


_SEARCH: ActionGroup[SearchTools] = ActionGroup("search", "Search", CASE)

SEARCH_ACTIONS: tuple[Action[SearchTools], ...] = (
    _SEARCH.make(
        "find", "Search for photographs", "Ctrl+F", lambda tools: tools.finder.open(), label="Search…"
    ),
    _SEARCH.make(
        "go-to",
        "Go to an individual or a photograph by its number or name",
        "Ctrl+G",
        lambda tools: tools.going.ask(),
        label="Go to…",
    ),
    _SEARCH.make(
        "lists",
        "A saved list or sample by its name",
        "Ctrl+Shift+F",
        lambda tools: tools.lists.choose(),
        label="Saved lists and samples…",
    ),
    _SEARCH.make(
        "keep",
        "Keep the last search as a list, under a name",
        "Ctrl+Alt+K",
        lambda tools: tools.lists.keep_last(),
        writes=True,
        label="Keep the search as a list…",
    ),
    _SEARCH.make(
        "sample",
        "Plan and draw a sample",
        "Ctrl+Shift+M",
        lambda tools: tools.sampler.begin(),
        writes=True,
        label="Draw a sample…",
    ),
    _SEARCH.make(
        "everything",
        "Back to all photographs",
        "Ctrl+Alt+F",
        lambda tools: tools.finder.show_everything(),
        label="All photographs",
    ),
    _SEARCH.make(
        "why",
        "Why this photograph is in the list",
        "Ctrl+Alt+W",
        lambda tools: tools.finder.show_reasons(),
        label="Why this photograph",
    ),
    _SEARCH.make(
        "remove-list",
        "Remove a saved list",
        "Ctrl+Alt+D",
        lambda tools: tools.lists.remove(),
        writes=True,
        label="Remove a saved list…",
    ),
)
