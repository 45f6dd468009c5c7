"""Examiners against one another, in a pack: the ledger is written anew, all of it hashed and signed anew."""

from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.acts.roles import RoleHistory
from reviewer.domain.errors import KnownError
from reviewer.domain.evidence import pack_format
from reviewer.domain.ledger.entry import Draft, compute_head_hash
from reviewer.services.case.enrolment import enrol
from reviewer.services.pack import run
from tests.support.cases import made_case
from tests.support.packs import (
    NOT_SOUND,
    SOUND,
    VERIFY,
    hashed_anew,
    ledger_lines,
    own_verdict,
    packed,
    put_ledger,
    sha,
    signed_anew,
    verified,
)
from tests.support.rewriting import reseal


@pytest.fixture
def case(tmp_path):
    case = made_case(tmp_path)
    okoye, haddad = case.examiners()[0].id, enrol(case, "Dr Haddad").id
    for author, words in ((okoye, "what was found"), (haddad, "hers"), (okoye, "later")):
        case.record(Draft(acts.MANDATE_WRITTEN, case.id, {"mandate": words, "limits": ""}), author)
    yield case
    case.close()


@pytest.fixture
def pack(case, tmp_path):
    return packed(case, tmp_path / "pack").folder


def head_of(entries):
    last = {entry.chain: entry for entry in entries}
    return compute_head_hash((entry.author, entry.station, entry.seq, entry.hash) for entry in last.values())


def rewrite(case, folder, change):
    """The first examiner changes entries, and makes everything fit again that her own key can make fit."""
    author = case.examiners()[0].id

    def sign(hash_):
        return case.keys.sign(author, hash_)

    before = [pack_format.entry_from_line(line) for line in ledger_lines(folder)]
    after = reseal(change(before), author, sign)
    about = folder / pack_format.TABLES / "about.csv"
    heads = head_of(before[:-1]), head_of(after[:-1])
    about.write_bytes(about.read_bytes().replace(*(head.encode() for head in heads)))
    stated = {**after[-1].body["files"], f"{pack_format.TABLES}about.csv": sha(about.read_bytes())}
    body = {**after[-1].body, "files": stated}
    after = reseal([*after[:-1], replace(after[-1], body=body)], author, sign)
    put_ledger(folder, [pack_format.entry_to_line(entry)[:-1] for entry in after])
    for name in (pack_format.BAG_INFO, pack_format.METHOD):
        text = (folder / name).read_text(encoding="utf-8")
        for form in (str, pack_format.format_spoken_head):
            text = text.replace(form(head_of(before)), form(head_of(after)))
        text = text.replace(f"Ledger-Entries: {len(before)}", f"Ledger-Entries: {len(after)}")
        (folder / name).write_text(text, encoding="utf-8", newline="")
    hashed_anew(folder)
    signed_anew(folder, sign, author)


def check_both(folder):
    """What both checkers say: exit status and words."""
    theirs, words = verified(folder)
    ours, faults = own_verdict(folder)
    assert theirs == ours, (words, faults)
    return ours, words, faults


def test_what_the_hands_of_this_test_make_fit_is_sound(case, pack):
    rewrite(case, pack, lambda entries: entries)
    assert check_both(pack)[0] == SOUND


def test_ones_own_past_is_changed_in_a_pack_and_another_saw_it(case, pack):
    def change(entries):
        return [
            replace(entry, body={**entry.body, "mandate": "nothing was found"})
            if entry.body.get("mandate") == "what was found"
            else entry
            for entry in entries
        ]

    rewrite(case, pack, change)
    status, words, faults = check_both(pack)
    assert status == NOT_SOUND
    assert "its author saw another ledger" in words
    assert "its author saw another ledger" in faults
    assert len(faults.splitlines()) == 1, "everything else was made to fit"


def test_ones_own_entry_is_dated_back_in_a_pack(case, pack):
    def change(entries):
        return [*entries[:-1], replace(entries[-1], at="2020-01-01T00:00:00.000+00:00")]

    rewrite(case, pack, change)
    status, words, faults = check_both(pack)
    assert status == NOT_SOUND
    assert "lies before" in words
    assert "lies before" in faults


def test_an_entry_of_the_first_format_cannot_follow_in_a_pack(case, pack):
    rewrite(case, pack, lambda entries: [*entries[:-1], replace(entries[-1], seen="")])
    assert check_both(pack)[0] == NOT_SOUND


def test_a_pack_that_calls_itself_of_the_first_format_cannot_hold_later_entries(case, pack):
    info = pack / pack_format.BAG_INFO
    info.write_bytes(info.read_bytes().replace(b"Pack-Format: 2", b"Pack-Format: 1"))
    rewrite(case, pack, lambda entries: entries)
    assert check_both(pack)[0] == NOT_SOUND


def test_an_act_that_a_role_did_not_allow_is_named_by_the_program(case, tmp_path, monkeypatch):
    """Written by a program that does not ask. verify.py does not judge roles, and the page says so."""
    okoye, haddad = (each.id for each in case.examiners())
    case.record(Draft(acts.EXAMINER_ROLE_SET, haddad, {"role": "observer"}), okoye)
    monkeypatch.setattr(RoleHistory, "require", lambda *_asked: None)
    case.record(Draft(acts.MANDATE_WRITTEN, case.id, {"mandate": "an observer's", "limits": ""}), haddad)
    with pytest.raises(KnownError, match="its author's role was observer"):
        packed(case, tmp_path / "refused")
    monkeypatch.setattr(run, "_check_made", lambda *_made: None)
    folder = packed(case, tmp_path / "made").folder
    status, faults = own_verdict(folder)
    assert (status, len(faults.splitlines())) == (NOT_SOUND, 1)
    assert verified(folder)[0] == SOUND
    assert "`pack-check` judges it" in VERIFY.with_name("FORMAT.md").read_text(encoding="utf-8")


def test_an_entry_of_somebody_who_was_removed_before_is_named_by_both(case, pack):
    haddad = case.examiners()[1].id

    def change(entries):
        at = next(n for n, entry in enumerate(entries) if entry.body.get("mandate") == "what was found")
        removal = replace(entries[at], act=acts.EXAMINER_REMOVED, subject=haddad, body={"why": "left"})
        return [*entries[:at], removal, *entries[at + 1 :]]

    rewrite(case, pack, change)
    status, words, faults = check_both(pack)
    assert status == NOT_SOUND
    assert "is by an examiner who was removed before" in words
    assert "its author was removed before" in str(faults), faults
