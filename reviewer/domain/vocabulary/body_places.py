"""The places of a body: what a photograph can show of it, and which of them a sign needs to be absent.

A place is a Region, or where a Region has aspects one of these: "chest.L", "wrist.L/front", "wrist.L/back".
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.domain.vocabulary.vocabulary import Term, Vocabulary

BodyPlaceSet = frozenset[str]
GENERALISED = "generalised"
_TRUNK_AND_LIMBS = frozenset({"chest", "abdomen", "arm", "leg"})
NOT_SKIN = frozenset({"eyeball", "teeth", "mouth_inside", "tongue", "lids_inner"})
"""Stems of Regions that a sign of the skin cannot sit in."""
_MOST_CACHED = 4_096
FEMALE, MALE = "female", "male"
_OTHER = {MALE: FEMALE, FEMALE: MALE}


class BodyPlaces:
    """Made once of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._regions = {region.key: region for region in vocabulary.regions}
        body = [part for part in vocabulary.regions if not part.pseudo and not part.retired]
        self._of = {region.key: frozenset(region.shown_as) for region in body}
        self._stem = {place: region.stem for region in body for place in region.shown_as}
        self._sex = {place: region.sex for region in body for place in region.shown_as}
        stems: dict[str, set[str]] = {}
        for region in vocabulary.regions:
            stems.setdefault(region.stem, set()).add(region.key)
        self._keys_of_stem = stems
        self.trunk_and_limbs: BodyPlaceSet = frozenset(
            place for region in body if region.group in _TRUNK_AND_LIMBS for place in region.shown_as
        )
        self.regions_of_trunk_and_limbs: frozenset[str] = frozenset(
            region.key for region in body if region.group in _TRUNK_AND_LIMBS
        )
        self._places_before: dict[tuple[str, ...], BodyPlaceSet] = {}
        self._named_before: dict[BodyPlaceSet, tuple[str, ...]] = {}
        self.all: BodyPlaceSet = frozenset(place for places in self._of.values() for place in places)

    def of_region(self, region: str) -> BodyPlaceSet:
        """The places of a Region as a Finding names it; those of trunk and limbs for "generalised"."""
        if region == GENERALISED:
            return self.trunk_and_limbs
        return self._of.get(region, frozenset((region,)))

    def is_place(self, region: str) -> bool:
        """Whether a Region is a place of the body, neither pseudo nor retired nor of a different version."""
        return region in self._of

    def of_regions(self, regions: Iterable[str]) -> BodyPlaceSet:
        """The places of all of these; remembered, since Findings and parts of the body name the same again
        and again."""
        named = tuple(regions)
        if named not in self._places_before:
            if len(self._places_before) >= _MOST_CACHED:
                self._places_before.clear()
            self._places_before[named] = frozenset(
                place for region in named for place in self.of_region(region)
            )
        return self._places_before[named]

    def region_of(self, place: str) -> str:
        """The Region that a place is of."""
        return place.partition("/")[0]

    def name_places(self, places: BodyPlaceSet) -> tuple[str, ...]:
        """Name places: a Region where all its aspects are meant, else the aspects; sorted.

        The same few sets come again and again when thousands of Individuals are counted.
        """
        if places not in self._named_before:
            if len(self._named_before) >= _MOST_CACHED:
                self._named_before.clear()
            regions = {place: self.region_of(place) for place in places}
            found = {
                region if self.of_region(region) <= places else place for place, region in regions.items()
            }
            self._named_before[places] = tuple(sorted(found))
        return self._named_before[places]

    def group_of(self, region: str) -> str:
        return self._regions[region].group if region in self._regions else ""

    def stem_of(self, region: str) -> str:
        return self._regions[region].stem if region in self._regions else region

    def find_needed(self, term: Term, sex: str) -> BodyPlaceSet:
        """Every place that must have been shown and denied before a sign is absent.

        `sex` is "male", "female" or "" where it is not stated: then those of both are needed. A Term without
        `absence_needs` needs the whole skin.
        """
        wanted = term.absence_needs
        if sex == FEMALE and term.absence_needs_of_women:
            wanted = term.absence_needs_of_women
        elif not sex:
            wanted = (*wanted, *term.absence_needs_of_women)
        if wanted:
            return frozenset(place for key in wanted for place in self._parse_place(key))
        other = _OTHER.get(sex, "")
        return frozenset(
            place
            for place in self.all
            if self._stem[place] not in NOT_SKIN and not (other and self._sex[place] == other)
        )

    def _parse_place(self, written: str) -> Iterable[str]:
        """The places of a stem or Region, or of one aspect of it."""
        stem, _is, aspect = written.partition("/")
        if stem == GENERALISED:
            return self.trunk_and_limbs
        keys = self._keys_of_stem.get(stem, {stem})
        if aspect:
            return [f"{key}/{aspect}" for key in keys]
        return self.of_regions(keys)
