"""What comparing the originals found is summed up, and what was not compared is not said to be changed."""

from reviewer.domain.evidence.audit import AuditedFile, EvidenceClass
from reviewer.domain.photos.case import Source
from reviewer.services.evidence.integrity_facts import OriginalsFound, load_integrity_facts, sum_up_audits
from reviewer.services.evidence.verify_originals import SourceAudit


def made_audit(path, connected, **counts):
    source = Source(path, path, "", "", "", "", 0, 0)
    unread = [AuditedFile(b"x", EvidenceClass.UNREADABLE, "had a hash", "")] * counts.pop("no_longer_read", 0)
    return SourceAudit(
        source, connected, {**dict.fromkeys(map(str, EvidenceClass), 0), **counts}, tuple(unread)
    )


def test_the_classes_of_all_sources_add_up():
    here = made_audit("/here", True, matched=5, changed=1, moved=2, new=3, unreadable=4, no_longer_read=1)
    away = made_audit("/away", False, missing=10)
    found = sum_up_audits([here, away])
    assert found == OriginalsFound(
        same=8, changed=1, missing=0, not_compared=11, moved=2, new=3, away=("/away",)
    )
    listed = here.names + away.names - found.new
    assert found.same + found.changed + found.missing + found.not_compared + found.moved == listed
    assert found.is_altered


def test_a_source_that_is_away_alters_nothing():
    found = sum_up_audits([made_audit("/away", False, missing=10)])
    assert (found.missing, found.not_compared, found.is_altered) == (0, 10, False)
    assert sum_up_audits([]) == OriginalsFound()


def test_the_facts_count_what_each_examiner_did(case):
    facts = load_integrity_facts(case)
    (examiner,), (work,) = facts.examiners, facts.work
    assert (work.examiner, work.begun, work.complete, work.context_seen) == (examiner.id, 0, 0, 0)
    assert work.last_at
    assert (facts.compared_at, facts.backup_at, facts.lost) == ("", "", [])
    assert facts.entries == case.counts().entries
