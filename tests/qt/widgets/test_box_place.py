"""Where a box lies: as wanted, and beside what is asked about."""

import pytest
from PySide6.QtCore import QRect, QSize

from reviewer.qt.widgets.box_place import WantedPlace, place_box

ROOM, SIZE = QSize(1200, 700), QSize(460, 300)


def test_the_usual_places():
    assert place_box(ROOM, SIZE, WantedPlace()) == QRect(370, 56, 460, 300)
    assert place_box(ROOM, SIZE, WantedPlace(aside=True)) == QRect(732, 56, 460, 300)
    assert place_box(ROOM, SIZE, WantedPlace(low=True)) == QRect(370, 392, 460, 300)


def test_it_stays_where_it_is_wanted_if_that_covers_nothing():
    clear = QRect(10, 500, 100, 10)
    assert place_box(ROOM, SIZE, WantedPlace(clear_of=clear)) == place_box(ROOM, SIZE, WantedPlace())


@pytest.mark.parametrize(
    "clear",
    [QRect(400, 100, 300, 4), QRect(700, 80, 400, 60), QRect(300, 300, 500, 10), QRect(500, 350, 20, 20)],
)
def test_what_is_asked_about_stays_in_sight(clear):
    place = place_box(ROOM, SIZE, WantedPlace(clear_of=clear))
    assert not place.intersects(clear)
    assert QRect(0, 0, 1200, 700).contains(place)


def test_where_there_is_no_room_beside_it_as_little_as_can_be_is_covered():
    clear = QRect(0, 0, 1200, 400)
    assert place_box(ROOM, SIZE, WantedPlace(clear_of=clear)).top() == 392
