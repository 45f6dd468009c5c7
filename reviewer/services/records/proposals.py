"""Individuals proposed from the rows of records that fit nobody yet.

Accepting such a proposal makes an Individual with the examination number; its row then fits, and is accepted
on the records screen, which states the rest of what the row says.
"""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.records.matching import MatchOutcome
from reviewer.domain.records.proposals import PhotoClues, RecordProposal, propose_from_records
from reviewer.services.case.open_case import OpenCase
from reviewer.services.records.matches import load_listing, make_claim


def load_record_proposals(case: OpenCase, photos: Sequence[PhotoClues]) -> tuple[RecordProposal, ...]:
    """Propose an Individual for each row that fits no accepted one and whose number is on some of `photos`.

    `photos` are those that belong to nobody yet; paths without the Source, "/" between.
    """
    rows = (row for row in load_listing(case).rows if row.outcome is MatchOutcome.NONE)
    return propose_from_records((make_claim(row.file.id, row.row) for row in rows), photos)
