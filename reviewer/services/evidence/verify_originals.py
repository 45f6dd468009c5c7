"""Is every original still what was ingested? Each file is hashed again and compared with the seals.

A run goes on where it was stopped, if it began less than a day ago; when it is through, the outcome of each
Source is one entry of the ledger, with the moment the run began.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.evidence.audit import UNREADABLE_HASH, AuditedFile, audit, count_by_class
from reviewer.domain.ledger.entry import Draft, to_canonical_json
from reviewer.domain.names import path_to_text
from reviewer.domain.photos.case import Source
from reviewer.media.workers.evidence_file import compute_hash, locate_original
from reviewer.services.case.open_case import OpenCase
from reviewer.services.ingest.cases_met import make_case_detector
from reviewer.services.ingest.scan import ScanEntry, scan_folder
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos
from reviewer.system.clock import format_timestamp
from reviewer.system.new_ids import new_id

MOST_DEVIATIONS = 500
_BATCH = 64
_AT_ONCE = 2
_RUN_KEY = "evidence run"
_RESUMABLE_FOR = timedelta(days=1)


@dataclass(frozen=True)
class SourceAudit:
    """One Source: how many names of each class, and each that deviates. Not connected: all are missing."""

    source: Source
    connected: bool
    counts: dict[str, int]
    deviations: tuple[AuditedFile, ...]

    @property
    def names(self) -> int:
        return sum(self.counts.values())

    @property
    def sound(self) -> bool:
        return self.connected and not self.deviations


def verify_evidence(
    case: OpenCase, author: str, control: JobControl, hash_file: Callable[[bytes], str] = compute_hash
) -> list[SourceAudit]:
    """Verify the originals of all Sources; cancelled or broken off, the next call goes on where it was.

    In a Case that is open for reading only nothing is recorded.
    """
    run = _resume_or_begin_run(case)
    sources = case.sources()
    with case.store.read() as connection:
        roots = case_rows.load_source_roots(connection)
        listed = {source.id: photos.load_hashes_by_path(connection, source.id) for source in sources}
    total = sum(len(files) for files in listed.values())
    done = 0
    results = []
    for source in sources:
        checker = _SourceVerifier(case, run.id, source, roots[source.id], hash_file)
        results.append(checker.audit_source(listed[source.id], control, done, total))
        done += len(listed[source.id])
    for result in results:
        if result.connected and not case.read_only:
            case.record(
                Draft(acts.EVIDENCE_VERIFIED, result.source.id, _make_entry_body(run, result)), author
            )
    case.previews.keep_note(_RUN_KEY, "")
    case.previews.forget_checked()
    return results


@dataclass(frozen=True)
class _VerificationRun:
    """A pass over all Sources, and when it began."""

    id: str
    begun: str


def _resume_or_begin_run(case: OpenCase) -> _VerificationRun:
    """Resume the run that was stopped, or begin a new one if it is too old."""
    now = case.clock()
    run_id, _space, begun = case.previews.load_note(_RUN_KEY).partition(" ")
    if _is_recent(begun, now):
        return _VerificationRun(run_id, begun)
    case.previews.forget_checked()
    run = _VerificationRun(new_id(), format_timestamp(now))
    case.previews.keep_note(_RUN_KEY, f"{run.id} {run.begun}")
    return run


def _is_recent(begun: str, now: datetime) -> bool:
    try:
        return timedelta() <= now - datetime.fromisoformat(begun) <= _RESUMABLE_FOR
    except (ValueError, TypeError):
        return False


class _SourceVerifier:
    """One Source in one run."""

    def __init__(
        self, case: OpenCase, run: str, source: Source, root: bytes, hash_file: Callable[[bytes], str]
    ) -> None:
        self._case, self._run, self._source, self._root = case, run, source, root
        self._hash_file = hash_file

    def audit_source(
        self, listed: dict[bytes, str], control: JobControl, done: int, total: int
    ) -> SourceAudit:
        if not os.path.isdir(self._root):
            return _make_source_audit(self._source, False, audit(listed, {}))
        found = self._case.previews.load_checked(self._run, self._source.id)
        met = list(
            scan_folder(
                self._root, make_case_detector(os.fsencode(self._case.folder.resolve())), control.check
            )
        )
        names = [entry.file.path for entry in met if entry.problem is None]
        refused = {entry.file.path: UNREADABLE_HASH for entry in met if entry.problem is not None}
        left_out = {entry.file.path for entry in met if entry.left_out} | self._list_folders_with_row(
            listed, met
        )
        refused.update(dict.fromkeys(left_out, UNREADABLE_HASH))
        left = [name for name in names if name not in found]
        already = len(names) - len(left)
        control.progress(done + already, total, at_start=already)
        for batch in _split_into_batches(self._hash_files(left, control)):
            self._case.previews.note_checked(self._run, self._source.id, batch)
            found.update(batch)
            control.progress(min(total, done + len(found)), total, at_start=already)
        there = {name: found[name] for name in names}
        return _make_source_audit(self._source, True, audit(listed, {**there, **refused}, left_out))

    def _list_folders_with_row(self, listed: dict[bytes, str], met: list[ScanEntry]) -> set[bytes]:
        """Folders that have a row of their own, because they could not be walked when it was made."""
        paths = {entry.file.path for entry in met}
        without = (path for path, sha256 in listed.items() if not sha256 and path not in paths)
        return {path for path in without if os.path.isdir(locate_original(self._root, path))}

    def _hash_files(self, names: list[bytes], control: JobControl) -> Iterator[tuple[bytes, str]]:
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="verify") as threads:
            waiting: list[tuple[bytes, Future[str]]] = []
            try:
                for name in names:
                    control.check()
                    waiting.append((name, threads.submit(self._hash_one, name)))
                    if len(waiting) > 2 * _AT_ONCE:
                        first, future = waiting.pop(0)
                        yield first, future.result()
                for first, future in waiting:
                    yield first, future.result()
            except Cancelled:
                for first, future in waiting:  # what is under way is work that need not be done again
                    if not future.cancel():
                        yield first, future.result()
                raise
            finally:
                for _name, future in waiting:
                    future.cancel()

    def _hash_one(self, name: bytes) -> str:
        try:
            return self._hash_file(locate_original(self._root, name))
        except OSError:
            if not os.path.isdir(self._root):
                raise KnownError(
                    f"The source {path_to_text(self._root)} is no longer there.",
                    "What was verified is kept. Connect the drive and verify again: it goes on.",
                    code="source-gone",
                ) from None
            return UNREADABLE_HASH


def _split_into_batches(pairs: Iterable[tuple[bytes, str]]) -> Iterator[list[tuple[bytes, str]]]:
    iterator = iter(pairs)
    batch: list[tuple[bytes, str]] = []
    try:
        for pair in iterator:
            batch.append(pair)
            if len(batch) >= _BATCH:
                full, batch = batch, []  # not told once more, whatever is raised where it was told
                yield full
    finally:
        if batch:
            yield batch


def _make_source_audit(source: Source, connected: bool, results: list[AuditedFile]) -> SourceAudit:
    return SourceAudit(
        source, connected, count_by_class(results), tuple(result for result in results if result.deviates)
    )


def deviations_to_body(deviations: Iterable[AuditedFile]) -> list[dict[str, str]]:
    """Return deviations for the body of an entry: limited in number, with names as text."""
    return [
        {
            "path": path_to_text(deviation.path),
            "outcome": str(deviation.outcome),
            "listed": deviation.listed,
            "found": deviation.found,
            "now": path_to_text(deviation.now),
        }
        for deviation in islice(deviations, MOST_DEVIATIONS)
    ]


def _make_entry_body(run: _VerificationRun, result: SourceAudit) -> dict[str, object]:
    deviations = [
        [deviation.path.hex(), str(deviation.outcome), deviation.found, deviation.now.hex()]
        for deviation in result.deviations
    ]
    return {
        "run": run.id,
        "begun": run.begun,
        "manifest": result.source.manifest,
        "counts": result.counts,
        "deviations": deviations_to_body(result.deviations),
        "deviations_sha256": hashlib.sha256(to_canonical_json(deviations)).hexdigest(),
    }
