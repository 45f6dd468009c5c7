"""What the boxes of the integrity screen say: each of its own subject, each true by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reviewer.qt.case.notice_line import ALARM, WARNING
from reviewer.qt.case.subject_box import GOOD, UNKNOWN
from reviewer.services.case.receipts import CheckedReceipt
from reviewer.services.evidence.integrity_facts import IntegrityFacts, OriginalsFound
from reviewer.services.evidence.verify_case import CaseVerdict
from reviewer.services.jobs import JobProgress

State = tuple[str, str, str]
"""Kind, phrase, and why."""
NOT_CHECKED = "not checked since opening"


def describe_ledger(facts: IntegrityFacts, verdict: CaseVerdict | None) -> State:
    """Whether the chain of acts is whole, and the tables say what it says; how much of it nobody but its
    author could vouch for."""
    unseen = (
        "1 entry is seen by nobody else yet."
        if facts.unseen == 1
        else f"{facts.unseen:,} entries are seen by nobody else yet."
    )
    if verdict is None:
        return (
            UNKNOWN,
            NOT_CHECKED,
            f"{facts.entries:,} entries, each with the hash of the one before. {unseen}",
        )
    if verdict.faults:
        number = len(verdict.faults)
        return ALARM, "1 fault" if number == 1 else f"{number:,} faults", "Nothing was repaired."
    why = (
        f"{verdict.entries:,} entries, each holds the hash of the one before. All signatures are good, and "
        f"the tables say what the ledger says. {unseen}"
    )
    if verdict.unsealed:
        why += f" {verdict.unsealed:,} files belong to an ingest that has not ended."
    return GOOD, "unbroken", why


def describe_originals(facts: IntegrityFacts, found: OriginalsFound | None) -> State:
    """Whether the files are those that were ingested; what cannot be compared is not said to be changed."""
    if found is None:
        last = f"Last compared {format_when(facts.compared_at)}." if facts.compared_at else "Never compared."
        if facts.lost:
            return WARNING, "not where they were", f"{_name_lost(facts)} {last}"
        return UNKNOWN, NOT_CHECKED, f"{facts.names:,} names. {last}"
    why = f"{found.same:,} are as they were, {found.changed:,} changed, {found.missing:,} missing."
    if found.away:
        why += f" {_count_away(found.away)}"
    if found.moved:
        why += f" {found.moved:,} have another name now."
    if found.new:
        why += f" {found.new:,} were not there before."
    if found.is_altered:
        parts = [(found.changed, "changed"), (found.missing, "missing")]
        return ALARM, ", ".join(f"{number:,} {how}" for number, how in parts if number), why
    if found.not_compared:
        return WARNING, f"{found.not_compared:,} cannot be compared", why
    if found.same + found.moved:
        return GOOD, f"{found.same + found.moved:,} as they were", why
    return UNKNOWN, "nothing to compare", "No source has been added yet."


def describe_receipts(receipts: Sequence[CheckedReceipt], notices: Sequence[str]) -> State:
    """Whether the ledger still begins with what its receipts stand for; `notices` are about their files."""
    kind, phrase, why = _describe_agreement(receipts)
    if not notices:
        return kind, phrase, why
    return ALARM if kind == ALARM else WARNING, phrase, " ".join((why, *notices))


def _describe_agreement(receipts: Sequence[CheckedReceipt]) -> State:
    if not receipts:
        return (
            UNKNOWN,
            "none is known here",
            "One is kept in this account at each close with new acts. Kept elsewhere, it proves most.",
        )
    checked = [receipt for receipt in receipts if receipt.contradiction is not None]
    latest = receipts[0].receipt
    why = f"Latest: {format_when(latest.at)}, entry {latest.entries:,}."
    if not checked:
        return UNKNOWN, NOT_CHECKED, f"{len(receipts):,} known. {why}"
    wrong = sum(receipt.is_open for receipt in checked)
    if wrong:
        return ALARM, f"{wrong:,} of {len(checked):,} contradicted", "The ledger is not what they stand for."
    judged = sum(bool(receipt.contradiction and receipt.judged) for receipt in checked)
    doubted = sum(bool(receipt.disbelief) for receipt in checked)
    if judged or doubted:
        agree = sum(not receipt.contradiction and not receipt.disbelief for receipt in checked)
        told = (
            f"{judged:,} were judged by an examiner, {doubted:,} are not signed rightly or of another case."
        )
        return WARNING, f"{agree:,} of {len(receipts):,} agree", f"{told} {why}"
    return GOOD, f"{len(checked):,} of {len(receipts):,} agree", why


def describe_case(facts: IntegrityFacts, *, encrypted: bool) -> State:
    """Who can open it, and whether there is a copy."""
    people = len(facts.examiners)
    who = "1 examiner" if people == 1 else f"{people:,} examiners"
    backup = (
        f"Backup of {format_when(facts.backup_at)}." if facts.backup_at else "No backup has been made of it."
    )
    if encrypted:
        return GOOD, f"encrypted, {who}", f"Each examiner signs with a key of their own. {backup}"
    return WARNING, f"not encrypted, {who}", f"Whoever has the folder can read it and change it. {backup}"


def describe_progress(progress: JobProgress, what: str) -> State:
    """How far a check is."""
    return UNKNOWN, f"{progress.done:,} of {progress.total:,}", what


def format_when(at: str) -> str:
    """A time of the ledger, as clocks say it here."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return at


def _name_lost(facts: IntegrityFacts) -> str:
    return _count_away([source.path for source in facts.lost])


def _count_away(paths: Sequence[str]) -> str:
    return f"{paths[0]} is not here." if len(paths) == 1 else f"{len(paths):,} sources are not here."
