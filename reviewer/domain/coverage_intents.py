"""From what an Examiner says a Photo shows to the act that will be sealed."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain import acts
from reviewer.domain.coverage import Level, View, assessable
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger import Draft
from reviewer.domain.reading import Reading


def shows_view(reading: Reading, view: View) -> bool:
    """Whether something is said of every Region of a view, and some of them are assessable."""
    said = frozenset(region for region, _level in reading.coverage)
    return said.issuperset(view.regions) and not assessable(reading.coverage).isdisjoint(view.regions)


def toggle_view(reading: Reading, view: View, views: Sequence[View] = ()) -> Draft:
    """Every Region of a view becomes assessable; if the Photo shows it already, they are taken out.

    A Region that was called limited or unassessable by itself stays so either way. What another of `views`
    that the Photo shows has as well stays in: who takes out the face keeps the front.
    """
    said = dict(reading.coverage)
    if not shows_view(reading, view):
        return _set(reading, {each: str(Level.ASSESSABLE) for each in view.regions if each not in said})
    within = frozenset(view.regions)
    others = (each for each in views if not within.issuperset(each.regions) and shows_view(reading, each))
    stays = {region for each in others for region in each.regions}
    changes = {each: "" for each in view.regions if each not in stays and said[each] == Level.ASSESSABLE}
    if not changes:
        raise NotAllowed("Another view that is marked has all of these regions: take that one out.")
    return _set(reading, changes)


def set_level(reading: Reading, region: str, level: Level) -> Draft:
    """One Region at one level; the same level again takes it out."""
    same = dict(reading.coverage).get(region) == level
    return _set(reading, {region: "" if same else str(level)})


def as_on(reading: Reading, previous: Reading) -> Draft:
    """The Coverage of another Photo's Reading, in place of what this one has."""
    if not previous.coverage:
        raise NotAllowed("Nothing is marked as covered on the previous photo.")
    if previous.coverage == reading.coverage:
        raise NotAllowed("The coverage is that of the previous photo already.")
    cleared = {region: "" for region, _level in reading.coverage}
    return _set(reading, {**cleared, **dict(previous.coverage)})


def clear(reading: Reading) -> Draft:
    if not reading.coverage:
        raise NotAllowed("Nothing is marked as covered on this photo.")
    return _set(reading, {region: "" for region, _level in reading.coverage})


def _set(reading: Reading, changes: dict[str, str]) -> Draft:
    return Draft(acts.COVERAGE_SET, reading.photo, {"regions": dict(sorted(changes.items()))})
