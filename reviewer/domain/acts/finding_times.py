"""When each Finding and each Reading was made and last changed, from the acts that stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Entry

_NOT_OF_FINDINGS = frozenset({acts.MEASUREMENT_TAKEN, acts.MEASUREMENT_REPEATED, acts.MEASUREMENT_REMOVED})

ActTimes = dict[tuple[str, str], tuple[str, str]]
"""(Examiner's id, id of the thing) -> the moments of the first and the last act."""


def compute_finding_times(entries: Iterable[Entry]) -> ActTimes:
    """(Examiner's id, Finding's id) -> the moments of the first and the last of these acts that name it."""
    times: ActTimes = {}
    for entry in entries:
        for finding in _iterate_finding_ids(entry):
            key = entry.author, finding
            times[key] = times.get(key, (entry.at, ""))[0], entry.at
    return times


def compute_reading_times(entries: Iterable[Entry]) -> ActTimes:
    """(Examiner's id, Photo) -> the moments of the first and the last of these acts of the Reading."""
    times: ActTimes = {}
    for entry in entries:
        if acts.is_act_of_reading(entry.act):
            key = entry.author, entry.subject
            times[key] = times.get(key, (entry.at, ""))[0], entry.at
    return times


def _iterate_finding_ids(entry: Entry) -> Iterator[str]:
    body = entry.body
    if entry.act in _NOT_OF_FINDINGS or not acts.is_act_of_reading(entry.act):
        return
    if entry.act == acts.FINDING_ADDED:
        yield body["id"]
    for made in body.get("findings", ()):
        yield made["id"]
    yield from body.get("ids", ())
    if "finding" in body:
        yield body["finding"]
