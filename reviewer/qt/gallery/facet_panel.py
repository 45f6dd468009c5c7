"""The panel at the left of the gallery: each facet with its values and counts, one click each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from reviewer.domain.search.facets import FACET_TITLES, Facet
from reviewer.qt.gallery.month_bars import MonthBars
from reviewer.qt.look.styling import set_style_property
from reviewer.qt.look.theme import Theme
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.services.search.facets import Facets, FacetValue, FacetValues

PANEL_WIDTH = 232
FOLDED_AT_FIRST = frozenset({Facet.CERTAINTY, Facet.BRANCH, Facet.CAMERA})
_FEW = 5
_BESIDE_NAME = 62
"""Edges, the box to tick and the gap before the count."""
_MASKED = "Masked in this case until a reading is complete."


class FacetPanel(QScrollArea):
    """`toggled`: a value was clicked; `months_chosen`: months from the bars, none to take them out;
    `cleared`: everything out; `folds_changed`: other facets are folded now; `left`: Esc, the keyboard goes
    elsewhere.

    With the keyboard, arrows go through heads and values, Space or Enter does what a click does, Left folds
    and Right unfolds.
    """

    toggled = Signal(str, str)
    months_chosen = Signal(list)
    cleared, folds_changed, left = Signal(), Signal(), Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("facetPanel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Narrow down")
        self._current: _Stop | None = None
        self._marked: QWidget | None = None
        inside = QWidget()
        inside.setObjectName("facets")
        column = make_column(inside, spacing=0, margins=(12, 8, 12, 16))
        column.addLayout(self._make_head())
        self.sections = {
            facet: _FacetSection(facet, self._take_fold) if facet is not Facet.MONTH else _MonthSection(self)
            for facet in Facet
        }
        for section in self.sections.values():
            section.toggled.connect(self.toggled)
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(inside)
        self.setFixedWidth(PANEL_WIDTH)

    def _make_head(self) -> QHBoxLayout:
        head = make_row(spacing=8)
        head.addWidget(PlainLabel("Narrow down", kind="strong"), 1)
        self._clear = _make_quiet_button("Clear")
        self._clear.setToolTip("Show all photographs again")
        self._clear.clicked.connect(self.cleared)
        head.addWidget(self._clear)
        return head

    def apply_theme(self, theme: Theme) -> None:
        wide = round(PANEL_WIDTH * (1.1 if theme.is_wide else 1) * min(1.3, theme.text_scale))
        self.setFixedWidth(wide)
        for section in self.sections.values():
            section.apply_theme(theme)
        self._give_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._give_width()

    def _give_width(self) -> None:
        """A name has what the box before it, the number after it and the bar for scrolling leave."""
        for section in self.sections.values():
            section.use_width(self.viewport().width() - _BESIDE_NAME)

    # folding

    @property
    def folded(self) -> frozenset[Facet]:
        return frozenset(facet for facet, section in self.sections.items() if section.is_folded)

    def fold(self, facets: Collection[Facet]) -> None:
        """Fold these and unfold all others; nobody is told."""
        for facet, section in self.sections.items():
            section.fold(facet in facets)

    def _take_fold(self) -> None:
        self.folds_changed.emit()

    # what is shown

    def show_facets(self, facets: Facets) -> None:
        self._clear.setEnabled(bool(facets.query))
        for values in facets.facets:
            self.sections[values.facet].show_values(values)
        self._mark_current()

    # the keyboard

    def _list_stops(self) -> dict[_Stop, QWidget]:
        """Everything that can be pressed, in order."""
        stops: dict[_Stop, QWidget] = {("", "clear"): self._clear} if self._clear.isEnabled() else {}
        for facet, section in self.sections.items():
            stops.update({(str(facet), name): widget for name, widget in section.list_stops()})
        return stops

    @property
    def current_words(self) -> str:
        """What the keyboard is at, in words."""
        stop = self._list_stops().get(self._current) if self._current is not None else None
        return stop.accessibleName() if stop is not None else ""

    def _mark_current(self) -> None:
        """Show where the keyboard is, while it is here; where that is gone, at the head of its facet."""
        stops = self._list_stops()
        if self._current is not None and self._current not in stops:
            self._current = (self._current[0], _HEAD)
        wanted = stops.get(self._current) if self._current is not None and self.hasFocus() else None
        if self._marked is not None and self._marked is not wanted:
            set_style_property(self._marked, "current", value=False)
        self._marked = wanted
        if wanted is not None:
            set_style_property(wanted, "current", value=True)
            self.ensureWidgetVisible(wanted, 0, 12)
            self.setAccessibleDescription(wanted.accessibleName())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        stops = self._list_stops()
        order, key = list(stops), event.key()
        at = order.index(self._current) if self._current in order else 0
        stop = stops[order[at]]
        steps = {
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(order),
        }
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if isinstance(stop, QToolButton | _ValueRow | MonthBars):
                stop.click()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._go_across(stop, Facet(order[at][0]) if order[at][0] else None, key == Qt.Key.Key_Right)
        elif key in steps:
            at = min(max(0, steps[Qt.Key(key)]), len(order) - 1)
        else:
            super().keyPressEvent(event)
            return
        self._current = order[at] if order[at] in self._list_stops() else (order[at][0], _HEAD)
        self._mark_current()

    def _go_across(self, stop: QWidget, facet: Facet | None, forwards: bool) -> None:
        """From month to month on the bars; elsewhere fold, or unfold."""
        if isinstance(stop, MonthBars):
            stop.step(1 if forwards else -1)
        elif facet is not None and self.sections[facet].is_folded is forwards:
            self.sections[facet].head.click()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._current = self._current or next(iter(self._list_stops()))
        self._mark_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark_current()


def _is_own(event: QKeyEvent) -> bool:
    return event.key() in _OWN_KEYS and not event.modifiers() & _OTHERS_KEYS


_Stop = tuple[str, str]
"""A facet and a value of it, or one of these; no facet for what is above all."""
_HEAD, _MORE, _BARS = "\0head", "\0more", "\0bars"
_OTHERS_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_OWN_KEYS = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Space,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Escape,
    }
)


class _FacetSection(QWidget):
    """One facet: a head that folds it, its values, and how many are not shown."""

    toggled = Signal(str, str)

    def __init__(self, facet: Facet, on_fold: Callable[[], None]) -> None:
        super().__init__()
        self.facet, self._on_fold = facet, on_fold
        self._values: FacetValues | None = None
        self._is_whole = False
        self._room = PANEL_WIDTH - _BESIDE_NAME
        self._rows: list[_ValueRow] = []
        column = make_column(self, spacing=0, margins=(0, 3, 0, 3))
        self.setObjectName("facetSection")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = make_row(spacing=4)
        self.head = _make_quiet_button(FACET_TITLES[facet])
        self.head.setObjectName("facetHead")
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setArrowType(Qt.ArrowType.DownArrow)
        self.head.clicked.connect(self._turn_fold)
        self.more = _make_quiet_button("")
        self.more.clicked.connect(self._turn_whole)
        head.addWidget(self.head)
        head.addStretch(1)
        head.addWidget(self.more)
        column.addLayout(head)
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(0, 0, 0, 4)
        self.column.setSpacing(0)
        self.said = PlainLabel("", kind="caption")
        self.said.setWordWrap(True)
        self.column.addWidget(self.said)
        column.addWidget(self.inside)
        self.more.hide()

    def apply_theme(self, theme: Theme) -> None:
        """Nothing is painted here."""

    def list_stops(self) -> Iterator[tuple[str, QWidget]]:
        """The head, and unless it is folded what can be pressed below it."""
        yield _HEAD, self.head
        if not self.is_folded:
            yield from ((row.value, row) for row in self._rows if not row.isHidden())
            if not self.more.isHidden():
                yield _MORE, self.more

    def use_width(self, room: int) -> None:
        """How wide a name may be."""
        self._room = room
        if self._values is not None:
            self.show_values(self._values)

    @property
    def is_folded(self) -> bool:
        return self.inside.isHidden()

    def fold(self, folded: bool) -> None:
        self.inside.setVisible(not folded)
        self.head.setArrowType(Qt.ArrowType.RightArrow if folded else Qt.ArrowType.DownArrow)
        self.head.setAccessibleName(f"{FACET_TITLES[self.facet]}, {'folded' if folded else 'unfolded'}")
        self._show_more()

    def _turn_fold(self) -> None:
        self.fold(not self.is_folded)
        self._on_fold()

    def _turn_whole(self) -> None:
        self._is_whole = not self._is_whole
        if self._values is not None:
            self.show_values(self._values)

    def show_values(self, values: FacetValues) -> None:
        """The first few, those that are chosen among them, or all of them."""
        self._values = values
        shown = values.values if self._is_whole else _take_few(values.values)
        while len(self._rows) < len(shown):
            row = _ValueRow()
            row.clicked.connect(lambda value: self.toggled.emit(str(self.facet), value))
            self._rows.append(row)
            self.column.addWidget(row)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                row.show_value(shown[place], self._room)
        self.said.setText(_MASKED if values.is_masked else "" if shown else "None here.")
        self.said.setVisible(bool(self.said.text()))
        self._show_more()

    def _show_more(self) -> None:
        values = self._values.values if self._values is not None else ()
        left = len(values) - len(_take_few(values))
        self.more.setAccessibleName(f"{FACET_TITLES[self.facet]}, {'fewer' if self._is_whole else 'more'}")
        self.more.setText("fewer" if self._is_whole else f"{left:,} more")
        self.more.setVisible(left > 0 and not self.is_folded)


def _take_few(values: tuple[FacetValue, ...]) -> tuple[FacetValue, ...]:
    """The first few, and of the others those that are chosen."""
    return tuple(value for place, value in enumerate(values) if place < _FEW or value.is_chosen)


class _MonthSection(_FacetSection):
    """Months as bars; a drag chooses a range."""

    def __init__(self, panel: FacetPanel) -> None:
        super().__init__(Facet.MONTH, panel.folds_changed.emit)
        self.bars = MonthBars()
        self.bars.chosen.connect(panel.months_chosen)
        self.bars.hide()
        self.column.addWidget(self.bars)

    def apply_theme(self, theme: Theme) -> None:
        self.bars.apply_theme(theme)

    def list_stops(self) -> Iterator[tuple[str, QWidget]]:
        yield from super().list_stops()
        if not self.is_folded and not self.bars.isHidden():
            yield _BARS, self.bars

    def show_values(self, values: FacetValues) -> None:
        self.bars.setVisible(bool(values.values))
        self.bars.show_months([(value.value, value.photos) for value in values.values], values.chosen)
        self.said.setText(_MASKED if values.is_masked else "" if values.values else "None here.")
        self.said.setVisible(bool(self.said.text()))


class _ValueRow(QWidget):
    """A box to tick with a name, and a count at the right."""

    clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("facetRow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.value = ""
        self._box = QCheckBox()
        self._box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box.setMinimumWidth(24)
        self._box.clicked.connect(lambda: self.clicked.emit(self.value))
        self._count = PlainLabel("", kind="quiet")
        row = make_row(self, spacing=4)
        row.addWidget(self._box, 1)
        row.addWidget(self._count)

    def click(self) -> None:
        """As a click with the mouse."""
        self._box.click()

    def show_value(self, value: FacetValue, room: int) -> None:
        self.value = value.value
        self.setAccessibleName(f"{value.name}, {value.photos:,} photographs")
        self._box.setChecked(value.is_chosen)
        self._count.setText(f"{value.photos:,}")
        room -= self._count.fontMetrics().horizontalAdvance(self._count.text())
        elided = self._box.fontMetrics().elidedText(value.name, Qt.TextElideMode.ElideRight, max(40, room))
        self._box.setText(elided.replace("&", "&&"))
        self._box.setAccessibleName(self.accessibleName())
        self._box.setToolTip(make_plain_tip(f"{value.name}: {value.photos:,} photographs"))


def _make_quiet_button(text: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName("quietButton")
    made.setText(text)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAutoRaise(True)
    return made
