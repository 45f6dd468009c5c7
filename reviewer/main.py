"""The composition root: which face is wanted, and what the program ends with."""

from __future__ import annotations

import gc
import json
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from reviewer.cli.parser import parse_arguments
from reviewer.domain.errors import EXIT_FAULT, KnownError
from reviewer.services.jobs import JobControl
from reviewer.system import logs
from reviewer.system.dumps import refuse_dumps
from reviewer.system.paths import log_folder
from reviewer.system.streams import provide_streams, report_failure

INTERRUPTED = 130
COLLECT_EVERY = (100_000, 50, 100)
"""Thresholds of the cyclic collector. What a verb makes by the million has no cycles, and walking all of it
again and again took a sixth of the time of counting 55,000 photographs. The window collects by itself."""
logger = logging.getLogger("reviewer")


def main(arguments: Sequence[str]) -> int:
    """Run the program with these arguments; its exit status (see `domain.errors`)."""
    refuse_dumps()
    gc.set_threshold(*COLLECT_EVERY)
    provide_streams()
    options = parse_arguments(arguments)
    options.show, options.show_design = _show, _show_design
    if not options.leaves_nothing:
        logs.set_up_logging(options.verbose)
    try:
        return int(options.run(options))
    except KnownError as error:
        if getattr(options, "json", False) or getattr(options, "jsonl", False):
            told = {"code": error.code, "message": error.message, "hint": error.hint}
            print(json.dumps({"error": told}, ensure_ascii=False))
        report_failure(f"reviewer: {error}")
        return error.exit_status
    except KeyboardInterrupt:
        print("reviewer: stopped; what was done is kept.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return INTERRUPTED
    except Exception:
        logger.exception("a fault of the program")
        where = log_folder() / "reviewer.log"
        report_failure(f"reviewer: a fault of the program; what was saved is safe. Details: {where}")
        return EXIT_FAULT


def _show(
    case: Path | None,
    *,
    read_only: bool = False,
    ingest: Sequence[Path] = (),
    prepare: Callable[[JobControl], None] | None = None,
    examiner: str = "",
    view_only: bool = False,
) -> int:
    """Open the window. Qt is brought in only now: the other verbs start without it."""
    from reviewer.qt.app import run

    return run(
        case,
        read_only=read_only,
        ingest=ingest,
        prepare=prepare,
        examiner=examiner,
        view_only=view_only,
    )


def _show_design() -> int:
    """Open the page of what the window is made of."""
    from reviewer.qt.app import run_design_page

    return run_design_page()
