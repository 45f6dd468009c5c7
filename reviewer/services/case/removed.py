"""Who was removed from a Case, as the ledger says it."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner
from reviewer.services.case.open_case import OpenCase
from reviewer.storage import ledger


@dataclass(frozen=True)
class Removal:
    """When an Examiner was removed, by whom (an id), why, and at which place of the ledger that stands."""

    at: str
    by: str
    why: str
    position: int


def load_removed(case: OpenCase) -> dict[str, Removal]:
    """Examiner id -> the removal; nobody is enrolled again under the same id."""
    ids = {examiner.id for examiner in case.examiners()} | {slot.examiner for slot in case.keys.file.slots}
    with case.store.read() as connection:
        found = {id_: ledger.find_latest(connection, acts.EXAMINER_REMOVED, id_) for id_ in sorted(ids)}
    return {
        id_: Removal(at[1].at, at[1].author, str(at[1].body.get("why", "")), at[0])
        for id_, at in found.items()
        if at is not None
    }


def refuse_removed(case: OpenCase, examiner: Examiner) -> None:
    """Raise KnownError for an Examiner who was removed: nothing is done for her any more."""
    removal = load_removed(case).get(examiner.id)
    if removal is not None:
        raise KnownError(
            f"{make_printable(examiner.name)} was removed from this case on {removal.at[:10]}.",
            "Whoever comes back is enrolled anew, under a name that tells the two apart.",
            code="removed",
        )
