"""Time stamps (RFC 3161): a request goes out in a file, the answer of an authority becomes an act."""

import base64
import hashlib
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from reviewer.domain.acts import acts
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.ledger.time_stamp import LARGEST_TOKEN, HeldStamp, compute_imprint
from reviewer.keys.time_stamps import read_token
from reviewer.services.evidence.time_stamps import add_stamp, load_stamps, write_request
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from tests.support.authority import Authority, read_imprint
from tests.support.cases import made_case, write_mandate
from tests.support.rewriting import entries_of, replace_ledger, reseal

THEN = datetime(2020, 6, 1, 12, tzinfo=UTC)
STAMPED = THEN + timedelta(hours=2)


@pytest.fixture(scope="module")
def authority():
    """Its certificate ran out long before these tests are run."""
    return Authority(since=datetime(2020, 1, 1, tzinfo=UTC), until=datetime(2021, 1, 1, tzinfo=UTC))


@pytest.fixture
def case(tmp_path):
    """A case of the year 2020; three hours after it was made the answer is brought in."""
    case = made_case(tmp_path)
    replace_ledger(case, retold(case, lambda number, entry: THEN + timedelta(minutes=number)))
    case.clock = lambda: THEN + timedelta(hours=3)
    yield case
    case.close()


def retold(case, when):
    """The entries of the one examiner with other times, sealed and signed anew."""
    author = case.examiners()[0].id
    entries = [
        replace(entry, at=when(number, entry).isoformat(timespec="milliseconds"))
        for number, entry in enumerate(entries_of(case), start=1)
    ]
    return reseal(entries, author, lambda hash_: case.keys.sign(author, hash_))


def writes_early(case):
    """Before the time stamp."""
    after, case.clock = case.clock, lambda: THEN + timedelta(hours=1)
    write_mandate(case, "as it was")
    case.clock = after


def ask(case):
    path = case.folder.parent / "request.tsq"
    asked = write_request(case, path)
    return asked, path.read_bytes()


def bring(case, answer, root=None):
    path = case.folder.parent / "answer.tsr"
    path.write_bytes(answer)
    chosen = None
    if root is not None:
        chosen = case.folder.parent / "root.pem"
        chosen.write_bytes(root)
    return add_stamp(case, case.examiners()[0].id, path, chosen, JobControl())


def faults_of(case):
    return [f"{fault.where}: {fault.what}" for fault in verify_case(case, JobControl()).faults]


def test_a_request_holds_the_hash_of_the_head_and_nothing_of_the_case(case):
    asked, request = ask(case)
    assert read_imprint(request).hex() == compute_imprint(case.id, asked.entries, asked.head)
    assert asked.entries == len(entries_of(case))
    assert len(request) < 80
    assert bytes.fromhex("0101ff") in request, "the certificates are asked for"


def test_a_time_stamp_is_kept_as_an_act_and_verified_though_its_certificate_has_run_out(case, authority):
    asked, request = ask(case)
    write_mandate(case, "while it was on its way")
    known = bring(case, authority.answer(request, STAMPED, reverse=True), authority.root_pem())
    assert (known.entries, known.head, known.vouched) == (asked.entries, asked.head, True)
    assert (known.time, known.authority) == ("2020-06-01T14:00:00.000+00:00", "CN=Test time authority")
    write_mandate(case, "afterwards")
    assert load_stamps(case) == [known]
    assert faults_of(case) == []
    body = entries_of(case)[asked.entries + 1].body
    assert base64.b64decode(body["roots"][0]) == authority.root.public_bytes(Encoding.DER)


def test_without_a_root_the_certificates_in_it_count_and_nobody_vouches(case, authority):
    known = bring(case, authority.answer(ask(case)[1], STAMPED))
    assert not known.vouched
    assert faults_of(case) == []


def changed_signature(authority, request):
    answer = bytearray(authority.answer(request, STAMPED))
    answer[-3] ^= 1
    return bytes(answer)


def other_time(authority, request):
    return authority.answer(request, STAMPED).replace(b"20200601140000Z", b"20190601140000Z")


OTHER = hashlib.sha256(b"of another case").digest()
REFUSED = {
    "a changed signature": (changed_signature, "signature does not hold"),
    "an earlier time put in": (other_time, "signature does not hold"),
    "of another case": (lambda a, r: a.answer(r, STAMPED, imprint=OTHER), "of another case"),
    "of an authority that refused": (
        lambda a, r: a.answer(r, STAMPED, status=2),
        "did not give the time stamp",
    ),
    "without its root": (lambda a, r: a.answer(r, STAMPED, with_root=False), "at which its chain ends"),
    "given when its certificate had run out": (
        lambda a, r: a.answer(r, datetime(2021, 6, 1, tzinfo=UTC)),
        "signature does not hold, or its certificates",
    ),
    "of a certificate for other purposes": (
        lambda _a, r: Authority(purpose=False).answer(r, STAMPED),
        "signature does not hold, or its certificates",
    ),
    "no answer at all": (lambda _a, _r: b"<html>not found</html>", "no time stamp, or a damaged one"),
    "nothing": (lambda _a, _r: b"", "no time stamp, or a damaged one"),
    "the request itself": (lambda _a, r: r, "no time stamp, or a damaged one"),
    "without end": (lambda _a, _r: bytes(LARGEST_TOKEN + 1), "too large"),
    "more behind it": (lambda a, r: a.answer(r, STAMPED) + b"0", "no time stamp, or a damaged one"),
    "after the clock of this machine": (
        lambda a, r: a.answer(r, THEN + timedelta(hours=4)),
        "was made before that, at 2020-06-01T15:00",
    ),
    "before what it covers": (
        lambda a, r: a.answer(r, THEN - timedelta(hours=1)),
        r"entry \d was there at 2020-06-01T11:00:00.000\+00:00, .* made later, at 2020-06-01T12:0",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_an_answer_that_proves_nothing_is_not_kept(case, authority, kind):
    make, words = REFUSED[kind]
    before = len(entries_of(case))
    with pytest.raises(KnownError, match=words):
        bring(case, make(authority, ask(case)[1]))
    assert len(entries_of(case)) == before


def test_a_root_that_was_chosen_must_be_the_end_of_its_chain(case, authority):
    answer = authority.answer(ask(case)[1], STAMPED)
    with pytest.raises(KnownError, match="do not end at that root"):
        bring(case, answer, Authority().root_pem())
    for root, words in ((b"no certificate", "holds none"), (authority.root_pem() * 9, "more than 8")):
        with pytest.raises(KnownError, match=words):
            bring(case, answer, root)
    assert bring(case, answer, authority.root.public_bytes(Encoding.DER)).vouched


def test_the_same_answer_is_kept_once_and_again_with_the_root_that_was_brought_later(case, authority):
    answer = authority.answer(ask(case)[1], STAMPED)
    bring(case, answer)
    with pytest.raises(KnownError, match="in this case already"):
        bring(case, answer)
    bring(case, answer, authority.root_pem())
    with pytest.raises(KnownError, match="in this case already"):
        bring(case, answer, authority.root_pem())
    assert [stamp.vouched for stamp in load_stamps(case)] == [True, False]
    assert faults_of(case) == []


def test_a_path_with_nothing_at_it_is_one_sentence(case, tmp_path):
    with pytest.raises(KnownError, match="cannot be read"):
        add_stamp(case, case.examiners()[0].id, tmp_path / "none.tsr", None, JobControl())
    with pytest.raises(KnownError, match="cannot be written"):
        write_request(case, tmp_path / "none" / "request.tsq")


def test_who_writes_her_stamped_past_anew_is_named_though_nobody_else_saw_it(case, authority):
    """A case of one examiner, whom neither a colleague nor a receipt contradicts."""
    writes_early(case)
    bring(case, authority.answer(ask(case)[1], STAMPED))
    author = case.examiners()[0].id
    entries = [
        replace(entry, body={**entry.body, "mandate": "as it suits"})
        if entry.act == acts.MANDATE_WRITTEN
        else entry
        for entry in entries_of(case)
    ]
    replace_ledger(case, reseal(entries, author, lambda hash_: case.keys.sign(author, hash_)))
    assert [fault.split(": ", 1)[1] for fault in faults_of(case)] == [
        f"its time stamp is not that of the first {len(entries) - 1} entries of this ledger"
    ]


def test_who_makes_the_stamp_fit_a_rewritten_past_is_named_too(case, authority):
    writes_early(case)
    bring(case, authority.answer(ask(case)[1], STAMPED))
    author, sign = case.examiners()[0].id, case.keys.sign
    entries = entries_of(case)
    entries[-2] = replace(entries[-2], body={"mandate": "as it suits", "limits": ""})
    resealed = reseal(entries, author, lambda hash_: sign(author, hash_))
    told = {**entries[-1].body, "head": resealed[-1].seen}
    resealed[-1] = replace(resealed[-1], body=told)
    replace_ledger(case, reseal(resealed, author, lambda hash_: sign(author, hash_)))
    assert [fault.split(": ", 1)[1] for fault in faults_of(case)] == [
        "what the authority signed is not the head of this ledger"
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"time": "2019-06-01T14:00:00.000+00:00"}, "it names another authority or another time"),
        ({"authority": "CN=A better one"}, "it names another authority or another time"),
        ({"token": "no base64"}, "does not hold a time stamp in the form of one"),
        ({"token": base64.b64encode(b"junk").decode()}, "no time stamp, or a damaged one"),
        ({"entries": 99}, "not that of the first 99 entries"),
        ({"entries": "3"}, "in the form of one"),
        ({"more": 1}, "in the form of one"),
        ({"roots": []}, None),
        ({"roots": [base64.b64encode(b"junk").decode()]}, "no time stamp, or a damaged one"),
    ],
)
def test_what_is_changed_in_a_time_stamp_that_is_kept_is_named(case, authority, change, words):
    bring(case, authority.answer(ask(case)[1], STAMPED), authority.root_pem())
    author = case.examiners()[0].id
    entries = entries_of(case)
    entries[-1] = replace(entries[-1], body={**entries[-1].body, **change})
    replace_ledger(case, reseal(entries, author, lambda hash_: case.keys.sign(author, hash_)))
    found = faults_of(case)
    assert len(found) == (words is not None)
    assert all(words in fault for fault in found)


def keep_unchecked(case, authority, at):
    """Keep a time stamp over the present head as the program itself would not."""
    asked, request = ask(case)
    answer = authority.answer(request, STAMPED)
    stamp = read_token(answer, ())
    held = HeldStamp(asked.entries, asked.head, answer, stamp.authority, stamp.time)
    case.clock = lambda: at
    case.record(Draft(acts.HEAD_STAMPED, case.id, held.as_body()), case.examiners()[0].id)


def test_a_time_after_a_time_stamp_that_covers_it_is_named(case, authority):
    write_mandate(case, "at three, an hour after the stamp")
    keep_unchecked(case, authority, THEN + timedelta(hours=4))
    (fault,) = faults_of(case)
    assert "entry 3 was there at 2020-06-01T14:00:00.000+00:00, as the time stamp proves" in fault
    assert "says that it was made later, at 2020-06-01T15:00:00.000+00:00" in fault


def test_an_entry_that_is_dated_back_before_the_time_stamp_it_holds_is_named(case, authority):
    keep_unchecked(case, authority, THEN + timedelta(hours=1))
    (fault,) = faults_of(case)
    assert "a time stamp of 2020-06-01T14:00:00.000+00:00 and says that it was made before that" in fault


def test_a_clock_that_the_ledger_says_was_wrong_contradicts_nothing(case, authority):
    """It stood a year ahead, was put right, and the next act put that on record."""
    case.clock = lambda: THEN + timedelta(days=365)
    write_mandate(case, "with a wrong clock")
    answer = authority.answer(ask(case)[1], STAMPED)
    case.clock = lambda: THEN + timedelta(hours=3)
    with pytest.raises(KnownError, match="the next act puts on record"):
        bring(case, answer)
    write_mandate(case, "with the right one")
    bring(case, answer)
    assert faults_of(case) == []


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_openssl_as_an_authority_and_as_a_checker(case, authority, tmp_path):
    """Another hand made the answer, and another hand finds it good."""
    whole = Authority()
    for name, content in (
        ("root.pem", whole.root_pem()),
        ("own.pem", whole.pem()),
        ("own.key", whole.key_pem()),
        ("serial", b"01\n"),
        (
            "tsa.cnf",
            b"[t]\nserial=serial\nsigner_cert=own.pem\ncerts=root.pem\nsigner_key=own.key\ndigests=sha256\n"
            b"default_policy=1.2.3.4\nsigner_digest=sha256\ness_cert_id_alg=sha256\naccuracy=secs:1\n",
        ),
    ):
        (tmp_path / name).write_bytes(content)
    case.clock = lambda: datetime.now(UTC)
    asked, _request = ask(case)

    def openssl(*options):
        return subprocess.run(
            ["openssl", "ts", *options], cwd=tmp_path, capture_output=True, check=False, text=True
        )

    made = openssl(
        "-reply", "-config", "tsa.cnf", "-section", "t", "-queryfile", "request.tsq", "-out", "a.tsr"
    )
    assert made.returncode == 0, made.stderr
    assert bring(case, (tmp_path / "a.tsr").read_bytes(), whole.root_pem()).vouched
    assert faults_of(case) == []
    imprint = compute_imprint(case.id, asked.entries, asked.head)
    kept = base64.b64decode(entries_of(case)[-1].body["token"])
    (tmp_path / "kept.tsr").write_bytes(kept)
    checked = openssl("-verify", "-digest", imprint, "-in", "kept.tsr", "-CAfile", "root.pem")
    assert checked.returncode == 0, checked.stderr
