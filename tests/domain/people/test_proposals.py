"""Proposed individuals: by card, by folder, by burst; each with its reason, none for what is not sure."""

import pytest

from reviewer.domain.errors import KnownError
from reviewer.domain.people.folder_pattern import FolderPattern
from reviewer.domain.people.individual import (
    Fact,
    PhotoFacts,
    StatementSourceKind,
    Transcription,
    TranscriptionPass,
)
from reviewer.domain.people.proposals import (
    PhotoForProposal,
    compute_hamming_distance,
    find_sure_card,
    may_be_same_number,
    propose_from_bursts,
    propose_from_cards,
    propose_from_folders,
)


def card(detainee="", branch="", examination="", number=TranscriptionPass.RESOLVED):
    return Transcription(number, detainee, branch, examination)


def seen(number, folder="a", **values):
    return PhotoForProposal(f"{number:064x}", "s", folder, f"{number}.jpg", **values)


def names(proposal):
    return [int(photo, 16) for photo in proposal.photos]


def said(proposal):
    return {(each.fact, each.value, each.certainty) for each in proposal.statements}


# cards


def test_a_card_is_sure_when_resolved_or_when_two_passes_agree():
    first, second = (
        card("12", "215", "7", TranscriptionPass.FIRST),
        card("12", "215", "7", TranscriptionPass.SECOND),
    )
    other = card("13", "215", "7", TranscriptionPass.SECOND)
    assert find_sure_card(PhotoFacts("p", cards=(first,))) is None
    assert find_sure_card(PhotoFacts("p", cards=(first, second))) == first
    assert find_sure_card(PhotoFacts("p", cards=(first, other))) is None
    assert find_sure_card(PhotoFacts("p", cards=(first, other, card("12")))) == card("12")


def test_photos_whose_cards_say_the_same_number_in_any_script():
    found = propose_from_cards(
        [
            seen(1, "a", card=card("12", "215", "700")),
            seen(2, "b", card=card("", "٢١٥", "٧٠٠")),
            seen(3, "c", card=card("", "227", "700")),
        ]
    )
    assert [names(each) for each in found] == [[1, 2], [3]]
    assert found[0].reason == "the card says examination number 700 of branch 215 on 2 photographs"
    assert said(found[0]) == {
        (Fact.DETAINEE_NUMBER, "12", "definite"),
        (Fact.BRANCH_NUMBER, "215", "definite"),
        (Fact.EXAMINATION_NUMBER, "700", "definite"),
    }
    assert {each.kind for each in found[0].statements} == {StatementSourceKind.CARD}
    assert found[0].statements[0].source == f"{1:064x}"


def test_a_card_with_only_the_detainee_number_joins_the_examination_it_belongs_to():
    found = propose_from_cards(
        [seen(1, "a", card=card("12", "215", "700")), seen(2, "b", card=card("12", "215", "7?0"))]
    )
    assert [names(each) for each in found] == [[1, 2]]
    assert said(found[0]) >= {(Fact.EXAMINATION_NUMBER, "700", "definite")}
    assert not any("?" in each.value for each in found[0].statements)


def test_a_number_with_an_unreadable_digit_joins_nothing():
    assert (
        propose_from_cards(
            [seen(1, "a", card=card("", "215", "7?0")), seen(2, "b", card=card("", "2?5", "7"))]
        )
        == []
    )


def test_those_beside_a_card_come_with_it_unless_their_folder_holds_two_numbers():
    alone = [seen(1, card=card("", "215", "700")), seen(2), seen(3, card=card())]
    assert [names(each) for each in propose_from_cards(alone)] == [[1, 2, 3]]
    assert "2 photographs beside in the same folder" in propose_from_cards(alone)[0].reason
    two = [*alone, seen(4, card=card("", "215", "701"))]
    assert [names(each) for each in propose_from_cards(two)] == [[1], [4]]


# folders


def test_without_a_pattern_the_folders_are_proposed():
    found = propose_from_folders([seen(1, "x/1"), seen(2, "x/1"), seen(3, "x/2")])
    assert [(names(each), each.reason) for each in found] == [
        ([1, 2], "same folder, x/1"),
        ([3], "same folder, x/2"),
    ]


def test_a_pattern_reads_numbers_and_groups_by_them_wherever_the_folders_lie():
    found = propose_from_folders(
        [seen(1, "d1/branch 215/2012/٧٠٠"), seen(2, "d2/branch 215/2013/700"), seen(3, "d/branch J/x/9")],
        "branch {branch}/*/{number.examination}",
    )
    assert [names(each) for each in found] == [[1, 2], [3]]
    assert said(found[0]) == {
        (Fact.BRANCH_NUMBER, "215", "probable"),
        (Fact.EXAMINATION_NUMBER, "700", "probable"),
    }
    assert found[0].reason == (
        'branch 215, examination 700: names fit the pattern "branch {branch}/*/{number.examination}"'
    )
    assert found[0].statements[0].source == "d1/branch 215/2012/٧٠٠"


def test_a_group_larger_than_any_body_had_is_not_proposed():
    many = [seen(number, "215/1") for number in range(61)]
    assert propose_from_folders(many, "{branch}/{examination}") == []


@pytest.mark.parametrize(
    ("pattern", "folder", "name", "read"),
    [
        ("{branch}/{examination}", "x/215/12", "a.jpg", {"branch": "215", "examination": "12"}),
        ("{branch}-{examination}", "215-12-b", "", {"branch": "215", "examination": "12-b"}),
        ("{branch}-*-{detainee}", "215-x-y-12", "", {"branch": "215", "detainee": "y-12"}),
        ("*{examination} b", "12 b", "", None),
        ("{examination} b", "12 b", "", {"examination": "12"}),
        ("{examination}", "none", "", None),
        ("{examination}", "", "", None),
        ("a{examination}a", "a12", "", None),
        ("a{examination}a", "aa", "", None),
        ("{branch}-{examination}-*.*", "flat", "215-12-3.JPG", {"branch": "215", "examination": "12"}),
        ("n.{examination}/", "x/n.7", "a.jpg", {"examination": "7"}),
        ("{individual}/*", "one/two", "", {"individual": "one"}),
    ],
)
def test_patterns(pattern, folder, name, read):
    if pattern.startswith("*{"):
        with pytest.raises(KnownError, match="side by side"):
            FolderPattern.parse(pattern)
        return
    assert FolderPattern.parse(pattern).read(folder, name) == read


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("", "empty"),
        ("{branch}", "tells one individual"),
        ("{branch}/*", "tells one individual"),
        ("{colour}/{examination}", "not known"),
        ("{examination", "without its other half"),
        ("{examination}//x", "empty part"),
        ("{examination}/{examination}", "twice"),
    ],
)
def test_what_is_no_pattern_is_said_in_a_sentence(pattern, sentence):
    with pytest.raises(KnownError, match=sentence):
        FolderPattern.parse(pattern)


# bursts

ALIKE = ("00000000000000ff", "00000000000000fe", "000000000000ffff", "ffffffffffffffff")


def shot(number, second, likeness=ALIKE[0], camera="c"):
    taken = f"2012-08-14 10:{second // 60:02d}:{second % 60:02d}"
    return seen(number, taken_at=taken, likeness=likeness, camera=camera)


def test_a_burst_is_close_in_time_and_alike():
    shots = [shot(1, 0), shot(2, 60, ALIKE[1]), shot(3, 200), shot(4, 210, ALIKE[3]), shot(5, 215, ALIKE[3])]
    found = propose_from_bursts(shots, 90, 24)
    assert [names(each) for each in found] == [[1, 2], [4, 5]]
    assert "2 photographs of one camera within 60 s, at most 60 s apart (bound 90 s)" in found[0].reason
    assert "at most 24 of 64 bits differ" in found[0].reason


def test_two_cameras_are_two_bursts_and_a_photo_alone_or_without_a_time_is_none():
    shots = [shot(1, 0), shot(2, 1, camera="d"), shot(3, 2), seen(4, likeness=ALIKE[0]), shot(5, 500)]
    assert [names(each) for each in propose_from_bursts(shots)] == [[1, 3]]
    assert propose_from_bursts([seen(1, taken_at="no time"), seen(2, taken_at="no time")]) == []


def test_an_unknown_likeness_is_like_nothing():
    assert compute_hamming_distance("", ALIKE[0]) == 64
    assert propose_from_bursts([shot(1, 0, ""), shot(2, 1, "")]) == []


def test_numbers_fit_where_one_of_them_cannot_be_read():
    assert may_be_same_number("1?3", "123")
    assert not may_be_same_number("1?3", "1234")
    assert not may_be_same_number("123", "124")
