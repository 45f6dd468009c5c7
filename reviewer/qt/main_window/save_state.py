"""Whether everything is saved, where it is seen on every screen."""

from __future__ import annotations

from reviewer.qt.look.styling import set_style_property
from reviewer.qt.widgets.plain_text import PlainLabel, make_plain_tip
from reviewer.services.reading.act_queue import SaveState


class SaveStateLabel(PlainLabel):
    """Says "Saved" only for what is committed, and says loudly when it is not."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("headerSaved")
        self.setAccessibleName("Save state")

    def show_read_only(self, reason: str) -> None:
        """Nothing is saved here, and why; "" for a Case that can be written: nothing is said yet."""
        self.setText("Read-only" if reason else "")
        self.setToolTip(make_plain_tip(reason))
        set_style_property(self, "kind", "quiet")

    def show_state(self, state: SaveState) -> None:
        if state.trouble:
            acts = "1 act waits" if state.waiting == 1 else f"{state.waiting} acts wait"
            self.setText(f"NOT SAVED: {acts} in memory")
            self.setToolTip(f"{state.trouble} Trying again every second; free space or reconnect the drive.")
            set_style_property(self, "kind", "alarm")
        elif state.saved_at is not None:
            self.setText(f"Saved {state.saved_at.astimezone():%H:%M:%S}")
            self.setToolTip("Every act is on disk.")
            set_style_property(self, "kind", "quiet")
