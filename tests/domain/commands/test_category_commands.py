"""Wishes to sort photographs, and the sentences that refuse them."""

import pytest

from reviewer.domain.acts.shared_acts import PHOTOS_CATEGORISED
from reviewer.domain.commands.category_commands import categorise_photos
from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.category import Category


def test_photographs_that_have_the_category_already_are_left_out():
    draft = categorise_photos({"a": "", "b": "scene", "c": "soldier"}, Category.SCENE)
    assert (draft.act, draft.subject) == (PHOTOS_CATEGORISED, "")
    assert draft.body == {"photos": ["a", "c"], "category": "scene"}


def test_a_category_is_cleared_by_none():
    assert categorise_photos({"a": "", "b": "scene"}, None).body == {"photos": ["b"], "category": ""}


@pytest.mark.parametrize(
    ("before", "category", "said"),
    [
        ({}, Category.SCENE, "There is no photograph to sort."),
        ({"a": "scene"}, Category.SCENE, "This photograph is sorted as scene already."),
        (
            {"a": "other", "b": "other"},
            Category.OTHER,
            "All of these photographs are sorted as other already.",
        ),
        ({"a": ""}, None, "This photograph is not sorted."),
        ({"a": "", "b": ""}, None, "None of these photographs is sorted."),
    ],
)
def test_what_would_change_nothing_is_refused_with_a_reason(before, category, said):
    with pytest.raises(NotAllowed) as refused:
        categorise_photos(before, category)
    assert str(refused.value) == said
