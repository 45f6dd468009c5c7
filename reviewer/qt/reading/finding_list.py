"""The Findings of the Photo on screen: a list that the keyboard walks and the delegate draws."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.domain.reading.finding_place import lacks_region
from reviewer.domain.reading.look_alikes import name_excluded_look_alikes
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.widgets.row_table import AnyModelIndex

FINDING = Qt.ItemDataRole.UserRole
_PAD, _ROWS = 8, 2


def format_first_line(finding: Finding, number: int, vocabulary: Vocabulary) -> str:
    """ "2  Tramline bruise", with the answer before it when it is not "present"."""
    name = vocabulary.term_name(finding.term)
    if finding.answer is not FindingAnswer.PRESENT:
        reason = f" ({finding.reason})" if finding.reason else ""
        return f"{number}  {str(finding.answer).capitalize()}{reason}: {name}"
    return f"{number}  {name[:1].upper()}{name[1:]}"


def format_second_line(finding: Finding, vocabulary: Vocabulary) -> str:
    """Where, how sure, and what else is known, in one line."""
    regions = ", ".join(vocabulary.region_name(region) for region in finding.regions)
    if lacks_region(finding, vocabulary.term(finding.term)):
        regions = "not counted without a region (H)"
    parts = [part for part in (regions, finding.certainty_in_words) if part]
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
        parts.append("copied: confirm with Ctrl+Enter")
    return " · ".join(parts)


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
            hint = "\nState it in the original: Shift+A, then Q or W." if finding.is_only_enhanced else ""
            return f"{format_second_line(finding, self._vocabulary)}{hint}"
        return None


class FindingDelegate(QStyledItemDelegate):
    """Two lines: what, and where and how sure."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyModelIndex) -> QSize:
        return QSize(100, compute_row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyModelIndex) -> None:
        finding: Finding = index.data(FINDING)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.AlternateBase))
            bar = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(bar, option.palette.color(QPalette.ColorRole.Highlight))
        room = option.rect.adjusted(_PAD + 4, 6, -_PAD, -6)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.setFont(option.font)
        self._draw_line(painter, room, format_first_line(finding, index.row() + 1, self._vocabulary), False)
        painter.setFont(_make_smaller(option.font))
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        self._draw_line(painter, room, format_second_line(finding, self._vocabulary), True)
        painter.restore()

    def _draw_line(self, painter: QPainter, room: QRect, text: str, below: bool) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        where = Qt.AlignmentFlag.AlignBottom if below else Qt.AlignmentFlag.AlignTop
        painter.drawText(room, where | Qt.AlignmentFlag.AlignLeft, shown)


def compute_row_height(font: QFont) -> int:
    """Pixels that two lines of a Finding take."""
    return QFontMetrics(font).height() + QFontMetrics(_make_smaller(font)).height() + 12


def _make_smaller(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(max(9, round(font.pixelSize() * 0.85)) if font.pixelSize() > 0 else 11)
    return small


class FindingList(QListView):
    """The list. It never takes the keyboard: its keys are actions of the window."""

    chosen = Signal(str)

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
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

    def sizeHint(self) -> QSize:
        """Two Findings; where the panel has more room the list takes its share of it."""
        tall = _ROWS * compute_row_height(self.font()) + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), tall)

    def minimumSizeHint(self) -> QSize:
        """The panel scrolls before it hides the second of two Findings."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def show_reading(self, reading: Reading, selected: str) -> None:
        self._rows.show(reading)
        row = self._rows.row_of(selected)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row))
        else:
            self.clearSelection()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(FINDING).id)
