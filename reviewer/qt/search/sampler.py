"""Drawing a sample: one form, and the list that is kept of it and shown."""

from __future__ import annotations

from reviewer.domain.commands.saved_lists import find_list
from reviewer.qt.search.finder import Finder
from reviewer.qt.search.sample_form import SampleForm
from reviewer.qt.search.saved import SavedLists
from reviewer.qt.search.wording import format_photographs
from reviewer.services.search import search
from reviewer.services.search.sampling import CaseSample


class Sampler:
    """Opens the form over the window; closing it keeps nothing."""

    def __init__(self, finder: Finder, lists: SavedLists) -> None:
        self._finder, self._lists = finder, lists
        self._case, self._examiner = finder.desk.case, finder.desk.examiner.id
        self.form: SampleForm | None = None

    def begin(self) -> None:
        """Ask everything at once, with what would be drawn told all the while."""
        self.form = SampleForm(self._case, self._examiner, self._finder.post, self._finder.text, self._keep)
        self.form.open_over(self._finder.find_window())

    def _keep(self, drawn: CaseSample, name: str) -> None:
        self._lists.keep(
            lambda _there: drawn.make_draft(self._case, name),
            f"The sample {name} is drawn: {format_photographs(len(drawn.photos))}.",
            lambda: self._open_list(name),
        )

    def _open_list(self, name: str) -> None:
        finder = self._finder
        finder.ask(
            "lists",
            lambda: find_list(search.load_lists(self._case), name).photos,
            lambda photos: finder.show_photos(photos, name, f"it is in the list {name}", finder.show_found),
        )
