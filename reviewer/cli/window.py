"""The verbs that open the window. The windows are handed in by `main` as `options.show` and `show_design`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from reviewer.domain.errors import KnownError


def open_window(options: argparse.Namespace) -> int:
    """`reviewer`, and `reviewer --view-only [PATH]`."""
    require_screen()
    if options.view_only is None:
        return int(options.show(None))
    named = Path(options.view_only).absolute() if options.view_only else None
    return int(options.show(named, view_only=True))


def open_window_on_case(options: argparse.Namespace) -> int:
    require_screen()
    return int(options.show(options.case, read_only=options.read_only))


def open_design_page(options: argparse.Namespace) -> int:
    require_screen()
    return int(options.show_design())


def require_screen() -> None:
    """Raise KnownError if there is no screen to open a window on."""
    ways = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in ways):
        raise KnownError(
            "There is no screen to open the window on.",
            "Run it from a desktop session; `reviewer --help` lists what works without one.",
            code="no-screen",
        )
