"""The head of a page: its title, one quiet line under it, and what can be done at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QSizePolicy, QWidget

from reviewer.qt.widgets.flow_row import FlowRow
from reviewer.qt.widgets.plain_text import PlainLabel

_BETWEEN, _APART, _UNDER_TITLE = 24, 8, 2


class PageHead(QWidget):
    """What can be done stands at the right of the title, below the words where the window is too narrow for
    both. A line that has no room beside it goes under it, over the whole width."""

    def __init__(self, title: str = "", line: str = "") -> None:
        super().__init__()
        self.title, self.line = PlainLabel(kind="page"), PlainLabel(kind="quiet")
        self._layout = _HeadLayout(self.title, self.line)
        for label in (self.title, self.line):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._layout.addWidget(label)
        self.setLayout(self._layout)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_title(title)
        self.set_line(line)

    def set_title(self, text: str) -> None:
        self.title.setText(text)

    def set_line(self, text: str) -> None:
        self.line.setText(text)
        self.line.setVisible(bool(text))

    def add_act(self, button: QWidget) -> None:
        """Add one more at the right end."""
        self._layout.addWidget(button)


class _HeadLayout(FlowRow):
    """The title and the line have the words; all other items stand at their right, or flow below them."""

    def __init__(self, title: PlainLabel, line: PlainLabel) -> None:
        super().__init__(_APART)
        self._words = (title, line)

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._list_shown():
            is_text = item.widget() in self._words
            size = size.expandedTo(item.minimumSize() if is_text else item.sizeHint())
        return size

    def _lay_out(self, rect: QRect, *, place: bool) -> int:
        words = [item for item in self._list_shown() if item.widget() in self._words]
        acts = [item for item in self._list_shown() if item.widget() not in self._words]
        together = sum(act.sizeHint().width() + self.spacing() for act in acts) - self.spacing()
        room = rect.width() - together - _BETWEEN
        if acts and _measure_in_one_line(words[0]) <= room:
            tall = self._lay_acts(rect, acts, together, place=place)
            title = max(_compute_height(words[0], room), tall)
            if all(_measure_in_one_line(line) <= room for line in words[1:]):
                return max(tall, _lay_words(rect, words, room, place=place))
            _lay_words(rect, words[:1], room, place=place)
            under = rect.adjusted(0, title + _UNDER_TITLE, 0, 0)
            return title + _UNDER_TITLE + _lay_words(under, words[1:], rect.width(), place=place)
        height = _lay_words(rect, words, rect.width(), place=place)
        if not acts:
            return height
        below = QRect(rect.x(), rect.y() + height + self.spacing(), rect.width(), 0)
        return height + self.spacing() + self._lay_in_lines(below, acts, place=place)

    def _lay_acts(self, rect: QRect, acts: list[QLayoutItem], together: int, *, place: bool) -> int:
        """Put what can be done at the right end; how high it is."""
        left = rect.x() + rect.width() - together
        for act in acts:
            size = act.sizeHint()
            if place:
                act.setGeometry(QRect(left, rect.y(), size.width(), size.height()))
            left += size.width() + self.spacing()
        return max(act.sizeHint().height() for act in acts)


def _lay_words(rect: QRect, words: list[QLayoutItem], width: int, *, place: bool) -> int:
    """Put the words under one another in this width; how high they are."""
    top = rect.y()
    for item in words:
        height = _compute_height(item, width)
        if place:
            item.setGeometry(QRect(rect.x(), top, width, height))
        top += height + _UNDER_TITLE
    return max(0, top - _UNDER_TITLE - rect.y())


def _measure_in_one_line(item: QLayoutItem) -> int:
    label = item.widget()
    return label.fontMetrics().horizontalAdvance(label.text()) if isinstance(label, PlainLabel) else 0


def _compute_height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
