"""What is measured: roles of type, colours with their contrast, steps of space, corners, icons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from reviewer.qt.look.contrast import compute_contrast
from reviewer.qt.look.icons import paint_icon
from reviewer.qt.look.theme import Theme, get_worn_theme
from reviewer.qt.widgets.flow_row import FlowRow
from reviewer.qt.widgets.layouts import make_column, make_grid, make_row
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.system.resources import find_resource

COLOURS = {
    "window": "ground, rail, toolbar",
    "panel": "header, side panel, lists",
    "raised": "buttons, menus, popups",
    "field": "inputs",
    "canvas": "around every photograph",
    "plate": "behind words on a photograph",
    "canvas_text": "words on the canvas",
    "hover": "under the pointer",
    "pressed": "held",
    "on": "switched on",
    "on_edge": "edge of what is on",
    "line": "hairlines",
    "edge": "edge of buttons and boxes",
    "border": "edge of inputs",
    "text": "words, the main button",
    "quiet": "captions, keys",
    "off": "what cannot be done now",
    "main_text": "words on the main button",
    "main_hover": "main button under the pointer",
    "accent": "here: focus, selected row",
    "accent_fill": "ground of the selected row",
    "warn": "warning, with sign and word",
    "alarm": "error, with sign and word",
    "figure_present": "bars of figures: present",
    "figure_absent": "bars of figures: absent",
    "mark": "marks on the photograph",
    "mark_selected": "the selected mark",
}
"""What each colour of a theme is for."""
ROLES = (
    ("page", "Findings, by individuals", "page", "one to a page"),
    ("title", "901-7509 / 119", "title", "name of a screen or a case"),
    ("strong", "Ligature mark", "body", "heads of sections, values"),
    ("", "photo 3 of 5, individual 14 of 51", "body", "all else"),
    ("caption", "neck, front, probable", "caption", "second lines, keys, heads of tables"),
)
"""Kind of a label, a sample of it, the role whose size it has, what it is for."""
SPACES, CORNERS = (4, 8, 12, 16, 24, 32, 48), ((4, "controls, rows"), (8, "panels, popups"), (12, "dialogs"))
ICON_SIDES = (16, 18, 20, 24)
_COLUMNS, _TALL = 2, 32


class TypeSample(QWidget):
    """Each role of type with its size in pixels now."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(32)
        grid.setColumnStretch(1, 1)
        self._sizes = []
        for row, (kind, sample, _role, _use) in enumerate(ROLES):
            size = PlainLabel(kind="quiet")
            size.setWordWrap(True)
            grid.addWidget(PlainLabel(sample, kind=kind), row, 0)
            grid.addWidget(size, row, 1)
            self._sizes.append(size)

    def show_theme(self, theme: Theme) -> None:
        for label, (kind, _sample, role, use) in zip(self._sizes, ROLES, strict=True):
            label.setText(f"{kind or 'body'}, {theme.pixels(role)} px: {use}")


class ColourSample(QWidget):
    """Each colour with what it is for, and how far it is from the ground of panels."""

    def __init__(self) -> None:
        super().__init__()
        grid = make_grid(self, across=32, down=8)
        self._captions = {}
        lines = -(-len(COLOURS) // _COLUMNS)
        for place, name in enumerate(COLOURS):
            caption = PlainLabel(kind="caption")
            caption.setWordWrap(True)
            texts = make_column(spacing=0)
            texts.addWidget(PlainLabel(name.replace("_", " "), kind="strong"))
            texts.addWidget(caption)
            row = make_row(spacing=12)
            row.addWidget(_ColourPatch(name))
            row.addLayout(texts, 1)
            grid.addLayout(row, place % lines, place // lines)
            self._captions[name] = caption

    def show_theme(self, theme: Theme) -> None:
        panel = theme.colour("panel")
        for name, caption in self._captions.items():
            contrast = compute_contrast(theme.colour(name), panel)
            caption.setText(f"{theme.colours[name]}, {COLOURS[name]}; {contrast:.1f} : 1 on panel")


class _ColourPatch(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(f"Colour: {name}")
        self.setFixedSize(_TALL, _TALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), get_worn_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour(self._name))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


class SpaceSample(QWidget):
    """The steps of space, and the corners."""

    def __init__(self) -> None:
        super().__init__()
        row = FlowRow(24)
        for pixels in SPACES:
            row.addWidget(_make_named(_Gap(pixels), str(pixels)))
        for corner, use in CORNERS:
            row.addWidget(_make_named(_Corner(corner), f"{corner}: {use}"))
        self.setLayout(row)


def _make_named(shown: QWidget, words: str) -> QWidget:
    named = QWidget()
    column = make_column(named, spacing=4)
    column.addWidget(shown, 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(PlainLabel(words, kind="caption"))
    return named


class _Gap(QWidget):
    def __init__(self, pixels: int) -> None:
        super().__init__()
        self.setFixedSize(pixels + 2, _TALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), get_worn_theme()
        painter.fillRect(self.rect(), theme.colour("accent"))
        painter.fillRect(self.rect().adjusted(1, 0, -1, 0), theme.colour("accent_fill"))
        painter.end()


class _Corner(QWidget):
    def __init__(self, radius: int) -> None:
        super().__init__()
        self._radius = radius
        self.setFixedSize(2 * _TALL, _TALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), get_worn_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(theme.colour("raised"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, self._radius, self._radius)
        painter.end()


class IconSample(QWidget):
    """Every icon of the program in the four sizes it is drawn in, with its name."""

    def __init__(self) -> None:
        super().__init__()
        row = FlowRow(16)
        for path in sorted(find_resource("icons").glob("*.svg")):
            row.addWidget(_IconInSizes(path.stem))
        self.setLayout(row)


class _IconInSizes(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(f"Icon: {name}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        wide = max(metrics.horizontalAdvance(self._name), sum(ICON_SIDES) + 8 * (len(ICON_SIDES) - 1))
        return QSize(wide, max(ICON_SIDES) + 4 + metrics.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, left = QPainter(self), get_worn_theme(), 0
        for side in ICON_SIDES:
            paint_icon(painter, self._name, theme.colour("text"), left, max(ICON_SIDES) - side, side)
            left += side + 8
        painter.setFont(QFont(self.font()))
        painter.setPen(theme.colour("quiet"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, self._name)
        painter.end()
