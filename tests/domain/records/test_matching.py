"""Which Individual a row speaks of: by its numbers, and what contradicts is told."""

import pytest

from reviewer.domain.acts.act import ThingKind
from reviewer.domain.acts.table import affected_by, replay_acts_of_thing
from reviewer.domain.commands.record_commands import NO_INDIVIDUAL, SettledRow, settle_records
from reviewer.domain.errors import NotAllowed
from reviewer.domain.ledger.entry import ChainSlot, seal_entry
from reviewer.domain.people.individual import Fact
from reviewer.domain.records.matching import KnownIndividual, MatchOutcome, RowClaim, match_rows
from reviewer.domain.records.proposals import PhotoClues, propose_from_records

D, B, E = Fact.DETAINEE_NUMBER, Fact.BRANCH_NUMBER, Fact.EXAMINATION_NUMBER


def claim(record="f::2", **values):
    names = {"d": D, "b": B, "e": E, "sex": Fact.SEX, "died": Fact.DIED_ON}
    return RowClaim(record, "f", {names[name]: (value,) for name, value in values.items()})


def known(id_, **values):
    return KnownIndividual(id_, claim(**values).values)


def match(row, *people):
    (found,) = match_rows([row], people)
    return found


def test_the_examination_number_fits_one():
    found = match(claim(e="1024", sex="male"), known("a", e="1024", sex="male"), known("b", e="1025"))
    assert found.outcome is MatchOutcome.ONE
    assert found.individual == "a"
    assert found.candidates[0].by == "examination number"


def test_a_detainee_number_counts_only_together_with_its_branch():
    assert match(claim(d="7", b="215"), known("a", d="7", b="215")).individual == "a"
    assert match(claim(d="7", b="215"), known("a", d="7", b="227")).outcome is MatchOutcome.NONE
    assert match(claim(d="7"), known("a", d="7", b="227")).outcome is MatchOutcome.NONE


def test_nobody_and_several():
    assert match(claim(e="9"), known("a", e="8")).outcome is MatchOutcome.NONE
    several = match(claim(e="9"), known("a", e="9"), known("b", e="9"))
    assert several.outcome is MatchOutcome.SEVERAL
    assert [each.individual for each in several.candidates] == ["a", "b"]
    assert several.individual == ""


@pytest.mark.parametrize(
    ("mine", "theirs", "word"),
    [
        ({"sex": "male"}, {"sex": "female"}, "Sex: the row says male, known is female"),
        ({"b": "215"}, {"b": "227"}, "Branch number"),
        ({"died": "2012-08-14"}, {"died": "2012-09"}, "Date stated on card or record"),
        ({"b": "0215"}, {"b": "215"}, "zeros"),
    ],
)
def test_a_number_that_fits_and_a_fact_that_does_not_contradict(mine, theirs, word):
    found = match(claim(e="1", **mine), known("a", e="1", **theirs))
    assert found.outcome is MatchOutcome.CONTRADICTS
    assert found.individual == ""
    assert word in found.candidates[0].against[0]


def test_less_exact_and_unknown_does_not_contradict():
    row = claim(e="1", died="2012-08-14", sex="cannot tell")
    assert match(row, known("a", e="1", died="2012-08", sex="male")).outcome is MatchOutcome.ONE


def test_an_illegible_number_fits_nothing():
    assert match(claim(e="1?"), known("a", e="1?")).outcome is MatchOutcome.NONE


def test_two_rows_of_one_file_that_fit_the_same_individual_are_not_taken_as_they_stand():
    person = known("a", e="1")
    one, two = match_rows([claim("f::2", e="1"), claim("f::3", e="1")], [person])
    assert one.outcome is two.outcome is MatchOutcome.SHARED
    (after,) = match_rows([claim("f::3", e="1")], [person], {"f::2": ("f", "a")})
    assert after.outcome is MatchOutcome.SHARED
    (other,) = match_rows([claim("f::3", e="1")], [person], {"g::2": ("g", "a")})
    assert other.outcome is MatchOutcome.ONE


def entry_of(draft):
    return seal_entry(draft, ChainSlot("e", "s"), "2024-01-01T00:00:00+00:00")


def test_one_act_settles_many_rows_and_states_what_they_say():
    ids = iter("xyz")
    draft = settle_records(
        [
            SettledRow("f:S:2", "a", "matched", values=((E, "1024", "No", "١٠٢٤"),)),
            SettledRow("f:S:3", "b", "matched", values=((Fact.SEX, "male", "Sex", "m"),)),
        ],
        lambda: next(ids),
    )
    entry = entry_of(draft)
    touched = list(affected_by(entry))
    assert {(touch.kind, touch.id) for touch in touched} == {
        (ThingKind.RECORD, "f:S:2"),
        (ThingKind.RECORD, "f:S:3"),
        (ThingKind.INDIVIDUAL, "a"),
        (ThingKind.INDIVIDUAL, "b"),
    }
    mine = [(entry, touch) for touch in touched if (touch.kind, touch.id) == (ThingKind.INDIVIDUAL, "a")]
    (statement,) = replay_acts_of_thing(ThingKind.INDIVIDUAL, "a", mine).statements
    assert (statement.value, statement.source, statement.detail) == ("1024", "f:S:2", "No: ١٠٢٤")


def test_a_row_of_nobody_needs_a_note():
    with pytest.raises(NotAllowed, match="Say why"):
        settle_records([SettledRow("f:S:2", "", NO_INDIVIDUAL)], str)
    draft = settle_records([SettledRow("f:S:2", "", NO_INDIVIDUAL, "not in the case")], str)
    assert "statements" not in draft.body["records"][0]
    with pytest.raises(NotAllowed):
        settle_records([], str)


def test_individuals_are_proposed_from_cards_folders_and_file_names():
    photos = [
        PhotoClues("p1", ("2012/other/x.jpg",), ("1024",)),
        PhotoClues("p2", ("2012/body 1024/IMG_0001.jpg",)),
        PhotoClues("p3", ("2012/١٠٢٤-2.jpg",)),
        PhotoClues("p4", ("2012/IMG_1024.jpg",)),  # the counter of a camera
        PhotoClues("p5", ("1024/deeper/x.jpg",)),  # not the nearest folder
        PhotoClues("p6", ("2012/b 1030/x.jpg",)),
    ]
    one, two = propose_from_records([claim("f::2", e="1024"), claim("f::3", e="B1030")], photos)
    assert one.photos == ("p1", "p2", "p3")
    assert one.reason == "examination number 1024 of a record stands in the card, folder, file name"
    assert (two.record, two.photos, two.doubt) == ("f::3", ("p6",), "")


def test_a_photo_that_fits_two_rows_is_proposed_for_neither():
    photos = [PhotoClues("p1", ("1024/1025.jpg",)), PhotoClues("p2", ("1024/x.jpg",))]
    (only,) = propose_from_records([claim("f::2", e="1024"), claim("f::3", e="1025")], photos)
    assert (only.record, only.photos) == ("f::2", ("p2",))
    assert only.doubt == "1 more fit another row as well"


def test_short_numbers_are_looked_for_on_cards_only():
    photos = [PhotoClues("p1", ("2012/12/x.jpg",)), PhotoClues("p2", ("x.jpg",), ("12",))]
    (only,) = propose_from_records([claim("f::2", e="12")], photos)
    assert only.photos == ("p2",)
    assert propose_from_records([claim("f::2", e="1?")], photos) == ()
