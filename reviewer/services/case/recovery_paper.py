"""The recovery key as it is shown, printed and saved: its groups are numbered, so that a slip is found."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.ledger.vouching import format_fingerprint
from reviewer.domain.names import make_printable
from reviewer.domain.photos.case import Examiner

_GROUPS_IN_A_LINE = 3


def format_recovery_key(case: str, key: str, examiners: Sequence[Examiner] = ()) -> str:
    """Return the text of the paper with the recovery key of a Case, and with the fingerprints of the keys of
    its Examiners: what a key that differs later is compared with."""
    groups = [f"{number}: {group}" for number, group in enumerate(key.split("-"), start=1)]
    lines = [
        "   ".join(groups[at : at + _GROUPS_IN_A_LINE]) for at in range(0, len(groups), _GROUPS_IN_A_LINE)
    ]
    return (
        f"Recovery key of the case {case}\n\n"
        + "\n".join(f"    {line}" for line in lines)
        + "\n\nLetters and digits are the key. It may be typed with the numbers of its groups "
        "or without them, with blanks, hyphens or neither, in capital or in small letters.\n"
        "\nWhoever has this and the case folder can read the case.\n" + _format_fingerprints(examiners)
    )


def _format_fingerprints(examiners: Sequence[Examiner]) -> str:
    keys = [
        f"{make_printable(examiner.name)}: {format_fingerprint(examiner.key)}\n"
        for examiner in examiners
        if examiner.key
    ]
    return "".join(["\nKeys of the examiners, to compare with:\n", *keys]) if keys else ""
