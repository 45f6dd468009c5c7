"""A camera whose counter began anew: its photographs are read as they were taken, where their times say
so."""

import re
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.names import make_natural_sort_key
from reviewer.domain.photos.camera_counter import find_counter_gaps, sort_by_time_taken


def sort_shots(shots):
    """The places of (folder, name, time) as they were taken."""
    gaps = find_counter_gaps([folder for folder, _name, _at in shots], [name for _folder, name, _at in shots])
    times = {place: at for place, (_folder, _name, at) in enumerate(shots)}
    return sort_by_time_taken(len(shots), gaps, times)


def order(times, folder="f"):
    """name -> time, put in natural order, and how they are read."""
    names = sorted(times, key=make_natural_sort_key)
    return [names[place] for place in sort_shots([(folder, name, times[name]) for name in names])]


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
        ("a", "DSC_0001.JPG", "2"),
        ("a", "DSC_9999.JPG", "1"),
        ("a", "note.jpg", "0"),
        ("b", "DSC_0001.JPG", "9"),
        ("b", "IMG_9999.JPG", "1"),
    ]
    assert sort_shots(shots) == [1, 0, 2, 3, 4]


SHOTS = st.tuples(
    st.sampled_from("ab"),
    st.from_regex(r"[A-Ca]_?[0-9]{2,4}[xy]?\.jpg", fullmatch=True),
    st.sampled_from(["", "1", "2", "3"]),
)
LAST_NUMBER = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)


def sort_one_by_one(shots):
    """The same, said once more and plainly: every series is looked at, whatever its numbers."""
    series = defaultdict(list)
    for place, (folder, name, at) in enumerate(shots):
        found = LAST_NUMBER.fullmatch(name.rpartition(".")[0])
        if found is not None and len(found[2]) >= 3:
            key = folder, f"{found[1]}*{found[3]}".casefold(), len(found[2])
            series[key].append((int(found[2]), place, at))
    order = list(range(len(shots)))
    for (_folder, _name, digits), members in series.items():
        members.sort()
        gaps = [after[0] - before[0] for before, after in pairwise(members)]
        cut = gaps.index(max(gaps)) + 1 if gaps else 0
        low = [at for _number, _place, at in members[:cut] if at]
        high = [at for _number, _place, at in members[cut:] if at]
        if not gaps or max(gaps) <= 10**digits // 2 or not low or not high:
            continue
        if max(high) <= min(low) and max(low) > min(high):
            taken = [place for _number, place, _at in (*members[cut:], *members[:cut])]
            for place, shot_at in zip(sorted(taken), taken, strict=True):
                order[place] = shot_at
    return order


@given(st.lists(SHOTS, max_size=12))
def test_nobody_is_lost_and_folders_keep_their_places(shots):
    found = sort_shots(shots)
    assert sorted(found) == list(range(len(shots)))
    assert [shots[place][0] for place in found] == [shot[0] for shot in shots]


@given(st.lists(SHOTS, max_size=12))
def test_only_series_with_a_gap_are_looked_at_and_the_order_is_the_same(shots):
    assert sort_shots(shots) == sort_one_by_one(shots)


@pytest.mark.parametrize("name", ["no number.jpg", "12.jpg", "IMG_٣٤٥٦.jpg", "IMG_٣456.jpg", ".jpg", ""])
def test_names_without_a_counter_are_of_no_series(name):
    assert find_counter_gaps(["f", "f"], [name, name]) == []


def test_a_letter_behind_the_counter_is_part_of_the_name():
    names = ["IMG_0001b.jpg", "IMG_0001.jpg", "IMG_9999b.jpg", "img_9998B.JPG"]
    assert find_counter_gaps(["f"] * 4, names) == [([0], [3, 2])]
