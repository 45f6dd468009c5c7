"""The one quiet line with what OCR read on a card, there only when the person's own entry is kept."""

from __future__ import annotations

from reviewer.domain.people.card_suggestion import CardSuggestion
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.services.cards.ocr_suggestions import CardSuggestions
from reviewer.services.cards.transcription import CardOnScreen
from reviewer.services.worklist.worklist import Worklist


class SuggestionLine(PlainLabel):
    """Never fills a field. Hidden while there is nothing that may be shown."""

    def __init__(self, suggestions: CardSuggestions) -> None:
        super().__init__()
        self._suggestions = suggestions
        self.setWordWrap(True)
        self.setProperty("kind", "quiet")
        self.setAccessibleName("What OCR read")
        self.setVisible(False)

    def show_beside(self, shown: CardOnScreen | None, worklist: Worklist) -> None:
        """What may stand beside the card on screen; of another photograph with its name and the key to it."""
        found = self._suggestions.beside(shown)
        text = found.line if isinstance(found, CardSuggestion) else found
        if isinstance(found, CardSuggestion) and (shown is None or shown.photo.sha256 != found.photo):
            place = worklist.position_of(found.photo)
            name = worklist.items[place].name if place is not None else "the card before"
            text = f"{text}\n{name}: F12 goes back to it."
        self.setText(text)
        self.setVisible(bool(text))
