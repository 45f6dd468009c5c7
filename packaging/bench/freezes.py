"""How long the window is deaf while each action of the program runs once on a large case.

    QT_QPA_PLATFORM=offscreen python packaging/bench freezes [--case CASE] [--actions WORD] [--places]

CASE is one that is there, which is copied (`collection` makes one of 55,000 photographs); without it a small
one is made. The window is the real one. A timer beats every 2 ms in the thread of the window: the longest
time between two beats is how long no key, click or paint was looked at. Both in processor time of that thread
and by the clock, which says little on a machine that does other work too. What an action opens, a question
or a dialog, is left by Escape, and counts with it. Each action runs on the screen that it belongs to, one
screen after the other; turning there is measured, too.

Exits 1 when the window is deaf for more than 100 ms of processor time, 300 where the whole window is dressed
anew: theme, size of text, full screen. `--places` also says, on standard
error, where the time went: the innermost places of the program that were met while the window was deaf.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from driving import copy_or_make_case, open_in, shown_window, turn_until
from measuring import PASSPHRASE, finish, in_folder, make_parser
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from reviewer.qt.actions.spec import ActionSpec
from reviewer.qt.main_window.all_actions import ALL_ACTIONS
from reviewer.qt.main_window.window import MainWindow

BOUND_MS, LOOK_BOUND_MS = 100.0, 300.0
LOOK = ("window.theme", "window.larger-text", "window.smaller-text", "window.full-screen")
"""These dress the whole window anew; full screen may change the size of type."""
LEAVING = {
    "case.lock": "ends the process",
    "case.close": "ends the case, and is measured last",
    "case.new": "leaves the case",
    "case.open": "leaves the case",
    "case.demonstration": "leaves the case",
    "window.quit": "ends the program",
}
"""Actions that would end what is measured, and why."""
_BEAT_MS, _SETTLED_SECONDS, _PATIENCE_SECONDS, _SAMPLE_SECONDS = 2, 0.25, 8.0, 0.005
_SHOWN, _PLACES = 10, 4


@dataclass
class Deafness:
    """How long the window looked at nothing, at most, while one action ran: milliseconds by the clock, and of
    processor time; and where the program was meanwhile, by how often it was met there."""

    action: str
    clock_ms: float = 0.0
    processor_ms: float = 0.0
    places: Counter[str] = field(default_factory=Counter)


class Watchdog(QObject):
    """Beats in the thread of the window and notes the longest time between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.now = Deafness("")
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self.note)
        self._clock, self._processor = time.perf_counter(), time.thread_time()
        self._beat.start(_BEAT_MS)
        self._thread = threading.get_ident()
        self._over = threading.Event()
        self._looking_on = threading.Thread(target=self._look_on, daemon=True)
        self._looking_on.start()

    def begin(self, action: str) -> Deafness:
        """Note from now on for this action."""
        self.note()
        self.now = Deafness(action)
        return self.now

    def note(self) -> None:
        clock, processor = time.perf_counter(), time.thread_time()
        self.now.clock_ms = max(self.now.clock_ms, (clock - self._clock) * 1000 - _BEAT_MS)
        self.now.processor_ms = max(self.now.processor_ms, (processor - self._processor) * 1000)
        self._clock, self._processor = clock, processor

    def stop(self) -> None:
        self._beat.stop()
        self._over.set()
        self._looking_on.join()

    def _look_on(self) -> None:
        """From beside: where the thread of the window is while it does not beat."""
        while not self._over.wait(_SAMPLE_SECONDS):
            if time.perf_counter() - self._clock > BOUND_MS / 2000:
                self.now.places[_find_place(self._thread)] += 1


def _find_place(thread: int) -> str:
    """The two innermost functions of the program in which a thread is."""
    frame = sys._current_frames().get(thread)
    found: list[str] = []
    while frame is not None and len(found) < 2:
        if f"{os.sep}reviewer{os.sep}" in frame.f_code.co_filename:
            found.append(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_qualname}")
        frame = frame.f_back
    return " < ".join(found)


def list_measured(word: str) -> list[ActionSpec]:
    """The actions whose id holds the word, screen after screen."""
    specs = [spec for spec in ALL_ACTIONS if spec.id not in LEAVING and word in spec.id]
    return sorted(specs, key=lambda spec: _screen_of(spec) or "")


def _screen_of(spec: ActionSpec) -> str | None:
    """The screen on which an action is measured; None if it works on each."""
    if spec.context.screens is None:
        return None
    return "read" if "read" in spec.context.screens else min(spec.context.screens)


def measure(window: MainWindow, word: str) -> list[Deafness]:
    """Run each action once and let the window come to rest after it."""
    watchdog, found = Watchdog(), []
    leaver = QTimer(watchdog)
    leaver.timeout.connect(_leave_dialog)
    leaver.start(200)
    for spec in list_measured(word):
        screen = _screen_of(spec) or "read"
        if window.screen_name != screen:
            found.append(watchdog.begin(f"turning to {screen}"))
            window.show_screen(screen)
            settle(window)
        if window.binder.refusal(spec):
            continue
        found.append(watchdog.begin(spec.id))
        window.binder.run(spec.id)
        settle(window)
        _leave_layers(window)
        settle(window)
    found.append(watchdog.begin("case.close"))
    window.close_case()
    settle(window)
    watchdog.stop()
    return found


_long_jobs: set[str] = set()
"""Jobs that outlived the patience once: no later action is waited for because of them."""


def settle(window: MainWindow) -> None:
    """Until no job has run for a moment, or patience ends: a backup of a large case takes its time."""
    end, quiet = time.perf_counter() + _PATIENCE_SECONDS, 0.0

    def list_running() -> set[str]:
        running = window.session.jobs.running() if window.session is not None else []
        return set(running) - _long_jobs

    def is_quiet() -> bool:
        nonlocal quiet
        now = time.perf_counter()
        quiet = 0.0 if list_running() else quiet or now
        return now > end or (quiet > 0 and now - quiet > _SETTLED_SECONDS)

    turn_until(is_quiet, _PATIENCE_SECONDS + 60)
    _long_jobs.update(list_running())


def _leave_dialog() -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()


def _leave_layers(window: MainWindow) -> None:
    """Escape from whatever lies over the screen, and from fields that have the keyboard; the manual goes."""
    window.help.hide()
    for _time in range(4):
        under = QApplication.activePopupWidget() or window.layers.top
        if under is None:
            return
        focus = QApplication.focusWidget()
        QTest.keyClick(focus if isinstance(focus, QWidget) else window, Qt.Key.Key_Escape)
        QApplication.processEvents()


def find_bound(action: str) -> float:
    """Milliseconds of processor time for which the window may be deaf while an action runs."""
    return LOOK_BOUND_MS if action in LOOK else BOUND_MS


def report_places(found: list[Deafness]) -> None:
    """Say on standard error where the program was while the window was deaf too long, the worst first."""
    for deaf in sorted(found, key=lambda deaf: -deaf.processor_ms):
        if deaf.processor_ms > BOUND_MS:
            print(f"{deaf.action}: {deaf.processor_ms:.0f} ms", file=sys.stderr)
            for place, times in deaf.places.most_common(_PLACES):
                print(f"    {times:>4}  {place}", file=sys.stderr)


def list_figures(found: list[Deafness]) -> dict[str, float | int | str]:
    """The worst actions, and how many there were and keep the bound."""
    worst = sorted(found, key=lambda deaf: -deaf.processor_ms)[:_SHOWN]
    kept = sum(deaf.processor_ms <= find_bound(deaf.action) for deaf in found)
    figures: dict[str, float | int | str] = {"actions": len(found), "actions within the bound": kept}
    for place, deaf in enumerate(worst, start=1):
        said = f"{deaf.action}, {deaf.processor_ms:.0f} ms (clock {deaf.clock_ms:.0f})"
        figures[f"{place}. longest deaf"] = said
    return figures


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--case", type=Path, help="a case that is there, which is copied")
    parser.add_argument("--photos", type=int, default=200, help="of the case that is made without --case")
    parser.add_argument("--actions", default="", help="only those whose id holds this word")
    parser.add_argument("--places", action="store_true", help="say where the time went")
    options = parser.parse_args()
    with in_folder(None) as folder:
        passphrase = None if options.unencrypted else PASSPHRASE
        case = copy_or_make_case(folder, options.case, None, options.photos, passphrase)
        with shown_window(1920, 1080) as window:
            session, _opened = open_in(window, case)
            turn_until(lambda: session.reading.canvas.has_picture)
            window.leaving.idle.stop()  # nobody presses a key: the window would lock itself
            settle(window)
            found = measure(window, options.actions)
    if options.places:
        report_places(found)
    lost = [
        f"{deaf.action}: the window was deaf for {deaf.processor_ms:.0f} ms, "
        f"the bound is {find_bound(deaf.action):.0f}"
        for deaf in found
        if deaf.processor_ms > find_bound(deaf.action)
    ]
    finish("freezes", list_figures(found), options, lost)


if __name__ == "__main__":
    main()
