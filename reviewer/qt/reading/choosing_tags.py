"""Choosing another Term for a quick tag that was clicked; all nine are chosen in the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.domain.vocabulary.type_ahead import make_terms_index
from reviewer.qt.widgets.type_box import Option, Question
from reviewer.services.account.own_tags import set_quick_tag
from reviewer.services.reading.reader import Reader

_LIMIT = 9


class QuickTagChooser:
    """Asks for quick tags in the type box; calls `changed` with the nine Terms after a change."""

    def __init__(
        self, reader: Reader, ask: Callable[[Question], None], changed: Callable[[Sequence[str]], None]
    ) -> None:
        self._reader, self._ask, self._changed = reader, ask, changed
        self._person, self._vocabulary = reader.desk.examiner.name, reader.vocabulary
        self._terms = make_terms_index(reader.vocabulary)

    def ask_term(self, number: int) -> None:
        """Ask for the Term of this quick tag."""

        def find(typed: str) -> list[Option]:
            return [
                Option(term.key, term.name, said=term.synonym or term.name)
                for term in self._terms.find(typed, _LIMIT)
            ]

        def take(term: str) -> None:
            tags = set_quick_tag(self._person, self._vocabulary, number, term)
            self._apply_tags(tags, f"Quick tag {number} is {self._vocabulary.term_name(term)} now.")

        self._ask(Question(f"Quick tag {number}: type the name of a finding", find, take, ahead=True))

    def _apply_tags(self, tags: Sequence[str], said: str) -> None:
        self._reader.quick_tags = list(tags)
        self._changed(tags)
        self._reader.say(said)
