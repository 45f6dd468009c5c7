"""Nothing a decoding process said is kept before some of it was compared with what a fresh process says.

A process that was taken over by one file could lie about the files after it. Of what each process said in a
batch one file is drawn at random, and examined again by a process that saw nothing else; the answers must be
equal to the byte. If they are not, all that this process said is asked anew, each file of a fresh process.
"""

from __future__ import annotations

import logging
import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from reviewer.domain.photos.case import ExaminedFile
from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.workers.evidence_file import locate_original
from reviewer.media.workers.pool import DecoderPool, ExaminationResult
from reviewer.media.workers.proof import FreshProcessVerifier

logger = logging.getLogger(__name__)
_BATCHES_BETWEEN_PROOFS = 16
"""Where a proof costs the start of a process, what was kept since the last one is proved afterwards."""


def merge_examined(told: ExaminedFile, found: ExaminationResult) -> ExaminedFile:
    """Return `told` with what was found out about its content."""
    return replace(
        told,
        sha256=found.sha256,
        photo=found.photo,
        problem=found.problem,
        thumbnail=found.thumbnail,
        greys=found.greys,
        content_kind=str(found.content.kind),
        media_type=found.content.media_type,
        by=found.by,
    )


class DecodingProofs:
    """The proofs of one ingest. `doubted` are the paths for which a fresh process gave a different answer."""

    def __init__(self, pool: DecoderPool, root: bytes) -> None:
        self._pool, self._root = pool, root
        self._unproved: dict[int, list[ExaminedFile]] = defaultdict(list)
        self._distrusted: set[int] = set()
        self._batches = 0
        self.doubted: list[bytes] = []

    def prove_batch(self, batch: Sequence[ExaminedFile], *, is_last: bool = False) -> list[ExaminedFile]:
        """Return the batch to keep: as examined, or as fresh processes examined it."""
        prover = self._pool.prover
        if prover is None:
            return list(batch)
        self._batches += 1
        for file in batch:
            if file.by:
                self._unproved[file.by].append(file)
        anew: dict[bytes, ExaminedFile] = {}
        if prover.is_cheap or is_last or self._batches % _BATCHES_BETWEEN_PROOFS == 0:
            for number, said in self._unproved.items():
                if number in self._distrusted or self._is_contradicted(prover, said):
                    anew |= self._examine_all_afresh(prover, number, said)
            self._unproved.clear()
        return [anew.get(file.file.path, file) for file in batch]

    def _is_contradicted(self, prover: FreshProcessVerifier, said: Sequence[ExaminedFile]) -> bool:
        """Return whether a fresh process contradicts one of these, drawn so that no worker can foresee
        which."""
        for told in secrets.SystemRandom().sample(said, len(said)):
            fresh = self._examine_afresh(prover, told)
            if fresh is not None:
                return fresh != told
        return False

    def _examine_afresh(self, prover: FreshProcessVerifier, told: ExaminedFile) -> ExaminedFile | None:
        """Examine in a fresh process; None if the file has changed since, or if it takes too long."""
        found = prover.examine(locate_original(self._root, told.file.path))
        late = found.problem is not None and found.problem.kind is ProblemKind.TIMED_OUT
        return None if late or found.sha256 != told.sha256 else merge_examined(told, found)

    def _examine_all_afresh(
        self, prover: FreshProcessVerifier, number: int, said: Sequence[ExaminedFile]
    ) -> dict[bytes, ExaminedFile]:
        """Examine everything this process examined in fresh ones, and distrust it."""
        if number not in self._distrusted:
            self._distrusted.add(number)
            self._pool.distrust(number)
            logger.warning("a decoding process said what a fresh one does not say; its files are asked anew")
        anew = {}
        for told in said:
            fresh = self._examine_afresh(prover, told)
            if fresh is not None and fresh != told:
                self.doubted.append(told.file.path)
                anew[told.file.path] = fresh
        logger.warning(
            "of %d files that it told of, %d were told otherwise by fresh ones", len(said), len(anew)
        )
        return anew
