"""Making the demonstration case: photographs, the case of them, and in it the work of two examiners.

The case is made beside its place and moved there once it is whole: whoever stops half way begins anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.opening import create_case
from reviewer.services.demo.collection import make_collection
from reviewer.services.demo.earlier_work import do_earlier_work
from reviewer.services.demo.records import make_records
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.services.pictures.decoding import new_pool
from reviewer.system.files import make_private_folder
from reviewer.system.paths import demonstration_folder

CASE_NAME, EXAMINER = "Demonstration", "Demonstration examiner"
DEFAULT_PHOTOS, DEFAULT_SEED = 200, 1
DRAWING, ADDING, WORKING = "Drawing photographs", "Adding files to the case", "Reading photographs"
BeginStage = Callable[[str], JobControl]
"""Called with the name of each stage; what it returns is told how far the stage is, and can cancel it."""


@dataclass(frozen=True)
class DemonstrationFiles:
    """Where the parts of a demonstration lie."""

    folder: Path

    @property
    def case(self) -> Path:
        return self.folder / "Demonstration.case"

    @property
    def photographs(self) -> Path:
        return self.folder / "photographs"

    @property
    def records(self) -> Path:
        return self.folder / "records.csv"

    @property
    def unfinished(self) -> Path:
        """The case while it is made."""
        return self.folder / "Demonstration.unfinished"

    @property
    def is_made(self) -> bool:
        return (self.case / "case.db").exists()


def find_demonstration() -> DemonstrationFiles:
    """Where the demonstration of this machine lies, made or not."""
    return DemonstrationFiles(demonstration_folder())


def draw_collection(
    files: DemonstrationFiles, photos: int, seed: int, control: JobControl, *, first: int = 0
) -> None:
    """Draw the photographs that are not there yet, only the `first` ones if that is not 0, and write the
    records."""
    make_private_folder(files.photographs)
    make_collection(files.photographs, photos, seed, control.advance, first=first)
    make_records(files.records, photos, seed)


def make_worked_on_case(files: DemonstrationFiles, photos: int, seed: int, begin_stage: BeginStage) -> None:
    """Make the case of what is drawn, with the work of two examiners in it; all of it or nothing."""
    shutil.rmtree(files.unfinished, ignore_errors=True)
    case = create_case(files.unfinished, CASE_NAME, EXAMINER, None)
    try:
        _add_photographs(case, files.photographs, begin_stage(ADDING))
        do_earlier_work(case, photos, seed, files.records, begin_stage(WORKING))
    finally:
        case.close()
    files.unfinished.rename(files.case)


def make_demonstration(
    files: DemonstrationFiles,
    begin_stage: BeginStage,
    photos: int = DEFAULT_PHOTOS,
    seed: int = DEFAULT_SEED,
) -> None:
    """Make all of a demonstration that is not there yet."""
    if not files.is_made:
        draw_collection(files, photos, seed, begin_stage(DRAWING))
        make_worked_on_case(files, photos, seed, begin_stage)


def _add_photographs(case: OpenCase, photographs: Path, control: JobControl) -> None:
    pool = new_pool()
    try:
        added = ingest(case, pool, case.examiners()[0].id, photographs, control)
    finally:
        pool.close()
    if not added.finished:
        raise Cancelled
