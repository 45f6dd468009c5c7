"""The ingest job: every name in a Source becomes a Photo, a duplicate, a Problem or is left out with a
reason.

Rows are written in batches as they are found, so that a killed ingest goes on where it was; at the end one
entry seals the Source with the hash of its manifest.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.names import make_printable, path_to_text
from reviewer.domain.photos.case import ExaminedFile, FoundFile
from reviewer.domain.photos.photo import KINDS_WITHOUT_FILE, IngestOutcome, ProblemKind
from reviewer.media.workers.evidence_file import locate_original
from reviewer.media.workers.pool import DecoderPool, ExaminationResult
from reviewer.services.case.open_case import OpenCase
from reviewer.services.ingest import kinship
from reviewer.services.ingest.again import (
    KnownFiles,
    find_folders_read_later,
    has_other_content,
    is_worth_keeping,
    must_examine_again,
)
from reviewer.services.ingest.cases_met import make_case_detector
from reviewer.services.ingest.groups import form_groups
from reviewer.services.ingest.proving import DecodingProofs, merge_examined
from reviewer.services.ingest.result import IngestResult
from reviewer.services.ingest.scan import ScanEntry, scan_folder
from reviewer.services.ingest.watch import IngestWatch
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.storage.evidence import case_rows, seals
from reviewer.storage.photos import photos, standing
from reviewer.storage.store import Connection
from reviewer.system.clock import format_timestamp
from reviewer.system.new_ids import new_id

BATCH_SIZE = 128
EXAMINED_AHEAD = 24
"""Files for each process that are examined, or wait to be, while a batch is being kept."""

_ExaminedGroup = tuple[list[ExaminedFile], Exception | None]
"""Files of one question in order, and what ended the ingest at the one after them."""


def ingest(
    case: OpenCase,
    pool: DecoderPool,
    author: str,
    folder: Path,
    control: JobControl,
    on_batch: Callable[[], None] = lambda: None,
    watch: IngestWatch | None = None,
) -> IngestResult:
    """Ingest `folder`; `on_batch` is called after each batch is on disk, in the thread that kept it; `watch`
    is told how far it is. Cancelling keeps what was done."""
    case.require_writable()
    root = _check_root(case, folder)
    source = _find_or_add_source(case, author, root)
    run = _IngestRun(case, pool, author, source, root, control, on_batch, watch or IngestWatch())
    try:
        run.run_all()
    except Cancelled:
        return run.make_result(finished=False)
    return run.make_result(finished=True)


class _IngestRun:
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
        watch: IngestWatch,
    ) -> None:
        self.case, self.pool, self.author, self.source = case, pool, author, source
        self.root, self.control, self.on_batch, self.watch = root, control, on_batch, watch
        self.tally: Counter[IngestOutcome] = Counter()
        self.files = self.known_count = self.again = self.replaced = self.changed = 0
        self.proving = DecodingProofs(pool, root)
        self.begun = self.is_over = False
        self.first = b""
        with case.store.read() as connection:
            self.known: KnownFiles = standing.load_known_files(connection, source)
            self.hashes = photos.load_known_hashes(connection)

    def run_all(self) -> None:
        found = list(self._scan())
        found += find_folders_read_later(self.root, self.known, {met.file.path for met in found})
        self.first = next((met.file.path for met in found if met.problem is None), b"")
        self.files = sum(_is_file(met) for met in found)
        new = [met for met in found if met.file.path not in self.known]
        known = [met for met in found if met.file.path in self.known]
        again = [met for met in known if must_examine_again(met, self.known[met.file.path])]
        total, start = len(found), len(found) - len(new) - len(again)
        self.known_count = total - len(new)
        self.watch.begin(self.known, len(new), len(again))
        self.control.progress(start, total, at_start=start)
        try:
            for done in self._save_in_batches(self._examine_in_parallel([*new, *again])):
                self.control.progress(start + done, total, at_start=start)
        finally:
            self._record_seals()

    def _scan(self) -> Iterator[ScanEntry]:
        is_case = make_case_detector(os.fsencode(self.case.folder.resolve()))
        for met in scan_folder(self.root, is_case, self.control.check):
            self.watch.note_scanned()
            yield met

    def make_result(self, *, finished: bool) -> IngestResult:
        return IngestResult(
            source=self.source,
            names=self.known_count - self.replaced + sum(self.tally.values()),
            files=self.files,
            known=self.known_count - self.replaced,
            photos=self.tally[IngestOutcome.PHOTO],
            duplicates=self.tally[IngestOutcome.DUPLICATE],
            problems=self.tally[IngestOutcome.PROBLEM],
            left_out=self.tally[IngestOutcome.LEFT_OUT],
            again=self.again,
            replaced=self.replaced,
            changed=self.changed,
            doubted=len(self.proving.doubted),
            finished=finished,
            told=kinship.describe_related_sources(self.case, self.source) if finished else (),
        )

    def _examine_in_parallel(self, new: Sequence[ScanEntry]) -> Iterator[ExaminedFile]:
        """Examine in parallel, hand on in order, never more than a few ahead."""
        ahead: deque[tuple[int, Future[_ExaminedGroup]]] = deque()
        with ThreadPoolExecutor(self.pool.askers, thread_name_prefix="examine") as threads:
            try:
                for group in form_groups(new, BATCH_SIZE):
                    self.control.check()
                    while sum(size for size, _ in ahead) + len(group) > EXAMINED_AHEAD * self.pool.workers:
                        yield from _take_group(ahead.popleft()[1].result())
                    ahead.append((len(group), threads.submit(self._examine_group, group)))
                while ahead:
                    self.control.check()
                    yield from _take_group(ahead.popleft()[1].result())
            finally:
                self.is_over = True
                for _size, future in ahead:
                    future.cancel()

    def _examine_group(self, group: Sequence[ScanEntry]) -> _ExaminedGroup:
        """Examine a few files; what was examined before one of them stopped the ingest is kept."""
        examined: list[ExaminedFile] = []
        try:
            for met, found in zip(group, self._examine_together(group), strict=True):
                examined.append(self._examine(met, found))
        except Exception as error:
            return examined, error
        return examined, None

    def _examine_together(self, group: Sequence[ScanEntry]) -> list[ExaminationResult | None]:
        """What was found out about the files of a group in one question; None for each that comes alone."""
        places = [number for number, met in enumerate(group) if met.problem is None]
        found: list[ExaminationResult | None] = [None] * len(group)
        if len(places) > 1:
            paths = [locate_original(self.root, group[number].file.path) for number in places]
            told = self.pool.examine_several(paths, known=self.hashes.__contains__)
            for number, result in zip(places, told, strict=True):
                found[number] = result
        return found

    def _examine(self, met: ScanEntry, found: ExaminationResult | None) -> ExaminedFile:
        if met.problem is not None:
            return ExaminedFile(met.file, "", None, met.problem, left_out=met.left_out)
        path = locate_original(self.root, met.file.path)
        if found is None:
            if self.is_over or self.control.is_cancelled:  # nobody waits for a group of which each takes long
                raise Cancelled
            found = self.pool.examine_file(path, known=self.hashes.__contains__)
        if found.problem is not None and found.problem.kind is ProblemKind.UNREADABLE:
            self._stop_if_gone(path)
        file = FoundFile(met.file.path, found.size, met.file.modified_ns)
        return merge_examined(ExaminedFile(file, "", None, None), found)

    def _stop_if_gone(self, path: bytes) -> None:
        """A drive that was pulled out must not turn all that was on it into unreadable files."""
        if not os.path.lexists(path) and not os.path.lexists(locate_original(self.root, self.first)):
            raise KnownError(
                f"The source {path_to_text(self.root)} is no longer there.",
                "What was done is kept. Connect the drive and add the folder again: it goes on.",
                code="source-gone",
            )

    def _save_in_batches(self, examined: Iterator[ExaminedFile]) -> Iterator[int]:
        """Keep what is worth keeping, and say after each batch how many were examined.

        A batch is kept in a thread of its own while the next one is examined; the one after waits, so that
        they are kept in order and none after one that could not be.
        """
        batch: list[ExaminedFile] = []
        being_kept: Future[int] | None = None
        done = 0
        with ThreadPoolExecutor(1, thread_name_prefix="keep") as thread:
            try:
                for done, file in enumerate(examined, start=1):
                    batch.append(file)
                    self.watch.note_examined(file.file.path)
                    is_full = len(batch) >= BATCH_SIZE
                    if being_kept is not None and (is_full or being_kept.done()):
                        yield being_kept.result()
                        being_kept = None
                    if is_full:
                        full, batch = batch, []  # not kept once more, whatever is raised after its commit
                        being_kept = thread.submit(self._save_batch, full, done)
            finally:
                if being_kept is not None:
                    being_kept.result()
                self._save_batch(batch, done, is_last=True)  # proofs may be left where no file is
        yield done

    def _is_worth_keeping(self, examined: ExaminedFile) -> bool:
        before = self.known.get(examined.file.path)
        if before is None:
            return True
        self.again += 1
        return is_worth_keeping(examined, before)

    def _announce_rows(self) -> None:
        """Say in the ledger that rows will come: rows that no ingest announced are somebody else's."""
        if not self.begun:
            self.case.record(Draft(acts.INGEST_BEGUN, self.source, {"known": len(self.known)}), self.author)
            self.begun = True

    def _save_batch(self, examined: list[ExaminedFile], done: int, *, is_last: bool = False) -> int:
        """Keep what is worth keeping of a batch; returns `done`, how many were examined with it."""
        proved = self.proving.prove_batch(examined, is_last=is_last)
        batch = [file for file in proved if self._is_worth_keeping(file)]
        if batch:
            self._keep_batch(batch)
        return done

    def _keep_batch(self, batch: list[ExaminedFile]) -> None:
        self._announce_rows()
        at = format_timestamp(self.case.clock())
        outcomes = self.case.writer.enqueue_batch(
            lambda connection: self._write_rows(connection, batch, at)
        ).result()
        self.tally.update(outcomes)
        replacing = [(file, self.known[file.file.path]) for file in batch if file.file.path in self.known]
        self.replaced += len(replacing)
        self.changed += sum(has_other_content(file, before) for file, before in replacing)
        self.watch.note_kept(batch, outcomes, [before for _file, before in replacing])
        self.hashes.update(file.sha256 for file in batch if file.photo is not None)
        self.case.previews.put_examined(
            (file.sha256, file.thumbnail or b"", file.greys) for file in batch if file.thumbnail or file.greys
        )
        self.on_batch()

    def _write_rows(self, connection: Connection, batch: list[ExaminedFile], at: str) -> list[IngestOutcome]:
        """Write a row for each; one that was known stays beside it, and that its content changed is noted."""
        before = [self.known.get(file.file.path) for file in batch]
        rows = [known.row if known else None for known in before]
        outcomes = photos.add_files(connection, self.source, list(zip(batch, rows, strict=True)))
        for file, known in zip(batch, before, strict=True):
            if known is not None and has_other_content(file, known):
                photos.record_changed_file(connection, known.row, file.sha256, at)
        return outcomes

    def _record_seals(self) -> None:
        """Record the seals of what is there; that of the Source comes last, since it says that the ingest
        ended."""
        with self.case.store.read() as connection:
            seal = photos.compute_seal(connection, self.source)
            sealed = next(s for s in case_rows.load_sources(connection) if s.id == self.source)
            changed = seals.compute_changed_seal(connection, self.source)
            found_changed = changed != seals.load_changed_seal(connection, self.source)
            is_open = seals.is_ingest_open(connection, self.source)
            replaced = seals.compute_replaced_rows(connection, self.source)
        if found_changed:
            self.case.record(Draft(acts.CHANGED_FILES_FOUND, self.source, vars(changed)), self.author)
        if is_open or (sealed.manifest, sealed.records) != (seal.manifest, seal.records):
            body = {**vars(seal)}
            if replaced.rows:
                body |= {"again": self.again, "replaced": vars(replaced)}
            self.case.record(Draft(acts.SOURCE_INGESTED, self.source, body), self.author)


def _take_group(group: _ExaminedGroup) -> Iterator[ExaminedFile]:
    examined, error = group
    yield from examined
    if error is not None:
        raise error


def _is_file(met: ScanEntry) -> bool:
    return met.problem is None or met.problem.kind not in KINDS_WITHOUT_FILE


def _check_root(case: OpenCase, folder: Path) -> bytes:
    shown = make_printable(str(folder))
    if not folder.exists():
        raise KnownError(f"There is no folder {shown}.", "Is the drive connected?", code="no-source")
    if not folder.is_dir():
        raise KnownError(f"{shown} is not a folder.", "Name the folder it lies in.", code="no-source")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise KnownError(f"The folder {shown} may not be read by this account.", code="no-source")
    resolved = folder.resolve()
    if resolved.is_relative_to(case.folder.resolve()):
        raise KnownError("A case cannot ingest its own folder.", code="no-source")
    return os.fsencode(resolved)


def _find_or_add_source(case: OpenCase, author: str, root: bytes) -> str:
    """Return the Source of this folder, added if the Case does not have it."""
    with case.store.read() as connection:
        for source, known_root in case_rows.load_source_roots(connection).items():
            if known_root == root:
                return source
    source = new_id()
    body = {"path": path_to_text(root), "path_hex": root.hex(), seals.SAYS_WHEN_INGEST_BEGINS: True}
    case.record(Draft(acts.SOURCE_ADDED, source, body), author)
    return source
