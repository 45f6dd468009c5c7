"""A virtual screen that is watched from outside: keys go in, pixels come out, no program is asked anything.

Xvfb keeps its frame buffer in a file (-fbdir); reading that file costs the program under test nothing.
About 1,600 pixels in the middle 60 % of the screen are compared every 0.3 ms. Keys are sent by the XTEST
extension. Needs Xvfb, openbox, libX11 and libXtst (Linux).
"""

from __future__ import annotations

import ctypes
import ctypes.util
import mmap
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LOOK = 0.0003
_STILL = 0.3
_BLINK = 0.1
_MANY = 400
_ALIAS = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L"}
Pixels = NDArray[np.int16]


@dataclass(frozen=True)
class Step:
    """Milliseconds after the key press: first change, recognisable (within 15 % of the end), settled."""

    first: float
    recognisable: float
    sharp: float


class Screen:
    """One Xvfb with a window manager; `close` ends both."""

    def __init__(self, width: int = 1920, height: int = 1080) -> None:
        self.width, self.height = width, height
        self._folder = Path(tempfile.mkdtemp(prefix="screen", dir="/dev/shm"))
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-fbdir",
             str(self._folder), "-nolisten", "tcp", "-noreset"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as numbers:  # the whole line: a server whose pipe is closed early ends
            self.name = ":" + numbers.readline().strip()
        self.environment = {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}
        self._manager = subprocess.Popen(["openbox"], env=self.environment, stderr=subprocess.DEVNULL)
        self._x, self._test = _library("X11"), _library("Xtst")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(self.name.encode("ascii")))
        self._frame = self._mapped()
        rows = np.linspace(height * 0.2, height * 0.8, 31).astype(int)
        columns = np.linspace(width * 0.2, width * 0.8, 53).astype(int)
        down, across = np.meshgrid(rows, columns, indexing="ij")
        away = (abs(down - height // 2) > 40) | (abs(across - width // 2) > 40)  # the pointer rests there
        self._down, self._across = down[away], across[away]
        time.sleep(1.0)
        self._test.XTestFakeMotionEvent(self._display, -1, width // 2, height // 2, 0)
        self._x.XFlush(self._display)
        self._bare = self.look()

    def _mapped(self) -> NDArray[np.uint8]:
        """The pixels in the file: an XWD header, a colour map, rows."""
        with open(self._folder / "Xvfb_screen0", "r+b") as file:
            memory = mmap.mmap(file.fileno(), 0)
        header = struct.unpack(">25I", memory[:100])
        start, row = header[0] + header[19] * 12, header[12]
        whole = np.frombuffer(memory, np.uint8, offset=start)[: row * self.height]
        return whole.reshape(self.height, row // 4, 4)[:, : self.width]

    def look(self) -> Pixels:
        return self._frame[self._down, self._across, :3].astype(np.int16)

    def whole(self) -> NDArray[np.uint8]:
        """All pixels, blue, green, red."""
        return self._frame[:, :, :3].copy()

    def press(self, chord: str) -> None:
        """One chord: "Right", "ctrl+Right", "z"."""
        codes = [self._code(_ALIAS.get(name, name)) for name in chord.split("+")]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, 1, 0)
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._display, code, 0, 0)
        self._x.XFlush(self._display)

    def _code(self, name: str) -> int:
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        symbol = self._x.XStringToKeysym(name.encode("ascii"))
        self._x.XKeysymToKeycode.restype = ctypes.c_ubyte
        return int(self._x.XKeysymToKeycode(self._display, ctypes.c_ulong(symbol)))

    def step(self, chord: str, *, patience: float = 6.0, nothing: float = 2.5) -> Step | None:
        """Press, wait until the screen is still for 0.3 s; None if less than a tenth of it changed."""
        before, began = self.look(), time.perf_counter()
        self.press(chord)
        return _reduced(self._watched(before, began, patience, nothing), before)

    def wait_until(self, condition: Callable[[], bool], what: str, patience: float = 900.0) -> None:
        """Look every 10 ms."""
        began = time.perf_counter()
        while not condition():
            if time.perf_counter() - began > patience:
                raise RuntimeError(f"did not come: {what}")
            time.sleep(0.01)

    def has_window(self) -> bool:
        """Whether most of the middle is something else than the bare screen."""
        return bool((np.abs(self.look() - self._bare).max(axis=1) > 0).mean() > 0.5)

    def has_photograph(self) -> bool:
        """Whether there are many colours, as in a photograph however small: pages of text have few."""
        return self.count_colours() > _MANY

    def count_colours(self) -> int:
        """Of every sixth pixel across and down."""
        seen = self._frame[::6, ::6, :3].astype(np.int32)
        return len(np.unique(seen[:, :, 0] << 16 | seen[:, :, 1] << 8 | seen[:, :, 2]))

    def wait_for_caret(self, patience: float = 900.0) -> None:
        """Until a caret blinks: a page is there that takes what is typed."""
        last, seen, began = self.whole(), (-1, -1), time.perf_counter()
        while time.perf_counter() - began < patience:
            time.sleep(_BLINK)
            now = self.whole()
            rows, columns = np.nonzero((now != last).any(axis=2))
            last = now
            if not len(rows):
                continue
            place = int(rows.min()), int(columns.min())
            is_caret = np.ptp(columns) < 4 and 8 <= np.ptp(rows) < 60
            if is_caret and place == seen:
                return
            seen = place if is_caret else (-1, -1)
        raise RuntimeError("did not come: a page that takes a passphrase")

    def settle(self, seconds: float = 1.5, patience: float = 60.0) -> None:
        """Wait until nothing changes for `seconds`."""
        last, since, began = self.look(), time.perf_counter(), time.perf_counter()
        while time.perf_counter() - since < seconds and time.perf_counter() - began < patience:
            time.sleep(0.01)
            now = self.look()
            if not np.array_equal(now, last):
                last, since = now, time.perf_counter()

    def held(self, chord: str, rate: float, seconds: float) -> tuple[float, float]:
        """A chord `rate` times a second: pictures shown a second, and ms from the last key to stillness.

        A picture is one in which most is another than in the picture before it; one that is seen half drawn
        is counted when it is whole.
        """
        last, began, sent, shown = self.look(), time.perf_counter(), 0, 0
        latest, picture = began, last
        while (now := time.perf_counter()) - began < seconds:
            if now - began >= sent / rate:
                self.press(chord)
                sent, latest = sent + 1, time.perf_counter()
            seen = self.look()
            if not np.array_equal(seen, last):
                last = seen
                if (np.abs(seen - picture).max(axis=1) > 12).mean() > 0.5:
                    picture, shown = seen, shown + 1
            time.sleep(_LOOK)
        log = self._watched(last, latest, 20.0, 1.0)
        return shown / seconds, log[-1][0] if log else 0.0

    def _watched(
        self, before: Pixels, began: float, patience: float, nothing: float
    ) -> list[tuple[float, Pixels]]:
        log: list[tuple[float, Pixels]] = []
        last, since = before, began
        while True:
            seen, now = self.look(), time.perf_counter()
            if not np.array_equal(seen, last):
                log.append(((now - began) * 1000, seen))
                last, since = seen, now
            idle = now - since > _STILL if log else now - began > nothing
            if idle or now - began > patience:
                return log
            time.sleep(_LOOK)

    def close(self) -> None:
        for process in (self._manager, self._server):
            end(process)
        shutil.rmtree(self._folder, ignore_errors=True)


def _reduced(log: Sequence[tuple[float, Pixels]], before: Pixels) -> Step | None:
    if not log:
        return None
    settled = log[-1][1]
    if (np.abs(before - settled).max(axis=1) > 12).mean() < 0.1:
        return None
    far = np.abs(before - settled).mean()
    recognisable = next(at for at, seen in log if np.abs(seen - settled).mean() <= 0.15 * far)
    return Step(log[0][0], recognisable, log[-1][0])


def _library(name: str) -> Any:
    found = ctypes.util.find_library(name)
    if found is None:
        raise SystemExit(f"lib{name} is missing; install the packages libx11-6 and libxtst6.")
    return ctypes.CDLL(found)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process this benchmark started, and what it started in its own session."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(8)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
