"""Near-duplicates: grouping them, parting one, and carrying a judgement over to the others of a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.acts.reading_bodies import finding_to_body
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding, Reading, ReadingState

MethodParameters = Mapping[str, int]
DETECTION_LIMIT = (
    "Alike to within marks of 1 % of the width and digits of 2 % of the height (3 % where sizes differ)."
)
"""What near-duplicates may differ in unseen, as measured (docs/decisions/0034)."""


def group_duplicates(
    groups: Sequence[Sequence[str]], method: str, version: int, parameters: MethodParameters
) -> Draft:
    """Record groups of near-duplicates (SHA-256; the first of each names it), and how they were found."""
    if not groups:
        raise NotAllowed("There is no new group of near-duplicates.")
    body = {
        "groups": [list(group) for group in groups],
        "method": method,
        "version": version,
        "parameters": dict(parameters),
    }
    return Draft(shared_acts.DUPLICATES_GROUPED, "", body)


def find_new_groups(found: Sequence[Sequence[str]], known: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The groups that `known` (Photo -> name of its group) does not have as they were found."""
    return tuple(tuple(group) for group in found if any(known.get(photo, "") != group[0] for photo in group))


def part_from_group(photo: str, members: Sequence[str]) -> Draft:
    """Take a Photo out of its group; of a group of two nothing is left. They are not grouped again."""
    others = [member for member in members if member != photo]
    if photo not in members or not others:
        raise NotAllowed("This photo is in no group of near-duplicates.")
    parted = [photo, *others] if len(others) == 1 else [photo]
    return Draft(shared_acts.DUPLICATES_PARTED, "", {"photos": parted, "from": others})


def check_can_be_carried(source: Reading) -> None:
    """NotAllowed, with the reason, if a Reading cannot be carried over to a near-duplicate."""
    if source.carried_from:
        raise NotAllowed("This reading was itself carried over. Complete it yourself first (Enter).")
    if any(not finding.confirmed for finding in source.findings):
        raise NotAllowed("Copied findings wait to be confirmed or removed first.")
    if source.state is not ReadingState.COMPLETE:
        raise NotAllowed("Only a complete reading can be carried over: complete it first (Shift+Enter).")


def is_blank(target: Reading) -> bool:
    """Whether nothing was said of a Photo yet: only then a Reading can be carried over to it.

    What was uncovered on it says nothing of it.
    """
    blank = Reading(target.examiner, target.photo)
    return replace(target, changed_at="", context_seen=()) == blank


def carry_over_reading(source: Reading, target: Reading, new_id: Callable[[], str]) -> Draft:
    """The judgement of `source` for its near-duplicate `target`, on which nothing was said yet.

    Marks, scales, measurements and the note stay where they are. No certainty counts as stated and nothing
    as seen: nobody has looked at this Photo.
    """
    check_can_be_carried(source)
    if not is_blank(target):
        raise NotAllowed("The other photo has a reading of its own already.")
    copies = [_copy_finding(finding, source.photo, new_id()) for finding in source.findings]
    body = {
        "from": source.photo,
        "conclusion": str(source.conclusion),
        "reason": source.reason,
        "findings": [finding_to_body(finding) for finding in copies],
        "coverage": dict(source.coverage),
    }
    return Draft(acts.CARRIED_OVER, target.photo, body)


def _copy_finding(finding: Finding, source: str, id_: str) -> Finding:
    return replace(
        finding,
        id=id_,
        marks=(),
        copied_from=source,
        certainty_stated=False,
        recipe="",
        seen_as_is=False,
    )
