"""The actions of an open Case, subject by subject, with what they act on.

An action is added to the list of its subject, where its words and keys stand beside what it does; a new list
takes one row here. The rows stand in the order of the palette and of the manual.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.actions.spec import Action, ActionSpec, TargetT
from reviewer.qt.cards.actions import CARD_ACTIONS
from reviewer.qt.case.problem_actions import PROBLEM_ACTIONS
from reviewer.qt.compare.actions import COMPARE_ACTIONS
from reviewer.qt.gallery.actions import GALLERY_ACTIONS
from reviewer.qt.gallery.screen import GalleryScreen
from reviewer.qt.handing_over.actions import MADE_ACTIONS
from reviewer.qt.individuals.actions import INDIVIDUALS_ACTIONS
from reviewer.qt.individuals.doing import IndividualCommands
from reviewer.qt.individuals.screen import IndividualsScreen
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.session import Session
from reviewer.qt.reading.actions import GO_ACTIONS, READING_ACTIONS, REGROUPING_ACTIONS
from reviewer.qt.reading.picture_actions import COVER_ACTIONS, ENHANCE_ACTIONS, PICTURE_ACTIONS
from reviewer.qt.records.actions import RECORD_ACTIONS
from reviewer.qt.search.actions import SEARCH_ACTIONS, SearchTools
from reviewer.qt.sorting.actions import SORT_ACTIONS
from reviewer.qt.statistics.actions import STATISTICS_ACTIONS
from reviewer.qt.widgets.screen import Screen

_INDIVIDUALS = "individuals"


@dataclass(frozen=True)
class ActionList(Generic[TargetT]):
    """The actions of one subject; `target` gets or makes what they act on, once for a session and as late as
    possible: a screen is made when it is first needed."""

    actions: Sequence[Action[TargetT]]
    target: Callable[[Session], TargetT]


ACTION_LISTS: tuple[ActionList[Any], ...] = (
    ActionList(GO_ACTIONS, lambda session: session.reading.reader),
    ActionList(READING_ACTIONS, lambda session: session.reading),
    ActionList(PICTURE_ACTIONS, lambda session: session.reading),
    ActionList(ENHANCE_ACTIONS, lambda session: session.reading.viewing),
    ActionList(COMPARE_ACTIONS, lambda session: session.compare),
    ActionList(CARD_ACTIONS, lambda session: session.cards),
    ActionList(RECORD_ACTIONS, lambda session: session.records),
    ActionList(SORT_ACTIONS, lambda session: session.sorting),
    ActionList(GALLERY_ACTIONS, lambda session: session.gallery),
    ActionList(REGROUPING_ACTIONS, lambda session: session.reading),
    ActionList(INDIVIDUALS_ACTIONS, lambda session: IndividualCommands(session.individuals)),
    ActionList(STATISTICS_ACTIONS, lambda session: session.statistics),
    ActionList(PROBLEM_ACTIONS, lambda session: session.problems),
    ActionList(MADE_ACTIONS, lambda session: session.made),
    ActionList(COVER_ACTIONS, lambda session: session.reading),
    ActionList(SEARCH_ACTIONS, lambda session: SearchTools(session.search)),
)
SESSION_ACTIONS: tuple[ActionSpec, ...] = tuple(action for row in ACTION_LISTS for action in row.actions)


def bind_session(
    binder: ActionBinder, session: Session, show: Callable[[str], None], taste: WindowSettings
) -> None:
    """Bind every action that works on a screen of an open Case; `show` brings a screen on, `taste` keeps
    which columns of the individuals are shown."""
    for row in ACTION_LISTS:
        binder.bind_later(row.actions, partial(row.target, session))
    for _name, screen in session.screens.list_made_by_name():
        _bind_screen(screen, binder, show, taste)
    session.screens.on_made.connect(lambda _name, screen: _bind_screen(screen, binder, show, taste))
    _name_quick_tags(binder, session)
    session.reading.quick_tags_changed.connect(lambda: _name_quick_tags(binder, session))


def _name_quick_tags(binder: ActionBinder, session: Session) -> None:
    """Menus and palette say which finding each quick tag of the examiner is."""
    for number, name in enumerate(session.reading.list_quick_tag_names(), start=1):
        binder.name_action(f"finding.quick-tag-{number}", f"Quick tag {number}: {name}")


def _bind_screen(
    screen: Screen, binder: ActionBinder, show: Callable[[str], None], taste: WindowSettings
) -> None:
    """Let buttons of a screen stand for actions; connect what leads from it to another, and what is kept."""
    screen.action_wanted.connect(binder.run)
    screen.use_actions(binder.find)
    if isinstance(screen, GalleryScreen):
        screen.opened.connect(lambda: show("read"))
        screen.use_folds(taste.folds())
        screen.folds_changed.connect(taste.keep_folds)
    elif isinstance(screen, IndividualsScreen):
        screen.reading.connect(lambda: show("read"))
        screen.use_columns(taste.columns(_INDIVIDUALS))
        screen.columns_changed.connect(lambda keys: taste.keep_columns(_INDIVIDUALS, keys))
