"""The program's own log: small, rotated, without content of the Case, without control characters."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler

from reviewer.domain.names import printable
from reviewer.system.files import make_private_folder
from reviewer.system.paths import log_folder

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _Printable(logging.Formatter):
    """A record can hold a hostile file name; a log line can not."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(printable(line) for line in super().format(record).splitlines())


def set_up(verbose: bool = False) -> None:
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
        handler.setFormatter(_Printable(_FORMAT))
        logger.addHandler(handler)
