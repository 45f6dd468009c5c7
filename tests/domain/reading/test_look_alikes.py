"""Which look-alikes can be excluded, of which signs, and how what was excluded is read."""

from dataclasses import replace

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.look_alikes import excluded, excluded_names, look_alikes, with_or_without
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.reading.reading_changes import changes
from reviewer.domain.vocabulary.vocabulary import EXCLUDED
from reviewer.services.vocabulary.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
MARK = VOCABULARY.term("neck.ligature_mark")


def finding(*gone, id_="f"):
    return Finding(id_, MARK.key, "2.0.0", qualifiers=((EXCLUDED, gone),) if gone else ())


def test_every_sign_of_the_neck_of_current_round_burns_and_an_eye_asks():
    asking = {term.key for term in VOCABULARY.terms if look_alikes(VOCABULARY, term)}
    wanted = {"burn.cigarette", "eye.absent"} | {
        term.key for term in VOCABULARY.terms if term.group in {"neck", "electric"} and not term.retired
    }
    assert asking == wanted
    assert look_alikes(VOCABULARY, VOCABULARY.term("blunt.bruise")) == ()
    assert look_alikes(VOCABULARY, None) == ()


def test_the_choices_are_its_look_alikes_by_name():
    there = look_alikes(VOCABULARY, MARK)
    assert [each.key for each in there] == list(MARK.consider)
    assert all(each.name == VOCABULARY.term(each.key).name for each in there)


def test_several_are_excluded_and_taken_back():
    first, second = MARK.consider[:2]
    one = with_or_without(finding(), first)
    assert one == (first,)
    assert with_or_without(finding(*one), second) == (first, second)
    assert with_or_without(finding(first, second), first) == (second,)


def test_what_was_excluded_before_stays_readable():
    earlier = finding("predation", MARK.consider[0])
    assert excluded(earlier) == ("predation", MARK.consider[0])
    assert excluded_names(VOCABULARY, earlier) == ("animal predation", VOCABULARY.term_name(MARK.consider[0]))
    assert excluded_names(VOCABULARY, finding()) == ()


def test_a_copy_does_not_say_what_was_excluded_on_another_photograph():
    source = replace(finding("pm.lividity"), qualifiers=((EXCLUDED, ("pm.lividity",)), ("lig_turns", ("2",))))
    draft = finding_commands.copy_findings(
        Reading("e", "b"), Reading("e", "a", findings=(source,)), lambda: "n"
    )
    (copy,) = acts.evolved(Reading("e", "b"), draft.act, draft.body, "t").findings
    assert copy.qualifiers == (("lig_turns", ("2",)),)


def test_it_is_told_by_name_when_it_is_recorded():
    before, after = (Reading("e", "p", findings=(each,)) for each in (finding(), finding(MARK.consider[0])))
    name = VOCABULARY.term_name(MARK.consider[0])
    assert changes(before, after, VOCABULARY) == [f"look-alike excluded: {name}"]
