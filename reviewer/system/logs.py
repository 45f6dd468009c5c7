"""The program's own log: small, rotated, without names or content of the Case, without control characters."""

from __future__ import annotations

import copy
import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from types import TracebackType

from reviewer.domain.names import make_printable
from reviewer.system.files import make_private_folder
from reviewer.system.paths import log_folder

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _DiscreetFormatter(logging.Formatter):
    """A record can hold a hostile file name; a log line can not. Of an exception its class and its frames are
    told and never its words: the system's name the file it was about."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy.copy(record)
        own.exc_text = None  # another handler may have put its own form there
        return "\n".join(make_printable(line) for line in super().format(own).splitlines())

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802
        lines: list[str] = []
        error, told = ei[1], set[int]()
        while error is not None and id(error) not in told:
            told.add(id(error))
            kind = type(error)
            lines.append(f"{kind.__module__}.{kind.__qualname__}, raised here (most recent call last):")
            lines += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


def set_up_logging(verbose: bool = False) -> None:
    """Log to the log folder; to standard error as well when `verbose` or when there is no such folder."""
    logger = logging.getLogger("reviewer")
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if verbose else []
    try:
        make_private_folder(log_folder())
        file = RotatingFileHandler(
            log_folder() / "reviewer.log", maxBytes=1 << 20, backupCount=3, encoding="utf-8"
        )
        handlers.append(file)
    except OSError:
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(_DiscreetFormatter(_FORMAT))
        logger.addHandler(handler)
