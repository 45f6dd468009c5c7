"""Where one can go by a number: an individual or a photograph of the list that is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from reviewer.services.worklist.worklist import Worklist

_PHOTO = re.compile(r"(?:photo|photograph|#)\s*([0-9]{1,9})", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,9}")
_PART = re.compile(r"[^\s/-]+")


@dataclass(frozen=True)
class Destination:
    """A position of the list, what it is called, and what is there."""

    position: int
    name: str
    detail: str


def find_destinations(
    worklist: Worklist, typed: str, name_at: Callable[[int], str], most: int = 9
) -> list[Destination]:
    """Find where a number or a name leads, the likeliest first: "5" is the fifth individual, one with that
    number, then the fifth photograph; "photo 120" the photograph only; all else numbers, labels and names of
    files. `name_at` says what a file may be called: names are masked as they are elsewhere."""
    text = " ".join(typed.split())
    if not text:
        return []
    found: dict[int, Destination] = {}
    for destination in islice(_iterate_destinations(worklist, text, name_at), 4 * most):
        found.setdefault(destination.position, destination)
        if len(found) >= most:
            break
    return list(found.values())


def _iterate_destinations(
    worklist: Worklist, text: str, name_at: Callable[[int], str]
) -> Iterator[Destination]:
    photo = _PHOTO.fullmatch(text)
    if photo is not None:
        yield from _list_photo(worklist, int(photo[1]), name_at)
        return
    if _NUMBER.fullmatch(text):
        if 0 < int(text) <= len(worklist.groups):
            yield _describe_individual(worklist, int(text) - 1)
        yield from _list_individuals(worklist, text, whole=True)
        yield from _list_photo(worklist, int(text), name_at)
    else:
        yield from _list_individuals(worklist, text, whole=True)
    yield from _list_individuals(worklist, text, whole=False)
    wanted = text.casefold()
    for position, file in enumerate(worklist.items.iterate_names()):
        if wanted in file.casefold():
            name = name_at(position)
            if wanted in name.casefold() or wanted == file.casefold():
                yield Destination(position, name, _describe_place(worklist, position))


def _list_photo(worklist: Worklist, number: int, name_at: Callable[[int], str]) -> Iterator[Destination]:
    if 0 < number <= len(worklist):
        position = number - 1
        name = f"Photograph {number:,}: {name_at(position)}"
        yield Destination(position, name, _describe_place(worklist, position))


def _list_individuals(worklist: Worklist, text: str, *, whole: bool) -> Iterator[Destination]:
    """Those with a number that is this, or whose name has it somewhere."""
    wanted = text.casefold()
    for place, name in enumerate(worklist.shown_labels()):
        shown = name.casefold()
        if (wanted == shown or wanted in _PART.findall(shown)) if whole else wanted in shown:
            yield _describe_individual(worklist, place)


def _describe_individual(worklist: Worklist, place: int) -> Destination:
    positions = worklist.groups[place].positions
    count = "1 photograph" if len(positions) == 1 else f"{len(positions):,} photographs"
    detail = f"Individual {place + 1:,} of {len(worklist.groups):,}, {count}."
    return Destination(positions[0], worklist.name_person(positions[0]), detail)


def _describe_place(worklist: Worklist, position: int) -> str:
    return f"Photograph {position + 1:,} of {len(worklist):,}, of {worklist.name_person(position)}."
