"""What a right click offers among individuals: on a row, a photograph, a fact, a conflict, an evaluation."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget

from reviewer.qt.individuals.card_page import CardPage
from reviewer.qt.individuals.conflict_page import ConflictPage
from reviewer.qt.individuals.table_page import TablePage
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.context_menu import MenuEntries, MenuEntry
from reviewer.qt.widgets.table_menu import name_current_row, offer_row_menu

_ROW: MenuEntries = (
    MenuEntry("Open the card", "individuals.open"),
    "individuals.accept",
    "individuals.fact",
    "individuals.merge",
    None,
    "individuals.conflicts",
    "individuals.accept-all",
    None,
    "individuals.sort",
    "individuals.columns",
    "individuals.filter",
    "individuals.proposals",
    None,
    "individuals.withdraw",
)
_PHOTO: MenuEntries = (
    MenuEntry("Read this photograph", "individuals.open"),
    None,
    "individuals.split",
    "individuals.move",
    None,
    "individuals.take-out",
)
_FACT: MenuEntries = ("individuals.fact", None, "individuals.withdraw")
_FINDING: MenuEntries = ("individuals.decide", "individuals.evaluate")
_EVALUATION: MenuEntries = ("individuals.evaluate", None, "individuals.withdraw-evaluation")
_CONFLICT: MenuEntries = (
    MenuEntry("Show its individuals", "individuals.open"),
    "individuals.note",
    "individuals.gaps",
    None,
    "individuals.back",
)


def offer_individual_menus(
    table: TablePage, card: CardPage, conflicts: ConflictPage, find: FindAction
) -> None:
    """The press has selected what lies there; a click on one of several that are selected is about all."""

    def name_rows() -> str:
        chosen = table.list_chosen()
        person = table.current()
        if len(chosen) > 1:
            return f"{len(chosen):,} individuals selected"
        return table.model.name_person(person) if person is not None else ""

    def name_photos() -> str:
        chosen = len(card.strip.list_chosen())
        return f"{chosen:,} photographs selected" if chosen > 1 else name_current_row(card.strip)

    offer_row_menu(table.table, find, _ROW, name_rows)
    offer_row_menu(card.strip, find, _PHOTO, name_photos)
    lists: tuple[tuple[QListWidget, MenuEntries], ...] = (
        (card.facts, _FACT),
        (card.signs, _FINDING),
        (card.coverage, _FINDING),
        (card.settled, ("individuals.conflicts",)),
        (card.evaluation, _EVALUATION),
        (conflicts.list, _CONFLICT),
    )
    for list_, entries in lists:
        offer_row_menu(list_, find, entries)
