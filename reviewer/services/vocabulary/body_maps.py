"""The body maps of the program, loaded once: pages of figures on which all that can be shown is drawn."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from reviewer.domain.vocabulary.body_map import BodyMap, MapPage, body_map_from_svg
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.system.resources import find_resource

MAP_PAGES = {
    "body": ("Body", ("front", "back")),
    "sides": ("Sides", ("left", "right")),
    "head": ("Head", ("head_front", "head_left", "head_right", "head_back", "opened")),
    "hands": ("Hands", ("hands_back", "hands_palm")),
    "feet": ("Feet", ("feet_upper", "soles")),
    "genitals": ("Genitals", ("genitals_male", "genitals_female", "perineum")),
}


@functools.cache
def load_map_pages() -> tuple[MapPage, ...]:
    """Load all figures, by the pages on which they are shown together."""
    return tuple(
        MapPage(key, name, tuple(map(_load_body_map, figures))) for key, (name, figures) in MAP_PAGES.items()
    )


def load_body_maps() -> tuple[BodyMap, ...]:
    """Load the front and the back figure."""
    return load_map_pages()[0].maps


def find_maps_showing(regions: Iterable[str]) -> tuple[BodyMap, ...]:
    """Return the front and the back figure, and the fewest others that show all these Regions."""
    pages = load_map_pages()
    chosen = list(pages[0].maps)
    for region in sorted(regions):
        if not any(body_map.shows(region) for body_map in chosen):
            every = (body_map for page in pages for body_map in page.maps)
            chosen += [body_map for body_map in every if body_map.shows(region)][:1]
    return tuple(body_map for page in pages for body_map in page.maps if body_map in chosen)


@functools.cache
def find_maps_showing_all() -> tuple[BodyMap, ...]:
    """Return the fewest figures that show every Region, the front and the back first."""
    return find_maps_showing(region.key for region in load_vocabulary().body)


def _load_body_map(view: str) -> BodyMap:
    return body_map_from_svg(find_resource("body_maps", f"{view}.svg").read_text(encoding="utf-8"), view)
