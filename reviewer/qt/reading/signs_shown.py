"""The signs that are looked for, one by one: to be read before it is said that nothing else is visible."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.qt.widgets.type_box import Option, Question, make_choice_question
from reviewer.services.reading.looking_for import SignListChecker


class SignsOverlay:
    """Asks nothing: a list to read, narrowed by typing, that Enter and Escape close."""

    def __init__(self, looking_for: SignListChecker, ask: Callable[[Question], None]) -> None:
        self._looking_for, self._ask = looking_for, ask

    def show(self) -> None:
        """Show each sign with its definition. NotAllowed where there is no list."""
        options = [
            Option(sign.key, sign.name, f"{sign.definition} On the list: {listed}.")
            for listed, sign in self._looking_for.list_terms()
        ]
        words = self._looking_for.describe_check()
        self._ask(
            make_choice_question(
                f"{words}. Type to find one, Esc goes back", options, lambda _key: None, digits=False
            )
        )
