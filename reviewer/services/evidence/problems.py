"""Files that are no photograph the program shows: what they are, what may lie in them, what was seen of them.

Changed files are not among them: they were photographs, and stand with their own kind on the same list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewer.domain.photos.case import SourceFile
from reviewer.domain.photos.content_kind import ContentKind, kind_of, may_hold_photographs
from reviewer.domain.photos.photo import Outcome, ProblemKind
from reviewer.domain.photos.problem_tally import ProblemTally
from reviewer.domain.photos.seen_elsewhere import SeenElsewhere, file_id
from reviewer.services.case.snapshot import CaseInView
from reviewer.services.evidence import same_shot
from reviewer.storage.photos import photos, seen_elsewhere, shots
from reviewer.storage.store import Connection

UNTOLD_NAME, LEFT_OUT_NAME = "not told", "left out"
"""What people read of a file whose content nobody could look at."""


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
        return f"{said} {same_shot.in_words(self.shot)}." if self.shot else said

    @property
    def kind_name(self) -> str:
        if self.file.outcome is Outcome.LEFT_OUT:
            return LEFT_OUT_NAME
        return str(self.kind) or UNTOLD_NAME

    @property
    def is_open(self) -> bool:
        """Whether photographs may lie in it that nobody has looked for."""
        return self.may_hold and self.seen is None

    @property
    def is_changed(self) -> bool:
        return self.file.problem is not None and self.file.problem.kind is ProblemKind.CHANGED


def problem_files(case: CaseInView) -> list[ProblemFile]:
    """Every file that could not be used, in the order of ingest, then those that changed since."""
    with case.store.read() as connection:
        return problem_files_of(connection)


def problem_files_of(connection: Connection) -> list[ProblemFile]:
    """The same as one connection sees them."""
    seen = seen_elsewhere.all_seen(connection)
    rows = [*photos.problem_files(connection), *photos.changed(connection)]
    beside = shots.photographs_beside(connection, rows)
    return [_with_kind(row, seen, shot) for row, shot in zip(rows, beside, strict=True)]


def tally(files: Iterable[ProblemFile]) -> ProblemTally:
    """The counts over files that are no photograph; those that changed since are not counted."""
    counted = [each for each in files if not each.is_changed]
    holding = [each for each in counted if each.may_hold]
    seen = sum(each.seen is not None for each in holding)
    open_ = [each for each in counted if each.is_open]
    return ProblemTally(len(counted), _by_kind(counted), len(holding), seen, _by_kind(open_))


def _by_kind(files: Iterable[ProblemFile]) -> dict[str, int]:
    """How many of each kind, the most first."""
    kinds = Counter(each.kind_name for each in files)
    return dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0])))


def tally_of(case: CaseInView) -> ProblemTally:
    """The counts for whoever reports on a Case."""
    return tally(problem_files(case))


def chosen(
    files: Sequence[ProblemFile], *, may_hold: bool = False, only_open: bool = False, kind: str = ""
) -> list[ProblemFile]:
    """Those of `files` that may hold photographs, are still open, are of one kind (by its name)."""
    return [
        each
        for each in files
        if (not may_hold or each.may_hold)
        and (not only_open or each.is_open)
        and (not kind or each.kind_name == kind)
    ]


def _with_kind(row: SourceFile, seen: dict[str, SeenElsewhere], shot: tuple[str, ...]) -> ProblemFile:
    kind = kind_of(row.content_kind)
    id_ = file_id(row.source, row.path_bytes, row.sha256)
    is_changed = row.problem is not None and row.problem.kind is ProblemKind.CHANGED
    is_empty_name = row.problem is not None and row.problem.kind in _NOTHING_TO_LOOK_FOR
    may_hold = not (is_changed or is_empty_name) and may_hold_photographs(kind, row.media_type)
    return ProblemFile(row, id_, kind, may_hold, seen.get(id_), shot)
