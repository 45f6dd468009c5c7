"""The decoding processes of the program, for faces that must not know how decoding is done."""

from __future__ import annotations

import os

from reviewer.media.workers.pool import DecoderPool
from reviewer.media.workers.worker_process import WorkerProcess

PROVE_DECODING = True


def new_pool() -> DecoderPool:
    """Two workers, or more where there are cores for more; the last core is left to the window."""
    workers = min(6, max(2, (os.cpu_count() or 2) - 1))
    return DecoderPool(workers) if PROVE_DECODING else DecoderPool(workers, proving=None)


def warm_up_decoding() -> None:
    """Start what loads the decoders, so that the first photograph of a case does not wait for that. Where
    decoding processes cannot be copies there is nothing to keep, and it costs the start of one."""
    worker = WorkerProcess()
    worker.begin()
    worker.close()
