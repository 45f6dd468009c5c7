"""What a newer version left in the account: what is known is read, what is not costs nothing and no sentence
of alarm."""

import json

import pytest

from reviewer.services.account.last_person import find_last_person
from reviewer.services.account.own_tags import load_quick_tags
from reviewer.services.account.presets import load_presets
from reviewer.services.account.recent_cases import load_recent_cases
from reviewer.services.account.second_place import load_second_place
from reviewer.services.account.viewing_comfort import load_comfort
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.system.paths import data_folder

FILES = (
    "last_person.json",
    "quick_tags.json",
    "enhancement_presets.json",
    "recent.json",
    "second_place.json",
)
NEWER = (
    {"format": 7, "values": [{"deep": {"er": None}}]},
    [{"folder": 3, "name": ["a"], "added": 1}, 5, None, "text"],
    {"a": 1, "b": {"c": [1.5]}, "folder": {"path": "x"}, "person": {"id": 1}},
    "only a text",
    17,
)


@pytest.mark.parametrize("content", NEWER, ids=range(len(NEWER)))
@pytest.mark.parametrize("name", FILES)
def test_settings_of_another_shape_are_as_if_nothing_was_kept(name, content):
    data_folder().mkdir(parents=True, exist_ok=True)
    usual_tags, usual_comfort = load_quick_tags("Dr A", load_vocabulary()), load_comfort("Dr A")
    (data_folder() / name).write_text(json.dumps(content), encoding="utf-8")
    assert load_quick_tags("Dr A", load_vocabulary()) == usual_tags
    assert load_comfort("Dr A") == usual_comfort
    assert (load_presets(), load_recent_cases(), load_second_place()) == ({}, [], None)
    find_last_person()
