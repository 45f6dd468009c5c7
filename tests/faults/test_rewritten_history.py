"""Examiners against one another: history is written anew with a key of one's own, and somebody saw it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.witnessing import count_entries_unseen_by_others, witness_others
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from tests.support.cases import made_case
from tests.support.rewriting import entries_of, replace_ledger, reseal

OTHER_LEDGER = "its author saw another ledger than the one that stands before it"


@pytest.fixture
def case(tmp_path):
    """Two examiners who wrote in turns; the keys of both lie open, and each attack uses one of them."""
    case = made_case(tmp_path)
    enrol(case, "Dr Haddad")
    yield case
    case.close()


@pytest.fixture
def people(case):
    okoye, haddad = (examiner.id for examiner in case.examiners())
    return okoye, haddad


def writes(case, author, *mandates):
    for words in mandates:
        case.record(Draft(acts.MANDATE_WRITTEN, case.id, {"mandate": words, "limits": ""}), author)


def faults_of(case):
    return [f"{fault.where}: {fault.what}" for fault in verify_case(case, JobControl()).faults]


def rewrite(case, author, change):
    """Change entries, and seal what is one's own anew."""
    replace_ledger(
        case, reseal(change(entries_of(case)), author, lambda hash_: case.keys.sign(author, hash_))
    )


def with_words(entries, before, after):
    return [
        replace(entry, body={**entry.body, "mandate": after})
        if entry.body.get("mandate") == before
        else entry
        for entry in entries
    ]


def test_a_ledger_that_nobody_touched_is_sound(case, people):
    writes(case, people[0], "one", "two")
    writes(case, people[1], "three")
    assert faults_of(case) == []


def test_ones_own_past_is_changed_and_another_saw_it(case, people):
    okoye, haddad = people
    writes(case, okoye, "what was found")
    writes(case, haddad, "hers")
    writes(case, okoye, "later")
    rewrite(case, okoye, lambda entries: with_words(entries, "what was found", "nothing was found"))
    (fault,) = faults_of(case)
    assert OTHER_LEDGER in fault
    assert f"of {haddad}@" in fault


def test_ones_own_past_is_changed_before_anybody_saw_it(case, people):
    """The window that is left: what only its author has seen."""
    okoye, _haddad = people
    writes(case, okoye, "what was found", "more")
    assert count_entries_unseen_by_others(case) == 2
    rewrite(case, okoye, lambda entries: with_words(entries, "what was found", "nothing was found"))
    assert faults_of(case) == []


def test_opening_after_another_testifies_to_what_she_wrote(case, people):
    okoye, haddad = people
    writes(case, okoye, "what was found")
    assert witness_others(case, haddad)
    assert count_entries_unseen_by_others(case) == 1
    assert not witness_others(case, haddad)
    rewrite(case, okoye, lambda entries: with_words(entries, "what was found", "nothing was found"))
    (fault,) = faults_of(case)
    assert f"of {haddad}@" in fault


def test_the_last_entries_of_a_colleague_are_cut_off(case, people):
    okoye, haddad = people
    writes(case, haddad, *(f"line {number}" for number in range(12)))
    writes(case, okoye, "mine")
    hers = [entry for entry in entries_of(case) if entry.author == haddad]
    rewrite(case, haddad, lambda entries: [entry for entry in entries if entry not in hers[-10:]])
    (fault,) = faults_of(case)
    assert OTHER_LEDGER in fault
    assert f"of {okoye}@" in fault


def test_an_entry_is_put_in_between(case, people):
    okoye, haddad = people
    writes(case, okoye, "one")
    writes(case, haddad, "two")
    entries = entries_of(case)
    mine = next(entry for entry in entries if entry.body.get("mandate") == "one")
    more = replace(mine, body={"mandate": "one and a half", "limits": ""}, tick=mine.tick)

    def put_in(entries):
        at = entries.index(mine) + 1
        later = [
            replace(entry, tick=entry.tick + 1) if entry.author == okoye else entry for entry in entries[at:]
        ]
        return [*entries[:at], replace(more, tick=more.tick + 1), *later]

    rewrite(case, okoye, put_in)
    assert any(OTHER_LEDGER in fault and f"of {haddad}@" in fault for fault in faults_of(case))


def test_entries_of_the_first_format_cannot_follow_those_that_say_what_was_seen(case, people):
    okoye, _haddad = people
    writes(case, okoye, "one", "two")
    rewrite(case, okoye, lambda entries: [*entries[:-1], replace(entries[-1], seen="")])
    (fault,) = faults_of(case)
    assert "does not say what its author saw" in fault


def test_the_order_of_two_authors_is_exchanged(case, people):
    okoye, haddad = people
    writes(case, okoye, "one")
    writes(case, haddad, "two")

    def exchange(entries):
        first, second = entries[-2:]
        return [*entries[:-2], replace(second, tick=first.tick), replace(first, tick=second.tick)]

    rewrite(case, okoye, exchange)
    assert faults_of(case)


def test_ones_own_past_is_dated_back(case, people):
    """Also where nobody else has seen it."""
    okoye, _haddad = people
    writes(case, okoye, "one", "two")
    rewrite(
        case, okoye, lambda entries: [*entries[:-1], replace(entries[-1], at="2020-01-01T00:00:00.000+00:00")]
    )
    (fault,) = faults_of(case)
    assert "its time, 2020-01-01T00:00:00.000+00:00, lies before" in fault


def test_a_clock_that_was_set_back_is_on_record_and_no_fault(case, people):
    okoye, _haddad = people
    case.clock = lambda: datetime(2020, 1, 1, tzinfo=UTC)
    writes(case, okoye, "one", "two")
    assert [entry.act for entry in entries_of(case)].count(acts.CLOCK_SET_BACK) == 1
    assert faults_of(case) == []


def without(entries, *words):
    return [entry for entry in entries if entry.body.get("mandate") not in words]


def ticked(entries):
    """Ticks as they would have been counted."""
    return [replace(entry, tick=number) for number, entry in enumerate(entries, start=1)]


def is_named(case, *authors):
    found = faults_of(case)
    return all(
        any(OTHER_LEDGER in fault and f"of {author}@" in fault for fault in found) for author in authors
    )


def test_an_entry_of_ones_own_is_taken_out_of_the_middle(case, people):
    okoye, haddad = people
    writes(case, okoye, "one", "what was found", "two")
    writes(case, haddad, "hers")
    rewrite(case, okoye, lambda entries: without(entries, "what was found"))
    assert is_named(case, haddad)


def test_ones_own_entries_are_moved_to_another_machine(case, people):
    """A chain of its own, as if they had come from elsewhere."""
    okoye, haddad = people
    writes(case, okoye, "one", "two")
    writes(case, haddad, "hers")
    rewrite(
        case,
        okoye,
        lambda entries: [
            replace(entry, station="elsewhere") if entry.body.get("mandate") == "two" else entry
            for entry in entries
        ],
    )
    assert is_named(case, haddad)


def test_ones_own_entries_are_put_behind_those_of_another(case, people):
    """What was known before she wrote becomes what was known only afterwards."""
    okoye, haddad = people
    writes(case, okoye, "known early")
    writes(case, haddad, "hers")

    def put_off(entries):
        early, hers = entries[-2:]
        return [*entries[:-2], replace(hers, tick=early.tick), replace(early, tick=hers.tick, at=hers.at)]

    rewrite(case, okoye, put_off)
    assert faults_of(case)


def test_an_entry_of_another_is_taken_as_ones_own(case, people):
    okoye, haddad = people
    writes(case, haddad, "hers", "more of hers")
    rewrite(
        case,
        okoye,
        lambda entries: [
            replace(entry, author=okoye, station="elsewhere")
            if entry.body.get("mandate") == "hers"
            else entry
            for entry in entries
        ],
    )
    assert any("does not follow" in fault or OTHER_LEDGER in fault for fault in faults_of(case))


def test_a_colleague_is_taken_out_altogether(case, people):
    """She and all she wrote; a third one had opened the case since."""
    okoye, haddad = people
    writes(case, haddad, "hers")
    third = enrol(case, "Dr Silva").id
    rewrite(case, okoye, lambda entries: ticked(entry for entry in entries if entry.author != haddad))
    assert is_named(case, third)


def test_a_clock_set_back_is_put_in_so_that_a_past_can_be_dated_back(case, people):
    okoye, haddad = people
    writes(case, okoye, "one", "two")
    writes(case, haddad, "hers")
    early = "2020-01-01T00:00:00.000+00:00"

    def date_back(entries):
        at = next(n for n, entry in enumerate(entries) if entry.body.get("mandate") == "two")
        told = replace(entries[at], act=acts.CLOCK_SET_BACK, subject="", body={"latest": entries[at - 1].at})
        return ticked(
            [*entries[:at], replace(told, at=early), replace(entries[at], at=early), *entries[at + 1 :]]
        )

    rewrite(case, okoye, date_back)
    assert is_named(case, haddad)


def test_an_act_is_made_undone_in_the_past(case, people):
    okoye, haddad = people
    writes(case, okoye, "one")
    writes(case, haddad, "hers")

    def undo(entries):
        at = next(n for n, entry in enumerate(entries) if entry.body.get("mandate") == "one")
        done = entries[at]
        undone = replace(done, act=acts.ACT_TAKEN_BACK, body={}, takes_back=done.hash)
        return ticked([*entries[: at + 1], undone, *entries[at + 1 :]])

    rewrite(case, okoye, undo)
    assert faults_of(case)


def test_two_copies_of_a_case_are_mixed(case, people, tmp_path):
    """What she wrote in one copy is put into the other, in which somebody else had written meanwhile."""
    okoye, haddad = people
    before = entries_of(case)
    writes(case, okoye, "in this copy")
    writes(case, haddad, "in this copy, by her")
    here = entries_of(case)
    replace_ledger(case, before)
    writes(case, haddad, "in the other copy")
    there = entries_of(case)[len(before) :]
    replace_ledger(case, [*here[:-1], *there])
    assert is_named(case, haddad)


def test_the_same_place_of_a_chain_is_used_twice(case, people):
    """A second entry of hers for the same place: a fork that one of two copies would hide."""
    _okoye, haddad = people
    before = entries_of(case)
    writes(case, haddad, "one")
    (one,) = entries_of(case)[len(before) :]
    replace_ledger(case, before)
    writes(case, haddad, "another")
    with pytest.raises(Exception, match="UNIQUE"):
        replace_ledger(case, [*entries_of(case), one])
