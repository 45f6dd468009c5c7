"""The Findings of the Photo on screen: a list that the keyboard walks and the delegate draws."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.reading.finding_place import lacks_region
from reviewer.domain.reading.look_alikes import name_excluded_look_alikes
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.look.small_font import make_small_font
from reviewer.qt.widgets.clamped_label import paint_lines
from reviewer.qt.widgets.row_table import AnyModelIndex

FINDING = Qt.ItemDataRole.UserRole
_EDGE, _ABOVE, _GAP, _BAR = 12, 4, 8, 3
_MOST_ROWS, _LEAST_ROW = 3, 40
_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


def format_first_line(finding: Finding, number: int, vocabulary: Vocabulary) -> str:
    """ "2  Tramline bruise", with the answer before it when it is not "present"."""
    return f"{number}  {format_name(finding, vocabulary)}"


def format_name(finding: Finding, vocabulary: Vocabulary) -> str:
    """ "Tramline bruise", with the answer before it when it is not "present"."""
    name = vocabulary.term_name(finding.term)
    if finding.answer is not FindingAnswer.PRESENT:
        reason = f" ({finding.reason})" if finding.reason else ""
        return f"{str(finding.answer).capitalize()}{reason}: {name}"
    return f"{name[:1].upper()}{name[1:]}"


def format_second_line(finding: Finding, vocabulary: Vocabulary) -> str:
    """How sure, where, and what else is known, in one line."""
    parts = [*_list_details(finding, vocabulary), finding.certainty_in_words]
    return " \u00b7 ".join(part for part in parts if part)


def _list_details(finding: Finding, vocabulary: Vocabulary) -> list[str]:
    """Where a Finding is and what else is known, the most urgent first."""
    regions = ", ".join(vocabulary.region_name(region) for region in finding.regions)
    if lacks_region(finding, vocabulary.term(finding.term)):
        regions = add_key("not counted without a region", "finding.regions")
    parts = [regions] if regions else []
    if names := name_excluded_look_alikes(vocabulary, finding):
        parts.append(f"excluded: {', '.join(names)}")
    if others := len(finding.qualifiers) - bool(names):
        parts.append(f"{others} qualified")
    if finding.marks:
        parts.append("1 mark" if len(finding.marks) == 1 else f"{len(finding.marks)} marks")
    if finding.is_only_enhanced:
        how = "through exploration" if finding.explored_by else "enhanced"
        parts.insert(0, f"seen only {how}")
    if not finding.confirmed:
        parts.insert(0, add_key("copied: to be confirmed", "finding.confirm"))
    return parts


class FindingModel(QAbstractListModel):
    """Rows are the Findings of one Reading, in the order they were made."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._findings: tuple[Finding, ...] = ()

    def show(self, reading: Reading) -> None:
        if reading.findings == self._findings:
            return
        self.beginResetModel()
        self._findings = reading.findings
        self.endResetModel()

    def row_of(self, finding_id: str) -> int:
        return next((row for row, finding in enumerate(self._findings) if finding.id == finding_id), -1)

    def rowCount(self, parent: AnyModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._findings)

    def data(self, index: AnyModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        finding = self._findings[index.row()]
        if role == FINDING:
            return finding
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return format_first_line(finding, index.row() + 1, self._vocabulary)
        if role == Qt.ItemDataRole.ToolTipRole:
            hint = (
                add_key("\nState it in the original, without steps", "enhance.off")
                if finding.is_only_enhanced
                else ""
            )
            return f"{format_second_line(finding, self._vocabulary)}{hint}"
        return None


class FindingDelegate(QStyledItemDelegate):
    """Two lines: number, what, and the sign of its mark; below them where, and how sure."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyModelIndex) -> QSize:
        return QSize(100, compute_row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyModelIndex) -> None:
        painter.save()
        finding: Finding = index.data(FINDING)
        palette = QGuiApplication.palette()  # that of the list has the colours of the style sheet
        text, quiet = (
            palette.color(QPalette.ColorRole.Text),
            palette.color(QPalette.ColorRole.PlaceholderText),
        )
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
            bar = QRect(option.rect.left(), option.rect.top(), _BAR, option.rect.height())
            painter.fillRect(bar, palette.color(QPalette.ColorRole.Highlight))
        room = option.rect.adjusted(_EDGE, _ABOVE, -_EDGE, -_ABOVE)
        named = room.adjusted(QFontMetrics(option.font).horizontalAdvance("0") + _GAP, 0, 0, 0)
        painter.setFont(option.font)
        painter.setPen(text if selected else quiet)
        painter.drawText(room, _TOP, str(index.row() + 1))
        painter.setPen(text)
        if finding.marks:
            side = painter.fontMetrics().ascent()
            where = QRect(named.right() - side, named.top() + 1, side, side)
            _paint_shape(painter, finding.marks[0].shape, where)
            first = named.adjusted(0, 0, -side - _GAP, 0)
        else:
            first = named
        painter.setFont(_make_strong(option.font))
        _draw_elided(painter, first, _TOP, format_name(finding, self._vocabulary))
        painter.setFont(make_small_font(option.font))
        painter.setPen(text if selected else quiet)
        words = " \u00b7 ".join(_list_details(finding, self._vocabulary))
        sure, across = finding.certainty_in_words, painter.fontMetrics().horizontalAdvance
        if across(words) + _GAP + across(sure) > named.width():
            sure = sure.removeprefix("certainty ")
        _draw_elided(painter, named, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, sure)
        taken = across(sure) + _GAP if sure else 0
        _draw_elided(painter, named.adjusted(0, 0, -taken, 0), Qt.AlignmentFlag.AlignBottom, words)
        painter.restore()


def _draw_elided(painter: QPainter, room: QRect, where: Qt.AlignmentFlag, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, where, shown)


def _paint_shape(painter: QPainter, shape: MarkShape, room: QRect) -> None:
    """The shape of the mark, small."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = QRectF(room).adjusted(0.5, 2, -0.5, -2)
    if shape is MarkShape.ELLIPSE:
        painter.drawEllipse(box)
    elif shape is MarkShape.POINT:
        painter.drawEllipse(box.center(), 2.5, 2.5)
    elif shape is MarkShape.LINE:
        painter.drawLine(box.bottomLeft(), box.topRight())
    elif shape is MarkShape.RECTANGLE:
        painter.drawRect(box)
    else:
        corners = ((0.5, 0.0), (1.0, 0.4), (0.8, 1.0), (0.2, 1.0), (0.0, 0.4))
        spots = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in corners]
        painter.drawPolygon(spots)
    painter.restore()


def compute_row_height(font: QFont) -> int:
    """Pixels that two lines of a Finding take."""
    return max(
        _LEAST_ROW, QFontMetrics(font).height() + QFontMetrics(make_small_font(font)).height() + 2 * _ABOVE
    )


def _make_strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


class FindingList(QListView):
    """The list. It never takes the keyboard: its keys are actions of the window.

    `chosen` carries the id of a Finding; `place_wanted` follows for a click on the words where it is.
    """

    chosen, place_wanted = Signal(str), Signal()

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary, self._is_on_place = vocabulary, False
        self.setMouseTracking(True)
        self.setObjectName("findings")
        self.setAccessibleName("Findings of this photograph")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = FindingModel(vocabulary)
        self._delegate = FindingDelegate(vocabulary)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._on_clicked)
        self._empty = ""
        self.show_rows(_MOST_ROWS)

    def show_rows(self, rows: int) -> None:
        """Keep room for so many Findings, whether there are as many or not."""
        self.rows = rows
        self.setFixedHeight(rows * compute_row_height(self.font()) + 2 * self.frameWidth())

    def count_below(self) -> int:
        """How many Findings lie below those that are seen."""
        tall = compute_row_height(self.font())
        last = (self.verticalScrollBar().value() + self.viewport().height()) // tall
        return max(0, self._rows.rowCount() - last)

    def say_empty(self, sentence: str) -> None:
        """What stands in the place of Findings while there are none."""
        if sentence != self._empty:
            self._empty = sentence
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
            paint_lines(painter, self._empty, self.viewport().rect().adjusted(_EDGE, _ABOVE, -_EDGE, -_ABOVE))
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_on_place = self._is_place_at(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        on_place = self._is_place_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if on_place else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def _is_place_at(self, at: QPoint) -> bool:
        """Whether the words that say where a Finding is lie there."""
        index = self.indexAt(at)
        if not index.isValid():
            return False
        room = self.visualRect(index)
        words = " \u00b7 ".join(_list_details(index.data(FINDING), self._vocabulary))
        left = room.left() + _EDGE + self.fontMetrics().horizontalAdvance("0") + _GAP
        wide = QFontMetrics(make_small_font(self.font())).horizontalAdvance(words)
        return at.y() > room.center().y() and left <= at.x() <= left + wide

    def show_reading(self, reading: Reading, selected: str) -> None:
        self._rows.show(reading)
        row = self._rows.row_of(selected)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row))
        else:
            self.clearSelection()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(FINDING).id)
        if self._is_on_place:
            self.place_wanted.emit()
