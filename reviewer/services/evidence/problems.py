"""Files that are no photograph the program shows: what they are, what may lie in them, what was seen of them.

Changed files are not among them: they were photographs, and stand with their own kind on the same list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewer.domain.photos.case import SourceFile
from reviewer.domain.photos.content_kind import (
    ContentKind,
    may_hold_photographs,
    name_content_kind,
    parse_content_kind,
)
from reviewer.domain.photos.names_met import NameClass, classify_name
from reviewer.domain.photos.photo import IngestOutcome, ProblemKind
from reviewer.domain.photos.problem_tally import ProblemTally
from reviewer.domain.photos.seen_elsewhere import SeenElsewhere, make_file_id
from reviewer.services.case.snapshot import ReadableCase
from reviewer.services.evidence import same_shot
from reviewer.storage.photos import photos, seen_elsewhere, shots
from reviewer.storage.store import Connection

_NOTHING_TO_LOOK_FOR = frozenset({ProblemKind.CASE, ProblemKind.FOLDER_READ})
"""A case is no evidence; what lies in a folder that was read later has rows of its own."""


@dataclass(frozen=True)
class ProblemFile:
    """One file that could not be used; `id` names it with its content in acts."""

    file: SourceFile
    id: str
    kind: ContentKind
    may_hold: bool
    seen: SeenElsewhere | None = None
    shot: tuple[str, ...] = ()
    """Names of the photographs that the camera wrote together with it."""

    @property
    def reason(self) -> str:
        """Why it could not be used, and which photographs belong to it."""
        said = self.file.problem.reason if self.file.problem else ""
        return f"{said} {same_shot.describe_same_shot(self.shot)}." if self.shot else said

    @property
    def kind_name(self) -> str:
        return name_content_kind(self.kind, left_out=self.file.outcome is IngestOutcome.LEFT_OUT)

    @property
    def is_problem(self) -> bool:
        """Whether it could not be used; otherwise it is another file, with nothing wrong with it."""
        kind = str(self.file.problem.kind) if self.file.problem else ""
        return classify_name(self.file.outcome, kind) is NameClass.PROBLEM

    @property
    def is_open(self) -> bool:
        """Whether it may hold photographs that nobody has looked for."""
        return self.may_hold and self.seen is None

    @property
    def is_changed(self) -> bool:
        return self.file.problem is not None and self.file.problem.kind is ProblemKind.CHANGED


def load_problem_files(case: ReadableCase) -> list[ProblemFile]:
    """Return every file that could not be used, in the order of ingest, then those that changed since."""
    with case.store.read() as connection:
        return load_problem_files_from(connection)


def load_problem_files_from(connection: Connection) -> list[ProblemFile]:
    """The same as one connection sees them."""
    seen = seen_elsewhere.load_files_seen_elsewhere(connection)
    rows = [*photos.iterate_problem_files(connection), *photos.iterate_changed_files(connection)]
    beside = shots.find_photographs_beside(connection, rows)
    return [_make_problem_file(row, seen, shot) for row, shot in zip(rows, beside, strict=True)]


def count_problems(files: Iterable[ProblemFile]) -> ProblemTally:
    """Count files that are no photographs; those that changed since are not counted."""
    counted = [file for file in files if not file.is_changed]
    holding = [file for file in counted if file.may_hold]
    seen = sum(file.seen is not None for file in holding)
    open_ = [file for file in counted if file.is_open]
    return ProblemTally(len(counted), _count_by_kind(counted), len(holding), seen, _count_by_kind(open_))


def _count_by_kind(files: Iterable[ProblemFile]) -> dict[str, int]:
    """How many of each kind, the most first."""
    kinds = Counter(file.kind_name for file in files)
    return dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0])))


def count_problems_of_case(case: ReadableCase) -> ProblemTally:
    """Count the files of a Case that are no photographs."""
    return count_problems(load_problem_files(case))


def filter_files(
    files: Sequence[ProblemFile], *, may_hold: bool = False, only_open: bool = False, kind: str = ""
) -> list[ProblemFile]:
    """Return the files that may hold photographs, are still open, or are of one kind (by its name), as
    asked."""
    return [
        file
        for file in files
        if (not may_hold or file.may_hold)
        and (not only_open or file.is_open)
        and (not kind or file.kind_name == kind)
    ]


def _make_problem_file(row: SourceFile, seen: dict[str, SeenElsewhere], shot: tuple[str, ...]) -> ProblemFile:
    kind = parse_content_kind(row.content_kind)
    id_ = make_file_id(row.source, row.path_bytes, row.sha256)
    is_changed = row.problem is not None and row.problem.kind is ProblemKind.CHANGED
    is_empty_name = row.problem is not None and row.problem.kind in _NOTHING_TO_LOOK_FOR
    may_hold = not (is_changed or is_empty_name) and may_hold_photographs(kind, row.media_type)
    return ProblemFile(row, id_, kind, may_hold, seen.get(id_), shot)
