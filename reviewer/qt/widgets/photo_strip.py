"""Small photographs in rows, each with a line of text; covered and softened as the reader wishes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView

from reviewer.qt.canvas.feeding import JPEG
from reviewer.qt.widgets.plain_text import make_plain_tip
from reviewer.qt.widgets.row_table import AnyModelIndex
from reviewer.qt.widgets.small_pictures import soften_pixmap

WIDE, TALL = 128, 96
_TEXT, _ROOM = 22, 12
_KEPT = 300


class StripModel(QAbstractListModel):
    """Rows are (SHA-256, words); pictures are fetched when a row is painted."""

    def __init__(self, thumbnail: Callable[[str], bytes | None]) -> None:
        super().__init__()
        self._thumbnail = thumbnail
        self._rows: tuple[tuple[str, str], ...] = ()
        self._pictures: dict[str, QPixmap] = {}
        self.covered, self.care = False, ""

    def show(self, rows: Sequence[tuple[str, str]]) -> None:
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def look(self, covered: bool, care: str) -> None:
        if (covered, care) != (self.covered, self.care):
            self.covered, self.care = covered, care
            self._pictures.clear()
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def forget_pictures(self) -> None:
        self._pictures.clear()

    def photo(self, row: int) -> str:
        return self._rows[row][0] if 0 <= row < len(self._rows) else ""

    def rowCount(self, parent: AnyModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        photo, words = self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return make_plain_tip(words)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._make_icon(photo)
        return None

    def _make_icon(self, photo: str) -> QIcon:
        """The picture as it is, also while it is selected: Qt would tint it."""
        icon = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Active):
            icon.addPixmap(self._load_picture(photo), mode)
        return icon

    def _load_picture(self, photo: str) -> QPixmap:
        if photo not in self._pictures:
            if len(self._pictures) >= _KEPT:
                self._pictures.clear()
            picture = QPixmap(WIDE, TALL)
            if self.covered or not picture.loadFromData(self._thumbnail(photo) or b"", JPEG):
                picture = QPixmap(WIDE, TALL)
                picture.fill(Qt.GlobalColor.darkGray)
            picture = soften_pixmap(picture, self.care).scaled(
                WIDE, TALL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._pictures[photo] = picture
        return self._pictures[photo]


class PhotoStrip(QListView):
    """A view of StripModel. The keyboard goes through it with the arrow keys."""

    def __init__(self, thumbnail: Callable[[str], bytes | None], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows = StripModel(thumbnail)
        self.setModel(self.rows)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(WIDE, TALL))
        self.setGridSize(QSize(WIDE + _ROOM, TALL + _TEXT + _ROOM))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_photos(self, rows: Sequence[tuple[str, str]]) -> None:
        """The photograph that was current stays so, if it is still there."""
        here = self.photo
        self.rows.show(rows)
        place = next((place for place, (photo, _words) in enumerate(rows) if photo == here), 0)
        if rows:
            self.setCurrentIndex(self.rows.index(place))

    @property
    def photo(self) -> str:
        """The SHA-256 of the current photograph, "" if there is none."""
        return self.rows.photo(self.currentIndex().row())

    def list_chosen(self) -> list[str]:
        """Those that are selected, in their order."""
        return [self.rows.photo(row) for row in sorted(index.row() for index in self.selectedIndexes())]
