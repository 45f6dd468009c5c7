"""Which action does what on the cards screen."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.qt.actions.binder import ActionBinder
from reviewer.qt.cards.screen import CardsScreen
from reviewer.services.cards.transcription import CardTask


def bind_cards(binder: ActionBinder, cards: CardsScreen) -> None:
    """Bind the actions of the cards screen."""
    table: dict[str, Callable[[], object]] = {
        "cards.keep": cards.keep,
        "cards.in-part": cards.toggle_in_part,
        "cards.unreadable": lambda: cards.keep_as("no"),
        "cards.no-card": lambda: cards.keep_as("no card"),
        "cards.take-first": lambda: cards.take(0),
        "cards.take-second": lambda: cards.take(1),
        "cards.one-for-each": cards.toggle_one_for_each,
        "cards.whole": cards.view.forget_card,
        "cards.next-photo": lambda: cards.step(1),
        "cards.previous-photo": lambda: cards.step(-1),
        "cards.ocr-photo": cards.back_to_suggestion,
        "cards.skip": cards.skip,
        "cards.first-pass": lambda: cards.choose(CardTask.FIRST),
        "cards.second-pass": lambda: cards.choose(CardTask.SECOND),
        "cards.mismatches": lambda: cards.choose(CardTask.MISMATCHES),
        "cards.zoom-in": lambda: cards.view.zoom(1),
        "cards.zoom-out": lambda: cards.view.zoom(-1),
    }
    for id_, work in table.items():
        binder.bind(id_, work)
    cards.action_wanted.connect(binder.run)
