"""How far a photograph is read, as a sign and a word: the same wherever small photographs stand."""

from __future__ import annotations

from reviewer.domain.reading.category import CATEGORY_NAMES, Category, is_for_reading
from reviewer.domain.worklist.worklist import ReadingProgress
from reviewer.services.worklist.worklist import Worklist

_STATES = {
    ReadingProgress.COMPLETE: "\u2713 done",
    ReadingProgress.SET_ASIDE: "set aside",
    ReadingProgress.OPEN: "\u25d0 begun",
    ReadingProgress.UNREAD: "\u25cb unread",
}


def describe_photo_state(worklist: Worklist, position: int) -> str:
    """Return how far a Photo of the list is read; what it was sorted as, if it is not to be read."""
    if worklist.is_carried(position):
        return "carried over"
    progress, category = worklist.progress(position), worklist.category(position)
    if progress is ReadingProgress.UNREAD and not is_for_reading(category):
        return CATEGORY_NAMES[Category(category)].lower()
    return _STATES[progress]
