"""What can be said of a case without checking it: its ledger, its sources, its examiners and their work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.acts import acts
from reviewer.domain.evidence.audit import EvidenceClass
from reviewer.domain.ledger.entry import Entry
from reviewer.domain.photos.case import Examiner, Source
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.witnessing import count_entries_unseen_by_others
from reviewer.services.evidence.relocate import find_missing_sources
from reviewer.services.evidence.verify_originals import SourceAudit
from reviewer.storage import ledger
from reviewer.storage.reading.examiner_work import ExaminerWork, load_examiner_work


@dataclass(frozen=True)
class IntegrityFacts:
    """What is known without a check.

    `unseen` entries at the end nobody but their author has seen. `lost` are Sources that are not where they
    were; `compared_at` is when the originals were compared last and `backup_at` when a backup was made last,
    "" for never; `work` is of each Examiner, in their order.
    """

    entries: int
    unseen: int
    head: str
    photographs: int
    names: int
    lost: Sequence[Source]
    compared_at: str
    backup_at: str
    examiners: Sequence[Examiner]
    work: Sequence[ExaminerWork]


def load_integrity_facts(case: OpenCase) -> IntegrityFacts:
    """Read the facts; asks the disk whether the Sources are there."""
    counts, examiners, lost = case.counts(), case.examiners(), find_missing_sources(case)
    with case.store.read() as connection:
        work = load_examiner_work(connection)
        compared, backups = (
            ledger.load_entries_of_act(connection, act) for act in (acts.EVIDENCE_VERIFIED, acts.BACKUP_MADE)
        )
    return IntegrityFacts(
        counts.entries,
        count_entries_unseen_by_others(case),
        counts.head,
        counts.photos,
        counts.names,
        lost,
        _get_time_of_newest(compared),
        _get_time_of_newest(backups),
        examiners,
        [work.get(examiner.id, ExaminerWork(examiner.id)) for examiner in examiners],
    )


def _get_time_of_newest(entries: Sequence[Entry]) -> str:
    return entries[0].at if entries else ""


@dataclass(frozen=True)
class OriginalsFound:
    """What comparing the originals found, over all Sources.

    `same` are as they were, `changed` have another content, `missing` are not there though their Source is;
    `not_compared` could not be read, or lie in a Source that is not there (`away` names it); `moved` are
    there under another name; `new` were not met before.
    """

    same: int = 0
    changed: int = 0
    missing: int = 0
    not_compared: int = 0
    moved: int = 0
    new: int = 0
    away: tuple[str, ...] = ()

    @property
    def is_altered(self) -> bool:
        return bool(self.changed or self.missing)


def sum_up_audits(audits: Sequence[SourceAudit]) -> OriginalsFound:
    """Every name that was compared, or was to be, is in one of the counts but `new`."""
    here = [audit for audit in audits if audit.connected]
    away = [audit for audit in audits if not audit.connected]

    def count(*classes: EvidenceClass) -> int:
        return sum(audit.counts.get(kind, 0) for audit in here for kind in classes)

    unreadable = sum(
        deviation.outcome is EvidenceClass.UNREADABLE for audit in here for deviation in audit.deviations
    )
    never_read = count(EvidenceClass.UNREADABLE) - unreadable
    return OriginalsFound(
        same=count(EvidenceClass.MATCHED, EvidenceClass.LEFT_OUT) + never_read,
        changed=count(EvidenceClass.CHANGED),
        missing=count(EvidenceClass.MISSING),
        not_compared=unreadable + sum(audit.names for audit in away),
        moved=count(EvidenceClass.MOVED),
        new=count(EvidenceClass.NEW),
        away=tuple(audit.source.path for audit in away),
    )
