"""A degree of consistency is refused wherever it cannot be told; each refusal is one whole sentence."""

from dataclasses import replace

import pytest

from reviewer.domain.acts.acts import apply_to_reading
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading import degrees
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
SURE = Finding("f", "blunt.bruise", "1", certainty=Certainty.DEFINITE, certainty_stated=True)


@pytest.mark.parametrize("certainty", [Certainty.DEFINITE, Certainty.PROBABLE])
@pytest.mark.parametrize(
    "degree", [each.key for each in VOCABULARY.degrees if each.key != degrees.DIAGNOSTIC]
)
def test_a_sign_that_is_there_and_of_which_one_is_sure_can_have_one(certainty, degree):
    degrees.check_degree(replace(SURE, certainty=certainty), "blunt", degree, "a blow with a rod", "witness")


@pytest.mark.parametrize("group", ["postmortem", "artefact", "medical", "old", "residual", "condition"])
def test_no_term_of_these_groups_has_one(group):
    terms = [term for term in VOCABULARY.terms if term.group == group]
    assert terms, "the group is one of the vocabulary"
    for term in terms:
        with pytest.raises(NotAllowed, match="has no degree of consistency"):
            degrees.check_degree_possible(replace(SURE, term=term.key), term.group)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"answer": FindingAnswer.ABSENT}, "recorded as absent"),
        ({"answer": FindingAnswer.NON_SPECIFIC}, "recorded as non-specific"),
        ({"answer": FindingAnswer.NOT_ASSESSABLE}, "recorded as not assessable"),
        ({"certainty": Certainty.POSSIBLE}, "only possible"),
        ({"certainty_stated": False}, "State the certainty first"),
        ({"qualifiers": (("vitality", ("post",)),)}, "after death"),
        ({"seen_as_is": False}, "seen only through display steps"),
    ],
)
def test_what_a_finding_must_be(changed, said):
    with pytest.raises(NotAllowed, match=said):
        degrees.check_degree_possible(replace(SURE, **changed), "blunt")


def test_diagnostic_is_never_given_of_a_photograph():
    with pytest.raises(NotAllowed, match="is not given of what is seen on a photograph"):
        degrees.check_degree(SURE, "blunt", "diagnostic", "a blow with a rod", "witness")


@pytest.mark.parametrize(
    "words", ["torture", "Torture by cigarettes", "ill-treatment", "physical abuse", "MURDER", "an execution"]
)
def test_a_mechanism_is_what_was_done_and_not_what_the_law_calls_it(words):
    with pytest.raises(NotAllowed, match="not what the law calls it"):
        degrees.check_degree(SURE, "blunt", "typical", words, "record")


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
    degrees.check_degree(SURE, "blunt", "typical", words, "record")


def test_a_degree_that_was_given_before_can_always_be_taken_away():
    old = replace(SURE, degree="diagnostic", mechanism="torture", certainty_stated=False)
    reading = Reading("e", "a" * 64, findings=(old,))
    assert finding_commands.set_degree(reading, old, "artefact", "", "", "").body == {
        "finding": "f",
        "degree": "",
        "mechanism": "",
        "alleged_by": "",
    }


@pytest.mark.parametrize("alleged_by", degrees.ACCOUNT_SOURCES)
def test_a_degree_says_whose_account_it_measures(alleged_by):
    reading = Reading("e", "a" * 64, findings=(SURE,))
    draft = finding_commands.set_degree(reading, SURE, "blunt", "typical", " a blow ", alleged_by)
    (made,) = apply_to_reading(reading, draft.act, draft.body, "").findings
    assert (made.degree, made.mechanism, made.alleged_by) == ("typical", "a blow", alleged_by)
    assert degrees.find_degree_refusal(made, "blunt") == ""


@pytest.mark.parametrize("alleged_by", ["", "police", "Witness"])
def test_without_it_no_degree_is_given(alleged_by):
    with pytest.raises(NotAllowed, match="Say whose account the degree measures"):
        degrees.check_degree(SURE, "blunt", "consistent", "a blow", alleged_by)


def test_a_degree_of_which_nobody_was_asked_is_told_by_that_reason_and_by_a_graver_one_first():
    old = replace(SURE, degree="consistent", mechanism="a blow")
    assert degrees.find_degree_refusal(old, "blunt") == degrees.ACCOUNT_NOT_STATED
    assert "only possible" in degrees.find_degree_refusal(replace(old, certainty=Certainty.POSSIBLE), "blunt")
    assert "not what the law" in degrees.find_degree_refusal(
        replace(old, mechanism="torture", alleged_by="record"), "blunt"
    )


def test_diagnostic_is_not_offered_and_stays_readable():
    assert [each.key for each in degrees.list_offered_degrees(VOCABULARY.degrees)] == [
        "not consistent",
        "consistent",
        "highly consistent",
        "typical",
    ]
    assert VOCABULARY.degree(degrees.DIAGNOSTIC).name == "diagnostic of"


def test_what_the_protocol_remarks_of_a_degree_stands_beside_it():
    noted = {each.key: each.note for each in VOCABULARY.degrees if each.note}
    assert list(noted) == ["typical"]
    assert "not commonly used" in noted["typical"]


def test_every_account_has_its_words_and_none_of_them_passes_for_another():
    words = [degrees.describe_account(each) for each in (*degrees.ACCOUNT_SOURCES, "")]
    assert len(set(words)) == 4
    assert "not said" in words[-1]
