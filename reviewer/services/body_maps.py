"""The two body maps of the program, loaded once."""

from __future__ import annotations

import functools

from reviewer.domain.body_map import BodyMap, body_map_from
from reviewer.system.resources import resource

VIEWS = ("front", "back")


@functools.cache
def load_body_maps() -> tuple[BodyMap, ...]:
    """The front and the back figure."""
    return tuple(
        body_map_from(resource("body_maps", f"{view}.svg").read_text(encoding="utf-8"), view)
        for view in VIEWS
    )
