"""What a person can do on the cards screen."""

from __future__ import annotations

from reviewer.qt.actions.spec import Action, ActionGroup, Context
from reviewer.qt.cards.screen import CardsScreen
from reviewer.services.cards.transcription import CardTask

_CARDS: ActionGroup[CardsScreen] = ActionGroup("cards", "Cards", Context.of_screen("cards"))

CARD_ACTIONS: tuple[Action[CardsScreen], ...] = (
    _CARDS.make(
        "keep",
        "Keep what is typed, go to the next card",
        "Return Enter",
        CardsScreen.keep,
        writes=True,
        label="Keep, next card",
    ),
    _CARDS.make(
        "in-part", "The card can be read in part", "F2", CardsScreen.toggle_in_part, label="Readable in part"
    ),
    _CARDS.make(
        "unreadable",
        "The card cannot be read",
        "F3",
        lambda screen: screen.keep_as("no"),
        writes=True,
        label="Unreadable",
    ),
    _CARDS.make(
        "no-card",
        "There is no card",
        "F4",
        lambda screen: screen.keep_as("no card"),
        writes=True,
        label="No card",
    ),
    _CARDS.make(
        "take-first",
        "Decide for the first pass",
        "F6",
        lambda screen: screen.take(0),
        writes=True,
        label="Decide for first pass",
    ),
    _CARDS.make(
        "take-second",
        "Decide for the second pass",
        "F7",
        lambda screen: screen.take(1),
        writes=True,
        label="Decide for second pass",
    ),
    _CARDS.make(
        "one-for-each",
        "One card for each individual, or every photograph",
        "F8",
        CardsScreen.toggle_one_for_each,
        label="One card for each individual",
    ),
    _CARDS.make(
        "whole",
        "Show the whole photograph, forget where the card is",
        "F9",
        CardsScreen.show_whole,
        label="Whole photograph",
    ),
    _CARDS.make("next-photo", "Next photograph", "PgDown", lambda screen: screen.step(1)),
    _CARDS.make("previous-photo", "Previous photograph", "PgUp", lambda screen: screen.step(-1)),
    _CARDS.make(
        "ocr-photo",
        "Back to the photograph that OCR read",
        "F12",
        CardsScreen.back_to_suggestion,
        label="Photograph that OCR read",
    ),
    _CARDS.make(
        "order",
        "Order of the fields, as the numbers stand on the cards of this case",
        "",
        CardsScreen.ask_order,
        label="Order of the fields…",
    ),
    _CARDS.make("skip", "Next card of this pass", "Ctrl+PgDown", CardsScreen.skip),
    _CARDS.make("first-pass", "First pass", "Ctrl+1", lambda screen: screen.choose(CardTask.FIRST)),
    _CARDS.make("second-pass", "Second pass, blind", "Ctrl+2", lambda screen: screen.choose(CardTask.SECOND)),
    _CARDS.make(
        "mismatches",
        "Decide where the passes differ",
        "Ctrl+3",
        lambda screen: screen.choose(CardTask.MISMATCHES),
        label="Where the passes differ",
    ),
    _CARDS.make(
        "turn", "Turn the photograph by a quarter", "F5", lambda screen: screen.view.turn(90), label="Turn"
    ),
    _CARDS.make("zoom-in", "Zoom in", "Ctrl++ Ctrl+=", lambda screen: screen.view.zoom(1)),
    _CARDS.make("zoom-out", "Zoom out", "Ctrl+-", lambda screen: screen.view.zoom(-1)),
)
