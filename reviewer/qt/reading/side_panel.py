"""The panel at the right: findings, quick tags, body map, note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from reviewer.domain.commands.near_duplicate_commands import is_blank
from reviewer.domain.reading.reading import Conclusion, Reading, ReadingState
from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.reading.finding_detail import FindingDetail
from reviewer.qt.reading.finding_list import FindingList
from reviewer.qt.reading.lower_part import MAP, NOTE, TAGS, LowerPart, make_line
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

_NARROWEST, _EDGE, _HEAD_EDGE = 288, 12, 6
"""A button without a frame stands with its words, not with its edge, where the others end."""
_NOTE_LINES, _MORE_NOTE_LINES = 3, 5
_FACTS_WIDE, _FACTS_WIDER, _WIDER_BELOW, _BESIDE_FACTS = 116, 146, 900, 8
"""In a window lower than that the words beside the figures have one line each, and so need to be wider."""
_SHAPES = ((2, 3, False), (1, 3, False), (0, 3, False), (0, 2, False), (0, 2, True), (0, 1, True))
"""How much is on top, rows of the list, whether there are tabs: the most that fits is chosen."""
_WITH_FACTS_FROM, _WITH_SUM_FROM = 440, 1300
"""Width of the panel, and height of the window with type as it comes, from which more is on top."""


class SidePanel(QFrame):
    """Puts the parts one under the other and shows one Reading in all of them.

    Each part has a place that does not depend on the Reading, so that nothing jumps. Where the panel is low,
    the list has two rows instead of three; where it is lower still, the lower part has tabs.
    """

    def __init__(self, vocabulary: Vocabulary, quick_tags: Sequence[str], maps: Sequence[MapPage]) -> None:
        super().__init__()
        self.setObjectName("side")
        self._is_fitting, self._text_scale = False, 1.0
        self._is_for_looking_only = False
        self._top: list[tuple[QWidget, QWidget, Callable[[], None]]] = []
        self._later = make_single_shot_timer(self, 0, self._fit)  # once what is in it has its typeface
        names = vocabulary.region_names
        self._title, self._count = PlainLabel("Findings", kind="strong"), PlainLabel(kind="quiet")
        self._below = ElidedLabel("findingsBelow", kind="caption")
        self.add = KeyedButton("finding.add", "Add finding", is_quiet=True)
        self.findings = FindingList(vocabulary)
        self.detail = FindingDetail(vocabulary)
        self.whole = WholePhotoPanel((self.detail.then, self.detail.look_alikes))
        self.quick_tags = QuickTags(quick_tags, vocabulary)
        self.edit_tags = KeyedButton("finding.choose-quick-tags", "Edit", is_keyless=True, is_quiet=True)
        self._mine = PlainLabel("mine", kind="quiet")
        self.coverage = KeyedButton("coverage.mark", "Coverage", is_quiet=True)
        self._vocabulary = vocabulary
        self._heads: list[QWidget] = []
        self.body_map = BodyMapWidget(maps, names, is_bare=True)
        self.covers = ClampedLabel("covers", 2, kind="plain caption")
        self.covers.setAccessibleName("Coverage")
        self.legend = MapLegend()
        self.show_again = KeyedButton("view.body-map", "Show the body map", is_quiet=True)
        self.show_again.hide()
        self.maps = BodyMapWithPages(self.body_map, self._make_facts())
        self.note = NoteField()
        self.sections = LowerPart(
            {TAGS: self._make_tags(), MAP: self._make_map(), NOTE: self._make_note()}, {MAP: 1}
        )
        self._arrange()
        self.show_quick_tags(quick_tags)
        self.findings.verticalScrollBar().valueChanged.connect(self._count_below)

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
        head = make_row(spacing=8, margins=(_EDGE, 2, _HEAD_EDGE, 2))
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addWidget(self._below, 1)
        head.addWidget(self.add)
        self._column.addLayout(head)
        self._column.addWidget(self.findings)
        middle = make_column(spacing=4, margins=(_EDGE, 6, _HEAD_EDGE, 4))
        said = make_row(spacing=0, margins=(0, 0, _EDGE - _HEAD_EDGE, 0))
        said.addWidget(self.detail)
        middle.addLayout(said)
        middle.addWidget(self.whole)
        self._column.addLayout(middle)
        self._column.addWidget(self.sections, 1)

    def _make_tags(self) -> QWidget:
        section = QWidget()
        section.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = make_column(section, spacing=0, margins=(0, 2, 0, 8))
        column.addWidget(self._make_head("Quick tags", self._mine, self.edit_tags))
        tags = make_column(spacing=0, margins=(_EDGE, 0, _EDGE, 0))
        tags.addWidget(self.quick_tags)
        column.addLayout(tags)
        return section

    def _make_head(self, name: str, beside: QWidget | None, *acts: QWidget) -> QWidget:
        """The name of a part, what stands quietly beside it, and what can be done with it at the right."""
        head = QWidget()
        row = make_row(head, spacing=8, margins=(_EDGE, 0, _HEAD_EDGE, 2))
        title = PlainLabel(name, kind="strong")
        self._heads.append(title)
        row.addWidget(title)
        if beside is not None:
            row.addWidget(beside)
        row.addStretch(1)
        for act in acts:
            row.addWidget(act)
        return head

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
        column = make_column(section, spacing=0, margins=(0, 2, 0, 4))
        column.addWidget(self._make_head("Body map", None, self.whole.nothing_else, self.coverage))
        maps = make_column(spacing=0, margins=(_EDGE, 0, _EDGE, 0))
        maps.addWidget(self.maps)
        maps.addWidget(self.show_again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(maps, 1)
        return section

    def _make_note(self) -> QWidget:
        section = QWidget()
        make_column(section, spacing=0, margins=(_EDGE, 4, _EDGE, 8)).addWidget(self.note)
        section.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.note.wanted.connect(lambda: self.sections.turn_to(NOTE))
        return section

    def show_for_looking_only(self) -> None:
        """Nothing can be written: no quick tags, a note that is only read, and no word of what to press."""
        self._is_for_looking_only = True
        self.sections.leave_out_tags()
        self.note.setReadOnly(True)

    def use_actions(self, find: FindAction) -> None:
        for button in (self.add, self.edit_tags, self.coverage, self.show_again):
            button.use_action(find)
        self.quick_tags.use_actions(find)
        self.detail.use_actions(find)
        self.whole.use_actions(find)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, 0)

    # how large things are

    def scale_to(self, text_scale: float) -> None:
        """Give larger type the room it needs."""
        self._text_scale = max(1.0, text_scale)
        self._later.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The window may have changed while another screen was on: what was hidden is measured now."""
        super().showEvent(event)
        self._later.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_later"):
            self._later.start()

    def _fit(self) -> None:
        """As many rows, and as much side by side, as there is room for."""
        if self._is_fitting:
            return
        self._is_fitting = True
        self._facts.setFixedWidth(self._choose_width_of_facts())
        self.sections.measure_own(self._choose_shape)
        self._is_fitting = False
        self._count_below()

    def _choose_width_of_facts(self) -> int:
        """Wider in a low window, as far as the figures keep the room they need."""
        least = round(_FACTS_WIDE * self._text_scale)
        if self.window().height() >= _WIDER_BELOW * self._text_scale:
            return least
        room = self.width() - 2 * _EDGE - _BESIDE_FACTS - self.body_map.minimumWidth()
        return max(least, min(room, round(_FACTS_WIDER * self._text_scale)))

    def _choose_shape(self) -> None:
        line = self.note.fontMetrics().lineSpacing()
        self.quick_tags.fit_to(self.width() - 2 * _EDGE)
        fits = False
        most = self._count_room_on_top()
        for on_top, rows, tabbed in (shape for shape in _SHAPES if shape[0] <= most):
            self._show_top(on_top)
            lines = _MORE_NOTE_LINES if on_top or tabbed else _NOTE_LINES
            self.note.setFixedHeight(lines * line + 12)
            self.findings.show_rows(rows)
            self.sections.set_tabbed(tabbed)
            for title in self._heads:
                title.setVisible(not tabbed)
            if fits := self._compute_needed_height() <= self.height():
                break
        if not fits:
            bar = self._area.verticalScrollBar().sizeHint().width()
            self.quick_tags.fit_to(self.width() - 2 * _EDGE - bar)

    def put_on_top(self, widget: QWidget, fit: Callable[[], None]) -> None:
        """Give a wide panel something above the findings, below what was put there before; `fit` is called
        where there is room for it."""
        line = make_line()
        for place, part in enumerate((widget, line)):
            part.hide()
            self._column.insertWidget(2 * len(self._top) + place, part)
        self._top.append((widget, line, fit))

    def _count_room_on_top(self) -> int:
        """How many parts there may be on top: none in a narrow panel, the second only in a high window."""
        if self.width() < _WITH_FACTS_FROM:
            return 0
        return 2 if self.window().height() >= _WITH_SUM_FROM * self._text_scale else 1

    def _show_top(self, count: int) -> None:
        for place, (widget, line, fit) in enumerate(self._top):
            widget.setVisible(place < count)
            line.setVisible(place < count)
            if place < count:
                fit()

    def _compute_needed_height(self) -> int:
        for part in (*self.sections.findChildren(QWidget), self.sections):
            layout = part.layout()
            if layout is not None:
                layout.invalidate()
        self._column.invalidate()
        return self._column.totalMinimumSize().height()

    # what is shown

    def toggle_map(self) -> None:
        """Hide the figures and their signs, or show them again, as the button in their place does."""
        hidden = self.body_map.isHidden()
        self.maps.show_figures(hidden)
        self.legend.setVisible(hidden)
        self.show_again.setVisible(not hidden)
        if hidden:
            self.sections.turn_to(MAP)
        self._fit()

    def turn_map(self) -> None:
        """Show other figures."""
        self.sections.turn_to(MAP)
        self.body_map.next_page()

    def show_quick_tags(self, terms: Sequence[str]) -> None:
        """Other nine Terms, and whether they are the examiner's own."""
        self.quick_tags.show_terms(terms)
        self._mine.setVisible(tuple(terms) != tuple(self._vocabulary.quick_tags))

    def show_covers(self, words: str) -> None:
        """What the photograph shows well enough to judge."""
        self.covers.setText(words or "Coverage: nothing said")
        self.covers.setToolTip(
            make_plain_tip(f"{words}\n{add_key('A click marks what is shown', 'coverage.mark')}".strip())
        )

    def show_reading(self, reading: Reading, selected: str, carried: str = "") -> None:
        """`carried` says where a Reading was carried over from, "" for a look of the examiner's own."""
        finding = reading.finding(selected)
        count = len(reading.findings)
        self._count.setText(f"{count:,}" if count else "")
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
        can_write = not self._is_for_looking_only
        words = carried or _describe_state(reading, can_write=can_write)
        self.state.setText(words if words != _NOTHING else _NOTHING_SHORT)
        self.state.short = "Carried over" if carried else _name_state(reading)
        self.state.setToolTip(make_plain_tip(words))
        is_new = words == _NOTHING and can_write
        self.findings.say_empty(_NOTHING if is_new else "No finding on this photograph.")
        regions = any(finding.regions for finding in reading.findings)
        self.sections.show_contents({TAGS: bool(count), MAP: regions, NOTE: bool(reading.note)})
        self._count_below()

    def _count_below(self) -> None:
        more = self.findings.count_below()
        self._below.setText(f"{more:,} more below" if more else "")


_NOTHING_SHORT = "Unread"
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
    return str(reading.conclusion).partition(" in ")[0].capitalize() or "Begun"


def _describe_state(reading: Reading, *, can_write: bool) -> str:
    """What is said of the whole Photo, and how far its Reading is; what to press only to who can write."""
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
        words.append("Begun: Complete ends the reading." if can_write else "Begun.")
    return " ".join(words) or _NOTHING
