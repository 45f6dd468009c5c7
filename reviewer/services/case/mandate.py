"""The mandate of a Case, as its lead writes it and reports read it."""

from __future__ import annotations

from reviewer.domain.commands.mandate import Mandate, mandate_from_facts, write_mandate
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.case import Examiner
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.reading_rules import require_lead
from reviewer.services.case.snapshot import ReadableCase
from reviewer.storage.evidence import case_rows


def load_mandate(case: ReadableCase) -> Mandate:
    """Return the mandate of a Case, or the one at a Snapshot of it."""
    with case.store.read() as connection:
        return mandate_from_facts(case_rows.load_facts(connection))


def make_mandate_act(
    case: OpenCase, examiner: Examiner, text: str | None = None, limits: str | None = None
) -> Draft:
    """Make the act that writes the mandate; None leaves a part unchanged. NotAllowed for anybody but the
    lead."""
    require_lead(case, examiner, "The mandate is written")
    now = load_mandate(case)
    return write_mandate(now, now.text if text is None else text, now.limits if limits is None else limits)
