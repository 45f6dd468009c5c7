"""The panel at the right: findings, quick tags, body map, note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from reviewer.domain.commands.near_duplicate_commands import is_blank
from reviewer.domain.reading.reading import Conclusion, Reading, ReadingState
from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.reading.finding_detail import FindingDetail
from reviewer.qt.reading.finding_list import FindingList
from reviewer.qt.reading.lower_part import MAP, NOTE, TAGS, LowerPart
from reviewer.qt.reading.note_field import NoteField
from reviewer.qt.reading.quick_tags import QuickTags
from reviewer.qt.reading.whole_photo import WholePhotoPanel
from reviewer.qt.widgets.action_button import FindAction
from reviewer.qt.widgets.body_map import BodyMapWidget
from reviewer.qt.widgets.clamped_label import ClampedLabel
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.fitting import make_scroll_area
from reviewer.qt.widgets.keyed_button import KeyedButton
from reviewer.qt.widgets.layouts import make_column, make_row
from reviewer.qt.widgets.map_legend import MapLegend
from reviewer.qt.widgets.map_switch import BodyMapWithPages
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.qt.widgets.timers import make_single_shot_timer

_NARROWEST, _EDGE = 288, 12
_NOTE_LINES, _MORE_NOTE_LINES = 3, 5
_FACTS_WIDE = 116
_SHAPES = ((True, 3, False), (False, 3, False), (False, 2, False), (False, 2, True), (False, 1, True))
"""Whether facts are on top, rows of the list, whether there are tabs: the most that fits is chosen."""
_WITH_FACTS_FROM = 440


class SidePanel(QFrame):
    """Puts the parts one under the other and shows one Reading in all of them.

    Each part has a place that does not depend on the Reading, so that nothing jumps. Where the panel is low,
    the list has two rows instead of three; where it is lower still, the lower part has tabs.
    `action_wanted` carries the id of an action.
    """

    action_wanted = Signal(str)

    def __init__(self, vocabulary: Vocabulary, quick_tags: Sequence[str], maps: Sequence[MapPage]) -> None:
        super().__init__()
        self.setObjectName("side")
        self._is_fitting = False
        self._top: QWidget | None = None
        self._fit_top: Callable[[], None] = lambda: None
        self._later = make_single_shot_timer(self, 0, self._fit)  # once what is in it has its typeface
        names = vocabulary.region_names
        self._title = PlainLabel("Findings", kind="strong")
        self._below = ElidedLabel("findingsBelow", kind="caption")
        self.add = KeyedButton("finding.add", "Add finding", is_low=True)
        self.findings = FindingList(vocabulary)
        self.detail = FindingDetail(vocabulary)
        self.whole = WholePhotoPanel()
        self.quick_tags = QuickTags(quick_tags, vocabulary)
        self.edit_tags = KeyedButton("finding.choose-quick-tags", "Edit", is_keyless=True, is_low=True)
        self.body_map = BodyMapWidget(maps, names, is_bare=True)
        self.covers = ClampedLabel("covers", 2, kind="plain caption")
        self.covers.setAccessibleName("Coverage")
        self.legend = MapLegend()
        self.maps = BodyMapWithPages(self.body_map, self._make_facts())
        self.note = NoteField()
        self.sections = LowerPart(
            {TAGS: self._make_tags(), MAP: self._make_map(), NOTE: self._make_note()}, {MAP: 1}
        )
        self._arrange()
        self.findings.verticalScrollBar().valueChanged.connect(self._count_below)
        for button in (self.add, self.edit_tags):
            button.clicked.connect(lambda _on, button=button: self.action_wanted.emit(button.action_id))

    @property
    def state(self) -> ElidedLabel:
        """What says how far the Reading is."""
        return self.whole.state

    def _arrange(self) -> None:
        inner = QWidget()
        inner.setObjectName("sideInner")
        self._area = make_scroll_area(inner)
        make_column(self, spacing=0).addWidget(self._area)
        self._column = make_column(inner, spacing=0)
        head = make_row(spacing=8, margins=(_EDGE, 2, _EDGE, 2))
        head.addWidget(self._title)
        head.addWidget(self._below, 1)
        head.addWidget(self.add)
        self._column.addLayout(head)
        self._column.addWidget(self.findings)
        middle = make_column(spacing=4, margins=(_EDGE, 6, _EDGE, 6))
        middle.addWidget(self.detail)
        middle.addWidget(self.whole)
        self._column.addLayout(middle)
        self._column.addWidget(self.sections, 1)

    def _make_tags(self) -> QWidget:
        section = QWidget()
        section.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = make_column(section, spacing=0, margins=(_EDGE, 2, _EDGE, 8))
        head = make_row(spacing=8, margins=(0, 0, 0, 2))
        head.addWidget(PlainLabel("Quick tags", kind="strong"), 1)
        head.addWidget(self.edit_tags)
        column.addLayout(head)
        column.addWidget(self.quick_tags)
        return section

    def _make_facts(self) -> QWidget:
        """What stands at the right of the figures: what is shown, what was looked for, the signs."""
        facts = QWidget()
        facts.setFixedWidth(_FACTS_WIDE)
        column = make_column(facts, spacing=2)
        column.addWidget(self.covers)
        column.addWidget(self.whole.line)
        column.addSpacing(4)
        column.addWidget(self.legend)
        column.addStretch(1)
        self._facts = facts
        return facts

    def _make_map(self) -> QWidget:
        section = QWidget()
        make_column(section, spacing=0, margins=(_EDGE, 4, _EDGE, 4)).addWidget(self.maps)
        return section

    def _make_note(self) -> QWidget:
        section = QWidget()
        make_column(section, spacing=0, margins=(_EDGE, 4, _EDGE, 8)).addWidget(self.note)
        section.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.note.wanted.connect(lambda: self.sections.turn_to(NOTE))
        return section

    def use_actions(self, find: FindAction) -> None:
        for button in (self.add, self.edit_tags):
            button.use_action(find)
        self.detail.use_actions(find)
        self.whole.use_actions(find)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, 0)

    # how large things are

    def scale_to(self, text_scale: float) -> None:
        """Give larger type the room it needs."""
        self._facts.setFixedWidth(round(_FACTS_WIDE * max(1.0, text_scale)))
        self._later.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_later"):
            self._later.start()

    def _fit(self) -> None:
        """As many rows, and as much side by side, as there is room for."""
        if self._is_fitting:
            return
        self._is_fitting = True
        line = self.note.fontMetrics().lineSpacing()
        self.detail.fit_line()
        self.quick_tags.fit_to(self.width() - 2 * _EDGE)
        fits = False
        for on_top, rows, tabbed in _SHAPES[0 if self.width() >= _WITH_FACTS_FROM else 1 :]:
            self._show_top(on_top)
            lines = _MORE_NOTE_LINES if on_top or tabbed else _NOTE_LINES
            self.note.setFixedHeight(lines * line + 12)
            self.findings.show_rows(rows)
            self.sections.set_tabbed(tabbed)
            if fits := self._compute_needed_height() <= self.height():
                break
        if not fits:
            bar = self._area.verticalScrollBar().sizeHint().width()
            self.quick_tags.fit_to(self.width() - 2 * _EDGE - bar)
        self._is_fitting = False
        self._count_below()

    def put_on_top(self, widget: QWidget, fit: Callable[[], None]) -> None:
        """Give a wide panel something above the findings; `fit` is called where there is room for it."""
        self._top, self._fit_top = widget, fit
        widget.hide()
        self._column.insertWidget(0, widget)

    def _show_top(self, shown: bool) -> None:
        if self._top is not None:
            self._top.setVisible(shown)
            if shown:
                self._fit_top()

    def _compute_needed_height(self) -> int:
        for part in (*self.sections.findChildren(QWidget), self.sections):
            layout = part.layout()
            if layout is not None:
                layout.invalidate()
        self._column.invalidate()
        return self._column.totalMinimumSize().height()

    # what is shown

    def toggle_map(self) -> None:
        """Hide the figures, or show them again."""
        hidden = self.body_map.isHidden()
        self.maps.show_figures(hidden)
        if hidden:
            self.sections.turn_to(MAP)
        self._fit()

    def turn_map(self) -> None:
        """Show other figures."""
        self.sections.turn_to(MAP)
        self.body_map.next_page()

    def show_covers(self, words: str) -> None:
        """What the photograph shows well enough to judge."""
        self.covers.setText(words or "Coverage: nothing marked")
        self.covers.setToolTip(make_plain_tip(f"{words}\nA click, or Shift+B, marks what is shown.".strip()))

    def show_reading(self, reading: Reading, selected: str, carried: str = "") -> None:
        """`carried` says where a Reading was carried over from, "" for a look of the examiner's own."""
        finding = reading.finding(selected)
        count = len(reading.findings)
        self._title.setText(f"Findings  {count}" if count else "Findings")
        self.findings.show_reading(reading, selected)
        self.detail.show_finding(finding)
        self.quick_tags.show_reading(reading)
        others = [
            region for finding in reading.findings if finding.id != selected for region in finding.regions
        ]
        self.body_map.show_regions(finding.regions if finding else (), others)
        self.body_map.show_coverage(reading.coverage)
        self.legend.show_levels(self.body_map.list_levels())
        self.note.show_note(reading.note)
        self.whole.show_reading(reading)
        words = carried or _describe_state(reading)
        self.state.setText(words if words != _NOTHING else _NOTHING_SHORT)
        self.state.short = "Carried over" if carried else _name_state(reading)
        self.state.setToolTip(make_plain_tip(words))
        self.findings.say_empty(_NOTHING if words == _NOTHING else "No finding on this photograph.")
        regions = any(finding.regions for finding in reading.findings)
        self.sections.show_contents({TAGS: bool(count), MAP: regions, NOTE: bool(reading.note)})
        self._count_below()

    def _count_below(self) -> None:
        more = self.findings.count_below()
        self._below.setText(f"{more:,} more below" if more else "")


_NOTHING_SHORT = "Not begun"
_NOTHING = (
    "Nothing is recorded yet. Press a quick tag or Add finding, or say above that nothing is visible or that "
    "the photograph cannot be assessed."
)


def _name_state(reading: Reading) -> str:
    """The same in a word or two, where there is little room."""
    if reading.state is ReadingState.COMPLETE:
        return "Complete"
    if reading.state is ReadingState.SET_ASIDE:
        return "Set aside"
    return str(reading.conclusion).partition(" in ")[0].capitalize() or "Open"


def _describe_state(reading: Reading) -> str:
    """What is said of the whole Photo, and how far its Reading is."""
    words = []
    if reading.conclusion is Conclusion.NOTHING_VISIBLE:
        words.append("Nothing visible in the assessable regions.")
    elif reading.conclusion is Conclusion.NOT_ASSESSABLE:
        words.append(f"Not assessable: {reading.reason}.")
    if reading.state is ReadingState.COMPLETE:
        words.append("Reading complete.")
    elif reading.state is ReadingState.SET_ASIDE:
        words.append("Set aside.")
    elif reading.findings or (reading.changed_at and not is_blank(reading)):
        words.append("Open: Enter completes it.")
    return " ".join(words) or _NOTHING
