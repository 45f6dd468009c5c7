"""The sort screen: the photograph large, the list in a strip below it, the six categories beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from reviewer.domain.errors import NotAllowed
from reviewer.domain.photos.capture_dates import describe_recorded_date
from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.domain.worklist.reading_order import NAME
from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.look.theme import Theme
from reviewer.qt.sorting.feed import SortFeed
from reviewer.qt.sorting.headline import SortHeadline
from reviewer.qt.sorting.panel import SortPanel
from reviewer.qt.sorting.plate import RunPlate
from reviewer.qt.sorting.right_clicks import offer_category_menus, offer_sort_menu
from reviewer.qt.sorting.status import SortStatus
from reviewer.qt.sorting.strip import SortStrip
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.message_line import MessageLine
from reviewer.qt.widgets.plain_text import isolate_path
from reviewer.qt.widgets.screen import Screen, ShowPhotos
from reviewer.qt.widgets.timers import make_single_shot_timer
from reviewer.services.pictures.enhancer import Enhancer
from reviewer.services.pictures.pictures import PictureLoader, PictureOrMissing, PictureRequest
from reviewer.services.reading.masking import Masking
from reviewer.services.reading.sorting import PhotoRun, Sorter

_RUNS_COUNTED_MS = 250
"""Runs are counted once nobody pressed a key for so long: that takes as long as the list is."""
_MASKED = (
    "File, folder and date are masked until the reading is complete. A card on the photograph is not: one "
    "sorts by it."
)


class SortScreen(Screen):
    """`cover_wanted`: the reader wishes each photograph to begin covered, and another one came."""

    cover_wanted = Signal()

    def __init__(
        self,
        sorter: Sorter,
        masking: Masking,
        pictures: PictureLoader,
        enhancer: Enhancer,
        softening: Callable[[], str],
        colours: tuple[QColor, QColor],
        show_photos: ShowPhotos,
    ) -> None:
        super().__init__()
        self.sorter = sorter
        self._masking, self._softening, self._show_photos = masking, softening, show_photos
        self.starts_covered = False
        self.view = PictureView(*colours)
        self.view.setAccessibleName("Photograph to be sorted")
        self.view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.feed = SortFeed(sorter, self.view, pictures, enhancer, softening)
        self.head, self.panel = SortHeadline(), SortPanel(self._name_photo)
        self.strip, self.status = SortStrip(sorter, pictures.thumbnail), SortStatus(self.view)
        self.message: MessageLine = self.status.message
        self.plate = RunPlate(self, self.view)
        self._state_later = make_single_shot_timer(self, 0, self.show_state)
        self._resized_later = make_single_shot_timer(self, 0, self.feed.resized)
        self._count_runs_later = make_single_shot_timer(self, _RUNS_COUNTED_MS, self._show_runs)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        left = make_column(spacing=0)
        left.addWidget(self.view, 1)
        left.addWidget(self.strip)
        left.addWidget(self.status)
        row = make_row(self, spacing=0)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def _connect(self) -> None:
        sorter = self.sorter
        self.panel.choices.chosen.connect(lambda number: self.action_wanted.emit(f"sort.{number}"))
        self.panel.choices.run_chosen.connect(lambda number: self.action_wanted.emit(f"sort.run-{number}"))
        self.panel.all_sorted.untold_wanted.connect(self._show_untold)
        self.strip.chosen.connect(sorter.go)
        self.plate.shown.connect(self._on_run_asked)
        self.view.painted.connect(self._show_ready)
        self.view.resized.connect(self._resized_later.start)
        sorter.on_moved.connect(self._on_moved)
        sorter.on_sorted.connect(self._state_later.start)
        sorter.on_message.connect(self.say)
        sorter.sorted_last.on_loaded.connect(self._show_last)

    # what is done here

    def use_actions(self, find: FindAction) -> None:
        self.panel.use_actions(find)
        offer_sort_menu(self.view, find, self.get_file_name)
        offer_category_menus(self.panel.choices.rows, find)

    def get_file_name(self) -> str:
        """What the file on screen is called there, "" for none."""
        return self._masking.name_at(self.sorter.position) if self.sorter.photo is not None else ""

    def _name_photo(self, photo: str) -> str:
        position = self.sorter.worklist.position_of(photo)
        return self._masking.name_at(position) if position is not None else "one of another list"

    def headline(self) -> QWidget:
        return self.head

    def focus(self) -> QWidget:
        return self.view

    def take_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        self.feed.take_picture(want, answer)

    def update_list(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """The screen came on: the first photograph that is not sorted, or the one that was here."""
        self.sorter.begin()
        self.sorter.sorted_last.load()
        self.strip.look(self.view.covered, self._softening())
        if self.sorter.photo is None:
            self.view.show_message(name_keys("No photographs yet. Ingest a folder: Ctrl+Shift+2."))
        elif not self.view.has_picture:
            self._on_moved()
        self.feed.resized()
        self._show_file()
        self.panel.last.refresh()
        self.strip.refresh()
        self.show_state()

    def sort(self, category: Category) -> None:
        """What the photograph on screen is; not of one that cannot be seen."""
        self._require_seen()
        self.sorter.sort(category)

    def ask_run(self, category: Category) -> None:
        """Ask whether the run that is chosen gets the category; what is asked says which it is."""
        self._require_seen()
        runs = self._show_runs()
        if not runs:
            raise NotAllowed("No other photograph here is unsorted.", "Press the key without Shift.")
        chosen = self.panel.runs.chosen
        first = next((place for place, run in enumerate(runs) if run.kind is chosen), 0)
        sort_run = self.catch_known_errors(lambda run: self.sorter.sort_run(run, category))
        self.panel.choices.show_asked(category)
        self.plate.ask(category, runs, first, sort_run)

    def _require_seen(self) -> None:
        if self.view.covered:
            raise NotAllowed("The photograph is covered.", "X uncovers it.")
        if not self._is_there():
            raise NotAllowed("The photograph is not on screen yet.")

    def _is_there(self) -> bool:
        return self.view.has_picture or self.view.is_preview or self.view.is_missing

    def _on_run_asked(self, run: PhotoRun | None) -> None:
        self.strip.show_run(frozenset(run.positions if run is not None else ()))
        if run is not None:
            self.panel.runs.choose(run.kind)
        else:
            self.panel.choices.show_asked(None)
            self.show_state()

    def _show_untold(self) -> None:
        sorter, items = self.sorter, self.sorter.worklist.items
        found = [
            items.sha256_at(position)
            for position in range(len(items))
            if sorter.category(position) == Category.CANNOT_TELL
        ]
        name = CATEGORY_NAMES[Category.CANNOT_TELL]
        self._show_photos(found, name, "Sorted as: it cannot be told what they show.")

    # what is shown

    def _on_moved(self) -> None:
        photo = self.sorter.photo
        if photo is None:
            return
        if self.plate.run is not None:
            self.plate.dismiss()
        self.view.new_photo(photo.upright_size)
        if self.starts_covered:
            self.cover_wanted.emit()
        self.feed.show()
        self.view.repaint()  # seen before the next key is heard
        self.panel.runs.forget()
        self.message.show_usual()
        self._show_file()
        self.show_state()

    def _show_file(self) -> None:
        """Which photograph it is, as far as that is not masked."""
        sorter, photo = self.sorter, self.sorter.photo
        if photo is None:
            return
        item, name = sorter.worklist.items[sorter.position], self.get_file_name()
        place = f"{sorter.worklist.find_folder_rank(sorter.position) + 1:,} of {len(sorter.worklist):,}"
        if self._masking.is_masked_at(sorter.position, NAME):
            self.status.show_file(name, f"{place} · file name masked", _MASKED)
            return
        parts = [place, describe_recorded_date(photo.capture), item.folder.partition("/")[2]]
        if photo.picture_count > 1:
            parts.insert(0, f"1 of {photo.picture_count:,} pictures")
        path = isolate_path(f"{item.folder.partition('/')[2]}/{item.name}")
        self.status.show_file(name, " · ".join(filter(None, parts)), path)

    def show_state(self) -> None:
        """Where we are and how far the list is sorted."""
        sorter, there = self.sorter, len(self.sorter.worklist)
        counts = sorter.counts()
        unsorted = counts[""] if there else 0
        known = sorter.photo is not None and 0 <= sorter.position < there
        category = sorter.category(sorter.position) if known else ""
        self.panel.choices.show_state(counts, category)
        self._show_last()
        self.head.show_progress(there - unsorted, there, sorter.rate())
        self.panel.show_all_sorted(bool(there) and not unsorted)
        if there and not unsorted:
            self.panel.all_sorted.show_counts(there, counts)
        self.strip.show_place()
        self._show_ready()
        self._count_runs_later.start()

    def _show_last(self) -> None:
        self.panel.last.show_acts(self.sorter.sorted_last.list_newest(4))

    def _show_ready(self) -> None:
        """Whether the keys act now, and what has to be done first if not."""
        refusal = ""
        if self.view.covered:
            refusal = "covered: X uncovers it"
        elif self.sorter.photo is not None and not self._is_there():
            refusal = "wait for the photograph"
        self.panel.show_ready(refusal)

    def _show_runs(self) -> list[PhotoRun]:
        """Count the runs from here on, shortest first; a choice among them is kept."""
        runs, chosen = self.sorter.find_runs(), self.panel.runs.chosen
        self.panel.runs.show_runs(runs)
        if chosen is not None and any(run.kind is chosen for run in runs):
            self.panel.runs.choose(chosen)
        return runs

    def set_covered(self, covered: bool) -> None:
        self.view.set_covered(covered)
        self.strip.look(covered, self._softening())
        self._show_ready()

    def soften(self, start: str) -> None:
        """How the reader asked to see photographs from now on."""
        self.starts_covered, self.view.small = start == "covered", start == "small"
        self.view.layers.clear()
        self.strip.look(self.view.covered, self._softening())
        self.view.fit()
        self.feed.resized()

    def set_colours(self, ground: QColor, text: QColor) -> None:
        self.view.set_colours(ground, text)

    def apply_theme(self, theme: Theme) -> None:
        self.panel.apply_theme(theme)
        self.strip.update()

    def let_go(self) -> None:
        """Release the pictures here, on the thread they belong to; drop those that are being made."""
        self.sorter.on_moved.disconnect(self._on_moved)
        self.sorter.on_sorted.disconnect(self._state_later.start)
        self.sorter.on_message.disconnect(self.say)
        self._count_runs_later.stop()
        self._state_later.stop()
        self.view.layers.clear()
        self.strip.forget_pictures()
