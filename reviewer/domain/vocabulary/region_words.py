"""Many Regions in few words: whole groups by their name, two sides as one, aspects where some are meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from reviewer.domain.grouping import group_pairs
from reviewer.domain.vocabulary.vocabulary import Region, Vocabulary


def regions_in_words(vocabulary: Vocabulary, regions: Collection[str], most: int = 8) -> str:
    """ "neck (all); wrist, left (front); sole, both sides"; what is beyond `most` is counted.

    `regions` are Regions or keys of Coverage. All aspects of a Region are the Region.
    """
    wanted, said = set(regions), []
    for group in vocabulary.region_groups:
        members = [region for region in vocabulary.regions if region.group == group.key]
        if _is_group_meant(members, wanted):
            said.append(f"{group.name} (all)")
        else:
            said.extend(_name_with_sides(vocabulary, members, wanted))
    known = {key for region in vocabulary.regions if region.group for key in (region.key, *region.shown_as)}
    said.extend(vocabulary.region_name(key) for key in sorted(wanted - known))
    if len(said) <= most:
        return "; ".join(said)
    return f"{'; '.join(said[: most - 1])}; and {len(said) - most + 1} more"


def _is_region_meant(region: Region, wanted: Collection[str]) -> bool:
    return region.key in wanted or all(aspect in wanted for aspect in region.shown_as)


def _is_group_meant(members: Sequence[Region], wanted: Collection[str]) -> bool:
    """Whether a group is meant as a whole: what one sex only has is wanted of one sex."""
    of_both = [region for region in members if not region.sex and not region.retired]
    of_one = [[region for region in members if region.sex == sex] for sex in ("male", "female")]
    return bool(of_both) and any(
        all(_is_region_meant(region, wanted) for region in (*of_both, *there)) for there in of_one
    )


def _name_with_sides(vocabulary: Vocabulary, members: Iterable[Region], wanted: Collection[str]) -> list[str]:
    """Names, with both sides of one stem as one."""
    sides = group_pairs(
        ((region.stem, aspects), region)
        for region in members
        for aspects in _list_aspects_meant(vocabulary, region, wanted)
    )
    said = []
    for (_stem, aspects), found in sides.items():
        name = f"{found[0].name.rsplit(', ', 1)[0]}, both sides" if len(found) == 2 else found[0].name
        said.append(f"{name} ({aspects})" if aspects else name)
    return said


def _list_aspects_meant(vocabulary: Vocabulary, region: Region, wanted: Collection[str]) -> list[str]:
    """The aspects that are meant of a Region, named together; one empty text for the whole of it."""
    if _is_region_meant(region, wanted):
        return [""]
    found = [
        vocabulary.aspect_name(aspect) for aspect in region.aspects if f"{region.key}/{aspect}" in wanted
    ]
    return [", ".join(found)] if found else []
