"""A camera whose counter began anew: its photographs are read as they were taken, where their times say
so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.names import make_natural_sort_key
from reviewer.domain.photos.camera_counter import NumberedPhoto, sort_by_time_taken


def order(times, folder="f"):
    """name -> time, put in natural order, and how they are read."""
    names = sorted(times, key=make_natural_sort_key)
    return [
        names[place]
        for place in sort_by_time_taken([NumberedPhoto(folder, name, times[name]) for name in names])
    ]


def test_a_counter_that_rolls_over_is_read_as_it_was_taken():
    times = {
        "DSC_9998.JPG": "2012:08:14 10:00:00",
        "DSC_9999.JPG": "2012:08:14 10:00:05",
        "DSC_0001.JPG": "2012:08:14 10:00:10",
        "DSC_0002.JPG": "2012:08:14 10:00:15",
    }
    assert order(times) == ["DSC_9998.JPG", "DSC_9999.JPG", "DSC_0001.JPG", "DSC_0002.JPG"]


def test_photographs_without_a_time_go_with_their_series():
    times = {"DSC_9998.JPG": "", "DSC_9999.JPG": "2012:1", "DSC_0001.JPG": "2012:2", "DSC_0002.JPG": ""}
    assert order(times) == ["DSC_9998.JPG", "DSC_9999.JPG", "DSC_0001.JPG", "DSC_0002.JPG"]


@pytest.mark.parametrize(
    "times",
    [
        {"DSC_9998.JPG": "", "DSC_9999.JPG": "", "DSC_0001.JPG": ""},
        {"DSC_9998.JPG": "2", "DSC_9999.JPG": "2", "DSC_0001.JPG": "2"},
        {"DSC_9998.JPG": "3", "DSC_9999.JPG": "1", "DSC_0001.JPG": "2"},
        {"DSC_9998.JPG": "3", "DSC_9999.JPG": "", "DSC_0001.JPG": "2"},
        {"DSC_0001.JPG": "3", "DSC_0050.JPG": "2", "DSC_0100.JPG": "1"},
        {"body 1.jpg": "2", "body 9.jpg": "1"},
    ],
    ids=["no times", "one time", "times that contradict", "in order", "no wrap", "no counter"],
)
def test_the_order_of_names_stays_where_the_times_do_not_say_otherwise(times):
    assert order(times) == sorted(times, key=make_natural_sort_key)


def test_folders_and_other_names_are_left_where_they_are():
    shots = [
        NumberedPhoto("a", "DSC_0001.JPG", "2"),
        NumberedPhoto("a", "DSC_9999.JPG", "1"),
        NumberedPhoto("a", "note.jpg", "0"),
        NumberedPhoto("b", "DSC_0001.JPG", "9"),
        NumberedPhoto("b", "IMG_9999.JPG", "1"),
    ]
    assert sort_by_time_taken(shots) == [1, 0, 2, 3, 4]


SHOTS = st.builds(
    NumberedPhoto,
    st.sampled_from("ab"),
    st.from_regex(r"[A-C]_?[0-9]{2,4}\\.jpg", fullmatch=True),
    st.sampled_from("0123"),
)


@given(st.lists(SHOTS, max_size=12))
def test_nobody_is_lost_and_folders_keep_their_places(shots):
    found = sort_by_time_taken(shots)
    assert sorted(found) == list(range(len(shots)))
    assert [shots[place].folder for place in found] == [shot.folder for shot in shots]
