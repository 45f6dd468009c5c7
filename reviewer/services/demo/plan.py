"""What the demonstration collection shows: individuals, their photographs, numbers, and what is wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from reviewer.domain.vocabulary.body_map import BodyMap, MapPolygon
from reviewer.media.demo.demo_photo import DemoShot, DemoSign
from reviewer.services.vocabulary.body_maps import load_body_maps

_SIZES = [(1600, 1200)] * 14 + [(2592, 1944)] * 5 + [(3264, 2448)]
_CAMERAS = [("Lumen Optical", "L-410"), ("Kestrel", "Compact 8"), ("Norda", "N300")]
_FIRST_DAY = datetime(2011, 5, 1, 8, 0)
_DAYS = 820
_INSET_BEGINS = 252.0  # to the right of it the map shows the face enlarged
_FRAMES = {
    "whole": (124.0, 300.0, 640.0),
    "upper": (124.0, 150.0, 330.0),
    "face": (124.0, 60.0, 170.0),
    "legs": (124.0, 460.0, 340.0),
}
CARD_VIEW = "card"
"""The view of a photograph that shows nothing but a card."""
_SIGNS = [
    ("band", "neck.front"),
    ("band", "wrist.L"),
    ("band", "wrist.R"),
    ("band", "ankle.L"),
    ("lines", "chest.R"),
    ("lines", "thigh.front.L"),
    ("lines", "abdomen.upper"),
    ("hatch", "chest.L"),
    ("hatch", "shin.R"),
    ("hatch", "upper_arm.R"),
    ("dots", "foot_back.L"),
    ("dots", "forearm.L"),
]


@dataclass(frozen=True)
class PlannedPhoto:
    """A photograph to make: where it goes (folders, then a name) and what it shows.

    `signs` are (kind, region), in the order of those of the shot; `view` is a frame, or CARD_VIEW.
    """

    path: tuple[str, ...]
    taken: datetime
    shot: DemoShot
    view: str
    signs: tuple[tuple[str, str], ...]


def plan_photos(photos: int, seed: int) -> Iterator[PlannedPhoto]:
    """Exactly `photos` photographs of as many individuals as that takes, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 (a drawing, not a secret)
    front = load_body_maps()[0]
    made, number = 0, 100
    while made < photos:
        number += rng.randint(1, 3)
        views = ["whole", "upper", "face", "legs", CARD_VIEW][: rng.randint(3, 5)]
        for planned in _plan_individual(rng, front, number, views[: photos - made]):
            yield planned
            made += 1


def _plan_individual(
    rng: random.Random, front: BodyMap, number: int, views: list[str]
) -> Iterator[PlannedPhoto]:
    branch = rng.choice(["901", "914", "927", "938"])
    moment = _FIRST_DAY + timedelta(days=rng.randrange(_DAYS), minutes=rng.randrange(600))
    card = (f"{rng.randint(1000, 9999)}", branch, f"{number}")
    signs = rng.sample(_SIGNS, rng.randint(1, 4))
    ground, camera, size = rng.choice(["tile", "cloth", "concrete"]), rng.choice(_CAMERAS), rng.choice(_SIZES)
    day = f"{moment:%Y-%m-%d}"
    folders = (f"فرع {branch}" if branch == "927" else f"branch {branch}", day, f"{branch}-{number}")
    for place, view in enumerate(views):
        taken = moment + timedelta(seconds=20 * place)
        tilt, shift = rng.uniform(-0.1, 0.1), rng.uniform(-12, 12)
        shot = DemoShot(
            size=size,
            ground=ground,
            figure=[] if view == CARD_VIEW else _list_body_polygons(front),
            signs=[]
            if view == CARD_VIEW
            else [DemoSign(kind, _find_region_polygon(front, key)) for kind, key in signs],
            frame=_shift_frame(view, shift),
            tilt=tilt,
            card=card,
            arabic=number % 4 == 0,
            orientation=rng.choice([6, 8, 3]) if rng.random() < 0.1 else 1,
            taken_at=f"{taken:%Y:%m:%d %H:%M:%S}",
            camera=camera,
            seed=rng.randrange(1 << 30),
        )
        shown = () if view == CARD_VIEW else tuple(signs)
        yield PlannedPhoto((*folders, f"DSC{number * 10 + place:05d}.JPG"), taken, shot, view, shown)


def _shift_frame(view: str, shift: float) -> tuple[float, float, float]:
    x, y, tall = _FRAMES.get(view, _FRAMES["whole"])
    return x + shift, y + shift / 2, tall


def _list_body_polygons(front: BodyMap) -> list[MapPolygon]:
    bodies = [shape.polygon for shape in (*front.shapes, *front.again)]
    return [*front.outlines, *(polygon for polygon in bodies if polygon[0][0] < _INSET_BEGINS)]


def _find_region_polygon(front: BodyMap, region: str) -> MapPolygon:
    return next(shape.polygon for shape in front.shapes if shape.region == region)
