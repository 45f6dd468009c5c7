"""Every file is in exactly one class, and the classes add up, whatever is there."""

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.evidence.audit import EvidenceClass, audit, count_by_class

FILES = st.dictionaries(
    st.sampled_from([b"a", b"b", b"c", b"d/e", b"d/f", "ü".encode()]), st.sampled_from(["", "1", "2", "3"])
)


def classes(listed, found):
    return {each.path: str(each.outcome) for each in audit(listed, found)}


def test_each_class():
    listed = {b"same": "1", b"other": "2", b"gone": "3", b"moved": "4", b"dark": "5", b"was dark": ""}
    found = {
        b"same": "1",
        b"other": "9",
        b"elsewhere": "4",
        b"dark": "",
        b"was dark": "6",
        b"new": "7",
        b"n": "",
    }
    assert classes(listed, found) == {
        b"same": "matched",
        b"other": "changed",
        b"gone": "missing",
        b"moved": "moved",
        b"dark": "unreadable",
        b"was dark": "new",
        b"new": "new",
        b"n": "unreadable",
    }


def test_two_files_of_one_content_are_not_found_twice_in_one_place():
    assert classes({b"a": "1", b"b": "1"}, {b"c": "1"}) == {b"a": "moved", b"b": "missing"}


@given(FILES, FILES)
def test_nothing_is_forgotten_and_nothing_counted_twice(listed, found):
    results = audit(listed, found)
    moved = {each.now for each in results if each.outcome is EvidenceClass.MOVED}
    assert sorted(each.path for each in results) == sorted((listed.keys() | found.keys()) - moved)
    assert sum(count_by_class(results).values()) == len(results)
    assert all(found[place] and place not in listed for place in moved)
    assert (listed == found and "" not in listed.values()) <= all(not each.deviates for each in results)
