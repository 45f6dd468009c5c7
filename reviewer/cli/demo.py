"""`reviewer demo`: a collection of drawn photographs, a case of it, and the window on that case."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from reviewer.cli.ingest import ingest_folder
from reviewer.cli.window import require_screen
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.services.case.opening import create_case, open_case
from reviewer.services.demo.collection import make_collection
from reviewer.services.demo.records import make_records
from reviewer.services.jobs import JobControl
from reviewer.system.files import make_private_folder
from reviewer.system.paths import demonstration_folder

_PHOTOS_BEFORE_WINDOW = 24
"""So many photographs are there before the window opens; it goes on with the rest by itself."""
_CASE, _PHOTOGRAPHS, _RECORDS = "Demonstration.case", "photographs", "records.csv"
_EXAMINER = "Demonstration examiner"
_NUMBERED_FOLDERS = "{branch}-{examination}"


def make_and_open_demo(options: argparse.Namespace) -> int:
    if options.photos < 0:
        raise KnownError("The number of photographs cannot be negative.", code="usage")
    if not options.no_window:
        require_screen()
    folder = options.folder or demonstration_folder()
    case, photographs, records = folder / _CASE, folder / _PHOTOGRAPHS, folder / _RECORDS
    is_new = not (case / "case.db").exists()
    try:
        make_private_folder(photographs)
        make_collection(photographs, options.photos, options.seed, first=_count_first_photos(options, is_new))
        make_records(records, options.photos, options.seed)
    except OSError as error:
        shown = make_printable(str(folder))
        raise KnownError(f"The demonstration cannot be made in {shown}: {error.strerror}.") from error
    if is_new:
        _make_case(case, photographs)
    if options.no_window:
        return _print_result(case, photographs, records, options)
    if not options.json:
        _print_records_hint(case, records)
    return _show_window(case, photographs, options, is_new)


def _count_first_photos(options: argparse.Namespace, is_new: bool) -> int:
    """How many photographs to make before anything else; 0 is all of them."""
    return 0 if options.no_window or not is_new else min(_PHOTOS_BEFORE_WINDOW, options.photos)


def _make_case(case: Path, photographs: Path) -> None:
    made = create_case(case, "Demonstration", _EXAMINER, None)
    try:
        ingest_folder(made, made.examiners()[0].id, photographs)
    finally:
        made.close()


def _show_window(case: Path, photographs: Path, options: argparse.Namespace, is_new: bool) -> int:
    def prepare(control: JobControl) -> None:
        make_collection(photographs, options.photos, options.seed, control.advance)

    folders = [photographs] if is_new else []
    return int(options.show(case, ingest=folders, prepare=prepare if is_new else None))


def _print_result(case: Path, photographs: Path, records: Path, options: argparse.Namespace) -> int:
    opened = open_case(case, read_only=True)
    try:
        counts = opened.counts()
    finally:
        opened.close()
    paths = {
        "case": str(case),
        "photographs": str(photographs),
        "records": str(records),
        "photos": counts.photos,
        "files": counts.files,
    }
    if options.json:
        print(json.dumps(paths, ensure_ascii=False))
    else:
        print(f"{make_printable(str(case))}: {counts.photos:,} photos in {counts.files:,} files")
        _print_records_hint(case, records)
    return EXIT_DONE


def _print_records_hint(case: Path, records: Path) -> None:
    """Where the file of records is, and how its rows find individuals; nothing loads it."""
    of_case, file = (f'"{make_printable(str(path))}"' for path in (case, records))
    print(f"A file of records about these individuals, not loaded yet: {file}")
    print("Give the individuals the numbers of their folders, then load it (in the window: Ctrl+Shift+R):")
    print(f'  reviewer individuals accept {of_case} --from folders --pattern "{_NUMBERED_FOLDERS}"')
    print(f"  reviewer individuals load {of_case} {file}")
