"""The mandate of a Case, as its lead writes it and reports read it."""

from __future__ import annotations

from reviewer.domain.commands.mandate import Mandate, mandate_from, write_mandate
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.case import Examiner
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.reading_rules import lead_of
from reviewer.services.case.snapshot import CaseInView
from reviewer.storage.evidence import case_rows


def mandate_of(case: CaseInView) -> Mandate:
    """What stands in a Case, or stood at a Moment of it."""
    with case.store.read() as connection:
        return mandate_from(case_rows.facts(connection))


def new_mandate(
    case: OpenCase, examiner: Examiner, text: str | None = None, limits: str | None = None
) -> Draft:
    """The act that writes it; what is None stays as it is. NotAllowed unless the lead writes it."""
    leads = lead_of(case)
    if examiner.id != leads:
        name = next((each.name for each in case.examiners() if each.id == leads), "nobody")
        raise NotAllowed(f"The mandate is written by {name}, who made this case.")
    now = mandate_of(case)
    return write_mandate(now, now.text if text is None else text, now.limits if limits is None else limits)
