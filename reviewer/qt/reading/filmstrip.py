"""The photographs of this Individual, small, with how far each is read; and one of each neighbour."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView

from reviewer.qt.canvas.feeding import JPEG
from reviewer.qt.reading.filmstrip_painter import (
    ALIKE,
    DAMAGE,
    DAMAGED,
    FACTS,
    HEADING,
    NEIGHBOUR,
    NUMBER,
    PICKED,
    POSITION,
    STATE,
    THUMBNAILS,
    FilmstripDelegate,
)
from reviewer.qt.widgets.photo_states import describe_photo_state
from reviewer.qt.widgets.plain_text import make_plain_tip
from reviewer.qt.widgets.row_table import AnyModelIndex
from reviewer.qt.widgets.small_pictures import soften_pixmap
from reviewer.services.worklist.worklist import Worklist

_KEPT = 300
_CHANGING = frozenset({STATE, PICKED, ALIKE})


class FilmstripModel(QAbstractListModel):
    """One row for each Photo of the Individual on screen, between the last of the one before and the first of
    the next; what a row shows is fetched when it is painted.

    `damage` says what the decoder complained of, by position, "" if nothing.
    """

    def __init__(
        self, worklist: Worklist, thumbnail: Callable[[str], bytes | None], damage: Callable[[int], str]
    ) -> None:
        super().__init__()
        self._worklist, self._thumbnail, self._damage = worklist, thumbnail, damage
        self.covered, self.care = False, ""
        self.picked: Callable[[str], bool] = lambda _photo: False
        self.name_at: Callable[[int], str] = lambda position: worklist.items[position].name
        self.masked: Callable[[int, QPixmap], QPixmap] = lambda _position, picture: picture
        self._positions: tuple[int, ...] = ()
        self._own: frozenset[int] = frozenset()
        self._size = THUMBNAILS[0][1]
        self._pictures: dict[str, QPixmap] = {}
        self._damages: dict[int, str] = {}
        self._told: dict[tuple[int, int], object] = {}
        self._facts = self._make_facts()

    def show(self, positions: Sequence[int], own: Collection[int]) -> None:
        """`own` are the positions of the Individual on screen."""
        if tuple(positions) != self._positions or frozenset(own) != self._own:
            self.beginResetModel()
            self._told.clear()
            self._positions, self._own = tuple(positions), frozenset(own)
            self.endResetModel()

    def resize_pictures(self, size: QSize) -> None:
        if size != self._size:
            self._size = size
            self._pictures.clear()

    def refresh_states(self) -> None:
        """Read again what is said below the pictures; only rows that say something else are painted."""
        before = {key: told for key, told in self._told.items() if key[1] in _CHANGING}
        self._told.clear()
        for (row, role), told in before.items():
            if self._get_fact(self._positions[row], row, role) != told:
                self.dataChanged.emit(self.index(row), self.index(row))

    def refresh(self) -> None:
        self._told.clear()
        if self._positions:
            self.dataChanged.emit(self.index(0), self.index(len(self._positions) - 1))

    def soften(self, care: str) -> None:
        if care != self.care:
            self.care = care
            self._pictures.clear()
            self.refresh()

    def forget_pictures(self) -> None:
        self._pictures.clear()

    def row_of(self, position: int) -> int:
        return self._positions.index(position) if position in self._positions else -1

    def rowCount(self, parent: AnyModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._positions)

    def data(self, index: AnyModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        position = self._positions[index.row()]
        if role in FACTS:
            return self._get_fact(position, index.row(), role)
        if role == Qt.ItemDataRole.DecorationRole:
            if self.covered:
                return QPixmap()
            return self.masked(position, self._load_picture(self._worklist.items[position].sha256))
        if role == Qt.ItemDataRole.ToolTipRole:
            state = self._get_fact(position, index.row(), STATE)
            return make_plain_tip(f"{self._format_name(position)}\n{state}")
        return self._format_name(position) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _format_name(self, position: int) -> str:
        name, damage = self.name_at(position), self._get_damage(position)
        return f"{name}, {DAMAGED}: {damage}" if damage else name

    def _get_damage(self, position: int) -> str:
        """A Photo never changes, so it is asked once."""
        if position not in self._damages:
            self._damages[position] = self._damage(position)
        return self._damages[position]

    def _get_fact(self, position: int, row: int, role: int) -> object:
        """What the row says of a Photo beside its picture; asked once until something changes."""
        if (row, role) not in self._told:
            self._told[row, role] = self._facts[role](position, row)
        return self._told[row, role]

    def _make_facts(self) -> dict[int, Callable[[int, int], object]]:
        worklist = self._worklist
        return {
            POSITION: lambda position, _row: position,
            NUMBER: lambda position, _row: self._find_number(position),
            STATE: lambda position, _row: describe_photo_state(worklist, position),
            HEADING: lambda position, row: worklist.name_person(position) if self._begins(row) else "",
            NEIGHBOUR: lambda position, _row: position not in self._own,
            DAMAGE: lambda position, _row: self._get_damage(position),
            PICKED: lambda position, _row: self.picked(worklist.items[position].sha256),
            ALIKE: lambda position, _row: len(worklist.positions_of_duplicates(position)),
        }

    def _find_number(self, position: int) -> int:
        """Which of her photographs it is; its place in the list where no individual is known."""
        mates = self._worklist.positions_of_same_individual(position)
        return (mates.index(position) if self._worklist.group_index(position) >= 0 else position) + 1

    def _begins(self, row: int) -> bool:
        """Whether the photographs of another person begin here."""
        if row == 0:
            return True
        return (self._positions[row] in self._own) != (self._positions[row - 1] in self._own)

    def _load_picture(self, sha256: str) -> QPixmap:
        if sha256 not in self._pictures:
            if len(self._pictures) >= _KEPT:
                self._pictures.clear()
            picture = QPixmap()
            picture.loadFromData(self._thumbnail(sha256) or b"", JPEG)
            self._pictures[sha256] = soften_pixmap(picture, self.care).scaled(
                self._size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        return self._pictures[sha256]


class Filmstrip(QListView):
    """Emits the position that was clicked."""

    chosen = Signal(int)

    def __init__(
        self, worklist: Worklist, thumbnail: Callable[[str], bytes | None], damage: Callable[[int], str]
    ) -> None:
        super().__init__()
        self.setObjectName("filmstrip")
        self.setAccessibleName("Photographs of this individual")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._worklist = worklist
        self.gives_way = self.was_hidden = False
        self._rows = FilmstripModel(worklist, thumbnail, damage)
        self._delegate = FilmstripDelegate()
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(POSITION)))
        self.fit_window(0)

    def give_way(self, gives: bool) -> None:
        """Hide where there is no room beside the photograph, and come back where there is; whoever shows it
        meanwhile sees it."""
        if gives and not self.gives_way:
            self.was_hidden = self.isHidden()
            self.hide()
        elif self.gives_way and not gives:
            self.setHidden(self.was_hidden)
        self.gives_way = gives

    def fit_window(self, window: int) -> None:
        """As wide as a window of this width allows."""
        width, size = next((wide, size) for least, size, wide in reversed(THUMBNAILS) if window >= least)
        if width != self.maximumWidth():
            self.setFixedWidth(width)
            self._delegate.size = size
            self._rows.resize_pictures(size)
            self.scheduleDelayedItemsLayout()

    def show_position(self, position: int) -> None:
        own, worklist = self._worklist.positions_beside(position), self._worklist
        around = list(own)
        if worklist.group_index(position) >= 0:
            before = worklist.find_first_of_neighbour(position, -1)
            after = worklist.find_first_of_neighbour(position, 1)
            around = [*([] if before is None else worklist.positions_of_same_individual(before)[-1:]), *own]
            around += [] if after is None else [after]
        self._rows.show(around, own)
        row = self._rows.row_of(position)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row))

    def use_masks(self, name_at: Callable[[int], str], masked: Callable[[int, QPixmap], QPixmap]) -> None:
        """What a Photo is called, and its small picture, as far as they are not masked."""
        self._rows.name_at, self._rows.masked = name_at, masked

    def show_picked(self, picked: Callable[[str], bool]) -> None:
        """Say which photographs are picked for a split or a move."""
        self._rows.picked = picked

    def set_covered(self, covered: bool) -> None:
        self._rows.covered = covered
        self.refresh()

    def set_care(self, care: str) -> None:
        """How the reader asked to see photographs; small ones are shown so too."""
        self._rows.soften(care)

    def forget_pictures(self) -> None:
        self._rows.forget_pictures()

    def refresh_states(self) -> None:
        """Read the states again; the pictures are as they were."""
        self._rows.refresh_states()

    def refresh(self) -> None:
        """Read the states again, and show the pictures anew."""
        self._rows.refresh()
