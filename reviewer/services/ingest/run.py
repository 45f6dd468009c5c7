"""The ingest job: every name in a Source becomes a Photo, a duplicate, a Problem or is left out with a
reason.

Rows are written in batches as they are found, so that a killed ingest goes on where it was; at the end one
entry seals the Source with the hash of its manifest.
"""

from __future__ import annotations

import os
import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import as_text, printable
from reviewer.domain.photos.case import ExaminedFile, FoundFile
from reviewer.domain.photos.photo import NO_FILES, Outcome, ProblemKind
from reviewer.media.workers.pool import DecoderPool
from reviewer.services.case.open_case import OpenCase
from reviewer.services.ingest import kinship
from reviewer.services.ingest.again import Known, folders_read_later, is_changed, is_due, is_news
from reviewer.services.ingest.cases_met import case_met
from reviewer.services.ingest.proving import Proving, as_file
from reviewer.services.ingest.result import IngestResult
from reviewer.services.ingest.scan import Met, scan
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.storage.evidence import case_rows, seals
from reviewer.storage.photos import photos, standing
from reviewer.storage.store import Connection
from reviewer.system.clock import stamp

BATCH = 128
AHEAD = 24
"""Files for each process that are examined, or wait to be, while a batch is being kept."""


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
        self.files = self.known_count = self.again = self.replaced = self.changed = 0
        self.proving = Proving(pool, root)
        self.begun = False
        self.first = b""
        with case.store.read() as connection:
            self.known: Known = standing.known_files(connection, source)
            self.hashes = photos.known_hashes(connection)

    def everything(self) -> None:
        found = list(scan(self.root, case_met(os.fsencode(self.case.folder.resolve())), self.control.check))
        found += folders_read_later(self.root, self.known, {met.file.path for met in found})
        self.first = next((met.file.path for met in found if met.problem is None), b"")
        self.files = sum(_is_file(met) for met in found)
        new = [met for met in found if met.file.path not in self.known]
        again = [met for met in found if met.file.path in self.known and self._is_due(met)]
        total, start = len(found), len(found) - len(new) - len(again)
        self.known_count = total - len(new)
        self.control.progress(start, total, at_start=start)
        try:
            for done in self._in_batches(self._examined([*new, *again])):
                self.control.progress(start + done, total, at_start=start)
        finally:
            self._seal()

    def result(self, *, finished: bool) -> IngestResult:
        return IngestResult(
            source=self.source,
            names=self.known_count - self.replaced + sum(self.tally.values()),
            files=self.files,
            known=self.known_count - self.replaced,
            photos=self.tally[Outcome.PHOTO],
            duplicates=self.tally[Outcome.DUPLICATE],
            problems=self.tally[Outcome.PROBLEM],
            left_out=self.tally[Outcome.LEFT_OUT],
            again=self.again,
            replaced=self.replaced,
            changed=self.changed,
            doubted=len(self.proving.doubted),
            finished=finished,
            told=kinship.told(self.case, self.source) if finished else (),
        )

    def _is_due(self, met: Met) -> bool:
        return is_due(met, self.known[met.file.path])

    def _examined(self, new: Sequence[Met]) -> Iterator[ExaminedFile]:
        """Examine in parallel, hand on in order, never more than a few ahead."""
        ahead: deque[Future[ExaminedFile]] = deque()
        with ThreadPoolExecutor(self.pool.workers, thread_name_prefix="examine") as threads:
            try:
                for met in new:
                    self.control.check()
                    ahead.append(threads.submit(self._examine, met))
                    if len(ahead) >= AHEAD * self.pool.workers:
                        yield ahead.popleft().result()
                while ahead:
                    self.control.check()
                    yield ahead.popleft().result()
            finally:
                for future in ahead:
                    future.cancel()

    def _examine(self, met: Met) -> ExaminedFile:
        if met.problem is not None:
            return ExaminedFile(met.file, "", None, met.problem, left_out=met.left_out)
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
        """Keep what is worth keeping, and say after each batch how many were examined."""
        batch: list[ExaminedFile] = []
        done = 0
        try:
            for done, each in enumerate(examined, start=1):
                batch.append(each)
                if len(batch) >= BATCH:
                    full, batch = batch, []  # not kept once more, whatever is raised after its commit
                    self._keep(full)
                    yield done
        finally:
            if batch:
                self._keep(batch, is_last=True)
        yield done

    def _is_worth_keeping(self, examined: ExaminedFile) -> bool:
        before = self.known.get(examined.file.path)
        if before is None:
            return True
        self.again += 1
        return is_news(examined, before)

    def _begin(self) -> None:
        """Say in the ledger that rows will come: rows that no ingest announced are somebody else's."""
        if not self.begun:
            self.case.record(Draft(acts.INGEST_BEGUN, self.source, {"known": len(self.known)}), self.author)
            self.begun = True

    def _keep(self, examined: list[ExaminedFile], *, is_last: bool = False) -> None:
        proved = self.proving.proved(examined, is_last=is_last)
        batch = [each for each in proved if self._is_worth_keeping(each)]
        if not batch:
            return
        self._begin()
        at = stamp(self.case.clock())
        outcomes = self.case.writer.batch(lambda connection: self._rows(connection, batch, at)).result()
        self.tally.update(outcomes)
        replacing = [(each, self.known[each.file.path]) for each in batch if each.file.path in self.known]
        self.replaced += len(replacing)
        self.changed += sum(is_changed(each, before) for each, before in replacing)
        self.hashes.update(each.sha256 for each in batch if each.photo is not None)
        self.case.previews.put((each.sha256, each.thumbnail) for each in batch if each.thumbnail)
        self.case.previews.put_looks((each.sha256, each.greys) for each in batch if each.greys)
        self.on_batch()

    def _rows(self, connection: Connection, batch: list[ExaminedFile], at: str) -> list[Outcome]:
        """Write a row for each; one that was known stays beside it, and that its content changed is noted."""
        outcomes = []
        for each in batch:
            before = self.known.get(each.file.path)
            outcomes.append(photos.add(connection, self.source, each, before.row if before else None))
            if before is not None and is_changed(each, before):
                photos.note_changed(connection, before.row, each.sha256, at)
        return outcomes

    def _seal(self) -> None:
        """Bind what is there to the ledger; that of the Source comes last, it says that the ingest ended."""
        with self.case.store.read() as connection:
            seal = photos.seal_of(connection, self.source)
            sealed = next(s for s in case_rows.sources(connection) if s.id == self.source)
            changed = seals.changed_seal_of(connection, self.source)
            found_changed = changed != seals.changed_seal_told(connection, self.source)
            is_open = seals.ingest_is_open(connection, self.source)
            replaced = seals.replaced_of(connection, self.source)
        if found_changed:
            self.case.record(Draft(acts.CHANGED_FILES_FOUND, self.source, vars(changed)), self.author)
        if is_open or (sealed.manifest, sealed.records) != (seal.manifest, seal.records):
            body = {**vars(seal)}
            if replaced.rows:
                body |= {"again": self.again, "replaced": vars(replaced)}
            self.case.record(Draft(acts.SOURCE_INGESTED, self.source, body), self.author)


def _is_file(met: Met) -> bool:
    return met.problem is None or met.problem.kind not in NO_FILES


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
