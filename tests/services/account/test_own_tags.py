"""Own quick tags: kept in the account, nine of them always, and never two the same."""

import pytest

from reviewer.domain.errors import NotAllowed
from reviewer.services.account.own_tags import load_quick_tags, reset_quick_tags, set_quick_tag
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.system.paths import data_folder

VOCABULARY = load_vocabulary()
USUAL = list(VOCABULARY.quick_tags)
OTHER = next(term.key for term in VOCABULARY.terms if term.key not in USUAL)


def test_a_tag_is_chosen_for_one_person_and_no_name_stands_in_the_file():
    assert load_quick_tags("Dr Okoye", VOCABULARY) == USUAL
    chosen = set_quick_tag("Dr Okoye", VOCABULARY, 3, OTHER)
    assert chosen == load_quick_tags("Dr Okoye", VOCABULARY) == [*USUAL[:2], OTHER, *USUAL[3:]]
    assert load_quick_tags("Dr Lindqvist", VOCABULARY) == USUAL
    text = (data_folder() / "quick_tags.json").read_text()
    assert "Okoye" not in text
    assert USUAL[0] not in text, "what was not chosen follows the vocabulary"
    assert reset_quick_tags("Dr Okoye", VOCABULARY) == USUAL == load_quick_tags("Dr Okoye", VOCABULARY)


def test_no_finding_stands_on_two_digits():
    with pytest.raises(NotAllowed, match="is quick tag 2 already"):
        set_quick_tag("Dr Okoye", VOCABULARY, 5, USUAL[1])
    assert set_quick_tag("Dr Okoye", VOCABULARY, 2, USUAL[1]) == USUAL


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "[]",
        '{"a": 1}',
        '{"KEY": {"1": 7, "99": "blunt.bruise", "x": "y"}}',
        '{"KEY": {"1": "no.such.term"}}',
        '{"KEY": {"1": "SECOND"}}',
    ],
)
def test_a_file_that_is_damaged_or_of_another_vocabulary_costs_nothing(spoilt):
    set_quick_tag("Dr Okoye", VOCABULARY, 3, OTHER)
    path = data_folder() / "quick_tags.json"
    key = path.read_text().split('"')[1]
    path.write_text(spoilt.replace("KEY", key).replace("SECOND", USUAL[1]))
    assert load_quick_tags("Dr Okoye", VOCABULARY) == USUAL
