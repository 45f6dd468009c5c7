"""Sections of the gallery, and what is said below a picture."""

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.search.arranging import (
    GalleryRow,
    Grouping,
    arrange_in_sections,
    describe_badges,
    describe_section,
)


def row(n=0, folder="s/one", taken="", day="2026-01-01", **other):
    known = {
        "category": "",
        "group": "",
        "individual": "",
        "progress": "unread",
        "findings": 0,
        "damaged": False,
    }
    return GalleryRow(f"{n:064x}", folder, f"{n}.jpg", taken, day, **{**known, **other})


ROWS = [
    row(0, "s/b", "2012-08-14 10:22:05"),
    row(1, "s/a", "2012-08-14 09:00:00"),
    row(2, "s/b", "", "2025-12-31"),
    row(3, "s", "2011-05-01 08:00:00"),
]


def sections(grouping, individual_of=lambda _place: -1):
    return [(each.title, each.places) for each in arrange_in_sections(ROWS, grouping, individual_of)]


def test_folders_and_individuals_keep_the_order_of_the_list():
    assert sections(Grouping.FOLDER) == [("b", (0, 2)), ("a", (1,)), ("Top folder of source s", (3,))]
    numbers = [1, -1, 1, 0]
    assert sections(Grouping.INDIVIDUAL, numbers.__getitem__) == [
        ("Individual 2", (0, 2)),
        ("No individual", (1,)),
        ("Individual 1", (3,)),
    ]


def test_days_go_forward_moments_within_them_too_and_none_comes_last():
    assert sections(Grouping.DATE) == [
        ("2011-05-01", (3,)),
        ("2012-08-14", (1, 0)),
        ("No date recorded", (2,)),
    ]
    assert sections(Grouping.INGEST) == [("Ingested 2025-12-31", (2,)), ("Ingested 2026-01-01", (0, 1, 3))]


def test_nothing_is_one_section_and_an_empty_list_has_none():
    assert sections(Grouping.NOTHING) == [("", (0, 1, 2, 3))]
    assert [arrange_in_sections([], grouping) for grouping in Grouping] == [[]] * len(Grouping)


@given(
    st.lists(
        st.builds(
            row,
            st.just(1),
            st.sampled_from(["s/a", "s/b"]),
            st.sampled_from(["", "2012-08-14 09:00:00", "2012-08-15 10:00:00"]),
        )
    ),
    st.sampled_from(Grouping),
)
def test_every_photograph_is_in_just_one_section(rows, grouping):
    found = [
        place
        for section in arrange_in_sections(rows, grouping, lambda place: place % 3)
        for place in section.places
    ]
    assert sorted(found) == list(range(len(rows)))


def test_badges_say_in_words_what_there_is():
    assert describe_badges(row()) == ""
    assert (
        describe_badges(row(progress="complete", category="detainee", findings=3, alike=4))
        == "done · 3 findings · detainee · ×4"
    )
    full = row(progress="set aside", category="soldier", damaged=True)
    assert describe_badges(full) == "damaged · set aside · soldier or guard"
    assert describe_badges(row(progress="open", alike=1)) == "begun"


def test_a_section_says_how_many_it_has_and_how_many_are_done():
    done, open_ = row(progress="complete"), row(progress="open")
    assert describe_section([open_]) == "1 photograph"
    assert describe_section([done, open_]) == "2 photographs, 1 done"
    assert describe_section([done, done]) == "2 photographs, complete"
