"""A degree of consistency is refused wherever it cannot be told; each refusal is one whole sentence."""

from dataclasses import replace

import pytest

from reviewer.domain import degrees, intents
from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading import Answer, Certainty, Finding, Reading
from reviewer.services.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
SURE = Finding("f", "blunt.bruise", "1", certainty=Certainty.DEFINITE, certainty_stated=True)


@pytest.mark.parametrize("certainty", [Certainty.DEFINITE, Certainty.PROBABLE])
@pytest.mark.parametrize("degree", [each.key for each in VOCABULARY.degrees if each.key != "diagnostic"])
def test_a_sign_that_is_there_and_of_which_one_is_sure_can_have_one(certainty, degree):
    degrees.check_degree(replace(SURE, certainty=certainty), "blunt", degree, "a blow with a rod")


@pytest.mark.parametrize("group", ["postmortem", "artefact", "medical", "old", "residual"])
def test_no_term_of_these_groups_has_one(group):
    terms = [term for term in VOCABULARY.terms if term.group == group]
    assert terms, "the group is one of the vocabulary"
    for term in terms:
        with pytest.raises(NotAllowed, match="has no degree of consistency"):
            degrees.check_finding(replace(SURE, term=term.key), term.group)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"answer": Answer.ABSENT}, "recorded as absent"),
        ({"answer": Answer.NON_SPECIFIC}, "recorded as non-specific"),
        ({"answer": Answer.NOT_ASSESSABLE}, "recorded as not assessable"),
        ({"certainty": Certainty.POSSIBLE}, "only possible"),
        ({"certainty_stated": False}, "State the certainty first"),
        ({"qualifiers": (("vitality", ("post",)),)}, "after death"),
    ],
)
def test_what_a_finding_must_be(changed, said):
    with pytest.raises(NotAllowed, match=said):
        degrees.check_finding(replace(SURE, **changed), "blunt")


def test_diagnostic_is_never_given_of_a_photograph():
    with pytest.raises(NotAllowed, match="is not given of what is seen on a photograph"):
        degrees.check_degree(SURE, "blunt", "diagnostic", "a blow with a rod")


@pytest.mark.parametrize(
    "words", ["torture", "Torture by cigarettes", "ill-treatment", "physical abuse", "MURDER", "an execution"]
)
def test_a_mechanism_is_what_was_done_and_not_what_the_law_calls_it(words):
    with pytest.raises(NotAllowed, match="not what the law calls it"):
        degrees.check_degree(SURE, "blunt", "typical", words)


@pytest.mark.parametrize(
    "words",
    [
        "a blow with a rod",
        "a crimped wire",
        "electric current",
        "contortion in a frame",
        "discrimination of nothing",
    ],
)
def test_words_that_only_hold_such_letters_are_words(words):
    degrees.check_degree(SURE, "blunt", "typical", words)


def test_a_degree_that_was_given_before_can_always_be_taken_away():
    old = replace(SURE, degree="diagnostic", mechanism="torture", certainty_stated=False)
    reading = Reading("e", "a" * 64, findings=(old,))
    assert intents.set_degree(reading, old, "artefact", "", "").body["degree"] == ""
