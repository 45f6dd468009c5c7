"""The photographs of this Individual, small, with how far each is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.qt.canvas.feeding import JPEG
from reviewer.qt.widgets.plain_text import make_plain_tip
from reviewer.qt.widgets.row_table import AnyModelIndex
from reviewer.qt.widgets.small_pictures import soften_pixmap
from reviewer.services.worklist.worklist import Worklist

POSITION, PROGRESS, NUMBER, ALIKE, CARRIED, PICKED, DAMAGE = (
    Qt.ItemDataRole.UserRole + step for step in range(7)
)
_FACTS = frozenset({POSITION, PROGRESS, NUMBER, ALIKE, CARRIED, PICKED, DAMAGE})
_WIDE, _TALL, _TEXT = 112, 84, 18
_PROGRESS_WORDS = {
    ReadingProgress.COMPLETE: "done",
    ReadingProgress.SET_ASIDE: "set aside",
    ReadingProgress.OPEN: "begun",
}
_KEPT = 300
DAMAGED = "damaged"


class FilmstripModel(QAbstractListModel):
    """One row for each Photo of the Individual on screen; what a row shows is fetched when it is painted.

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
        self._pictures: dict[str, QPixmap] = {}
        self._damages: dict[int, str] = {}

    def show(self, positions: Sequence[int]) -> None:
        if tuple(positions) != self._positions:
            self.beginResetModel()
            self._positions = tuple(positions)
            self.endResetModel()

    def refresh(self) -> None:
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
        if role in _FACTS:
            return self._get_fact(position, index.row(), role)
        if role == Qt.ItemDataRole.DecorationRole:
            if self.covered:
                return QPixmap()
            return self.masked(position, self._load_picture(self._worklist.items[position].sha256))
        if role == Qt.ItemDataRole.ToolTipRole:
            return make_plain_tip(self._format_name(position))
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
        """What the row says of a Photo beside its picture."""
        worklist = self._worklist
        if role == NUMBER:
            return row + 1 if worklist.group_index(position) >= 0 else position + 1
        if role == PROGRESS:
            return worklist.progress(position)
        if role == DAMAGE:
            return self._get_damage(position)
        if role == PICKED:
            return self.picked(worklist.items[position].sha256)
        if role == ALIKE:
            return len(worklist.positions_of_duplicates(position))
        return worklist.is_carried(position) if role == CARRIED else position

    def _load_picture(self, sha256: str) -> QPixmap:
        if sha256 not in self._pictures:
            if len(self._pictures) >= _KEPT:
                self._pictures.clear()
            picture = QPixmap()
            picture.loadFromData(self._thumbnail(sha256) or b"", JPEG)
            self._pictures[sha256] = soften_pixmap(picture, self.care).scaled(
                _WIDE, _TALL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        return self._pictures[sha256]


class _FilmstripDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyModelIndex) -> QSize:
        return QSize(_WIDE + 16, _TALL + _TEXT + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyModelIndex) -> None:
        painter.save()
        palette = option.palette
        room = option.rect.adjusted(8, 6, -8, -6)
        frame = QRect(room.left(), room.top(), room.width(), _TALL)
        painter.fillRect(frame, palette.color(QPalette.ColorRole.Dark))
        picture: QPixmap = index.data(Qt.ItemDataRole.DecorationRole)
        if not picture.isNull():
            target = QRect(frame.topLeft(), picture.size())
            target.moveCenter(frame.center())
            painter.drawPixmap(target.topLeft(), picture)
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        if here:
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            for inset in (1, 2):
                painter.drawRect(frame.adjusted(-inset, -inset, inset - 1, inset - 1))
        if index.data(DAMAGE):
            _paint_damaged(painter, frame, palette)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        words = "carried over" if index.data(CARRIED) else _PROGRESS_WORDS.get(index.data(PROGRESS), "")
        if here:
            words = f"here · {words}" if words else "here"
        if index.data(PICKED):
            words = f"picked · {words}" if words else "picked"
        text = f"{index.data(NUMBER):,}  {words}"
        line = QRect(room.left(), frame.bottom() + 2, room.width(), _TEXT)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        if index.data(ALIKE) > 1:
            _paint_badge(painter, frame, palette, f"{index.data(ALIKE)} alike")
        painter.restore()


def _paint_badge(painter: QPainter, frame: QRect, palette: QPalette, words: str) -> None:
    """A few words on a ground of their own in the lower left corner of a small picture."""
    room = painter.fontMetrics().boundingRect(words).adjusted(-4, -1, 4, 1)
    room.moveBottomLeft(frame.bottomLeft())
    painter.fillRect(room, palette.color(QPalette.ColorRole.Base))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)


def _paint_damaged(painter: QPainter, frame: QRect, palette: QPalette) -> None:
    """The word on a plate of its own, across the foot of the picture, whatever the picture shows there."""
    plate = QRect(frame.left(), frame.bottom() - _TEXT + 1, frame.width(), _TEXT)
    painter.fillRect(plate, palette.color(QPalette.ColorRole.Window))
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, DAMAGED)


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
        self.setFixedWidth(_WIDE + 28)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._worklist = worklist
        self._rows = FilmstripModel(worklist, thumbnail, damage)
        self._delegate = _FilmstripDelegate()
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(POSITION)))

    def show_position(self, position: int) -> None:
        self._rows.show(self._worklist.positions_beside(position))
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

    def refresh(self) -> None:
        """Read the states again."""
        self._rows.refresh()
