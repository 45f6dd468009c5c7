"""The self-test in a process of its own, for a window that must not wait and must not be brought down."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Sequence

from reviewer.domain.errors import EXIT_CHECK_FAILED, EXIT_DONE, KnownError
from reviewer.system.own_process import WITHOUT_WINDOW, make_environment

COMMAND = (sys.executable, "-P", "-m", "reviewer", "self-test")


class SelfTestProcess:
    """Started by `run`, which blocks; `stop` ends it from another thread, before or while it runs."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[str] | None = None
        self._is_stopped = False

    def run(self, on_line: Callable[[str], None]) -> bool:
        """Run it to its end; `on_line` gets each line as it comes. Whether all is well.

        KnownError if it cannot be started, was stopped, or ended without a verdict.
        """
        try:
            process = self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=make_environment(),
                creationflags=WITHOUT_WINDOW,
            )
        except OSError as error:
            raise KnownError(
                f"The self-test cannot be started: {error.strerror}.", code="self-test"
            ) from error
        with process:
            if self._is_stopped:
                process.kill()
            for line in process.stdout or ():
                on_line(line.rstrip("\n"))
        if process.returncode not in {EXIT_DONE, EXIT_CHECK_FAILED}:
            raise KnownError("The self-test ended without a verdict.", "Run it again.", code="self-test")
        return process.returncode == EXIT_DONE

    def stop(self) -> None:
        """End it, if it runs; it leaves a folder behind then, in the temporary folder of the system."""
        self._is_stopped = True
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.terminate()
