"""Many Regions in few words: whole groups by their name, two sides as one."""

from __future__ import annotations

from collections.abc import Collection

from reviewer.domain.vocabulary import Region, Vocabulary


def in_words(vocabulary: Vocabulary, regions: Collection[str], most: int = 8) -> str:
    """ "neck (all), wrist, left, sole, both sides"; what is beyond `most` is counted."""
    wanted, said = set(regions), []
    for group in vocabulary.region_groups:
        members = [region for region in vocabulary.regions if region.group == group.key]
        there = [region for region in members if region.key in wanted]
        if len(there) == len(members):
            said.append(f"{group.name} (all)")
        else:
            said.extend(_sides(there))
    loose = wanted - {region.key for region in vocabulary.regions if region.group}
    said.extend(vocabulary.region_name(key) for key in sorted(loose))
    if len(said) <= most:
        return "; ".join(said)
    return f"{'; '.join(said[: most - 1])}; and {len(said) - most + 1} more"


def _sides(regions: Collection[Region]) -> list[str]:
    """Names, with both sides of one stem as one."""
    sides: dict[str, list[Region]] = {}
    for region in regions:
        sides.setdefault(region.stem, []).append(region)
    said = []
    for found in sides.values():
        name = found[0].name
        said.append(f"{name.rsplit(', ', 1)[0]}, both sides" if len(found) == 2 else name)
    return said
