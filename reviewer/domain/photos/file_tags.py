"""What a file says of its own making: as recorded, not verified, in groups that people look for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

AS_RECORDED = "As recorded in the file, not verified: whoever had the file could change all of it."
SOFTWARE = ("Software", "ProcessingSoftware", "HostComputer")
SERIALS = (
    "BodySerialNumber",
    "LensSerialNumber",
    "CameraSerialNumber",
    "SerialNumber",
    "ImageUniqueID",
    "CameraOwnerName",
)
LATITUDE, LONGITUDE = "GPSLatitude", "GPSLongitude"
OF_THUMBNAIL = "Thumbnail: "
MOST_TAGS, LONGEST_VALUE, LONGEST_SIDE = 300, 400, 320
"""Of what is read of one file: tags, characters of a value, pixels of a thumbnail's longer side."""
_GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Embedded thumbnail", re.compile(re.escape(OF_THUMBNAIL))),
    ("Position", re.compile("GPS")),
    ("Serial numbers and owner", re.compile("|".join(f"{tag}$" for tag in SERIALS))),
    ("Software", re.compile("|".join(f"{tag}$" for tag in SOFTWARE))),
    ("Dates", re.compile("Date|OffsetTime|SubsecTime")),
    (
        "Picture",
        re.compile(
            "Image(Width|Length|Description)|ExifImage|Orientation|[XY]Resolution|ResolutionUnit|ColorSpace|"
            "BitsPerSample|Compression|Photometric|Samples|YCbCr|ComponentsConf|Artist|Copyright|UserComment"
        ),
    ),
    (
        "Camera",
        re.compile(
            "Make$|Model$|Lens|F-?Number|Exposure|ISO|PhotographicSens|Sensitivity|Shutter|Aperture|Brightness|"
            "Metering|LightSource|Flash|FocalLength|SubjectDist|WhiteBalance|DigitalZoom|SceneC|SceneT|Gain|"
            "Contrast|Saturation|Sharpness|Sensing|MaxAperture|MakerNote|FocalPlane|CustomRendered|Subject"
        ),
    ),
)
_OTHER = "Other"
_ORDER = (
    "Position",
    "Serial numbers and owner",
    "Software",
    "Dates",
    "Camera",
    "Picture",
    "Embedded thumbnail",
    _OTHER,
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)?")
_SIGNS = {"N": 1, "E": 1, "S": -1, "W": -1}


class ThumbnailLikeness(StrEnum):
    """The result of comparing an embedded thumbnail with the picture."""

    SAME = "same"
    ANOTHER = "another"
    CANNOT_TELL = "cannot tell"


LIKENESS_IN_WORDS = {
    ThumbnailLikeness.SAME: "The embedded thumbnail shows the same picture, as far as so few pixels tell.",
    ThumbnailLikeness.ANOTHER: "The embedded thumbnail shows another picture.",
    ThumbnailLikeness.CANNOT_TELL: "Whether the embedded thumbnail shows the same picture cannot be told.",
}


@dataclass(frozen=True)
class GpsPosition:
    """Decimal degrees, north and east positive."""

    latitude: float
    longitude: float

    def __str__(self) -> str:
        return f"{self.latitude:.6f}, {self.longitude:.6f}"


def group_tags(tags: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(group, its tags by name) in a fixed order; groups without tags are left out."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, value in sorted(tags.items()):
        group = next((title for title, fits in _GROUPS if fits.match(name)), _OTHER)
        found.setdefault(group, []).append((name.removeprefix(OF_THUMBNAIL), value))
    return [(title, found[title]) for title in _ORDER if title in found]


def parse_gps_position(tags: Mapping[str, str]) -> GpsPosition | None:
    """Where the tags say the photograph was taken; None if they say no place on earth."""
    latitude = _parse_degrees(tags.get(LATITUDE, ""), tags.get(f"{LATITUDE}Ref", ""), 90)
    longitude = _parse_degrees(tags.get(LONGITUDE, ""), tags.get(f"{LONGITUDE}Ref", ""), 180)
    return None if latitude is None or longitude is None else GpsPosition(latitude, longitude)


def _parse_degrees(recorded: str, reference: str, most: int) -> float | None:
    """ "(33.0, 30.0, 45.12)" with "N" as 33.512533; None where the sign or the numbers are not known."""
    sign = _SIGNS.get(reference.strip().upper()[:1])
    parts = [_parse_fraction(number) for number in _NUMBER.findall(recorded)]
    if sign is None or not 1 <= len(parts) <= 3 or "nan" in recorded:
        return None
    if any(part is None or part < 0 for part in parts):
        return None
    found = sum((part or 0.0) / 60**place for place, part in enumerate(parts))
    return sign * found if math.isfinite(found) and found <= most else None


def _parse_fraction(written: str) -> float | None:
    """A number or a fraction; None for one over nothing."""
    above, _stroke, below = written.partition("/")
    if not below:
        return float(above)
    return float(above) / float(below) if float(below) else None
