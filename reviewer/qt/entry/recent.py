"""The cases opened last, as rows of two lines: name and folder, and at the right what is known of each."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reviewer.domain.names import make_printable
from reviewer.qt.look.icons import load_icon
from reviewer.qt.look.theme import Theme, make_font
from reviewer.qt.widgets.buttons import make_key_button
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.page import make_button_row, make_text_label
from reviewer.qt.widgets.system_viewer import open_in_system
from reviewer.services.account.recent_cases import RecentCase, forget_case, load_recent_cases

_FOLDER = Qt.ItemDataRole.UserRole
_CASE = Qt.ItemDataRole.UserRole + 1
_ROW_HEIGHT, _EDGE, _ICON_SIDE, _GAP = 72, 16, 18, 16
_STATE_SHARE = 0.32
_MOST_ROWS_IN_VIEW = 6
Index = QModelIndex | QPersistentModelIndex


def describe_state(case: RecentCase) -> tuple[str, str]:
    """What stands at the right of a row, in two lines; of an encrypted case nothing but that it is locked."""
    if not case.is_there:
        gone = "drive is not here" if not case.folder.parent.exists() else "folder is not here"
        return gone, ""
    if not case.name:
        return "locked", "asks for the passphrase"
    return "not encrypted", describe_day(case.opened_at)


def describe_day(opened_at: str) -> str:
    """ "opened today", "opened 3 November 2026"; "" if it is not known."""
    try:
        day = datetime.fromisoformat(opened_at).date()
    except ValueError:
        return ""
    return "opened today" if day == date.today() else f"opened {day.day} {day:%B %Y}"


class RecentView(QWidget):
    """The list, really selected and with the keyboard; `chosen` carries a folder, `went_wrong` a sentence."""

    chosen = Signal(object)
    went_wrong = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName("Cases opened last")
        self.list.setObjectName("recentCases")
        self._rows = _CaseRows(self.list)
        self.list.setItemDelegate(self._rows)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.open = make_key_button("Open", "Enter", is_main=True)
        self.open.setAutoDefault(True)
        self._folder, self._remove = QPushButton("Show in folder"), QPushButton("Remove from list")
        self.list.itemActivated.connect(lambda _item: self.open_selected())
        self.list.currentRowChanged.connect(lambda _row: self._show_what_can_be_done())
        self.open.clicked.connect(self.open_selected)
        self._folder.clicked.connect(self.show_in_folder)
        self._remove.clicked.connect(self.remove_selected)
        self._remove.setToolTip("Only the row goes; the case stays where it is.")
        column = make_column(self, spacing=12)
        column.addWidget(make_text_label("Opened last", "strong"))
        column.addWidget(self.list)
        column.addLayout(make_button_row(self.open, self._folder, self._remove))
        column.addStretch(1)
        self.setFocusProxy(self.list)

    def refresh(self) -> None:
        """Read the list of recent cases again; the first is selected."""
        self.list.clear()
        for case in load_recent_cases():
            title = make_printable(case.name or case.folder.stem)
            where = make_printable(str(case.folder))
            item = QListWidgetItem("\n".join(filter(None, (title, where, *describe_state(case)))))
            item.setData(_FOLDER, str(case.folder))
            item.setData(_CASE, case)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._fit_height()
        self._show_what_can_be_done()

    def _fit_height(self) -> None:
        """As high as its rows, up to some; the rest scrolls."""
        rows = min(self.list.count(), _MOST_ROWS_IN_VIEW)
        frame = 2 * self.list.frameWidth() + 8
        self.list.setFixedHeight(rows * max(0, self.list.sizeHintForRow(0)) + frame)

    @property
    def is_empty(self) -> bool:
        return self.list.count() == 0

    def apply_theme(self, theme: Theme) -> None:
        self._rows.apply_theme(theme)
        self.list.doItemsLayout()
        self._fit_height()

    def open_selected(self) -> None:
        folder = self._find_selected()
        if folder is not None:
            self.chosen.emit(folder)

    def show_in_folder(self) -> None:
        folder = self._find_selected()
        if folder is not None:
            self.went_wrong.emit(open_in_system(folder.parent))

    def remove_selected(self) -> None:
        """Take the row out of the list; the case itself stays where it is."""
        folder = self._find_selected()
        if folder is not None:
            forget_case(folder)
            self.refresh()
            self.list.setFocus()

    def _find_selected(self) -> Path | None:
        item = self.list.currentItem()
        return None if item is None else Path(item.data(_FOLDER))

    def _show_what_can_be_done(self) -> None:
        folder = self._find_selected()
        self.open.setEnabled(folder is not None)
        self._folder.setEnabled(folder is not None and folder.parent.exists())
        self._remove.setEnabled(folder is not None)


class _CaseRows(QStyledItemDelegate):
    """Paints a row; its height grows with the type."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = 0 if self._theme is None else self._theme.pixels("title") + self._theme.pixels("body")
        return QSize(0, max(_ROW_HEIGHT, round(lines * 1.5) + 24))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, case = self._theme, index.data(_CASE)
        if theme is None or not isinstance(case, RecentCase):
            return
        painter.save()
        place = QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(place, theme.colour("accent_fill"))
            painter.fillRect(QRect(place.left(), place.top(), 3, place.height()), theme.colour("accent"))
        elif index.row():
            painter.fillRect(
                place.left() + _EDGE, place.top(), place.width() - 2 * _EDGE, 1, theme.colour("line")
            )
        self._paint_words(painter, place, case, theme, selected)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, place: QRect, case: RecentCase, theme: Theme, selected: bool
    ) -> None:
        inner = place.adjusted(_EDGE, 12, -_EDGE, -12)
        icon = load_icon("case" if case.name else "lock", theme, "text" if selected else "quiet")
        icon.paint(painter, QRect(inner.left(), inner.top() + 2, _ICON_SIDE, _ICON_SIDE))
        inner.setLeft(inner.left() + _ICON_SIDE + _GAP)
        width = round(inner.width() * _STATE_SHARE)
        words = inner.adjusted(0, 0, -width - _GAP, 0)
        state = QRect(inner.right() - width, inner.top(), width, inner.height())
        there = theme.colour("text" if case.is_there else "quiet")
        quiet = theme.colour("text" if selected else "quiet")
        title, where = make_printable(case.name or case.folder.stem), make_printable(str(case.folder))
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        strong = make_font(theme, "title")
        strong.setWeight(QFont.Weight.DemiBold)
        first, second = describe_state(case)
        body = make_font(theme)
        elided = Qt.TextElideMode.ElideMiddle
        for font, colour, where_to, text, align in (
            (strong, there, words, title, top),
            (body, quiet, words, where, bottom),
            (body, there, state, first, top),
            (body, quiet, state, second, bottom),
        ):
            painter.setFont(font)
            painter.setPen(colour)
            shown = painter.fontMetrics().elidedText(text, elided, where_to.width())
            painter.drawText(where_to, align | Qt.AlignmentFlag.AlignLeft, shown)
