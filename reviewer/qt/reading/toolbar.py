"""The toolbar of the reading screen: what one does on every photograph, with icon and word.

Going and drawing stand at the left; the answers about the whole photograph at the right, far from them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from reviewer.domain.geometry.mark import MarkShape
from reviewer.qt.canvas.tools import MARK_TOOLS, CanvasTool
from reviewer.qt.look.room import is_narrow
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.action_button import ActionButton, FindAction

_GOING = (
    ("go.previous-photo", "Previous", "previous"),
    ("go.next-photo", "Next", "next"),
)
_ADDING = (("finding.add", "Add finding", "add"),)
_DRAWING = (
    ("mark.select", "Select", "select"),
    ("mark.rectangle", "Rectangle", "rectangle"),
    ("mark.ellipse", "Ellipse", "ellipse"),
    ("mark.polygon", "Polygon", "polygon"),
    ("mark.freehand", "Freehand", "freehand"),
    ("mark.line", "Line", "line"),
    ("mark.point", "Point", "point"),
)
_UNDOING = (("reading.undo", "Undo", "undo"), ("reading.redo", "Redo", "redo"))
_ANSWERS = (
    ("reading.nothing-visible", "Nothing visible", "nothing-visible"),
    ("reading.not-assessable", "Not assessable", "not-assessable"),
    ("reading.set-aside", "Set aside", "set-aside"),
)
_LOSES_WORDS = (_DRAWING, _UNDOING, _GOING, _ADDING)
"""Where the window is narrow, words go in this order; the answers keep theirs, beside the icon."""


class ReadingToolbar(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._buttons: dict[str, ActionButton] = {}
        self._text_scale = 1.0
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 12, 2)
        row.setSpacing(2)
        self._lines: list[tuple[QFrame, Sequence[str]]] = []
        for number, group in enumerate((_GOING, _ADDING, _DRAWING, _UNDOING)):
            if number:
                line = _make_line()
                self._lines.append((line, [id_ for id_, _word, _icon in group]))
                row.addWidget(line)
            for id_, word, icon in group:
                row.addWidget(self._make_button(id_, word, icon))
        row.addStretch(1)
        for id_, word, icon in _ANSWERS:
            row.addWidget(self._make_button(id_, word, icon))
        row.addWidget(self._make_button("reading.complete-and-next", "Complete", "complete", is_main=True))
        for id_, _word, _icon in _DRAWING:
            self._buttons[id_].setCheckable(True)
        self.show_tool(None)

    def _make_button(self, id_: str, word: str, icon: str, *, is_main: bool = False) -> ActionButton:
        button = ActionButton(id_, word, icon, is_main=is_main)
        self._buttons[id_] = button
        return button

    def use_actions(self, find: FindAction) -> None:
        for button in self._buttons.values():
            button.use_action(find)
        for line, ids in self._lines:  # a window for viewing only offers none of some groups
            line.setVisible(not all(self._buttons[id_].isHidden() for id_ in ids))
        for id_, _word, _icon in _DRAWING:  # a click on what is on leaves it on
            self._buttons[id_].clicked.connect(lambda: self.show_tool(self._tool))

    def show_tool(self, tool: CanvasTool | None) -> None:
        """Which shape the mouse draws; None for selecting."""
        self._tool = tool
        for shape in MarkShape:
            self._buttons[f"mark.{shape}"].setChecked(tool is not None and MARK_TOOLS[shape] == tool)
        self._buttons["mark.select"].setChecked(tool is None)

    def apply_theme(self, theme: Theme) -> None:
        self._text_scale = theme.text_scale
        for button in self._buttons.values():
            button.apply_theme(theme)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All words, or as few of them gone as makes all buttons fit; none of the buttons ever goes. With
        large type only the answers have words, at last without their icons."""
        under, beside = (
            Qt.ToolButtonStyle.ToolButtonTextUnderIcon,
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
        )
        for lost in range(len(_LOSES_WORDS) + 1):
            wordless = {id_ for group in _LOSES_WORDS[:lost] for id_, _word, _icon in group}
            if not is_narrow(self.window(), self._text_scale) and self._fits(wordless, under):
                return
        if self.width() and not self._fits(wordless, beside):
            self._fits(wordless, Qt.ToolButtonStyle.ToolButtonTextOnly)

    def _fits(self, wordless: set[str], with_word: Qt.ToolButtonStyle) -> bool:
        """Whether all buttons are whole in these styles, in which they are now."""
        self._set_styles(wordless, with_word)
        return self.sizeHint().width() <= self.width()

    def _set_styles(self, wordless: set[str], with_word: Qt.ToolButtonStyle) -> None:
        for id_, button in self._buttons.items():
            style = Qt.ToolButtonStyle.ToolButtonIconOnly if id_ in wordless else with_word
            button.setToolButtonStyle(style)
        layout = self.layout()
        if layout is not None:
            layout.invalidate()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @property
    def buttons(self) -> Sequence[ActionButton]:
        return tuple(self._buttons.values())


def _make_line() -> QFrame:
    line = QFrame()
    line.setObjectName("toolbarLine")
    line.setFixedWidth(1)
    return line
