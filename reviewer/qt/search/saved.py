"""Saved lists: queries and samples under a name, opened, kept and removed."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.commands.saved_lists import remove_list, save_list
from reviewer.domain.errors import KnownError, NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import SavedList
from reviewer.qt.search.finder import Finder
from reviewer.qt.search.wording import describe_list
from reviewer.qt.widgets.type_box import Option, Question, make_text_question
from reviewer.services.search import search
from reviewer.services.search.search import HitOrder, SearchResult
from reviewer.system.new_ids import new_id


class SavedLists:
    """The lists of the Case that the finder searches."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._case = finder.desk.case
        finder.line.save_wanted.connect(self._ask_name)

    def choose(self) -> None:
        """A saved list by its name; a sample in the order in which it was drawn."""
        self._ask("Which list?", self._open_list)

    def remove(self) -> None:
        def take(chosen: SavedList) -> None:
            self.keep(lambda there: remove_list(there, chosen.id), f"The list {chosen.name} is removed.")

        self._ask("Remove which list? Its photographs stay as they are", take)

    def keep(
        self,
        draft: Callable[[list[SavedList]], Draft],
        done: str,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Make an act on lists; said, and gone on with, when it is on disk."""
        finder = self._finder

        def kept() -> None:
            then()
            finder.say(done)

        def send(made: Draft) -> None:
            try:
                future = finder.desk.submit(made)
            except KnownError as error:
                finder.tell_error(error)
                return
            finder.run_when_saved(future, kept)

        finder.ask("lists", lambda: draft(search.load_lists(self._case)), send)

    def _open_list(self, chosen: SavedList) -> None:
        if chosen.photos:
            why = f"it is in the list {chosen.name}"
            self._finder.show_photos(chosen.photos, chosen.name, why, self._finder.show_found)
            return
        order = HitOrder(chosen.sorting) if chosen.sorting in set(HitOrder) else HitOrder.INGEST
        self._finder.open_text(chosen.query, order, chosen.name)

    def _ask(self, prompt: str, take: Callable[[SavedList], None]) -> None:
        def ask(there: list[SavedList]) -> None:
            def find(typed: str) -> list[Option]:
                wanted = typed.casefold()
                return [
                    Option(saved_list.id, saved_list.name, describe_list(saved_list))
                    for saved_list in there
                    if wanted in saved_list.name.casefold()
                ]

            def chosen(id_: str) -> None:
                take(next(saved_list for saved_list in there if saved_list.id == id_))

            if there:
                self._finder.make_box().ask(Question(prompt, find, chosen, ahead=True))
            else:
                self._finder.tell_error(
                    KnownError("No list was saved yet.", "Ctrl+F, then Ctrl+D, saves a query.")
                )

        self._finder.ask("lists", lambda: search.load_lists(self._case), ask)

    def keep_last(self) -> None:
        """Save the query that was asked last under a name."""
        if not self._finder.text:
            raise NotAllowed("No search was made that could be kept.", "Ctrl+F searches.")
        self._ask_name_of(self._finder.text)

    def _ask_name(self) -> None:
        """Save the query that is typed under a name, if it is one."""
        self._ask_name_of(self._finder.line.text, self._finder.keep_query)

    def _ask_name_of(self, text: str, before: Callable[[], None] = lambda: None) -> None:
        finder = self._finder

        def save(name: str) -> None:
            self.keep(lambda there: save_list(there, new_id(), name, text), f"Saved as the list {name}.")

        def ask(found: SearchResult) -> None:
            before()
            prompt = f"Save under which name? {found.canonical or 'everything'}"
            finder.make_box().ask(make_text_question(prompt, save))

        finder.ask("count", lambda: search.count_photos(self._case, text, finder.desk.examiner.id), ask)
