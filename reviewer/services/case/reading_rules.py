"""The rules of reading as people set them: who may, and the order that follows for a list of Photos."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from reviewer.domain.acts.roles import Role
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.case import Examiner
from reviewer.domain.worklist.reading_order import (
    MASKED_THINGS_IN_WORDS,
    ReadingRules,
    classify_photo_subject,
    draw_order,
    set_masking,
)
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.snapshot import ReadableCase
from reviewer.storage import reading_order
from reviewer.storage.store import Connection

_RULES_ARE_SET = "Rules of reading are set"


def load_rules(case: ReadableCase) -> ReadingRules:
    """Return the rules of a Case, or those at a Snapshot of it."""
    with case.store.read() as connection:
        return reading_order.load_rules(connection)


def load_rules_while_reading(case: ReadableCase) -> tuple[ReadingRules, ...]:
    """Return the rules in force while photographs were read, oldest first; a single one if they never
    changed."""
    with case.store.read() as connection:
        return reading_order.load_rules_while_reading(connection)


def load_lead(case: ReadableCase) -> str:
    """Return the id of the lead: the Examiner who made the Case."""
    with case.store.read() as connection:
        return reading_order.load_lead(connection)


def require_lead(case: OpenCase, examiner: Examiner, what: str) -> None:
    """Raise NotAllowed for anybody but a lead; `what` says what only a lead does."""
    if case.roles.find_role(examiner.id) is Role.LEAD:
        return
    leads, made = case.roles.list_leads(), load_lead(case)
    names = " or ".join(known.name for known in case.examiners() if known.id in leads) or "nobody"
    raise NotAllowed(f"{what} by {names}, who {'made' if leads == [made] else 'leads'} this case.")


def make_order_act(case: OpenCase, examiner: Examiner, seed: str = "") -> Draft:
    """Make the act that draws an order of reading. NotAllowed for anybody but the lead."""
    require_lead(case, examiner, _RULES_ARE_SET)
    return draw_order(load_rules(case), seed or secrets.token_hex(8))


def make_masking_act(case: OpenCase, examiner: Examiner, masked: bool) -> Draft:
    """Make the act that turns masking on or off. NotAllowed for anybody but the lead."""
    require_lead(case, examiner, _RULES_ARE_SET)
    return set_masking(load_rules(case), masked)


def load_kinds(connection: Connection, categories: Sequence[str]) -> bytearray:
    """Return what each Photo shows (a `PhotoSubject`) by its number, from what the Examiners of the Case
    recorded; `categories` are theirs by number."""
    cards = reading_order.compute_card_permille(connection)
    regions = reading_order.count_regions_covered(connection)
    alone = {category: classify_photo_subject(category, 0, 0) for category in set(categories)}
    kinds = bytearray(map(alone.__getitem__, categories))
    for number in chain(cards, regions):
        if 0 < number < len(kinds):
            kinds[number] = classify_photo_subject(
                categories[number], cards.get(number, 0), regions.get(number, 0)
            )
    return kinds


@dataclass(frozen=True)
class ContextCounts:
    """`findings` stand as present on complete Readings; `made` of them were made after something that is
    masked was seen. `seen` says what, with how many Findings came after each."""

    findings: int
    made: int
    seen: Mapping[str, int]

    def describe_counts(self) -> str:
        """One sentence, for the command line."""
        what = ", ".join(
            f"{MASKED_THINGS_IN_WORDS[thing]} {count:,}" for thing, count in sorted(self.seen.items())
        )
        return (
            f"{self.made:,} of {self.findings:,} findings that stand as present on complete readings were "
            f"made after something masked was seen{f' ({what})' if what else ''}."
        )


def count_in_context(
    case: ReadableCase, examiners: Sequence[str], photos: Collection[str] | None = None
) -> ContextCounts:
    """Count the Findings made in context, of these Examiners, on these Photos (SHA-256) or on all."""
    with case.store.read() as connection:
        return ContextCounts(*reading_order.count_findings_in_context(connection, examiners, photos))
