"""Which look-alikes can be excluded, of which signs, and how what was excluded is read."""

from dataclasses import replace

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.look_alikes import (
    list_excluded_look_alikes,
    list_look_alikes,
    name_excluded_look_alikes,
    toggle_excluded_look_alike,
)
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.reading.reading_changes import describe_changes
from reviewer.domain.vocabulary.vocabulary import EXCLUDED_LOOK_ALIKES
from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
MARK = VOCABULARY.term("neck.ligature_mark")


def finding(*gone, id_="f"):
    return Finding(id_, MARK.key, "2.0.0", qualifiers=((EXCLUDED_LOOK_ALIKES, gone),) if gone else ())


def test_every_sign_of_the_neck_of_current_round_burns_and_an_eye_asks():
    asking = {term.key for term in VOCABULARY.terms if list_look_alikes(VOCABULARY, term)}
    wanted = {"burn.cigarette", "eye.absent"} | {
        term.key for term in VOCABULARY.terms if term.group in {"neck", "electric"} and not term.retired
    }
    assert asking == wanted
    assert list_look_alikes(VOCABULARY, VOCABULARY.term("blunt.bruise")) == ()
    assert list_look_alikes(VOCABULARY, None) == ()


def test_the_choices_are_its_look_alikes_by_name():
    there = list_look_alikes(VOCABULARY, MARK)
    assert [each.key for each in there] == list(MARK.consider)
    assert all(each.name == VOCABULARY.term(each.key).name for each in there)


def test_several_are_excluded_and_taken_back():
    first, second = MARK.consider[:2]
    one = toggle_excluded_look_alike(finding(), first)
    assert one == (first,)
    assert toggle_excluded_look_alike(finding(*one), second) == (first, second)
    assert toggle_excluded_look_alike(finding(first, second), first) == (second,)


def test_what_was_excluded_before_stays_readable():
    earlier = finding("predation", MARK.consider[0])
    assert list_excluded_look_alikes(earlier) == ("predation", MARK.consider[0])
    assert name_excluded_look_alikes(VOCABULARY, earlier) == (
        "animal predation",
        VOCABULARY.term_name(MARK.consider[0]),
    )
    assert name_excluded_look_alikes(VOCABULARY, finding()) == ()


def test_a_copy_does_not_say_what_was_excluded_on_another_photograph():
    source = replace(
        finding("pm.lividity"), qualifiers=((EXCLUDED_LOOK_ALIKES, ("pm.lividity",)), ("lig_turns", ("2",)))
    )
    draft = finding_commands.copy_findings(
        Reading("e", "b"), Reading("e", "a", findings=(source,)), lambda: "n"
    )
    (copy,) = acts.apply_to_reading(Reading("e", "b"), draft.act, draft.body, "t").findings
    assert copy.qualifiers == (("lig_turns", ("2",)),)


def test_it_is_told_by_name_when_it_is_recorded():
    before, after = (Reading("e", "p", findings=(each,)) for each in (finding(), finding(MARK.consider[0])))
    name = VOCABULARY.term_name(MARK.consider[0])
    assert describe_changes(before, after, VOCABULARY) == [f"look-alike excluded: {name}"]
