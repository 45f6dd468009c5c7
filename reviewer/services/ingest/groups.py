"""Which files are examined in one question: small ones that were met one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.media.workers.handing_over import BYTES_TOGETHER, MOST_TOGETHER
from reviewer.services.ingest.scan import ScanEntry


def form_groups(met: Iterable[ScanEntry], batch: int) -> Iterator[list[ScanEntry]]:
    """All of them, in order, as many at once as a question takes by the size they had when they were met.

    No group has files of two batches of `batch`: what a process that was taken over by one file says of the
    others is asked anew with their batch, and until then nothing of it is kept.
    """
    group: list[ScanEntry] = []
    size = 0
    for number, entry in enumerate(met):
        is_full = len(group) == MOST_TOGETHER or size + entry.file.size > BYTES_TOGETHER
        if group and (is_full or number % batch == 0):
            yield group
            group, size = [], 0
        group.append(entry)
        size += entry.file.size
    if group:
        yield group
