"""Examiners testify to one another: who opens a Case in which others have written since says what she saw."""

from __future__ import annotations

import logging

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.services.case.open_case import OpenCase
from reviewer.storage import ledger
from reviewer.storage.store import SaveFailed

logger = logging.getLogger(__name__)


def witness_others(case: OpenCase, examiner: str) -> bool:
    """Record that an Examiner saw the ledger as it stands, if its last entry is another's; whether it did.

    The entry holds the head of the whole ledger, as every entry does: nothing before it can be changed, cut
    off or put in afterwards by anybody else without this one speaking against it.
    """
    with case.store.read() as connection:
        last = ledger.load_newest(connection, 1)
    if case.read_only or not last or last[0].author == examiner:
        return False
    try:
        case.record(Draft(acts.LEDGER_SEEN, case.id), examiner)
    except SaveFailed as error:  # the case can be read all the same, and the next act testifies as well
        logger.warning("what others wrote could not be witnessed: %s", error.message)
        return False
    return True


def count_entries_unseen_by_others(case: OpenCase) -> int:
    """How many entries at the end of the ledger nobody but their author has seen: whoever wrote them could
    still write them differently, and only a receipt would show it."""
    with case.store.read() as connection:
        return ledger.count_last_of_one_author(connection)
