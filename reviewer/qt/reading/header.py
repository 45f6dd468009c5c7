"""What the line above the photograph says: whose photograph it is, and where one is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.domain.commands.near_duplicate_commands import DETECTION_LIMIT
from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.qt.actions.worn_keys import add_key
from reviewer.qt.widgets.elided_label import ElidedLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.services.worklist.worklist import Worklist

_SPACE = 16
_GAPS_SHORT = "Parts never shown"


class ReadingHeader(QWidget):
    """Says whose photograph is on screen, which of hers it is, and how far the list is read. Whatever else
    there is to say stands behind it, quietly; where there is too little room, the least needed goes, and is
    told where the mouse rests."""

    def __init__(self, case_name: str, examiner: str) -> None:
        super().__init__()
        self._about = f"Case: {case_name}. Examiner: {examiner}."
        self.person = PlainLabel(kind="title")
        self.person.setAccessibleName("Individual")
        self.place, self.order = PlainLabel(), PlainLabel(kind="quiet")
        self.counts, self.category = PlainLabel(kind="quiet"), PlainLabel(kind="quiet")
        self.clock, self.softening = PlainLabel(kind="quiet"), PlainLabel(kind="alarm")
        self.gaps = ElidedLabel("headerGaps", kind="quiet")
        self.gaps.short = _GAPS_SHORT
        self.category.setToolTip("What the photograph was sorted as; such photographs are not offered next.")
        self._row = make_row(self, spacing=_SPACE)
        self._info: QWidget | None = None
        self._goes_first = (self.order, self.counts, self.category, self.clock)
        for label in (self.person, self.place, self.order, self.counts):
            self._row.addWidget(label)
        self._row.addWidget(self.gaps, 1)
        for label in (self.category, self.clock, self.softening):
            self._row.addWidget(label)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def take_info(self, info: QWidget) -> None:
        """Have the line about the file at the right end, where the window is low."""
        self._info = info
        self._row.addWidget(info)
        self._fit()

    def release_info(self) -> None:
        if self._info is not None:
            self._row.removeWidget(self._info)
            self._info = None
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Leave out as few parts as makes the others whole."""
        labels = (self.person, self.place, self.order, self.counts, self.category, self.clock, self.softening)
        shown = [label for label in labels if label.text()]
        gone = list(self._goes_first)
        room = self.width() - (self._info.minimumSizeHint().width() + _SPACE if self._info is not None else 0)
        while gone and sum(label.sizeHint().width() + _SPACE for label in shown) > room:
            label = gone.pop(0)
            if label in shown:
                shown.remove(label)
        for label in labels:
            label.setVisible(label in shown)

    def show_place(self, worklist: Worklist, position: int) -> None:
        """Say which Individual and Photo is on screen.

        Where the lead has what tells who a person is masked, a person goes by its neutral label.
        """
        group, mates = worklist.group_index(position), worklist.positions_of_same_individual(position)
        if group >= 0:
            reason = "names alike" if worklist.rules.masked else worklist.groups[group].reason
            order = f"individual {group + 1:,} of {len(worklist.groups):,}"
            photo = f"photo {mates.index(position) + 1} of {len(mates)}"
        else:
            reason, order = "too many photographs in one folder", "no individual proposed"
            photo = f"photo {position + 1:,} of {len(worklist):,}"
        category = worklist.category(position)
        alike = len(worklist.positions_of_duplicates(position))
        self.person.setText(worklist.name_person(position))
        self.place.setText(f"{photo}, {alike} alike" if alike > 1 else photo)
        self.order.setText(order)
        tip = make_plain_tip(
            f"{order[:1].upper()}{order[1:]}. Photograph {position + 1:,} of {len(worklist):,}. "
            f"Individual: {_explain_group(worklist, group, reason)}. {_describe_category(category)}"
            + (f" Near-duplicates: {DETECTION_LIMIT}" if alike > 1 else "")
            + f"\n{self._about}"
        )
        for label in (self.person, self.place, self.order):
            label.setToolTip(tip)
        said = CATEGORY_NAMES[Category(category)] if category not in {"", Category.DETAINEE} else ""
        self.category.setText(said)
        self._fit()

    def show_gaps(self, words: str) -> None:
        """What the photographs of this Individual never showed."""
        self.gaps.setText(words)
        self.gaps.setToolTip(make_plain_tip(words))

    def show_softening(self, softening: str) -> None:
        """Say that the photograph is softened because the examiner wished so."""
        words = {"grey": "Grey view", "blur": "Blurred view", "small": "Small view"}
        self.softening.setText(add_key(words[softening], "care.clear") if softening else "")
        self._fit()

    def show_clock(self, time: str, over: bool) -> None:
        """How long this sitting lasts, and whether the time the examiner set is over."""
        self.clock.setText(f"{time}, your time is over" if over else time)
        self.clock.setToolTip("How long this sitting lasts, hours and minutes.")
        self._fit()

    def show_counts(self, read: int, total: int, carried: int = 0) -> None:
        """`carried` of those `read` were only carried over: they are no looks, and counted apart."""
        beside = f", {carried:,} carried over" if carried else ""
        words = f"{read - carried:,} of {total:,} complete{beside}"
        if words != self.counts.text():
            self.counts.setText(words)
            self.counts.setToolTip(f"First reading: {words}.")
            self._fit()


def _explain_group(worklist: Worklist, group: int, reason: str) -> str:
    """Whether somebody accepted the Individual, or why it is only proposed."""
    return "accepted by an examiner" if group >= 0 and worklist.groups[group].id else f"proposed, {reason}"


def _describe_category(category: str) -> str:
    return (
        f"Sorted as {CATEGORY_NAMES[Category(category)].lower()}."
        if category
        else "Not sorted by category yet."
    )
