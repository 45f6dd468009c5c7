"""Tags in groups, and a position in degrees only where the tags say one."""

import pytest

from reviewer.domain.photos.file_tags import group_tags, parse_gps_position

NORTH_EAST = {"GPSLatitudeRef": "N", "GPSLongitudeRef": "E"}


@pytest.mark.parametrize(
    ("latitude", "longitude", "degrees"),
    [
        ("(33.0, 30.0, 45.12)", "(36.0, 17.0, 28.5)", "33.512533, 36.291250"),
        ("33.5", "36.25", "33.500000, 36.250000"),
        ("(33, 30.75)", "(36, 15.0)", "33.512500, 36.250000"),
        ("67/2", "145/4", "33.500000, 36.250000"),
    ],
)
def test_a_position_in_decimal_degrees(latitude, longitude, degrees):
    assert (
        str(parse_gps_position({"GPSLatitude": latitude, "GPSLongitude": longitude, **NORTH_EAST})) == degrees
    )
    south = {"GPSLatitudeRef": "S", "GPSLongitudeRef": "W"}
    assert str(parse_gps_position({"GPSLatitude": latitude, "GPSLongitude": longitude, **south})).startswith(
        "-33"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"GPSLatitude": "(nan, nan, nan)"},
        {"GPSLatitude": "(91.0, 0.0, 0.0)"},
        {"GPSLatitude": "1/0"},
        {"GPSLatitude": "(-3.0, 0.0, 0.0)"},
        {"GPSLatitude": ""},
        {"GPSLatitude": "9" * 400},
        {"GPSLatitudeRef": "?"},
        {"GPSLatitudeRef": ""},
        {"GPSLatitude": "(1, 2, 3, 4)"},
    ],
)
def test_what_is_no_place_on_earth_is_none(wrong):
    good = {"GPSLatitude": "(33.0, 30.0, 45.12)", "GPSLongitude": "(36.0, 17.0, 28.5)", **NORTH_EAST}
    assert parse_gps_position(good) is not None
    assert parse_gps_position({**good, **wrong}) is None
    assert parse_gps_position({}) is None


def test_tags_stand_in_groups_and_none_is_lost():
    tags = {
        "GPSLatitude": "1",
        "BodySerialNumber": "2",
        "Software": "3",
        "DateTimeOriginal": "4",
        "Model": "5",
        "ExifImageWidth": "6",
        "Thumbnail: Compression": "6",
        "0x9999": "7",
    }
    found = group_tags(tags)
    assert [title for title, _tags in found] == [
        "Position", "Serial numbers and owner", "Software", "Dates", "Camera", "Picture",
        "Embedded thumbnail", "Other",
    ]  # fmt: skip
    assert sum(len(each) for _title, each in found) == len(tags)
    assert group_tags({}) == []
