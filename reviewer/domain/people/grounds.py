"""On what an Individual rests, in a word or two: the sentence of the proposal says it in full."""

from __future__ import annotations

import re

_GROUNDS = (
    (re.compile(r"^the card says "), "card"),
    (re.compile(r": names fit the pattern \""), "folder pattern"),
    (re.compile(r"^same folder"), "folder"),
    (re.compile(r"^names in one folder begin with "), "names in a folder"),
    (re.compile(r" photographs of one camera within (\d+) s"), "burst of {} s"),
    (re.compile(r"^examination number .* of a record stands in "), "record"),
    (re.compile(r"^(chosen|merged) by hand"), "by hand"),
    (re.compile(r"^split from "), "split off by hand"),
)


def name_ground(reason: str) -> str:
    """Return what holds photographs together without a number or a name: "card", "folder pattern", "burst of
    40 s"; the reason itself if it is of no known kind."""
    for pattern, words in _GROUNDS:
        found = pattern.search(reason)
        if found is not None:
            return words.format(*found.groups())
    return reason
