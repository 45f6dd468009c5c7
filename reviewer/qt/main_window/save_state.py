"""Whether everything is saved, where it is seen on every screen."""

from __future__ import annotations

from PySide6.QtCore import QSize

from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.services.reading.act_queue import SaveState


class SaveStateLabel(PlainLabel):
    """Says "Saved" only for what is committed, and says loudly when it is not.

    It has the room for that from the beginning: what stands beside it does not move as it begins to speak.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("headerSaved")
        self.setAccessibleName("Save state")

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(self._measure_usual(), 0))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(self._measure_usual(), 0))

    def _measure_usual(self) -> int:
        """The pixels that a time of saving takes, whatever its digits."""
        widest = max("0123456789", key=self.fontMetrics().horizontalAdvance)
        return self.fontMetrics().horizontalAdvance(f"Saved {widest * 2}:{widest * 2}:{widest * 2}")

    def show_read_only(self, reason: str, words: str = "Read-only") -> None:
        """Nothing is saved here, and why; "" for a Case that can be written: nothing is said yet."""
        self.setText(words if reason else "")
        self.setToolTip(make_plain_tip(reason))
        set_style_property(self, "kind", "quiet")

    def show_state(self, state: SaveState) -> None:
        if state.trouble:
            acts = "1 act waits" if state.waiting == 1 else f"{state.waiting} acts wait"
            self.setText(f"NOT SAVED: {acts} in memory")
            self.setToolTip(f"{state.trouble} Trying again every second; free space or reconnect the drive.")
            set_style_property(self, "kind", "alarm")
        elif state.journal:
            self.setText("Saved, but not in the head journal")
            self.setToolTip(
                make_plain_tip(
                    f"{state.journal} It is tried again every few seconds; free space or reconnect the drive."
                )
            )
            set_style_property(self, "kind", "alarm")
        elif state.saved_at is not None:
            self.setText(f"Saved {state.saved_at.astimezone():%H:%M:%S}")
            self.setToolTip("Every act is on disk.")
            set_style_property(self, "kind", "quiet")
        elif self.property("kind") == "alarm":  # what it said is over, and no act was saved yet
            self.show_read_only("")
