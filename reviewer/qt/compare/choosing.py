"""Asking for any photograph of the Worklist, by its number or part of its name."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from reviewer.domain.worklist.listed_photos import ListedPhotos
from reviewer.qt.widgets.type_box import Option, Question

_OFFERED = 9


def make_photograph_question(
    items: ListedPhotos, take: Callable[[int], None], name_at: Callable[[int], str]
) -> Question:
    """`take` gets the position in the Worklist; `name_at` says what a Photo is called on screen."""

    def find(typed: str) -> list[Option]:
        wanted = typed.strip().casefold()
        numbered = [int(wanted) - 1] if wanted.isdecimal() and 0 < int(wanted) <= len(items) else []
        named = (place for place, name in enumerate(items.iterate_names()) if wanted in name.casefold())
        places = dict.fromkeys([*numbered, *islice(named, _OFFERED)])
        return [
            Option(str(place), f"{place + 1:,}  {name}", said=f"{place + 1} {name}")
            for place in places
            for name in [name_at(place)]
        ]

    prompt = "Which photograph? Its number in the worklist, or part of its name"
    return Question(prompt, find, lambda key: take(int(key)), ahead=True)
