"""Type, colours, space, icons and widgets of the window, in the theme that is worn."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from reviewer.qt.design.samples import ButtonSample, FieldSample, ListSample, ToolbarSample
from reviewer.qt.design.tokens import ColourSample, IconSample, SpaceSample, TypeSample
from reviewer.qt.look.dressing import dress, wear_theme
from reviewer.qt.look.theme import DARK, LIGHT, Theme, get_worn_theme, load_theme
from reviewer.qt.widgets.page import Page
from reviewer.qt.widgets.plain_text import PlainLabel
from reviewer.qt.widgets.segments import SegmentRow

_ABOUT = "Neutral grey; one accent, for what is here; nothing is said by colour alone."
_THEMES, _SCALES = (DARK, LIGHT), (1.0, 1.5, 2.0)


class DesignPage(Page):
    """Theme and size of type are chosen at the top, for this page alone: nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__("Design system", _ABOUT, 1200)
        self.setWindowTitle("reviewer: design system")
        theme = get_worn_theme()
        self.themes = SegmentRow(("Dark", "Light"), _THEMES.index(theme.name))
        self.scales = SegmentRow([f"{scale:.0%}".replace("%", " %") for scale in _SCALES])
        for row in (self.themes, self.scales):
            row.chosen.connect(lambda _place: self._wear())
            self.head.add_act(row)
        self._type, self._colours, self._toolbar = TypeSample(), ColourSample(), ToolbarSample()
        for title, sample in (
            ("Type", self._type),
            ("Colours", self._colours),
            ("Space and corners", SpaceSample()),
            ("Buttons", ButtonSample()),
            ("Toolbar", self._toolbar),
            ("Fields and choices", FieldSample()),
            ("Boxes, lists and tables", ListSample()),
            ("Icons", IconSample()),
        ):
            self._add(title, sample)
        self.column.addStretch(1)
        dress(self)
        self.apply_theme(theme)

    def _add(self, title: str, sample: QWidget) -> None:
        self.column.addSpacing(12)
        self.column.addWidget(PlainLabel(title, kind="strong"))
        self.column.addWidget(sample)

    def _wear(self) -> None:
        theme = load_theme(_THEMES[self.themes.current], _SCALES[self.scales.current])
        application = QApplication.instance()
        if isinstance(application, QApplication):
            wear_theme(application, theme, lambda _part: False)
        self.apply_theme(theme)

    def compute_whole_height(self) -> int:
        """Pixels that all of it takes at its width, so that nothing scrolls."""
        area = self.findChild(QScrollArea)
        whole = area.widget() if area is not None else None
        layout = whole.layout() if whole is not None else None
        return layout.totalHeightForWidth(self.width()) if layout is not None else self.height()

    def apply_theme(self, theme: Theme) -> None:
        """Say the sizes and contrasts of this theme."""
        for sample in (self._type, self._colours, self._toolbar):
            sample.show_theme(theme)
