"""What was just recorded, in words that are seen at a glance."""

from dataclasses import replace

from reviewer.domain.reading.reading import Conclusion, Finding, Reading
from reviewer.domain.reading.reading_changes import describe_changes
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from tests.support.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
TERM = next(term.key for term in VOCABULARY.terms if term.name == "bruise")
CHEST, CHEEK = (
    next(region.key for region in VOCABULARY.regions if region.name == name)
    for name in ("chest, left", "cheek, left")
)
EMPTY = Reading("e", "p")


def told(before, after):
    return describe_changes(before, after, VOCABULARY)


def with_finding(**values):
    return replace(EMPTY, findings=(Finding("f", TERM, "1.0.0", **values),))


def test_each_kind_of_act_has_its_words():
    bare, placed = with_finding(), with_finding(regions=(CHEST,))
    assert told(EMPTY, EMPTY) == []
    assert told(EMPTY, bare) == ["bruise"]
    assert told(bare, placed) == ["chest, left"]
    assert told(placed, with_finding(regions=(CHEEK,))) == ["cheek, left", "chest, left: removed"]
    assert told(bare, EMPTY) == ["bruise: removed"]
    sure = with_finding(certainty=Certainty.DEFINITE, certainty_stated=True)
    assert told(bare, sure) == ["definite"]
    assert told(bare, with_finding(certainty_stated=True)) == ["probable"]
    graded = with_finding(degree="consistent", mechanism="a blow", alleged_by="record")
    assert told(bare, graded) == ["consistent with a blow, as a record says"]
    assert told(graded, bare) == ["no degree"]
    assert told(graded, replace(EMPTY, findings=(replace(graded.findings[0], alleged_by="witness"),))) == [
        "consistent with a blow, as a witness says"
    ]
    assert told(bare, with_finding(answer=FindingAnswer.ABSENT)) == ["absent"]
    dark = with_finding(answer=FindingAnswer.NOT_ASSESSABLE, reason="dark")
    assert told(bare, dark) == ["not assessable: dark"]
    assert told(EMPTY, replace(EMPTY, coverage=((CHEST, "assessable"),))) == ["shown: chest, left"]
    front = next(view for view in VOCABULARY.views if view.key == "front")
    whole = replace(EMPTY, coverage=tuple((key, "assessable") for key in sorted(front.regions)))
    cut = replace(EMPTY, coverage=tuple((key, "assessable") for key in sorted(front.within(0, 3))))
    assert told(EMPTY, whole) == ["shown: front"]
    assert told(whole, cut) == ["shown: front down to the hips"]
    assert told(cut, EMPTY)[0].startswith("no longer marked as shown: ")
    assert told(replace(EMPTY, coverage=((CHEST, "assessable"),)), EMPTY) == [
        "no longer marked as shown: chest, left"
    ]
    assert told(EMPTY, replace(EMPTY, conclusion=Conclusion.NOTHING_VISIBLE)) == ["nothing visible"]
    assert told(EMPTY, replace(EMPTY, note="seen")) == []
    looked = replace(EMPTY, looked_for=(("gone", "1.0.0"),))
    assert told(EMPTY, looked) == ["looked for: gone (vocabulary 1.0.0)"]
    assert told(looked, EMPTY) == ["no list looked for any more"]
    early = replace(EMPTY, description=(("stage", ("early",)),))
    assert told(EMPTY, early) == ["state of the body: early decomposition"]
    assert told(early, EMPTY) == ["state of the body: early decomposition: taken back"]


def test_many_at_once_are_counted():
    many = replace(EMPTY, findings=tuple(Finding(str(n), TERM, "1.0.0") for n in range(5)))
    assert told(EMPTY, many) == ["bruise", "bruise", "and 3 more"]
