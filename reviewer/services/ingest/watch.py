"""How far an ingest is, for whoever looks: written by the threads of the ingest, read by any other.

What is read is whole at any moment: the numbers of one status were true together, so that its sum closes.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reviewer.domain.names import path_to_text
from reviewer.domain.photos.case import ExaminedFile
from reviewer.domain.photos.content_kind import may_hold_photographs, name_content_kind, parse_content_kind
from reviewer.domain.photos.names_met import NameClass, NamesMet, classify_name, make_names_met
from reviewer.domain.photos.photo import IngestOutcome
from reviewer.storage.photos.standing import KnownFile

PROBLEMS_SHOWN = 5


@dataclass(frozen=True, order=True)
class OtherKind:
    """A kind of other files by its name, and whether photographs may lie in them."""

    name: str
    may_hold: bool


@dataclass(frozen=True)
class IngestStatus:
    """One moment of an ingest.

    `scanned` names were met in the folder so far, `total` are all of the Source, 0 until they are counted.
    `names` are those kept, `folders` those the photographs lie in, `examined` the files looked at in this
    run, `path` the last of them. `known` names had a row before; `again` of these are examined once more.
    `others` are the other files by kind, `problems` the latest with the reason, the newest first.
    """

    scanned: int = 0
    total: int = 0
    names: NamesMet = field(default_factory=NamesMet)
    folders: int = 0
    again: int = 0
    examined: int = 0
    path: str = ""
    others: Mapping[OtherKind, int] = field(default_factory=dict)
    problems: tuple[tuple[str, str], ...] = ()
    known: int = 0

    @property
    def done(self) -> int:
        """How many examinations are done, of `work`; those of an earlier run count."""
        return min(self.work, self.known + self.examined)

    @property
    def work(self) -> int:
        """How many examinations there are to do: one of each name, and one more of those `again`."""
        return self.total + self.again

    @property
    def share(self) -> float | None:
        """How much of the work is done, 0 to 1; None while names are counted."""
        return self.done / self.work if self.total else None

    @property
    def left(self) -> int:
        """How many files are still to be examined."""
        return max(0, self.total - self.known + self.again - self.examined)


class IngestWatch:
    """`status` is the latest; the others are called by the ingest: `note_kept` by the thread that keeps what
    was examined, the rest by that of the job."""

    def __init__(self) -> None:
        self._kept = IngestStatus()
        self._counts: Counter[NameClass] = Counter()
        self._others: Counter[OtherKind] = Counter()
        self._problems: deque[tuple[str, str]] = deque(maxlen=PROBLEMS_SHOWN)
        self._folders: set[bytes] = set()
        self._scanned = self._examined = 0
        self._path = b""

    @property
    def status(self) -> IngestStatus:
        kept = self._kept
        return IngestStatus(
            self._scanned,
            kept.total,
            kept.names,
            kept.folders,
            kept.again,
            self._examined,
            path_to_text(self._path),
            kept.others,
            kept.problems,
            kept.known,
        )

    def note_scanned(self) -> None:
        """One more name was met in the folder."""
        self._scanned += 1

    def note_examined(self, path: bytes) -> None:
        """One more file was examined."""
        self._examined += 1
        self._path = path

    def begin(self, known: Mapping[bytes, KnownFile], new: int, again: int) -> None:
        """The folder is counted: `new` names are to come, and `again` of the known ones once more."""
        for path, row in known.items():
            self._add(path, row.outcome, row.problem_kind, row.content_kind, row.media_type, 1)
            self._note_problem(path, row.outcome, row.problem_kind, row.problem_reason)
        self._publish(total=len(known) + new, known=len(known), again=again)

    def note_kept(
        self,
        files: Sequence[ExaminedFile],
        outcomes: Sequence[IngestOutcome],
        replaced: Iterable[KnownFile],
    ) -> None:
        """Files are on disk with their outcomes, some of them in the place of rows that stood."""
        for row in replaced:
            self._add(b"", row.outcome, row.problem_kind, row.content_kind, row.media_type, -1)
        for file, outcome in zip(files, outcomes, strict=True):
            kind, reason = (str(file.problem.kind), file.problem.reason) if file.problem else ("", "")
            self._add(file.file.path, outcome, kind, file.content_kind, file.media_type, 1)
            self._note_problem(file.file.path, outcome, kind, reason)
        self._publish(total=self._kept.total, known=self._kept.known, again=self._kept.again)

    def _add(
        self, path: bytes, outcome: IngestOutcome, problem: str, kind: str, media_type: str, number: int
    ) -> None:
        name_class = classify_name(outcome, problem)
        self._counts[name_class] += number
        if name_class is NameClass.PHOTOGRAPH and path:
            self._folders.add(path.rpartition(b"/")[0])
        if name_class is NameClass.OTHER:
            left_out = outcome is IngestOutcome.LEFT_OUT
            content = parse_content_kind(kind)
            may_hold = not left_out and may_hold_photographs(content, media_type)
            self._others[OtherKind(name_content_kind(content, left_out=left_out), may_hold)] += number

    def _note_problem(self, path: bytes, outcome: IngestOutcome, kind: str, reason: str) -> None:
        if classify_name(outcome, kind) is NameClass.PROBLEM:
            self._problems.appendleft((path_to_text(path), reason))

    def _publish(self, *, total: int, known: int, again: int) -> None:
        others = {kind: count for kind, count in self._others.items() if count}
        self._kept = IngestStatus(
            total=total,
            names=make_names_met(self._counts),
            folders=len(self._folders),
            again=again,
            others=others,
            problems=tuple(self._problems),
            known=known,
        )
