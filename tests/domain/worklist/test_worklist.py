"""Proposed Individuals: a folder is one, unless it holds more photographs than one body ever had."""

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.worklist.worklist import (
    MOST_OF_ONE_INDIVIDUAL,
    WorklistItem,
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
    items = [
        WorklistItem(place, str(place), folder, name) for place, (folder, name, _id) in enumerate(photos)
    ]
    individuals = [id_.strip() for _folder, _name, id_ in photos]
    groups = group_worklist(items, individuals)
    free = [place for place, id_ in enumerate(individuals) if not id_]
    proposed = propose_groups([(items[place].folder, items[place].name) for place in free])
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
