"""Proposed Individuals: a folder is one, unless it holds more photographs than one body ever had."""

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.worklist.worklist import (
    MOST_OF_ONE_INDIVIDUAL,
    WorklistGrouper,
    group_worklist,
    propose_groups,
)


def test_photographs_of_one_folder_are_proposed_to_show_one_individual():
    groups = propose_groups([("a", "1.jpg"), ("a", "2.jpg"), ("b", "1.jpg")])
    assert [group.positions for group in groups] == [(0, 1), (2,)]
    assert groups[0].reason == "same folder"


def test_a_large_folder_is_split_by_the_number_in_the_names():
    places = [("flat", f"215-{body:03d}-{shot}.jpg") for body in range(40) for shot in range(4)]
    groups = propose_groups(places)
    assert len(groups) == 40
    assert groups[0].positions == (0, 1, 2, 3)
    assert "215-000" in groups[0].reason


def test_a_large_folder_of_a_running_counter_has_no_individuals():
    assert propose_groups([("flat", f"DSC{number:05d}.jpg") for number in range(500)]) == []


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.from_regex(r"[a-z]{1,3}\d{0,3}\.jpg", fullmatch=True)),
        max_size=200,
    )
)
def test_no_photograph_is_in_two_groups_and_no_group_is_too_large(places):
    groups = propose_groups(places)
    positions = [position for group in groups for position in group.positions]
    assert len(positions) == len(set(positions))
    assert all(1 <= len(group.positions) <= MOST_OF_ONE_INDIVIDUAL for group in groups)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.from_regex(r"[a-z]{1,2}\d{0,3}\.jpg", fullmatch=True),
            st.sampled_from(" xy"),
        ),
        max_size=200,
    )
)
def test_accepted_individuals_take_their_photographs_and_the_rest_is_proposed(photos):
    folders, names = [folder for folder, _name, _id in photos], [name for _folder, name, _id in photos]
    individuals = [id_.strip() for _folder, _name, id_ in photos]
    groups = group_worklist(folders, names.__getitem__, individuals)
    free = [place for place, id_ in enumerate(individuals) if not id_]
    proposed = propose_groups([(folders[place], names[place]) for place in free])
    assert [(each.positions, each.reason) for each in groups.all if not each.id] == [
        (tuple(free[place] for place in each.positions), each.reason) for each in proposed
    ]
    assert {each.id: each.positions for each in groups.all if each.id} == {
        id_: tuple(place for place, other in enumerate(individuals) if other == id_)
        for id_ in set(individuals) - {""}
    }
    for place, number in enumerate(groups.of):
        assert number < 0 or place in groups.all[number].positions
    firsts = [each.positions[0] for each in groups.all]
    assert firsts == sorted(firsts)
    assert groups.firsts == sorted(
        [*firsts, *(place for place, number in enumerate(groups.of) if number < 0)]
    )


_IDS = st.sampled_from(["", "x", "y", "z"])


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.from_regex(r"[a-z]\d{1,2}\.jpg", fullmatch=True), _IDS),
        min_size=1,
        max_size=150,
    ),
    st.lists(st.lists(st.tuples(st.integers(0, 149), _IDS), max_size=4), max_size=4),
)
def test_grouped_again_after_changes_it_is_as_grouped_anew(photos, changes):
    folders, names = [folder for folder, _name, _id in photos], [name for _folder, name, _id in photos]
    individuals = [id_ for _folder, _name, id_ in photos]
    grouper = WorklistGrouper(folders, names.__getitem__)
    assert grouper.group(individuals) == group_worklist(folders, names.__getitem__, individuals)
    for change in changes:
        for place, id_ in change:
            individuals[place % len(photos)] = id_
        assert grouper.group(individuals) == group_worklist(folders, names.__getitem__, individuals)


def test_only_groups_whose_photographs_changed_are_made_anew():
    folders, names = [f"f{place // 5}" for place in range(1000)], [f"{place}.jpg" for place in range(1000)]
    individuals = [f"i{place // 5}" if place < 500 else "" for place in range(1000)]
    grouper = WorklistGrouper(folders, names.__getitem__)
    first = grouper.group(individuals)
    before = {id(group) for group in first.all}
    individuals[0], individuals[999] = "i1", "i1"
    after = grouper.group(individuals).all
    assert len(first.all) == len(after) == 200
    assert [group.positions for group in after if id(group) not in before] == [
        (0, 5, 6, 7, 8, 9, 999),
        (1, 2, 3, 4),
        (995, 996, 997, 998),
    ]
