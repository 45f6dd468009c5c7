"""The verbs that open the window. The windows are handed in by `main` as `options.show` and `show_design`."""

from __future__ import annotations

import argparse
import os
import sys

from reviewer.domain.errors import KnownError


def open_window(options: argparse.Namespace) -> int:
    require_screen()
    return int(options.show(None))


def open_window_on_case(options: argparse.Namespace) -> int:
    require_screen()
    return int(options.show(options.case, read_only=options.read_only))


def open_design_page(options: argparse.Namespace) -> int:
    require_screen()
    return int(options.show_design())


def require_screen() -> None:
    """Raise KnownError if there is no screen to open a window on."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise KnownError(
            "There is no screen to open the window on.",
            "Run it from a desktop session; `reviewer --help` lists what works without one.",
            code="no-screen",
        )
