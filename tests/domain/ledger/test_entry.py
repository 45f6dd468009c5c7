"""The ledger's arithmetic: one canonical form, one hash, and every tampering named."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.ledger.entry import (
    ChainSlot,
    Draft,
    Entry,
    check_chains,
    compute_head_hash,
    seal_entry,
    to_canonical_json,
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


def chain(length=4, author="a1", station="s1"):
    entries, place = [], ChainSlot(author, station)
    for number in range(length):
        draft = Draft("finding.added", "f" * 64, {"id": str(number)})
        entry = seal_entry(draft, place, f"2026-01-01T00:00:0{number}.000+00:00")
        entries.append(entry)
        place = ChainSlot(author, station, entry.seq + 1, entry.hash, entry.tick + 1)
    return entries


@given(json_values)
def test_the_canonical_form_is_the_same_for_the_same_value_and_is_json(value):
    import json

    assert to_canonical_json(value) == to_canonical_json(json.loads(to_canonical_json(value)))


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, float("nan"), "\ud800", {1: "a"}, {"a": object()}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(ValueError, match="no canonical form"):
        to_canonical_json(value)


def test_keys_are_sorted_and_no_space_is_left():
    assert to_canonical_json({"b": 1, "a": ["é", True]}) == '{"a":["é",true],"b":1}'.encode()


def test_the_hash_of_a_known_entry_never_changes():
    entry = seal_entry(
        Draft("note.written", "0" * 64, {"text": "ملاحظة"}),
        ChainSlot("author", "station"),
        "2026-01-01T00:00:00.000+00:00",
    )
    assert entry.hash == "8a2514d41d0fe045e0801b8901500f5b3a98a3c030805692a31eea4441592e10"


def test_a_sound_chain_has_no_fault():
    faults, heads = check_chains(chain())
    assert faults == []
    assert heads["a1", "s1"].seq == 4


@pytest.mark.parametrize("name", [f.name for f in fields(Entry) if f.name != "signature"])
def test_a_change_of_any_field_is_found(name):
    entries = chain()
    value = getattr(entries[1], name)
    changed = {"z": 1} if name == "body" else value + 1 if isinstance(value, int) else f"{value}x"[-64:]
    entries[1] = replace(entries[1], **{name: changed})
    assert check_chains(entries)[0]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda e: [e[0], e[2], e[3]],  # one is missing
        lambda e: [e[0], e[2], e[1], e[3]],  # two are swapped
        lambda e: [*e, e[3]],  # one stands twice
        lambda e: e[1:],  # the first is missing
    ],
)
def test_missing_swapped_and_repeated_entries_are_found(spoil):
    assert check_chains(spoil(chain()))[0]


def test_a_fork_is_found():
    entries = chain()
    other = seal_entry(Draft("note.written", "x", {}), ChainSlot("a1", "s1", 3, entries[1].hash, 9), "2026")
    faults, _heads = check_chains([*entries, other])
    assert any("fork" in fault.what for fault in faults)


def test_cutting_off_the_end_changes_the_head_only():
    entries = chain()
    assert check_chains(entries[:-1])[0] == []
    heads = [compute_head_hash([(e.author, e.station, e.seq, e.hash)]) for e in (entries[-1], entries[-2])]
    assert heads[0] != heads[1]


def test_the_head_does_not_depend_on_the_order_of_chains():
    rows = [("a", "s", 3, "h1"), ("b", "s", 1, "h2")]
    assert compute_head_hash(rows) == compute_head_hash(reversed(rows))
    assert compute_head_hash([]) == ""
