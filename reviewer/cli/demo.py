"""`reviewer demo`: a collection of drawn photographs, a case of it, and the window on that case."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack

from reviewer.cli.ingest import ingest_folder
from reviewer.cli.progress import run_with_progress
from reviewer.cli.window import require_screen
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.services.case.opening import create_case, open_case
from reviewer.services.demo.demonstration import (
    CASE_NAME,
    EXAMINER,
    DemonstrationFiles,
    draw_collection,
    find_demonstration,
    make_worked_on_case,
)
from reviewer.services.demo.earlier_work import NUMBERED_FOLDERS
from reviewer.services.jobs import JobControl

_UNREAD_BEFORE_WINDOW = 24
"""So many photographs of an unread case are there before the window opens; it goes on with the rest."""
_WORKED_ON_BEFORE_WINDOW = 200
"""So many of a case with earlier work in it."""


def make_and_open_demo(options: argparse.Namespace) -> int:
    if options.photos < 0:
        raise KnownError("The number of photographs cannot be negative.", code="usage")
    if not options.no_window:
        require_screen()
    files = DemonstrationFiles(options.folder) if options.folder else find_demonstration()
    is_new = not files.is_made
    if is_new and not options.bare and not options.json:
        print("Making the demonstration. This is done once and takes about 15 seconds.", file=sys.stderr)
    first = _count_first_photos(options, is_new)
    try:
        with run_with_progress("draw") as control:
            draw_collection(files, options.photos, options.seed, control, first=first)
        if is_new:
            _make_case(files, options, first or options.photos)
    except OSError as error:
        shown = make_printable(str(files.folder))
        raise KnownError(f"The demonstration cannot be made in {shown}: {error.strerror}.") from error
    if options.no_window:
        return _print_result(files, options)
    if options.bare and not options.json:
        _print_records_hint(files)
    return _show_window(files, options, is_unfinished=is_new and first > 0)


def _count_first_photos(options: argparse.Namespace, is_new: bool) -> int:
    """How many photographs to make before anything else; 0 is all of them."""
    if options.no_window or not is_new:
        return 0
    first = _UNREAD_BEFORE_WINDOW if options.bare else _WORKED_ON_BEFORE_WINDOW
    return first if options.bare or first < options.photos else 0


def _make_case(files: DemonstrationFiles, options: argparse.Namespace, drawn: int) -> None:
    if options.bare:
        made = create_case(files.case, CASE_NAME, EXAMINER, None)
        try:
            ingest_folder(made, made.examiners()[0].id, files.photographs)
        finally:
            made.close()
        return
    with ExitStack() as stages:

        def begin_stage(name: str) -> JobControl:
            stages.close()
            return stages.enter_context(run_with_progress(name.lower()))

        make_worked_on_case(files, drawn, options.seed, begin_stage)


def _show_window(files: DemonstrationFiles, options: argparse.Namespace, *, is_unfinished: bool) -> int:
    """Open the window; it draws and adds the photographs that are not there yet."""

    def prepare(control: JobControl) -> None:
        draw_collection(files, options.photos, options.seed, control)

    folders = [files.photographs] if is_unfinished else []
    later = prepare if is_unfinished else None
    return int(options.show(files.case, ingest=folders, prepare=later, examiner=EXAMINER))


def _print_result(files: DemonstrationFiles, options: argparse.Namespace) -> int:
    opened = open_case(files.case, read_only=True)
    try:
        counts = opened.counts()
    finally:
        opened.close()
    told = {
        "case": str(files.case),
        "photographs": str(files.photographs),
        "records": str(files.records),
        "photos": counts.photos,
        "files": counts.files,
    }
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
        return EXIT_DONE
    shown = make_printable(str(files.case))
    read = f"{counts.complete:,} readings complete"
    print(f"{shown}: {counts.photos:,} photos in {counts.files:,} files, {read}")
    if options.bare:
        _print_records_hint(files)
    return EXIT_DONE


def _print_records_hint(files: DemonstrationFiles) -> None:
    """Where the file of records is, and how its rows find individuals; nothing loads it."""
    of_case, file = (f'"{make_printable(str(path))}"' for path in (files.case, files.records))
    print(f"A file of records about these individuals, not loaded yet: {file}")
    print("Give the individuals the numbers of their folders, then load it (in the window: Ctrl+Shift+R):")
    print(f'  reviewer individuals accept {of_case} --from folders --pattern "{NUMBERED_FOLDERS}"')
    print(f"  reviewer individuals load {of_case} {file}")
