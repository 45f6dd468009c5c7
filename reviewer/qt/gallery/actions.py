"""What a person can do in the gallery."""

from __future__ import annotations

from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.qt.actions.spec import Action, ActionGroup, Context
from reviewer.qt.gallery.screen import GalleryScreen

_GALLERY: ActionGroup[GalleryScreen] = ActionGroup("gallery", "Gallery", Context.of_screen("gallery"))


def _sort_selection(number: int, category: Category) -> Action[GalleryScreen]:
    text = f"Sort the selection as {CATEGORY_NAMES[category].lower()}"
    return _GALLERY.make(
        f"sort-{number}", text, f"{number}", lambda screen: screen.sort(category), writes=True
    )


GALLERY_ACTIONS: tuple[Action[GalleryScreen], ...] = (
    _GALLERY.make(
        "open",
        "Open the current photo for reading",
        "Enter Return",
        GalleryScreen.open_current,
        label="Open for reading",
    ),
    _GALLERY.make(
        "select",
        "Select the current photo, or not any more",
        "Space",
        GalleryScreen.toggle_selected,
        label="Select or deselect",
    ),
    _GALLERY.make("select-all", "Select all", "Ctrl+A", GalleryScreen.select_all),
    _GALLERY.make(
        "back",
        "Select nothing; again: the list that is read",
        "Esc",
        GalleryScreen.back,
        label="Select nothing; back",
    ),
    *(_sort_selection(number, category) for number, category in enumerate(CATEGORY_NAMES, start=1)),
    _GALLERY.make(
        "clear-category",
        "Clear the category of the selection",
        "0",
        lambda screen: screen.sort(None),
        writes=True,
        label="Clear the category",
    ),
    _GALLERY.make(
        "group",
        "Group by individual, folder, day or nothing",
        "B",
        GalleryScreen.ask_grouping,
        label="Group by…",
    ),
    _GALLERY.make(
        "narrow",
        "Show or hide the panel that narrows the gallery down",
        "F",
        GalleryScreen.toggle_panel,
        label="Narrow down",
    ),
    _GALLERY.make(
        "to-panel",
        "Go to the panel that narrows the gallery down; Esc goes back",
        "Shift+F",
        GalleryScreen.go_to_panel,
        label="Go to the panel",
    ),
    _GALLERY.make(
        "larger",
        "Larger pictures",
        "+ = Ctrl++ Ctrl+=",
        lambda screen: screen.resize_cells(1),
        repeats=True,
    ),
    _GALLERY.make(
        "smaller", "Smaller pictures", "- Ctrl+-", lambda screen: screen.resize_cells(-1), repeats=True
    ),
    _GALLERY.make(
        "privacy",
        "Frames and words only, no pictures; again: the pictures",
        "P",
        GalleryScreen.toggle_privacy,
        label="Frames and words only",
    ),
)
