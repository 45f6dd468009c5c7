"""The ingest job: every file of a Source becomes a Photo, a duplicate or a Problem, and nothing stops it.

Rows are written in batches as they are found, so that a killed ingest goes on where it was; at the end one
entry seals the Source with the hash of its manifest.
"""

from __future__ import annotations

import os
import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain import acts
from reviewer.domain.case import ExaminedFile, FoundFile
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger import Draft
from reviewer.domain.names import as_text, printable
from reviewer.domain.photo import Outcome, ProblemKind
from reviewer.media.pool import DecoderPool
from reviewer.services.ingest.proving import Proving, as_file
from reviewer.services.ingest.scan import Met, scan
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.services.open_case import SUFFIX, OpenCase
from reviewer.storage import case_rows, photos, seals
from reviewer.storage.store import Connection
from reviewer.system.clock import stamp

BATCH = 64


@dataclass(frozen=True)
class IngestResult:
    """What one run did; `files` = `known` + `photos` + `duplicates` + `problems`."""

    source: str
    files: int
    known: int
    photos: int
    duplicates: int
    problems: int
    changed: int
    finished: bool
    doubted: int = 0
    """Files that were told otherwise by a decoding process that had seen other files, and asked anew."""


Known = dict[bytes, tuple[int, int, int, str | None]]


def ingest(
    case: OpenCase,
    pool: DecoderPool,
    author: str,
    folder: Path,
    control: JobControl,
    on_batch: Callable[[], None] = lambda: None,
) -> IngestResult:
    """Ingest `folder`; `on_batch` is called after each batch is on disk. Cancelling keeps what was done."""
    root = _checked_root(case, folder)
    run = _Run(case, pool, author, _source_of(case, author, root), root, control, on_batch)
    try:
        run.everything()
    except Cancelled:
        return run.result(finished=False)
    return run.result(finished=True)


class _Run:
    """One run over one Source."""

    def __init__(
        self,
        case: OpenCase,
        pool: DecoderPool,
        author: str,
        source: str,
        root: bytes,
        control: JobControl,
        on_batch: Callable[[], None],
    ) -> None:
        self.case, self.pool, self.author, self.source = case, pool, author, source
        self.root, self.control, self.on_batch = root, control, on_batch
        self.tally: Counter[Outcome] = Counter()
        self.known_count = self.changed_count = 0
        self.proving = Proving(pool, root)
        self.begun = False
        self.first = b""
        with case.store.read() as connection:
            self.known: Known = photos.known_files(connection, source)
            self.hashes = photos.known_hashes(connection)
            self.noted = photos.noted_changes(connection, source)

    def everything(self) -> None:
        found = list(scan(self.root, self._is_case, self.control.check))
        new = [met for met in found if met.file.path not in self.known]
        self.first = next((met.file.path for met in found if met.problem is None), b"")
        self.known_count = len(found) - len(new)
        total, start = len(found), self.known_count
        self.control.progress(start, total, at_start=start)
        try:
            for done in self._in_batches(self._examined(new)):
                start_of_run = self.known_count
                self.control.progress(start_of_run + done, total, at_start=start_of_run)
            self._look_again(met.file for met in found if met.file.path in self.known)
        finally:
            self._seal()

    def result(self, *, finished: bool) -> IngestResult:
        return IngestResult(
            source=self.source,
            files=self.known_count + sum(self.tally.values()),
            known=self.known_count,
            photos=self.tally[Outcome.PHOTO],
            duplicates=self.tally[Outcome.DUPLICATE],
            problems=self.tally[Outcome.PROBLEM],
            changed=self.changed_count,
            doubted=len(self.proving.doubted),
            finished=finished,
        )

    def _is_case(self, folder: bytes) -> bool:
        """Cases are not evidence: neither this one nor another that lies under the root."""
        return folder.endswith(SUFFIX.encode()) and os.path.isfile(os.path.join(folder, b"case.db"))

    def _examined(self, new: Sequence[Met]) -> Iterator[ExaminedFile]:
        """Examine in parallel, hand on in order, never more than a few ahead."""
        ahead: deque[Future[ExaminedFile]] = deque()
        with ThreadPoolExecutor(self.pool.workers, thread_name_prefix="examine") as threads:
            try:
                for met in new:
                    self.control.check()
                    ahead.append(threads.submit(self._examine, met))
                    if len(ahead) >= 4 * self.pool.workers:
                        yield ahead.popleft().result()
                while ahead:
                    self.control.check()
                    yield ahead.popleft().result()
            finally:
                for future in ahead:
                    future.cancel()

    def _examine(self, met: Met) -> ExaminedFile:
        if met.problem is not None:
            return ExaminedFile(met.file, "", None, met.problem)
        path = os.path.join(self.root, met.file.path)
        found = self.pool.examine_file(path, known=self.hashes.__contains__)
        if found.problem is not None and found.problem.kind is ProblemKind.UNREADABLE:
            self._stop_if_gone(path)
        file = FoundFile(met.file.path, found.size, met.file.modified_ns)
        return as_file(ExaminedFile(file, "", None, None), found)

    def _stop_if_gone(self, path: bytes) -> None:
        """A drive that was pulled out must not turn all that was on it into unreadable files."""
        if not os.path.lexists(path) and not os.path.lexists(os.path.join(self.root, self.first)):
            raise KnownError(
                f"The source {as_text(self.root)} is no longer there.",
                "What was done is kept. Connect the drive and add the folder again: it goes on.",
                code="source-gone",
            )

    def _in_batches(self, examined: Iterator[ExaminedFile]) -> Iterator[int]:
        batch: list[ExaminedFile] = []
        try:
            for each in examined:
                batch.append(each)
                if len(batch) >= BATCH:
                    self._keep(batch)
                    batch = []
                    yield sum(self.tally.values())
        finally:
            if batch:
                self._keep(batch, is_last=True)
        yield sum(self.tally.values())

    def _begin(self) -> None:
        """Say in the ledger that rows will come: rows that no ingest announced are somebody else's."""
        if not self.begun:
            self.case.record(Draft(acts.INGEST_BEGUN, self.source, {"known": len(self.known)}), self.author)
            self.begun = True

    def _keep(self, examined: list[ExaminedFile], *, is_last: bool = False) -> None:
        batch = self.proving.proved(examined, is_last=is_last)
        self._begin()

        def run(connection: Connection) -> list[Outcome]:
            return [photos.add(connection, self.source, each) for each in batch]

        outcomes = self.case.writer.batch(run).result()
        self.tally.update(outcomes)
        self.hashes.update(each.sha256 for each in batch if each.photo is not None)
        self.case.previews.put((each.sha256, each.thumbnail) for each in batch if each.thumbnail)
        self.case.previews.put_looks((each.sha256, each.greys) for each in batch if each.greys)
        self.on_batch()

    def _look_again(self, files: Iterator[FoundFile]) -> None:
        """A file that was ingested before and looks different now is hashed again, and never overwritten."""
        for file in files:
            row, size, modified_ns, sha256 = self.known[file.path]
            if (size, modified_ns) == (file.size, file.modified_ns) or sha256 is None:
                continue
            self.control.check()
            path = os.path.join(self.root, file.path)
            now = self.pool.examine_file(path, known=lambda _sha256: True).sha256
            if now and now != sha256:
                self._note_changed(row, now)

    def _note_changed(self, row: int, sha256: str) -> None:
        self.changed_count += 1
        if (row, sha256) in self.noted:
            return
        self._begin()
        at = stamp(self.case.clock())
        self.case.writer.batch(lambda connection: photos.note_changed(connection, row, sha256, at)).result()

    def _seal(self) -> None:
        """Bind what is there to the ledger; that of the Source comes last, it says that the ingest ended."""
        with self.case.store.read() as connection:
            seal = photos.seal_of(connection, self.source)
            sealed = next(s for s in case_rows.sources(connection) if s.id == self.source)
            changed = seals.changed_seal_of(connection, self.source)
            found_changed = changed != seals.changed_seal_told(connection, self.source)
            is_open = seals.ingest_is_open(connection, self.source)
        if found_changed:
            self.case.record(Draft(acts.CHANGED_FILES_FOUND, self.source, vars(changed)), self.author)
        if is_open or (sealed.manifest, sealed.records) != (seal.manifest, seal.records):
            self.case.record(Draft(acts.SOURCE_INGESTED, self.source, vars(seal)), self.author)


def _checked_root(case: OpenCase, folder: Path) -> bytes:
    shown = printable(str(folder))
    if not folder.exists():
        raise KnownError(f"There is no folder {shown}.", "Is the drive connected?", code="no-source")
    if not folder.is_dir():
        raise KnownError(f"{shown} is not a folder.", "Name the folder it lies in.", code="no-source")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise KnownError(f"The folder {shown} may not be read by this account.", code="no-source")
    resolved, own = folder.resolve(), case.folder.resolve()
    if resolved == own or own in resolved.parents:
        raise KnownError("A case cannot ingest its own folder.", code="no-source")
    return os.fsencode(resolved)


def _source_of(case: OpenCase, author: str, root: bytes) -> str:
    """The Source that stands for this folder; made if the Case does not have it."""
    with case.store.read() as connection:
        for source, known_root in case_rows.source_roots(connection).items():
            if known_root == root:
                return source
    source = secrets.token_hex(8)
    body = {"path": as_text(root), "path_hex": root.hex(), seals.BEGINNINGS_TOLD: True}
    case.record(Draft(acts.SOURCE_ADDED, source, body), author)
    return source
