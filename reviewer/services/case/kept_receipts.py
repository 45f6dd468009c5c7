"""Receipts that are kept by themselves: made at each close, compared at each opening before anything is seen.

A receipt speaks if its signature is right by the key it names, whether the ledger states that key or not: a
ledger that was put back or written anew may be just one that does not. What is not signed rightly is listed
and asks nobody anything.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft, Entry, LedgerFault
from reviewer.domain.ledger.kept_receipt import KeptReceipt
from reviewer.domain.names import make_printable
from reviewer.keys.signing import is_signature_valid
from reviewer.services.case.case_key import settle_keys
from reviewer.services.case.open_case import KnowsLess, OpenCase
from reviewer.services.case.receipt_places import (
    ReceiptFile,
    find_account_place,
    find_second_place,
    list_places,
)
from reviewer.storage import ledger
from reviewer.storage.evidence import case_rows
from reviewer.storage.store import Connection, DatabaseFault
from reviewer.system.clock import format_timestamp

logger = logging.getLogger(__name__)
_MOST_EXAMINERS = 20
"""At opening the newest receipt of each examiner is compared, and all that stand for more entries than there
are: a later receipt of one history covers those before it. `verify` compares all. Somebody may have made up
any number of examiners."""
_MOST_JUDGED = 500
_MINUTES = len("2026-01-02T03:04")
_LONGEST_REASON = 2000


@dataclass(frozen=True)
class ComparedReceipt:
    """A kept receipt and the name of its place. `contradiction` is "" if the ledger agrees with it; `judged`
    are who judged that, in sentences by their ids; `disbelief` is why it counts for nothing, "" if it counts.
    """

    receipt: KeptReceipt
    place: str
    contradiction: str = ""
    judged: Mapping[str, str] = field(default_factory=dict)
    disbelief: str = ""

    def is_open_for(self, examiner: str) -> bool:
        """Whether it speaks against the ledger, and the Examiner has not judged that; "" is anybody."""
        was_judged = examiner in self.judged if examiner else bool(self.judged)
        return bool(self.contradiction) and not was_judged and not self.disbelief


@dataclass(frozen=True)
class ReceiptsOfCase:
    """All receipts of a case, the newest first, and sentences on what is wrong with their files."""

    receipts: Sequence[ComparedReceipt]
    notices: Sequence[str]


# at the close


def keep_receipt_of_close(case: OpenCase) -> str:
    """Keep a receipt of the ledger as it is now in the account, if its newest one is of another; never fails.

    Return what could not be done, in a sentence without names, "" if all was. The second place is for whoever
    closes the Case (`copy_to_second_place`): a drive that does not answer would hold the close.
    """
    if case.knows_less is not None:
        return ""
    account = find_account_place()
    try:
        made = _make_receipt(case)
    except (DatabaseFault, KnownError) as error:
        logger.info("no receipt is kept: %s", error.__class__.__name__)
        return ""
    trouble = account.keep(made) if made is not None else ""
    if trouble:
        return f"The receipt of this session could not be kept in the account: {trouble}."
    return ""


def copy_to_second_place() -> str:
    """Bring the second place up to date with the account, if there is one; why it could not be in a sentence,
    "" if it was. Waits for a second at the most, and needs no Case."""
    second = find_second_place()
    trouble = second.bring_up(find_account_place()) if second is not None else ""
    if not trouble:
        return ""
    return (
        f"The second place of the receipts could not be written: {trouble}. It is brought up to date at the "
        "next close at which it can."
    )


def _make_receipt(case: OpenCase) -> KeptReceipt | None:
    """The receipt of the present ledger, signed; None of an empty one, and where nobody here can sign."""
    with case.store.read() as connection:
        entries, head = ledger.load_size_and_head(connection)
        authors = [entry.author for entry in ledger.load_newest(connection, 1)]
    signer = next((who for who in (*authors, case.keys.examiner) if case.keys.can_sign(who)), "")
    if not entries or not signer:
        return None
    key, at = case.keys.find_public_key(signer), format_timestamp(case.clock())
    made = KeptReceipt(case.id, entries, head, at, signer, key)
    return replace(made, signature=case.keys.sign(signer, made.signed_hash))


# at the opening


def check_at_opening(case: OpenCase) -> None:
    """Set `knows_less` of the case if kept receipts know of it what it does not know; a second place that
    cannot be read stands in its notices.

    Costs some look-ups: the newest receipt of each examiner, and those of more entries than there are.
    """
    files = []
    for place in list_places():
        file = place.read(case.id)
        files.append((place.name, file))
        if place.is_second and file.trouble:
            case.notices.append(f"The second place of the receipts cannot be read: {file.trouble}.")
    case.knows_less = _find_what_case_lacks(case, files)


def _find_what_case_lacks(case: OpenCase, files: Sequence[tuple[str, ReceiptFile]]) -> KnowsLess | None:
    with case.store.read() as connection:
        last = ledger.find_last_position(connection)
        chosen = [(name, known) for name, file in files for known in _choose_for_opening(file, last)]
        wanted = {known.entries for _name, known in chosen if known.entries <= last}
        heads = {entries: ledger.find_head_at(connection, entries) for entries in wanted}
        doubted = [
            ComparedReceipt(known, name)
            for name, known in chosen
            if known.case == case.id and heads.get(known.entries) != known.head
        ]
        compared = _compare(connection, case.id, doubted) if doubted else []
        found = [known for known in compared if known.is_open_for(case.keys.examiner)]
        entries = ledger.load_size_and_head(connection)[0] if found else 0
    return _describe_lack(found, entries) if found else None


def _choose_for_opening(file: ReceiptFile, last: int) -> list[KeptReceipt]:
    """The newest of each examiner, and all of more entries than there are."""
    beyond = [receipt for receipt in file.receipts if receipt.entries > last]
    newest = {receipt.examiner: receipt for receipt in file.receipts}
    return [*beyond, *islice(reversed(newest.values()), _MOST_EXAMINERS)]


def _describe_lack(found: Sequence[ComparedReceipt], entries: int) -> KnowsLess:
    """In one sentence, by the receipt that knows most."""
    worst = max(found, key=lambda known: (known.receipt.entries, known.receipt.at))
    receipt = worst.receipt
    when = format_moment(receipt.at)
    if receipt.entries > entries:
        known = (
            f"This case knows less than a receipt of it that was kept {worst.place}: it had "
            f"{receipt.entries:,} entries on {when}, and {entries:,} are here."
        )
    else:
        known = (
            f"This case is not that of a receipt that was kept {worst.place}: its first "
            f"{receipt.entries:,} entries are not those it had on {when}."
        )
    judged = [said for one in found for said in one.judged.values()]
    return KnowsLess(
        known,
        entries,
        tuple(dict.fromkeys((one.receipt.entries, one.receipt.head) for one in found)),
        tuple(dict.fromkeys(judged)),
    )


def begin_judging(case: OpenCase, reason: str) -> None:
    """Let the case be written for the reason that an Examiner gave, so far without recording it: what is
    asked about keys comes before. KnownError without a reason, or where nothing is to be judged."""
    if case.knows_less is None:
        raise KnownError("No kept receipt contradicts this case.", code="nothing-to-judge")
    if not reason.strip():
        raise KnownError("Say why the case is to be opened all the same.", code="no-reason")
    case.judgement = reason.strip()[:_LONGEST_REASON]
    try:
        settle_keys(case)
    except BaseException:
        case.judgement = ""
        raise


def record_judgement(case: OpenCase, examiner: str) -> Entry:
    """Record that an Examiner lets the case be written although it knows less than receipts of it, and why.

    From then on these receipts do not ask this Examiner any more. They ask the others once: who writes
    history anew could write a judgement, too.
    """
    lack = case.knows_less
    if lack is None or not case.judgement:
        raise KnownError("Nothing of this case is being judged.", code="nothing-to-judge")
    body = {
        "receipts": [{"entries": entries, "head": head} for entries, head in lack.receipts[:_MOST_JUDGED]],
        "found": lack.entries,
        "reason": case.judgement,
    }
    entry = case.record(Draft(acts.RECEIPT_JUDGED, case.id, body), examiner)
    case.knows_less, case.judgement = None, ""
    return entry


def judge_receipts(case: OpenCase, examiner: str, reason: str) -> Entry:
    """Both at once, where nothing is asked between."""
    begin_judging(case, reason)
    try:
        return record_judgement(case, examiner)
    except BaseException:
        case.judgement = ""
        raise


# whenever somebody asks


def load_receipts_of_case(case: OpenCase) -> ReceiptsOfCase:
    """Load every receipt that is kept of this case, without comparing them."""
    found: list[ComparedReceipt] = []
    notices: list[str] = []
    for place in list_places():
        file = place.read(case.id)
        found += [ComparedReceipt(receipt, place.name) for receipt in file.receipts]
        notices += _describe_file(place.name, file)
    joined = [
        replace(known, disbelief=_find_disbelief(known.receipt, case.id)) for known in _join_places(found)
    ]
    joined.sort(key=lambda known: known.receipt.at, reverse=True)
    return ReceiptsOfCase(joined, notices)


def compare_kept_receipts(case: OpenCase) -> ReceiptsOfCase:
    """Compare every receipt that is kept of this case with its ledger, in one pass over it."""
    loaded = load_receipts_of_case(case)
    with case.store.read() as connection:
        return replace(loaded, receipts=_compare(connection, case.id, loaded.receipts))


def check_kept_receipts(case: OpenCase) -> tuple[list[LedgerFault], list[str]]:
    """What kept receipts say against the ledger and no examiner has judged; and sentences on what was judged,
    on what counts for nothing, and on what is wrong with their files."""
    found = compare_kept_receipts(case)
    faults, notes = [], list(found.notices)
    for known in found.receipts:
        where = f"the receipt of {format_moment(known.receipt.at)} kept {known.place}"
        if known.is_open_for(""):
            faults.append(LedgerFault(where, known.contradiction))
        elif known.disbelief:
            notes.append(f"{where}: {known.disbelief}")
        elif known.contradiction:
            notes.append(f"{where}: {known.contradiction}; {'; '.join(known.judged.values())}")
    return faults, notes


def _join_places(found: Sequence[ComparedReceipt]) -> list[ComparedReceipt]:
    """One row for what lies in both places."""
    places: dict[KeptReceipt, list[str]] = {}
    for known in found:
        names = places.setdefault(known.receipt, [])
        if known.place not in names:
            names.append(known.place)
    return [ComparedReceipt(receipt, " and ".join(names)) for receipt, names in places.items()]


def _describe_file(place: str, file: ReceiptFile) -> Iterator[str]:
    if file.trouble:
        yield f"The receipts kept {place} cannot be read: {file.trouble}."
    if file.is_torn:
        yield f"The last line of the receipts kept {place} has no end: the program was stopped there."
    if file.spoilt:
        lines = "1 line is" if file.spoilt == 1 else f"{file.spoilt:,} lines are"
        yield f"Of the receipts kept {place} {lines} no receipt, and left out."


def _compare(
    connection: Connection, case_id: str, receipts: Sequence[ComparedReceipt]
) -> list[ComparedReceipt]:
    """Compare each with all entries it stands for; look who judged, and whether it is signed."""
    of_case = [known.receipt for known in receipts if known.receipt.case == case_id]
    heads = ledger.compute_heads_at(connection, {receipt.entries for receipt in of_case})
    entries, _head = ledger.load_size_and_head(connection)
    judged = load_judged(connection, case_id)
    return [
        replace(
            known,
            contradiction=describe_contradiction(known.receipt.entries, known.receipt.head, entries, heads),
            judged=judged.get((known.receipt.entries, known.receipt.head), {}),
            disbelief=_find_disbelief(known.receipt, case_id),
        )
        for known in receipts
    ]


def describe_contradiction(stands_for: int, head: str, entries: int, heads: Mapping[int, str]) -> str:
    """What a ledger of so many entries and these heads has against a receipt, as the end of a sentence; "" if
    nothing."""
    if stands_for > entries:
        gone = stands_for - entries
        are = "is" if gone == 1 else "are"
        return f"it stands for {stands_for:,} entries; {gone:,} of them {are} gone"
    if heads.get(stands_for) != head:
        return f"the first {stands_for:,} entries are not those it stands for"
    return ""


def _find_disbelief(receipt: KeptReceipt, case_id: str) -> str:
    if receipt.case != case_id:
        return "it is of another case"
    if not receipt.is_signed(is_signature_valid):
        return "its signature is not right"
    return ""


def load_judged(connection: Connection, case_id: str) -> dict[tuple[object, object], dict[str, str]]:
    """Of each receipt that was judged, by entries and head: who did, and in a sentence when and why."""
    names = {examiner.id: examiner.name for examiner in case_rows.load_examiners(connection)}
    found: dict[tuple[object, object], dict[str, str]] = {}
    for entry in ledger.load_acts_about(connection, acts.RECEIPT_JUDGED, case_id):
        who, why = names.get(entry.author, entry.author), str(entry.body.get("reason", ""))
        said = f"{make_printable(who)} judged it on {format_moment(entry.at)}: {make_printable(why)}"
        for receipt in entry.body.get("receipts", ()):
            found.setdefault((receipt.get("entries"), receipt.get("head")), {})[entry.author] = said
    return found


def format_moment(at: str) -> str:
    """A time of the ledger or of a receipt, to the minute."""
    return f"{at[:_MINUTES].replace('T', ' ')} UTC"
