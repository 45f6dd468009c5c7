"""A receipt is kept at each close and compared at each opening: what knows less says so before it is seen."""

import os
import shutil
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError, ReadOnly
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.ledger.kept_receipt import KeptReceipt, kept_receipt_from_line
from reviewer.keys.signing import SigningKey
from reviewer.services.account.second_place import choose_second_place
from reviewer.services.case import receipt_places
from reviewer.services.case.backup import back_up
from reviewer.services.case.enrolment import enrol, replace_lost_passphrase
from reviewer.services.case.kept_receipts import compare_kept_receipts, copy_to_second_place, judge_receipts
from reviewer.services.case.open_case import KnowsLess
from reviewer.services.case.opening import create_case, discard_new_case, open_case
from reviewer.services.case.receipt_places import find_account_place, find_second_place, thin_receipts
from reviewer.services.case.receipts import compare_receipts, load_kept_receipts
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.system.clock import current_time
from tests.support.cases import PASSPHRASE, made_case, opened
from tests.support.patience import PATIENCE
from tests.support.rewriting import entries_of, replace_ledger, reseal

OTHERS_PASSPHRASE = "another horse battery staple"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of an encrypted case of one examiner, closed; and the folder of its receipt."""
    case = made_case(tmp_path_factory.mktemp("made"), passphrase=PASSPHRASE)
    writes(case, "one", "two")
    case.close()
    (file,) = find_account_place().folder.glob(f"{case.id}.jsonl")
    return case.folder, file


@pytest.fixture
def closed(made, tmp_path):
    """A copy of it, and of its receipt in the account of the test."""
    folder, receipt = made
    find_account_place().folder.mkdir(parents=True)
    shutil.copy(receipt, find_account_place().folder)
    return shutil.copytree(folder, tmp_path / "test.case")


def writes(case, *mandates):
    for words in mandates:
        case.record(Draft(acts.MANDATE_WRITTEN, case.id, {"mandate": words, "limits": ""}), me(case))


def me(case):
    return case.readers()[0].id


def goes_on(folder, *mandates, passphrase=PASSPHRASE):
    with opened(folder, passphrase) as case:
        writes(case, *(mandates or ("three", "four")))


def put_back(folder, copy):
    """An older copy of the whole folder, journal and all, in the place of the present one."""
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)


@pytest.fixture
def older(closed, tmp_path):
    """The case as it was put back: two entries are gone that a receipt stands for."""
    copy = shutil.copytree(closed, tmp_path / "older")
    goes_on(closed)
    put_back(closed, copy)
    return closed


def account_file():
    (file,) = find_account_place().folder.glob("*.jsonl")
    return file


def judged_in(case):
    return [entry for entry in entries_of(case) if entry.act == acts.RECEIPT_JUDGED]


def faults_of(case):
    return [f"{fault.where}: {fault.what}" for fault in verify_case(case, JobControl()).faults]


# kept at each close


def test_each_close_with_new_entries_keeps_one_signed_receipt_without_names(closed):
    goes_on(closed)
    with opened(closed, PASSPHRASE):
        pass
    with opened(closed, PASSPHRASE) as case:
        kept = find_account_place().read(case.id)
        assert [receipt.entries for receipt in kept.receipts] == [4, 6], "none for a close that added nothing"
        assert kept.receipts[-1].head == case.counts().head
        assert [known.disbelief for known in compare_kept_receipts(case).receipts] == ["", ""]
        assert {receipt.examiner for receipt in kept.receipts} == {me(case)}
    written = account_file().read_text()
    assert "Okoye" not in written
    assert "Test" not in written
    assert account_file().stat().st_mode & 0o777 == 0o600


def test_a_case_of_which_nothing_was_kept_gets_a_receipt_also_without_new_entries(closed):
    account_file().unlink()
    with opened(closed, PASSPHRASE):
        pass
    assert account_file().exists()


def test_nothing_is_kept_of_a_new_case_that_is_discarded_nor_when_only_read(tmp_path, closed):
    before = account_file().read_bytes()
    with opened(closed, PASSPHRASE, read_only=True):
        pass
    discard_new_case(create_case(tmp_path / "new.case", "New", "Dr Okoye", None))
    assert account_file().read_bytes() == before


def test_what_is_in_the_way_of_keeping_stops_no_close(tmp_path, closed):
    folder = find_account_place().folder
    shutil.rmtree(folder)
    folder.write_text("a file where the folder should be")
    case = open_case(closed, PASSPHRASE)
    writes(case, "three")
    assert case.close() == 0
    assert case.said_at_close.startswith("The receipt of this session could not be kept in the account")
    with opened(closed, PASSPHRASE) as case:
        assert case.counts().entries == 5


# compared at each opening


def test_an_older_folder_that_was_put_back_says_so_before_anything_is_opened(older):
    with pytest.raises(KnowsLess) as refusal:
        open_case(older, PASSPHRASE)
    assert refusal.value.code == "knows-less"
    assert "kept in this account: it had 6 entries on " in refusal.value.message
    assert refusal.value.message.endswith(" UTC, and 4 are here.")
    with pytest.raises(KnowsLess):
        open_case(older, PASSPHRASE)  # the lock was released, and nothing was written


def test_the_end_of_the_ledger_cut_off_in_a_case_of_one_examiner(closed):
    with opened(closed, PASSPHRASE) as case:
        replace_ledger(case, entries_of(case)[:-1])
        case.at_close = str
    with pytest.raises(KnowsLess, match=r"it had 4 entries on .* and 3 are here"):
        open_case(closed, PASSPHRASE)


def test_ones_own_past_written_anew_and_gone_on_with(closed):
    with opened(closed, PASSPHRASE) as case:
        changed = [
            replace(entry, body={**entry.body, "mandate": "nothing"})
            if entry.body.get("mandate") == "one"
            else entry
            for entry in entries_of(case)
        ]
        replace_ledger(case, reseal(changed, me(case), lambda hash_: case.keys.sign(me(case), hash_)))
        assert len(faults_of(case)) == 1, "only the receipt knows"
        case.at_close = str
    with pytest.raises(KnowsLess, match="its first 4 entries are not those it had on "):
        open_case(closed, PASSPHRASE)
    with opened(closed, PASSPHRASE, may_judge=True) as case:
        judge_receipts(case, me(case), "to go on with the test")
        writes(case, "five", "six", "seven")
    account_file().write_bytes(account_file().read_bytes().splitlines(keepends=True)[0])
    with opened(closed, PASSPHRASE) as case:  # judged before, and now of fewer entries than there are
        assert case.knows_less is None
        assert faults_of(case) == []


def test_for_reading_only_it_opens_and_says_why(older):
    with opened(older, PASSPHRASE, read_only=True) as case:
        assert "and 4 are here" in case.read_only
        assert case.notices == [case.knows_less.message]
        with pytest.raises(ReadOnly, match="4 are here"):
            case.require_writable()


def test_who_may_also_read_only_gets_it_for_reading_only(older):
    with opened(older, PASSPHRASE, or_read_only=True) as case, pytest.raises(ReadOnly, match="4 are here"):
        case.require_writable()


def test_a_case_that_agrees_opens_as_ever(closed):
    goes_on(closed)
    with opened(closed, PASSPHRASE) as case:
        assert (case.knows_less, case.notices) == (None, [])


def test_a_case_that_grew_on_another_account_agrees_with_the_receipts_here(closed):
    here = account_file().read_bytes()
    goes_on(closed, *map(str, range(20)))
    account_file().write_bytes(here)
    with opened(closed, PASSPHRASE) as case:
        assert case.knows_less is None


# judged


def test_until_it_is_judged_nothing_is_written_and_then_it_asks_no_more(older):
    with opened(older, PASSPHRASE, may_judge=True) as case:
        with pytest.raises(KnowsLess):
            writes(case, "five")
        with pytest.raises(KnownError, match="Say why"):
            judge_receipts(case, me(case), "  ")
        assert case.counts().entries == 4
        judge_receipts(case, me(case), "restored from the backup of Monday")
        writes(case, "five")
        (entry,) = judged_in(case)
        assert entry.body["found"] == 4
        assert [receipt["entries"] for receipt in entry.body["receipts"]] == [6]
        assert entry.body["reason"] == "restored from the backup of Monday"
    with opened(older, PASSPHRASE) as case:
        assert faults_of(case) == []
        (known,) = [known for known in compare_kept_receipts(case).receipts if known.contradiction]
        assert "restored from the backup of Monday" in known.judged[me(case)]
        with pytest.raises(KnownError, match="No kept receipt"):
            judge_receipts(case, me(case), "again")


def test_closed_without_a_judgement_nothing_is_kept_and_it_asks_again(older):
    before = account_file().read_bytes()
    open_case(older, PASSPHRASE, may_judge=True).close()
    assert account_file().read_bytes() == before
    with pytest.raises(KnowsLess):
        open_case(older, PASSPHRASE)


def test_a_judgement_settles_it_for_the_one_who_judged_and_the_others_are_asked_once(tmp_path):
    """Who writes history anew could write a judgement, too."""
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    enrol(case, "Dr Haddad", OTHERS_PASSPHRASE)
    case.close()
    copy = shutil.copytree(case.folder, tmp_path / "older")
    goes_on(case.folder, passphrase=OTHERS_PASSPHRASE)
    put_back(case.folder, copy)
    with opened(case.folder, PASSPHRASE, may_judge=True) as okoye:
        judge_receipts(okoye, me(okoye), "I know of it")
    open_case(case.folder, PASSPHRASE).close()
    with opened(case.folder, OTHERS_PASSPHRASE, may_judge=True) as haddad:
        (said,) = haddad.knows_less.judged
        assert said.startswith("Dr Okoye judged it on ")
        assert said.endswith("I know of it")
        judge_receipts(haddad, me(haddad), "so do I")
    open_case(case.folder, OTHERS_PASSPHRASE).close()


def test_a_backup_that_is_restored_asks_once(closed, tmp_path):
    with opened(closed, PASSPHRASE) as case:
        made = back_up(case, tmp_path, me(case), JobControl())
    put_back(closed, made.folder)
    with opened(closed, PASSPHRASE, may_judge=True) as case:
        assert case.knows_less is not None
        judge_receipts(case, me(case), "the drive failed; this is the backup")
    with opened(closed, PASSPHRASE) as case:
        assert faults_of(case) == []


def test_the_recovery_key_sets_a_passphrase_and_then_it_is_judged(tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    recovery_key = case.recovery_key
    case.close()
    copy = shutil.copytree(case.folder, tmp_path / "older")
    goes_on(case.folder)
    put_back(case.folder, copy)
    with opened(case.folder, recovery_key) as again:
        examiner = again.examiners()[0]
        replace_lost_passphrase(again, examiner, OTHERS_PASSPHRASE)
    with opened(case.folder, OTHERS_PASSPHRASE, may_judge=True) as again:
        judge_receipts(again, examiner.id, "the passphrase was lost, and the drive")
        writes(again, "five")


# what somebody else wrote into the file


def signed(case_id, entries, key):
    made = KeptReceipt(case_id, entries, "ab" * 32, "2026-05-06T07:08:09.000+00:00", "0" * 16, key.public)
    return replace(made, signature=key.sign(made.signed_hash))


def plant(line):
    with account_file().open("ab") as file:
        file.write(line)


def test_a_line_that_is_not_signed_rightly_is_listed_and_asks_nobody(closed):
    with opened(closed, PASSPHRASE) as case:
        id_ = case.id
    plant(replace(signed(id_, 900, SigningKey.new()), entries=999).to_line())
    with opened(closed, PASSPHRASE) as case:
        assert "its signature is not right" in {row.disbelief for row in compare_kept_receipts(case).receipts}
        assert faults_of(case) == []
        shown = compare_receipts(case, load_kept_receipts(case)[0])
        assert [row.is_open for row in shown] == [False, False]


def test_one_whose_number_was_edited_is_not_believed(closed):
    account_file().write_bytes(account_file().read_bytes().replace(b'"entries":4', b'"entries":3'))
    with opened(closed, PASSPHRASE) as case:
        (known,) = compare_kept_receipts(case).receipts
        assert known.disbelief == "its signature is not right"


def test_one_of_another_case_is_listed_and_asks_nobody(closed):
    plant(signed("c" * 16, 900, SigningKey.new()).to_line())
    with opened(closed, PASSPHRASE) as case:
        assert [known.disbelief for known in compare_kept_receipts(case).receipts].count(
            "it is of another case"
        ) == 1
        assert faults_of(case) == []


def test_one_signed_with_a_key_that_the_ledger_does_not_state_asks_once(closed):
    """A ledger that was put back or written anew may be just one that does not state the key."""
    with opened(closed, PASSPHRASE) as case:
        id_ = case.id
    plant(signed(id_, 900, SigningKey.new()).to_line())
    with opened(closed, PASSPHRASE, may_judge=True) as case:
        assert "it had 900 entries" in case.knows_less.message
        judge_receipts(case, me(case), "nobody here knows this key")
    open_case(closed, PASSPHRASE).close()


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"{}\n",
        b"[" * 500 + b"\n",
        b"\xff\xfe\n",
        b'{"entries": true}\n',
        b"x" * 5000 + b"\n",
        b"\0" * 100 + b"\n",
    ],
)
def test_a_line_that_is_no_receipt_is_left_out_and_counted(closed, line):
    plant(line)
    with opened(closed, PASSPHRASE) as case:
        found = compare_kept_receipts(case)
        assert found.notices == ["Of the receipts kept in this account 1 line is no receipt, and left out."]
        assert len(found.receipts) == 1


@pytest.mark.parametrize("field", ["case", "entries", "head", "at", "examiner", "key", "signature"])
def test_every_field_has_its_shape(field):
    good = signed("c" * 16, 4, SigningKey.new())
    assert kept_receipt_from_line(good.to_line()) == good
    for wrong in ("", "\n", "\u0663", '"', "x" * 200, None, -1, 0, 10**16, True, ["a"], {"a": 1}):
        with pytest.raises(ValueError, match="no receipt"):
            kept_receipt_from_line(replace(good, **{field: wrong}).to_line())


def test_a_file_that_is_a_folder_or_has_no_end_stops_nothing(closed):
    file = account_file()
    whole = file.read_bytes()
    file.write_bytes(b"\0" * (3 << 20) + b"\n" + whole)
    open_case(closed, PASSPHRASE).close()
    file.unlink()
    file.mkdir()
    case = open_case(closed, PASSPHRASE)
    assert (
        compare_kept_receipts(case).notices[0].startswith("The receipts kept in this account cannot be read")
    )
    case.close()


# a kill between


def test_what_a_kill_left_of_a_line_loses_no_other_and_is_named(closed):
    goes_on(closed)
    file = account_file()
    whole = file.read_bytes()
    first, second = whole.splitlines(keepends=True)
    file.write_bytes(whole[:-1])
    assert find_account_place().read(file.stem).receipts[1:], "it lacks nothing but its end"
    for cut in (1, len(second) // 2, len(second) - 2):
        file.write_bytes(first + second[:cut])
        with opened(closed, PASSPHRASE) as case:
            found = compare_kept_receipts(case)
            assert [known.receipt.entries for known in found.receipts] == [4]
            assert len(found.notices) == 1
            assert "has no end" in found.notices[0]
        kept = find_account_place().read(case.id)
        assert [receipt.entries for receipt in kept.receipts] == [4, 6]
        assert (kept.spoilt, kept.is_torn) == (1, False)


def test_a_disk_that_is_full_in_the_middle_of_a_line_leaves_none_of_it(closed, monkeypatch):
    before = account_file().read_bytes()
    write = os.write
    monkeypatch.setattr(
        os, "write", lambda handle, data: write(handle, data[:50] if b'"signature"' in data else data)
    )
    goes_on(closed)
    monkeypatch.setattr(os, "write", write)
    assert account_file().read_bytes() == before


def test_a_kill_before_the_receipt_leaves_one_that_is_behind_and_never_ahead(closed):
    case = open_case(closed, PASSPHRASE)
    writes(case, "three")
    case.at_close = str
    case.close()
    open_case(closed, PASSPHRASE).close()
    assert [line.count(b'"entries":5') for line in account_file().read_bytes().splitlines()] == [0, 1]


# bounded


def test_the_file_is_thinned_and_its_first_its_last_and_one_of_each_day_stay():
    begin, key = current_time(), SigningKey.new()
    made = [
        replace(
            signed("c" * 16, number + 1, key),
            at=(begin + timedelta(hours=number)).isoformat(timespec="seconds"),
        )
        for number in range(400)
    ]
    kept = thin_receipts(made)
    assert kept[0] == made[0]
    assert kept[-50:] == made[-50:]
    assert {receipt.at[:10] for receipt in kept} == {receipt.at[:10] for receipt in made}
    assert len(kept) < 70
    assert kept == sorted(kept, key=lambda receipt: receipt.entries)


def test_a_long_file_is_thinned_at_the_close_that_adds_to_it(closed, monkeypatch):
    monkeypatch.setattr(receipt_places, "LONG_BYTES", 5 * 400)
    monkeypatch.setattr(receipt_places, "_NEWEST", 2)
    for number in range(8):
        goes_on(closed, str(number))
    kept = [kept_receipt_from_line(line).entries for line in account_file().read_bytes().splitlines()]
    assert kept[0] == 4
    assert kept[-1] == 12
    assert len(kept) <= 6


# the second place


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    choose_second_place(folder)
    return folder


def test_a_second_place_is_brought_up_when_it_is_there_again(closed, stick):
    goes_on(closed)
    assert copy_to_second_place() == ""
    in_stick = find_second_place().folder / account_file().name
    assert in_stick.read_bytes() == account_file().read_bytes()
    stick.rename(stick.with_name("away"))
    case = open_case(closed, PASSPHRASE)
    writes(case, "five")
    case.close()
    assert case.said_at_close == "", "a close does not touch it"
    assert copy_to_second_place().startswith("The second place of the receipts could not be written")
    assert not stick.exists(), "nothing is made where the stick was"
    with opened(closed, PASSPHRASE) as case:
        assert "cannot be read: it is not connected" in compare_kept_receipts(case).notices[0]
    stick.with_name("away").rename(stick)
    assert copy_to_second_place() == ""
    assert in_stick.read_bytes() == account_file().read_bytes()


def test_what_was_deleted_in_the_account_the_second_place_knows(older, stick):
    lines = account_file().read_bytes()
    (stick / "reviewer receipts").mkdir()
    (stick / "reviewer receipts" / account_file().name).write_bytes(lines)
    account_file().unlink()
    with pytest.raises(KnowsLess) as refusal:
        open_case(older, PASSPHRASE)
    assert f"kept in {stick}" in refusal.value.message


def test_receipts_of_other_accounts_in_the_second_place_stay(closed, stick):
    (stick / "reviewer receipts").mkdir()
    theirs = signed("c" * 16, 1, SigningKey.new()).to_line()
    file = stick / "reviewer receipts" / account_file().name
    file.write_bytes(theirs)
    goes_on(closed)
    assert copy_to_second_place() == ""
    assert file.read_bytes() == theirs + account_file().read_bytes()


def test_a_second_place_that_does_not_answer_is_not_waited_for(closed, stick, monkeypatch):
    monkeypatch.setattr(receipt_places, "_SECONDS_FOR_SECOND_PLACE", 0.01)
    answers = threading.Event()
    monkeypatch.setattr(receipt_places.ReceiptPlace, "_copy_all", lambda *_: answers.wait(PATIENCE))
    assert "it does not answer" in copy_to_second_place()
    answers.set()


def test_a_second_place_that_is_none_is_refused(tmp_path):
    with pytest.raises(KnownError, match="There is no folder"):
        choose_second_place(tmp_path / "nowhere")
    assert find_second_place() is None
