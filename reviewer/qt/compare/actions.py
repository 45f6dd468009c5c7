"""What a person can do on the compare screen, and what leads to it."""

from __future__ import annotations

from reviewer.qt.actions.spec import COMPARE, LOOK, Action, ActionGroup
from reviewer.qt.compare.screen import CompareScreen

_COMPARE: ActionGroup[CompareScreen] = ActionGroup("compare", "Compare", COMPARE)


def _toggle(screen: CompareScreen) -> None:
    if screen.isVisible():
        screen.action_wanted.emit("window.read")
    else:
        screen.begin()
        screen.action_wanted.emit("window.compare")


def _compare_same_individual(screen: CompareScreen) -> None:
    screen.show_same_individual()
    screen.action_wanted.emit("window.compare")


COMPARE_ACTIONS: tuple[Action[CompareScreen], ...] = (
    _COMPARE.make(
        "open",
        "Compare photographs side by side; again: back to reading",
        "F6",
        _toggle,
        context=LOOK,
        label="Compare photographs",
    ),
    _COMPARE.make("four", "Two photographs or four", "Shift+F6", CompareScreen.toggle_four),
    _COMPARE.make(
        "individual",
        "Compare: same individual",
        "F7",
        _compare_same_individual,
        context=LOOK,
        label="Same individual",
    ),
    _COMPARE.make(
        "region",
        "Compare: same region, other individuals",
        "Shift+F7",
        CompareScreen.show_same_region,
        context=LOOK,
        label="Same region, other individuals",
    ),
    _COMPARE.make(
        "flicker",
        "The same place of two photographs in turn",
        "F8",
        CompareScreen.flicker,
        label="Same place in turn",
    ),
    _COMPARE.make(
        "difference",
        "Difference of two photographs",
        "Shift+F8",
        CompareScreen.show_difference,
        label="Difference",
    ),
    _COMPARE.make(
        "link",
        "Link zoom and position of the photographs, or not",
        "Shift+L",
        CompareScreen.toggle_link,
        label="Link zoom and position",
    ),
    _COMPARE.make(
        "choose",
        "Any photograph into this pane, by number or name",
        "Ctrl+P",
        CompareScreen.choose,
        label="Choose a photograph…",
    ),
    _COMPARE.make("next-pane", "Next pane", "F3", CompareScreen.next_pane),
    _COMPARE.make(
        "next",
        "Next photograph in this pane",
        "Ctrl+PgDown",
        lambda screen: screen.step(1),
        label="Next photograph in pane",
    ),
    _COMPARE.make(
        "previous",
        "Previous photograph in this pane",
        "Ctrl+PgUp",
        lambda screen: screen.step(-1),
        label="Previous photograph in pane",
    ),
)
