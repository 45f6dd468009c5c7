"""The sort screen: the photograph large, where we are above it, the six categories and progress below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.qt.canvas.picture_view import PictureView
from reviewer.qt.sorting.choices import CategoryButtons
from reviewer.qt.sorting.feed import SortFeed
from reviewer.qt.sorting.right_clicks import offer_sort_menu
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.message_line import MessageLine
from reviewer.qt.widgets.plain_text import PlainLabel, isolate_path, make_plain_tip
from reviewer.qt.widgets.screen import Screen
from reviewer.qt.widgets.type_box import Option, TypeBox, make_choice_question
from reviewer.services.pictures.enhancer import Enhancer
from reviewer.services.pictures.pictures import PictureLoader, PictureOrMissing, PictureRequest
from reviewer.services.reading.act_queue import SaveState
from reviewer.services.reading.sorting import PhotoRun, Sorter

_KEYS = "1 to 6 sort · Shift+1 to 6 a run · 0 clear · Left Right look back and forth · Backspace take back"


class SortScreen(Screen):
    """`cover_wanted`: the reader wishes each photograph to begin covered, and another one came."""

    cover_wanted = Signal()

    def __init__(
        self,
        sorter: Sorter,
        pictures: PictureLoader,
        enhancer: Enhancer,
        softening: Callable[[], str],
        colours: tuple[QColor, QColor],
    ) -> None:
        super().__init__()
        self.sorter = sorter
        self.starts_covered = False
        self.view = PictureView(*colours)
        self.view.setAccessibleName("Photograph to be sorted")
        self.view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.feed = SortFeed(sorter, self.view, pictures, enhancer, softening)
        self.choices = CategoryButtons()
        self._place, self._file = PlainLabel(), ElidedLabel("sortFile")
        self.category, self._saved = PlainLabel(), PlainLabel()
        self.message: MessageLine = MessageLine("sortSaid", _KEYS)
        self.progress = PlainLabel()
        self.box = TypeBox(self)
        self._arrange()
        self.choices.chosen.connect(lambda number: self.action_wanted.emit(f"sort.{number}"))
        sorter.on_moved.connect(self._on_moved)
        sorter.on_sorted.connect(self.show_state)
        sorter.on_message.connect(self.say)
        sorter.desk.on_save_state.connect(self._show_saved)

    def _arrange(self) -> None:
        header = QWidget()
        header.setObjectName("header")
        header.setMinimumHeight(40)
        above = make_row(header, spacing=24, margins=(16, 0, 16, 0))
        above.addWidget(self._place)
        above.addWidget(self._file, 1)
        above.addWidget(self.category)
        above.addWidget(self._saved)
        self._saved.setProperty("kind", "quiet")
        foot = QFrame()
        foot.setObjectName("infoLine")
        below = make_row(spacing=24, margins=(12, 0, 12, 6))
        below.addWidget(self.message, 1)
        below.addWidget(self.progress)
        column = make_column(foot, spacing=0)
        column.addWidget(self.choices)
        column.addLayout(below)
        whole = make_column(self, spacing=0)
        for widget, stretch in ((header, 0), (self.view, 1), (foot, 0)):
            whole.addWidget(widget, stretch)

    # what is done here

    def use_actions(self, find: FindAction) -> None:
        offer_sort_menu(self.view, find, self.get_file_name)

    def get_file_name(self) -> str:
        """The name of the file on screen, "" for none."""
        sorter = self.sorter
        return sorter.worklist.items[sorter.position].name if sorter.photo is not None else ""

    def focus(self) -> QWidget:
        return self.view

    def take_picture(self, want: PictureRequest, answer: PictureOrMissing) -> None:
        self.feed.take_picture(want, answer)

    def update_list(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """The screen came on: the first photograph that is not sorted, or the one that was here."""
        self.sorter.begin()
        if self.sorter.photo is None:
            self.view.show_message("No photographs yet. Ingest a folder: Ctrl+Shift+2.")
        elif not self.view.has_picture:
            self._on_moved()
        self.feed.resized()
        self.show_state()

    def sort(self, category: Category) -> None:
        """What the photograph on screen is; not of one that cannot be seen."""
        self._require_seen()
        self.sorter.sort(category)

    def ask_run(self, category: Category) -> None:
        """Ask which run gets the category; each answer says how many photographs that are."""
        self._require_seen()
        runs = self.sorter.find_runs()
        if not runs:
            raise NotAllowed("No other photograph here is unsorted.", "Press the key without Shift.")
        options = [_make_option(number, run) for number, run in enumerate(runs)]

        question = make_choice_question(
            f"Sort as {CATEGORY_NAMES[category].lower()} (Esc: nothing)",
            options,
            lambda key: self.sorter.sort_run(runs[int(key)], category),
            digits=False,
        )
        self.box.ask(self.guard_question(question))

    def _require_seen(self) -> None:
        if self.view.covered:
            raise NotAllowed("The photograph is covered.", "X uncovers it.")
        if not (self.view.has_picture or self.view.is_preview or self.view.is_missing):
            raise NotAllowed("The photograph is not on screen yet.")

    # what is shown

    def _on_moved(self) -> None:
        photo = self.sorter.photo
        if photo is None:
            return
        self.box.close_box()
        self.view.new_photo(photo.upright_size)
        if self.starts_covered:
            self.cover_wanted.emit()
        self.feed.show()
        self.view.repaint()  # seen before the next key is heard
        self.message.show_usual()
        self.show_state()

    def show_state(self) -> None:
        """Where we are and how far the list is sorted."""
        sorter, there = self.sorter, len(self.sorter.worklist)
        counts = sorter.counts()
        known = sorter.photo is not None and 0 <= sorter.position < there
        category = sorter.category(sorter.position) if known else ""
        self.choices.show_state(counts, category)
        rate = f" · about {sorter.rate()} a minute" if sorter.rate() else ""
        self.progress.setText(f"Sorted {there - counts[''] if there else 0:,} of {there:,}{rate}")
        if known:
            item = sorter.worklist.items[sorter.position]
            self._place.setText(f"Sort · photo {sorter.position + 1:,} of {there:,}")
            self._place.setToolTip(make_plain_tip(f"{sorter.worklist.name}. {sorter.worklist.why}"))
            count = sorter.photo.picture_count if sorter.photo else 1
            self._file.setText(f"{item.name} · 1 of {count:,} pictures" if count > 1 else item.name)
            self._file.setToolTip(
                make_plain_tip(isolate_path(f"{item.folder.partition('/')[2]}/{item.name}"))
            )
            self.category.setText(CATEGORY_NAMES[Category(category)] if category else "Not sorted")

    def _show_saved(self, state: SaveState) -> None:
        if state.trouble:
            self._saved.setText("NOT SAVED: acts in memory")
            self._saved.setToolTip(make_plain_tip(state.trouble))
        elif state.saved_at is not None:
            self._saved.setText(f"Saved {state.saved_at.astimezone():%H:%M:%S}")
            self._saved.setToolTip("Every act is on disk.")

    def set_covered(self, covered: bool) -> None:
        self.view.set_covered(covered)

    def soften(self, start: str) -> None:
        """How the reader asked to see photographs from now on."""
        self.starts_covered, self.view.small = start == "covered", start == "small"
        self.view.layers.clear()
        self.view.fit()
        self.feed.resized()

    def set_colours(self, ground: QColor, text: QColor) -> None:
        self.view.set_colours(ground, text)

    def let_go(self) -> None:
        """Release the pictures here, on the thread they belong to; drop those that are being made."""
        self.sorter.on_moved.disconnect(self._on_moved)
        self.sorter.on_sorted.disconnect(self.show_state)
        self.sorter.on_message.disconnect(self.say)
        self.sorter.desk.on_save_state.disconnect(self._show_saved)
        self.view.layers.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.feed.resized)


def _make_option(number: int, run: PhotoRun) -> Option:
    count = len(run.positions)
    detail = f"{count:,} photographs from the one on screen on. Those sorted already stay as they are."
    return Option(str(number), f"{run.name}: {count:,} photographs", detail)
