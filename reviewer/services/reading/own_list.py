"""How far an Examiner is with all that is to be read, and what is closed to a reader until that is done."""

from __future__ import annotations

from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.category import CATEGORIES_NOT_READ
from reviewer.services.case.open_case import OpenCase
from reviewer.storage import reading_order

STATISTICS_CLOSED = "statistics-closed"


def require_finished_list(case: OpenCase, examiner: str) -> None:
    """NotAllowed, with how far she is, for a reader whose list is not finished: who knows the running rate
    expects it. The lead, who made the Case, may count at any time; so may the command line. For a job."""
    with case.store.read() as connection:
        if reading_order.load_lead(connection) == examiner:
            return
        done, total = reading_order.count_finished(
            connection, examiner, sorted(map(str, CATEGORIES_NOT_READ))
        )
    if done < total:
        raise NotAllowed(
            f"Statistics are closed until your list is finished: {done:,} of {total:,} photographs are "
            "complete or set aside.",
            "Whoever made the case can count at any time, here or on the command line.",
            code=STATISTICS_CLOSED,
        )
