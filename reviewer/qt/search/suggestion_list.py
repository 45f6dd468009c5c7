"""What the box of searching offers below what is typed: meanings with counts under headings, and completions.

A row is painted, not made of widgets: it is filled anew after each letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.domain.search.completion import Completion, Completions
from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import Theme, make_font
from reviewer.services.search.suggesting import FINDINGS, REGIONS, TOGETHER, Suggestion, Suggestions

_ROW, _HEADING, _PAD, _BAR, _ICON = 32, 28, 16, 3, 16
_SHOWN_ROLE = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class OfferedRow:
    """One row as it is shown. `of` is what it stands for; None for a heading, which cannot be chosen. `icon`
    says of what kind it is, as the heading does in words."""

    name: str
    detail: str = ""
    count: str = ""
    of: Suggestion | Completion | None = None
    icon: str = ""


def list_offered(suggestions: Suggestions | None, fits: Completions | None) -> list[OfferedRow]:
    """The rows for what plain words may mean, then what fits at the cursor."""
    rows: list[OfferedRow] = []
    for group in suggestions.groups if suggestions is not None else ():
        rows.append(OfferedRow(group.title))
        rows += [
            OfferedRow(row.name, row.detail, _format_count(row), row, _find_icon(group.title, row))
            for row in group.rows
        ]
    completions = fits.found if fits is not None else ()
    if rows and completions:
        rows.append(OfferedRow("Fields of the query language"))
    return rows + [OfferedRow(fit.text, fit.detail, "", fit) for fit in completions]


_ICONS = {TOGETHER: "read", FINDINGS: "read", REGIONS: "region"}
_ICONS_OF_OTHERS = {"Individuals": "people", "Files": "file", "Notes": "note"}
"""By the first word of a row, where a group has rows of several kinds."""


def _find_icon(group: str, row: Suggestion) -> str:
    return _ICONS.get(group) or _ICONS_OF_OTHERS.get(row.name.partition(" ")[0], "search")


def _format_count(row: Suggestion) -> str:
    if row.individuals is None:
        return f"{row.photos:,}"
    photos = "1 photograph" if row.photos == 1 else f"{row.photos:,} photographs"
    people = "1 individual" if row.individuals == 1 else f"{row.individuals:,} individuals"
    return f"{photos}, {people}"


class SuggestionList(QListWidget):
    """Keeps no keyboard: the line above it steps through the rows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._painter = _RowPainter(theme)
        self.setItemDelegate(self._painter)

    def apply_theme(self, theme: Theme) -> None:
        self._painter.apply_theme(theme)
        self.doItemsLayout()

    def offer(self, rows: Sequence[OfferedRow], chosen: Suggestion | Completion | None) -> None:
        """Show rows; the one that stands for `chosen` is current, none where that is None. Nobody is told."""
        silent = QSignalBlocker(self)
        self.clear()
        for row in rows:
            item = QListWidgetItem(f"{row.name} {row.detail} {row.count}".strip())
            item.setData(_SHOWN_ROLE, row)
            item.setToolTip(_make_tip(row))
            if row.of is None or (isinstance(row.of, Suggestion) and not row.of.query):
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.setCurrentRow(
            next((place for place, row in enumerate(rows) if row.of is not None and row.of is chosen), -1)
        )
        silent.unblock()

    def step(self, by: int) -> None:
        """Go to the next row that can be chosen."""
        place = self.currentRow() + by
        while 0 <= place < self.count():
            if self.item(place).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentRow(place)
                return
            place += by

    def chosen(self) -> Suggestion | Completion | None:
        item = self.currentItem()
        return _read_row(item.data(_SHOWN_ROLE)).of if item is not None else None

    def names(self) -> list[str]:
        """What the rows say, headings too."""
        return [self.item(place).text() for place in range(self.count())]

    def find_height(self, most: int) -> int:
        """How tall it would be with all its rows, `most` at most."""
        rows = sum(self.sizeHintForRow(place) for place in range(self.count()))
        return min(most, rows + 2 * self.frameWidth())


def _make_tip(row: OfferedRow) -> str:
    return f"{row.name} {row.detail}".strip().replace("<", "\u2039") if row.of is not None else ""


def _read_row(data: object) -> OfferedRow:
    return data if isinstance(data, OfferedRow) else OfferedRow("")


class _RowPainter(QStyledItemDelegate):
    """Paints a heading in quiet type, or a name, what is added to it, and its count in a column."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._body, self._caption = make_font(theme), make_font(theme, "caption")
        self._strong = QFont(self._body)
        self._strong.setWeight(QFont.Weight.DemiBold)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = _read_row(index.data(_SHOWN_ROLE))
        tall = QFontMetrics(self._body).height()
        return QSize(100, max(_HEADING, tall + 8) if row.of is None else max(_ROW, tall + 12))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = _read_row(index.data(_SHOWN_ROLE))
        room = QRect(option.rect)
        state = option.state
        painter.save()
        if row.of is None:
            painter.setFont(self._caption)
            painter.setPen(self._colour("quiet"))
            painter.drawText(room.adjusted(_PAD, 4, -_PAD, 0), _LEFT, row.name)
        else:
            self._paint_ground(painter, room, state)
            self._paint_words(painter, room.adjusted(_PAD, 0, -_PAD, 0), row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, room: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, self._colour("accent_fill"))
            painter.fillRect(QRect(room.left(), room.top(), _BAR, room.height()), self._colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver and state & QStyle.StateFlag.State_Enabled:
            painter.fillRect(room, self._colour("hover"))

    def _paint_words(self, painter: QPainter, room: QRect, row: OfferedRow) -> None:
        count = QFontMetrics(self._body).horizontalAdvance(row.count)
        if row.icon:
            side = round(_ICON * max(1.0, (self._theme.text_scale + 1) / 2))
            place = QRect(room.left(), room.center().y() - side // 2, side, side)
            load_icon(row.icon, self._theme, "quiet").paint(painter, place)
            room = room.adjusted(side + 8, 0, 0, 0)
        left = room.adjusted(0, 0, -(count + _PAD if count else 0), 0)
        strong, body = QFontMetrics(self._strong), QFontMetrics(self._body)
        name = strong.elidedText(row.name, Qt.TextElideMode.ElideRight, left.width())
        painter.setFont(self._strong)
        painter.setPen(self._colour("text"))
        painter.drawText(left, _LEFT, name)
        beside = left.adjusted(strong.horizontalAdvance(name) + 8, 0, 0, 0)
        painter.setFont(self._body)
        painter.setPen(self._colour("quiet"))
        painter.drawText(
            beside, _LEFT, body.elidedText(row.detail, Qt.TextElideMode.ElideRight, max(0, beside.width()))
        )
        painter.setPen(self._colour("text" if row.count and not row.count.startswith("0") else "quiet"))
        painter.drawText(room, _RIGHT, row.count)

    def _colour(self, name: str) -> QColor:
        return self._theme.colour(name)
