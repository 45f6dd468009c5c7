"""Whether a person can see the photograph that is judged. The face tells; what is not seen is not judged.

Every act of a Reading says something about the picture unless it is named here, so that an act that is
added later is held to the rule as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from reviewer.domain.acts import acts
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import Draft


class Sight(StrEnum):
    """How a Photo is on screen at the moment, best first."""

    SHOWN = "shown"
    COVERED = "covered"
    COMING = "coming"
    """Its picture is being decoded, or was not painted yet; a small preview may be there."""
    MISSING = "missing"
    """The screen says why its file cannot be shown."""
    AWAY = "away"
    """Another photograph or another screen is in front."""


_REFUSALS = {
    Sight.COVERED: ("The photograph is covered.", "X uncovers it."),
    Sight.COMING: ("The photograph is not on screen yet.", "Nothing was recorded."),
    Sight.MISSING: (
        "The photograph cannot be shown, so nothing can be said of it.",
        "The reading screen can set it aside (D).",
    ),
    Sight.AWAY: ("This photograph is not on screen.", "Nothing was recorded."),
}
_WITHOUT_LOOKING = {
    acts.NOTE_WRITTEN: frozenset(Sight),
    acts.SET_ASIDE: frozenset({Sight.SHOWN, Sight.COVERED, Sight.MISSING}),
    acts.REOPENED: frozenset({Sight.SHOWN, Sight.COVERED, Sight.MISSING}),
}
"""What may be done with a Photo that is not seen: a note, and setting it aside, which gives no reason."""


def choose_best_sight(sights: Iterable[Sight]) -> Sight:
    """The nearest to being seen."""
    return min(sights, key=list(Sight).index, default=Sight.AWAY)


def must_see(sight: Sight, act: str = "") -> None:
    """NotAllowed, with the reason, if an act of a Reading cannot be made of a Photo seen like this."""
    if sight not in _WITHOUT_LOOKING.get(act, {Sight.SHOWN}):
        sentence, hint = _REFUSALS[sight]
        raise NotAllowed(sentence, hint)


def list_photos_to_see(draft: Draft) -> tuple[str, ...]:
    """Return the Photos (SHA-256), one of which has to be seen for this act. A judgement that is carried over
    is made at either of two near-duplicates, and says so."""
    source = str(draft.body.get("from", "")) if draft.act == acts.CARRIED_OVER else ""
    return (draft.subject, source) if source else (draft.subject,)
