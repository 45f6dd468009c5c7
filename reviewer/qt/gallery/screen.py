"""The gallery screen: the place for a query, what is shown and why, the grid, one line of counts below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.category import Category
from reviewer.domain.search.arranging import Grouping
from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.gallery.cell_painter import LARGEST, SMALLEST
from reviewer.qt.gallery.grid import GalleryGrid
from reviewer.qt.gallery.narrowing import Narrowing
from reviewer.qt.gallery.questions import make_grouping_question, make_sort_question
from reviewer.qt.gallery.right_clicks import offer_gallery_menu
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.message_line import MessageLine
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.qt.widgets.screen import Screen
from reviewer.qt.widgets.still_boxes import NoScrollSlider
from reviewer.qt.widgets.type_box import TypeBox
from reviewer.services.gallery.model import GalleryModel
from reviewer.services.gallery.narrowing import FacetCounter
from reviewer.services.jobs import Post
from reviewer.services.worklist.worklist import Worklist

_STEP, _LEAST_TITLE = 20, 200
_EMPTY_CASE = name_keys("There are no photographs yet. Ingest a folder: menu Case, Ingest (Ctrl+Shift+2).")
_EMPTY_LIST = "No photographs in this list. Clear, at the left, shows all photographs again."


class GalleryScreen(Screen):
    """`opened`: a photograph is on the reading screen now; `folds_changed`: what is folded of the panel."""

    opened = Signal()
    folds_changed = Signal(list)

    def __init__(self, model: GalleryModel, fetch: Callable[[str], bytes | None], post: Post) -> None:
        super().__init__()
        self.model = model
        self.narrowing = Narrowing(FacetCounter(model.reader, post), self.say)
        self.grid = GalleryGrid(fetch, post)
        masking = model.reader.masking
        self.grid.use_masks(lambda row: masking.name_of(row, model.worklist), masking.hides_of)
        self.title, self.state = ElidedLabel("galleryTitle"), PlainLabel()
        self.message: MessageLine = MessageLine("gallerySaid", "")
        self._narrow = KeyedButton("gallery.narrow", "Narrow down", checkable=True)
        self._keep = KeyedButton("search.keep", "Keep as a list…")
        self._group = KeyedButton("gallery.group", "Group by")
        self._privacy = KeyedButton("gallery.privacy", "Hide pictures", checkable=True)
        self._size = NoScrollSlider()
        self.box = TypeBox(self)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._size.setRange(SMALLEST, LARGEST)
        self._size.setValue(self.grid.side)
        self._size.setMinimumWidth(64)
        self._size.setMaximumWidth(140)
        self._size.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._size.setAccessibleName("Size of the pictures")
        self._size.setToolTip("Size of the pictures (+ and -)")
        left, right = make_row(spacing=12), make_row(spacing=12)
        left.addWidget(self._narrow)
        left.addWidget(self.title, 1)
        left.addWidget(self.narrowing.chips, 1)
        left.addWidget(self._keep)
        right.addStretch(1)
        for widget in (self._group, self._privacy, self._size):
            right.addWidget(widget)
        head = QWidget()
        head.setObjectName("header")
        head.setMinimumHeight(44)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight, head)
        self._bar.setContentsMargins(16, 0, 16, 0)
        self._bar.setSpacing(8)
        self._bar.addLayout(left, 1)
        self._bar.addLayout(right)
        line = QFrame()
        line.setObjectName("infoLine")
        line.setMinimumHeight(28)
        below = _make_row(20)
        below.addWidget(self.state)
        below.addWidget(self.message, 1)
        line.setLayout(below)
        row = make_row(self, spacing=0)
        row.addWidget(self.narrowing.panel)
        column = make_column(spacing=0)
        for part, stretch in ((head, 0), (self.grid, 1), (line, 0)):
            column.addWidget(part, stretch)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self._size.valueChanged.connect(self.grid.set_side)
        self.narrowing.folds_changed.connect(self.folds_changed)
        self.narrowing.panel.left.connect(self.grid.setFocus)
        self.grid.moved.connect(self.show_state)
        self.grid.opened.connect(self.catch_known_errors(self._open))
        self.model.on_arranged.connect(self._on_arranged)
        self.model.on_rows.connect(self._on_rows)
        self.model.reader.masking.on_change.connect(self.grid.show_rows)
        self.model.on_message.connect(self.say)

    # what is shown

    def show_photos(self, photos: Sequence[str], name: str, why: str) -> None:
        """Show these Photos (SHA-256), in this order, for instance those that a query found."""
        self.model.show_photos(photos, name, why)

    def use_actions(self, find: FindAction) -> None:
        offer_gallery_menu(self.grid, find)
        for button in (self._narrow, self._keep, self._group, self._privacy):
            button.use_action(find)

    def use_folds(self, folds: list[str]) -> None:
        """Fold what was folded of the panel when the window was closed."""
        self.narrowing.use_folds(folds)

    def headline(self) -> QWidget:
        return self.narrowing.headline

    def apply_theme(self, theme: Theme) -> None:
        self.narrowing.panel.apply_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        """In one line; in two where the window is too narrow for it."""
        shown = (self._narrow, self._keep, self._group, self._privacy)
        words = sum(button.sizeHint().width() + 12 for button in shown if not button.isHidden())
        panel = 0 if self.narrowing.panel.isHidden() else self.narrowing.panel.width()
        is_wide = words + _LEAST_TITLE + self._size.maximumWidth() <= self.width() - panel
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._bar.direction() is not way:
            self._bar.setDirection(way)
            margin = 0 if is_wide else 6
            self._bar.setContentsMargins(16, margin, 16, margin)

    def focus(self) -> QWidget:
        """The grid; the panel, while one narrows with the keyboard."""
        return self.narrowing.panel if self.narrowing.panel.hasFocus() else self.grid

    def update_list(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """The screen came on: with the photograph that is read as the current one."""
        self.model.refresh()
        if self.grid.count and self.model.reader.sha256:
            self.grid.go_to(self.model.reader.sha256)
        self.grid.show_rows()
        self.grid.update_style()
        if self.model.shown is not None and self.model.shown.worklist is self.model.worklist:
            self.narrowing.follow(self.model.worklist)  # else it is once the list is there
        self.show_state()

    def _on_arranged(self) -> None:
        shown, first = self.model.shown, not self.grid.count
        if shown is None:
            return
        self.grid.show_list(shown)
        if first and self.model.reader.sha256:
            self.grid.go_to(self.model.reader.sha256)
        self.narrowing.follow(self.model.worklist)
        self.show_state()

    def _on_rows(self) -> None:
        self.grid.show_rows()
        self.narrowing.count_soon(is_seen=self.isVisible())
        self.show_state()

    def show_state(self) -> None:
        """Which photographs are shown and why, and how many are selected."""
        worklist, shown = self.model.worklist, self.model.shown
        why = f" · {worklist.why}" if worklist.why else ""
        self.title.setText(f"{worklist.name}{why}")
        self.title.setVisible(not self.narrowing.query_of(worklist))
        self.title.setToolTip(make_plain_tip(f"{worklist.name}\n{worklist.why}".strip()))
        self._group.show_word(f"Group by {self.model.grouping}")
        self._narrow.setChecked(not self.narrowing.panel.isHidden())
        self._keep.setVisible(bool(self.narrowing.query_of(worklist)))
        self._fit_bar()
        selected, count = len(self.grid.selection.chosen), self.grid.count
        if shown is None:
            self.state.setText("Loading…")
            return
        self.grid.empty_text = _EMPTY_CASE if worklist.is_everything else _EMPTY_LIST
        if not count:
            self.state.setText("No photographs in this list.")
            return
        said = [f"{count:,} shown", f"{selected:,} selected" if selected else "none selected"]
        row = self.grid.current_row()
        if row is not None:
            said.append(f"photo {self.grid.places([self.grid.selection.current])[0] + 1:,}")
        self.state.setText(" · ".join(said))

    @property
    def worklist(self) -> Worklist:
        """The list that is shown."""
        return self.model.worklist

    # what is done here

    def open_current(self) -> None:
        """Put the current photograph on the reading screen."""
        for place in self.grid.places([self.grid.selection.current]):
            self._open(place)

    def _open(self, place: int) -> None:
        self.model.open(place, self.opened.emit)

    def sort(self, category: Category | None) -> None:
        """Sort what is selected, or the current photograph. More than one: say how many, and ask."""
        places, chosen = self.grid.targets(), self.grid.selection.chosen
        if not places:
            raise NotAllowed("There is no photograph to sort.")
        if self.grid.covered:
            raise NotAllowed("The photographs are covered.", "X uncovers them.")
        if self.grid.outlined:
            raise NotAllowed("The pictures are hidden.", "P shows them.")
        if not chosen or chosen == {self.grid.selection.current}:
            if not self.grid.is_current_visible():
                self.grid.after_selecting()
                raise NotAllowed("This is the photograph.", "Press the key again to sort it.")
            self._sort(places, category)
            return
        rows = [self.model.rows[place] for place in places]
        sort = self.catch_known_errors(lambda: self._sort(places, category))
        self.box.ask(make_sort_question(rows, category, sort))

    def _sort(self, places: Sequence[int], category: Category | None) -> None:
        self.model.sort(places, category)
        self.grid.selection.clear()
        self.grid.after_selecting()
        if len(places) > 1:
            self.say(f"{len(places):,} photographs sorted at once. Ctrl+Z takes it back.")

    def toggle_panel(self) -> None:
        """Hide what the gallery is narrowed by, or show it again."""
        self.narrowing.toggle_panel()
        if self.narrowing.panel.isHidden():
            self.grid.setFocus()
        self.show_state()

    def go_to_panel(self) -> None:
        """The keyboard goes to what the gallery is narrowed by."""
        if self.narrowing.panel.isHidden():
            self.toggle_panel()
        self.narrowing.panel.setFocus(Qt.FocusReason.TabFocusReason)

    def ask_grouping(self) -> None:
        self.box.ask(make_grouping_question(self.model.grouping, self.group_by))

    def group_by(self, grouping: Grouping) -> None:
        self.model.group_by(grouping)
        self.show_state()

    def toggle_privacy(self) -> None:
        """Frames and words only, so that the list can be looked at in company; again: the pictures."""
        self.grid.set_outlined(not self.grid.outlined)
        self._privacy.setChecked(self.grid.outlined)
        self.say("Pictures are hidden (P)." if self.grid.outlined else "Pictures are shown.")

    def resize_cells(self, steps: int) -> None:
        self._size.setValue(self._size.value() + steps * _STEP)

    def toggle_selected(self) -> None:
        self.grid.selection.toggle()
        self.grid.after_selecting()

    def select_all(self) -> None:
        self.grid.selection.all()
        self.grid.after_selecting()

    def back(self) -> None:
        """Clear the selection; if there is none, show the list of reading again."""
        if self.grid.selection.clear():
            self.grid.after_selecting()
        elif not self.model.show_worklist():
            raise NotAllowed("Nothing is selected, and the list shown is that of reading.")

    # how photographs may be seen

    def set_covered(self, covered: bool) -> None:
        self.grid.set_covered(covered)

    def soften(self, start: str) -> None:
        """How the reader asked to see photographs; small ones are shown so too."""
        self.grid.set_care(start if start in {"grey", "blur"} else "")

    def set_colours(self, _ground: QColor, _text: QColor) -> None:
        """Other colours; the grid takes them from the palette."""
        self.grid.update_style()

    def let_go(self) -> None:
        """End what is under way and give the pictures back."""
        self.narrowing.let_go()
        self.model.reader.masking.on_change.disconnect(self.grid.show_rows)
        self.model.close()
        self.grid.let_go()


def _make_row(spacing: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(*((16, 0, 16, 0) if spacing else (0, 0, 0, 0)))
    row.setSpacing(spacing)
    return row
