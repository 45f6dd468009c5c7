"""Roles of Examiners: acts of the ledger; and the one table of what each role may do.

Roles begin with the first act that sets one. Until then every Examiner may do everything but set roles, which
the one who made the Case does: that one leads it from the start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from reviewer.domain.acts import acts
from reviewer.domain.acts.table import ACTS
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import ACT_TAKEN_BACK, Entry, LedgerFault, describe_place


class Role(StrEnum):
    LEAD = "lead"
    EXAMINER = "examiner"
    OBSERVER = "observer"


class Right(StrEnum):
    """What acts are for; the value is what a person is told."""

    OWN = "change one's own passphrase and key, testify to what was seen"
    RECORD = "record readings"
    DECIDE = "decide what all share: individuals, cards, categories, near-duplicates, redactions, lists"
    EVIDENCE = (
        "add folders and files of records, verify originals, note files seen elsewhere, judge a receipt"
    )
    HAND_OVER = "make reports, exports, court packs and backups, have the head stamped"
    VOUCH = "vouch for the key of another examiner, set a new passphrase for one who lost it"
    RULE = "write the mandate and set the rules of reading"
    ENROL = "enrol and remove examiners, change the key of the case, make a recovery key"
    SET_ROLES = "set roles"


ACTS_ABOUT_ROLES = (acts.CASE_CREATED, acts.EXAMINER_ROLE_SET)
RIGHTS_OF_ROLE: Mapping[Role, frozenset[Right]] = {
    Role.LEAD: frozenset(Right),
    Role.EXAMINER: frozenset(Right) - {Right.RULE, Right.ENROL, Right.SET_ROLES},
    Role.OBSERVER: frozenset({Right.OWN}),
}
_RIGHTS_OF_CASE_ACTS: Mapping[str, Right] = {
    acts.CASE_CREATED: Right.OWN,
    acts.CLOCK_SET_BACK: Right.OWN,
    acts.LEDGER_SEEN: Right.OWN,
    acts.PASSPHRASE_CHANGED: Right.OWN,
    acts.EXAMINER_KEY_SET: Right.OWN,
    acts.CASE_KEY_CHANGED: Right.OWN,  # says what was done already, by whoever opens the Case next
    ACT_TAKEN_BACK: Right.RECORD,
    acts.EXAMINER_KEY_VOUCHED: Right.VOUCH,
    acts.SOURCE_ADDED: Right.EVIDENCE,
    acts.SOURCE_INGESTED: Right.EVIDENCE,
    acts.SOURCE_MOVED: Right.EVIDENCE,
    acts.INGEST_BEGUN: Right.EVIDENCE,
    acts.CHANGED_FILES_FOUND: Right.EVIDENCE,
    acts.RECORDS_LOADED: Right.EVIDENCE,
    acts.EVIDENCE_VERIFIED: Right.EVIDENCE,
    acts.MANIFEST_COMPARED: Right.EVIDENCE,
    acts.RECEIPT_JUDGED: Right.EVIDENCE,
    acts.EXPORT_MADE: Right.HAND_OVER,
    acts.PACK_STATED: Right.HAND_OVER,
    acts.DEFINITIONS_STATED: Right.HAND_OVER,
    acts.BACKUP_MADE: Right.HAND_OVER,
    acts.HEAD_STAMPED: Right.HAND_OVER,
    acts.READING_RULES_SET: Right.RULE,
    acts.MANDATE_WRITTEN: Right.RULE,
    acts.CARD_ORDER_SET: Right.DECIDE,
    acts.EXAMINER_ENROLLED: Right.ENROL,
    acts.RECOVERY_KEY_MADE: Right.ENROL,
    acts.CASE_KEY_CHANGE_WANTED: Right.ENROL,
    acts.EXAMINER_REMOVED: Right.ENROL,
    acts.EXAMINER_ROLE_SET: Right.SET_ROLES,
}


def find_right(act: str) -> Right:
    """What right an act takes. An act on the case that has no row of its own takes a lead."""
    if acts.is_act_of_reading(act):
        return Right.RECORD
    row = ACTS.get(act)
    if row is not None and row.find_affected is not None:
        return Right.DECIDE
    return _RIGHTS_OF_CASE_ACTS.get(act, Right.ENROL)


def list_case_acts_with_right() -> frozenset[str]:
    """The acts on the case that have a row of their own."""
    return frozenset(_RIGHTS_OF_CASE_ACTS)


class RoleHistory:
    """Who had which role when; is given the entries in the order they were kept."""

    def __init__(self) -> None:
        self.maker = ""
        self.begun = False
        self._roles: dict[str, Role] = {}

    def find_role(self, examiner: str) -> Role:
        """The role of an Examiner now: as it was set, else the maker of the Case leads it."""
        return self._roles.get(examiner, Role.LEAD if examiner == self.maker else Role.EXAMINER)

    def list_leads(self) -> list[str]:
        """The ids of all who lead the Case."""
        return sorted(
            examiner for examiner in {self.maker, *self._roles} if self.find_role(examiner) is Role.LEAD
        )

    def may(self, examiner: str, act: str) -> bool:
        """Whether an Examiner may do this act now."""
        right = find_right(act)
        if not self.begun and right is not Right.SET_ROLES:
            return True
        return right in RIGHTS_OF_ROLE[self.find_role(examiner)]

    def require(self, examiner: str, act: str) -> None:
        """Raise NotAllowed with what the Examiner's role does not allow."""
        if not self.may(examiner, act):
            raise NotAllowed(
                f"The role of this examiner is {self.find_role(examiner)}, and may not: {find_right(act)}.",
                "A lead can do it, or set another role on the page Access.",
                code="role",
            )

    def require_role_change(self, examiner: str, role: Role) -> None:
        """Raise NotAllowed where nobody would lead the Case any more."""
        if role is not Role.LEAD and self.list_leads() == [examiner]:
            raise NotAllowed(
                "Somebody has to lead the case.", "Make another examiner lead first.", code="role"
            )

    def note_entry(self, entry: Entry) -> Iterator[LedgerFault]:
        """Take in an entry; what its author's role did not allow."""
        if not self.maker:
            self.maker = entry.author
        if not self.may(entry.author, entry.act):
            what = f"its author's role was {self.find_role(entry.author)}, and that may not: "
            yield LedgerFault(describe_place(entry), what + find_right(entry.act))
        elif entry.act == acts.EXAMINER_ROLE_SET:
            self.begun = True
            self._roles[entry.subject] = Role(entry.body["role"])
            if not self.list_leads():
                yield LedgerFault(describe_place(entry), "leaves the case without a lead")
