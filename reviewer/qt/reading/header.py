"""What the line above the photograph says: whose photograph it is, and where one is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reviewer.domain.commands.near_duplicate_commands import DETECTION_LIMIT
from reviewer.domain.reading.category import CATEGORY_NAMES, Category
from reviewer.qt.widgets.elided_label import ElidedLabel, ShrinkingLabel
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.plain_text import make_plain_tip
from reviewer.services.worklist.worklist import Worklist


class ReadingHeader(QWidget):
    """Shows Individual, Photo, Worklist and Case."""

    def __init__(self, case_name: str, examiner: str) -> None:
        super().__init__()
        self._case = ElidedLabel("headerCase")
        self._case.setText(f"{case_name} · {examiner}")
        self.gaps = ElidedLabel("headerGaps", kind="quiet")
        self.place, self.counts = ShrinkingLabel(), ShrinkingLabel()
        self.softening, self.clock, self.category = (ShrinkingLabel() for _ in range(3))
        self.category.setToolTip("What the photograph was sorted as; such photographs are not offered next.")
        self.softening.setProperty("kind", "alarm")
        self.clock.setProperty("kind", "quiet")
        row = make_row(self, spacing=16)
        row.addWidget(self._case, 1)
        row.addWidget(self.gaps, 1)
        row.addWidget(self.softening)
        row.addWidget(self.clock)
        row.addWidget(self.counts)
        row.addWidget(self.category)
        row.addWidget(self.place)

    def show_place(self, worklist: Worklist, position: int) -> None:
        """Say which Individual and Photo is on screen, and how far the Worklist is read.

        Where the lead has what tells who a person is masked, a person goes by its neutral label.
        """
        group, mates = worklist.group_index(position), worklist.positions_of_same_individual(position)
        photo = f"Photo {mates.index(position) + 1} of {len(mates)}"
        if group >= 0:
            individual = f"Individual {group + 1:,} of {len(worklist.groups):,}"
            reason = "names alike" if worklist.rules.masked else worklist.groups[group].reason
        else:
            individual, reason = "No individual proposed", "too many photographs in one folder"
            photo = f"Photo {position + 1:,} of {len(worklist):,}"
        if worklist.rules.masked:
            individual = worklist.label(position)
        category = worklist.category(position)
        alike = len(worklist.positions_of_duplicates(position))
        words = f"   {alike} alike" if alike > 1 else ""
        self.place.setText(f"{individual}   {photo}{words}")
        self.place.setToolTip(
            make_plain_tip(
                f"Photograph {position + 1:,} of {len(worklist):,}. "
                f"Individual: {_explain_group(worklist, group, reason)}. {_describe_category(category)}"
                + (f" Near-duplicates: {DETECTION_LIMIT}" if alike > 1 else "")
            )
        )

        said = CATEGORY_NAMES[Category(category)] if category not in {"", Category.DETAINEE} else ""
        self.category.setText(said)
        self.category.setVisible(bool(said))

    def show_gaps(self, words: str) -> None:
        """What the photographs of this Individual never showed."""
        self.gaps.setText(words)
        self.gaps.setToolTip(make_plain_tip(words))

    def show_softening(self, softening: str) -> None:
        """Say that the photograph is softened because the reader wished so."""
        words = {"grey": "Grey view", "blur": "Blurred view", "small": "Small view"}
        self.softening.setText(f"{words[softening]} (F4)" if softening else "")
        self.softening.setVisible(bool(softening))

    def show_clock(self, time: str, over: bool) -> None:
        """How long this sitting lasts, and whether the time the reader set is over."""
        self.clock.setText(f"{time}, your time is over" if over else time)
        self.clock.setToolTip("How long this sitting lasts, hours and minutes.")
        self.clock.setVisible(bool(time))

    def show_counts(self, read: int, total: int, carried: int = 0) -> None:
        """`carried` of those `read` were only carried over: they are no looks, and counted apart."""
        beside = f", {carried:,} carried over" if carried else ""
        self.counts.setText(f"First reading: {read - carried:,} of {total:,} complete{beside}")


def _explain_group(worklist: Worklist, group: int, reason: str) -> str:
    """Whether somebody accepted the Individual, or why it is only proposed."""
    return "accepted by an examiner" if group >= 0 and worklist.groups[group].id else f"proposed, {reason}"


def _describe_category(category: str) -> str:
    return (
        f"Sorted as {CATEGORY_NAMES[Category(category)].lower()}."
        if category
        else "Not sorted by category yet."
    )
