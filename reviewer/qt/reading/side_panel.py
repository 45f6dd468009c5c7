"""The panel at the right: findings, quick tags, body map, note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QWidget

from reviewer.domain.commands.near_duplicate_commands import is_blank
from reviewer.domain.reading.reading import Conclusion, Reading, ReadingState
from reviewer.domain.vocabulary.body_map import MapPage
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.qt.reading.described_line import DescriptionLine
from reviewer.qt.reading.finding_detail import FindingDetail
from reviewer.qt.reading.finding_list import FindingList
from reviewer.qt.reading.note_field import NoteField
from reviewer.qt.reading.quick_tags import QuickTags
from reviewer.qt.reading.whole_photo import WholePhotoPanel
from reviewer.qt.widgets.body_map import BodyMapWidget
from reviewer.qt.widgets.elided_label import ClickedLabel
from reviewer.qt.widgets.fitting import make_scroll_area
from reviewer.qt.widgets.layouts import make_column
from reviewer.qt.widgets.map_switch import BodyMapWithPages
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip

WIDTH = 372
_NARROWEST, _MOST = 288, 0.45
_TALLEST_MAP = 320


class SidePanel(QFrame):
    """Puts the parts one under the other and shows one Reading in all of them.

    They scroll if type is large or the window small; the note below them is always there.
    """

    def __init__(self, vocabulary: Vocabulary, quick_tags: Sequence[str], maps: Sequence[MapPage]) -> None:
        super().__init__()
        self.setObjectName("side")
        self._wide = WIDTH
        names = vocabulary.region_names
        self._title = PlainLabel("Findings")
        self.findings = FindingList(vocabulary)
        self.detail = FindingDetail(vocabulary)
        self.quick_tags = QuickTags(quick_tags, vocabulary)
        self.body_map = BodyMapWidget(maps, names)
        self.body_map.setMaximumHeight(_TALLEST_MAP)
        self.maps = BodyMapWithPages(self.body_map)
        self.covers = ClickedLabel("covers", kind="quiet")
        self.covers.setAccessibleName("Coverage")
        self.described = DescriptionLine()
        self.note = NoteField()
        self.note.setFixedHeight(56)
        self.state = PlainLabel(kind="quiet")
        self.state.setWordWrap(True)
        self.whole = WholePhotoPanel()
        self._arrange()

    def _arrange(self) -> None:
        inner = QWidget()
        inner.setObjectName("sideInner")
        whole = make_column(self, spacing=4, margins=(0, 0, 0, 8))
        whole.addWidget(make_scroll_area(inner), 1)
        whole.addLayout(_make_padded_row(self.note, 0))
        column = make_column(inner, spacing=0)
        column.addLayout(_make_caption(self._title, "/  add"))
        column.addWidget(self.findings, 1)
        column.addWidget(self.detail)
        column.addLayout(_make_padded_row(self.state, 0))
        column.addLayout(_make_padded_row(self.whole, 0))
        column.addLayout(_make_padded_row(self.described, 4))
        column.addLayout(_make_caption(PlainLabel("Quick tags"), "1 to 9, 0 clears"))
        column.addLayout(_make_padded_row(self.quick_tags, 4))
        column.addLayout(_make_caption(PlainLabel("Body map"), "H to type, Shift+H turns, B hides"))
        column.addLayout(_make_padded_row(self.covers, 2))
        column.addLayout(_make_padded_row(self.maps, 0), 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())

    def scale_to(self, text_scale: float) -> None:
        """Give larger type the room it needs, but never most of the window."""
        self._wide = round(WIDTH * max(0.9, text_scale))
        split = self.parentWidget()
        if isinstance(split, QSplitter) and split.count() > 1:
            total = sum(split.sizes())
            wide = min(self._wide, round(_MOST * total))
            if self.width() < wide < total:
                split.setSizes([total - wide, wide])
        self.note.setFixedHeight(round(56 * text_scale))

    def show_covers(self, words: str) -> None:
        """What the photograph shows well enough to judge, in one line."""
        self.covers.setText(words or "Coverage: nothing marked (Shift+B, or click here)")
        self.covers.setToolTip(make_plain_tip(words))

    def show_reading(self, reading: Reading, selected: str, carried: str = "") -> None:
        """`carried` says where a Reading was carried over from, "" for a look of the reader's own."""
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
        self.note.show_note(reading.note)
        self.whole.show_reading(reading)
        self.state.setText(carried or _describe_state(reading))


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
    return " ".join(words) or "Nothing recorded yet: a tag, N, U or D."


def _make_caption(title: QLabel, keys: str) -> QHBoxLayout:
    hint = PlainLabel(keys)
    for label in (title, hint):
        label.setProperty("kind", "caption")
    row = QHBoxLayout()
    row.setContentsMargins(12, 6, 12, 4)
    row.addWidget(title)
    row.addStretch(1)
    row.addWidget(hint)
    return row


def _make_padded_row(widget: QWidget, below: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(12, 0, 12, below)
    row.addWidget(widget)
    return row
