"""A quiet clock of this sitting, and the soft stop the reader set. It says so once and stops nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from reviewer.services.account.viewing_comfort import ViewingComfort

_LOOK_MS = 10_000


class SessionClock:
    """`show` takes what stands in the header, "" for nothing; `say` takes the one sentence at the end."""

    def __init__(
        self,
        parent: QObject,
        show: Callable[[str, bool], None],
        say: Callable[[str], None],
        elapsed_ms: Callable[[], int] | None = None,
    ) -> None:
        self._show, self._say = show, say
        clock = QElapsedTimer()
        clock.start()
        self._elapsed = elapsed_ms or clock.elapsed
        self._care, self._told = ViewingComfort(), False
        self._timer = QTimer(parent)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def set_care(self, care: ViewingComfort) -> None:
        self._care, self._told = care, False
        if care.clock or care.minutes:
            self._timer.start()
        else:
            self._timer.stop()
        self.look()

    def look(self) -> None:
        """Say what time it is in this sitting."""
        minutes = self._elapsed() // 60_000
        over = bool(self._care.minutes) and minutes >= self._care.minutes
        shown = f"{minutes // 60}:{minutes % 60:02}" if self._care.clock or over else ""
        self._show(shown, over)
        if over and not self._told:
            self._told = True
            self._say(
                f"The {self._care.minutes} minutes you set are over. Finish this individual if you wish; "
                "everything is saved."
            )
