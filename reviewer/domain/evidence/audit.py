"""Comparing a list of files with what is there, in the classes of hashdeep (J. Kornblum).

Every name on either side is counted exactly once, so the classes add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.grouping import group_pairs

UNREADABLE_HASH = ""
"""In the place of a hash: the file could not be read."""


class EvidenceClass(StrEnum):
    """MOVED is there under another name; NEW was not on the list, or had no hash on it; LEFT_OUT is not
    looked into on purpose, now as before."""

    MATCHED = "matched"
    CHANGED = "changed"
    MISSING = "missing"
    MOVED = "moved"
    NEW = "new"
    UNREADABLE = "unreadable"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class AuditedFile:
    """One file: the hash it should have, the hash it has, and for MOVED the name it has now."""

    path: bytes
    outcome: EvidenceClass
    listed: str
    found: str
    now: bytes = b""

    @property
    def deviates(self) -> bool:
        """Whether this is worth reporting: a file that never could be read is as it was."""
        never_read = self.outcome is EvidenceClass.UNREADABLE and self.listed == UNREADABLE_HASH
        return self.outcome not in {EvidenceClass.MATCHED, EvidenceClass.LEFT_OUT} and not never_read


def audit(
    listed: Mapping[bytes, str], found: Mapping[bytes, str], left_out: Collection[bytes] = ()
) -> list[AuditedFile]:
    """Compare path -> hash of a list with path -> hash of what is there, UNKNOWN for what cannot be read.

    `left_out` are those of the names that are not looked into on purpose.
    """
    strangers = group_pairs((found[path], path) for path in sorted(found.keys() - listed.keys()))
    results, claimed = [], set()
    for path in sorted(listed):
        known = listed[path]
        if path in left_out and known == UNREADABLE_HASH:
            results.append(AuditedFile(path, EvidenceClass.LEFT_OUT, known, UNREADABLE_HASH))
        elif path in found:
            results.append(AuditedFile(path, _compare_hashes(known, found[path]), known, found[path]))
        elif known and strangers[known]:
            now = strangers[known].pop(0)
            claimed.add(now)
            results.append(AuditedFile(path, EvidenceClass.MOVED, known, known, now))
        else:
            results.append(AuditedFile(path, EvidenceClass.MISSING, known, UNREADABLE_HASH))
    for path in sorted(found.keys() - listed.keys() - claimed):
        outcome = EvidenceClass.NEW if found[path] else EvidenceClass.UNREADABLE
        results.append(AuditedFile(path, outcome, UNREADABLE_HASH, found[path]))
    return results


def count_by_class(results: Iterable[AuditedFile]) -> dict[str, int]:
    """How many of each class; all of them, in the order of EvidenceClass."""
    counts = Counter(result.outcome for result in results)
    return {str(outcome): counts[outcome] for outcome in EvidenceClass}


def _compare_hashes(known: str, now: str) -> EvidenceClass:
    if not now:
        return EvidenceClass.UNREADABLE
    if not known:
        return EvidenceClass.NEW
    return EvidenceClass.MATCHED if known == now else EvidenceClass.CHANGED
