"""The command line: every verb, every exit status, one sentence for every mistake."""

import io
import json
import shutil

import pytest
from PIL import Image
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.commands.card_commands import transcribe_card
from reviewer.domain.ledger.vouching import format_fingerprint
from reviewer.domain.people.individual import PhotoFacts, Transcription, TranscriptionPass
from reviewer.main import main
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.opening import open_case
from reviewer.services.export.all_formats import EXPORT_FORMATS
from tests.support.cases import PASSPHRASE, ingested, made_case, opened
from tests.support.photos import drive, encoded, jpeg

OTHER, NEW = "nine grey stones in the river", "four lamps on the long quay"


def damage(path, *statements):
    connection = engine.connect(path / "case.db")
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_new_ingest_status(run, tmp_path):
    folder = tmp_path / "new.case"
    assert run("new", folder, "--name", "Branch", "--examiner", "Dr Okoye", "--unencrypted")[0] == 0
    (tmp_path / "drive").mkdir()
    status, out, _err = run("ingest", folder, drive(tmp_path / "drive"), "--json")
    assert status == 0
    assert json.loads(out)["sources"][0]["photos"] == 6
    status, out, _err = run("status", folder, "--json")
    found = json.loads(out)
    assert (status, found["case"], found["photos"], found["files"], found["problems"]) == (
        0,
        "Branch",
        6,
        10,
        3,
    )
    assert found["readings"] == {"complete": 0, "open": 0, "set_aside": 0}
    assert found["ledger"]["entries"] == 6
    assert len(found["ledger"]["head"]) == 64
    assert set(found) >= {"individuals", "examiners", "findings"}
    status, out, _err = run("status", folder)
    assert "6 photos + 1 duplicates" in out


def test_problems_verify_ledger(run, case):
    status, out, _err = run("problems", case)
    assert status == 0
    assert "cut.jpg: truncated: The file ends before the picture does." in out
    assert json.loads(run("problems", case, "--json")[1])["problems"][0]["kind"]
    status, out, _err = run("verify", case)
    assert (status, out.split(":")[0]) == (0, "sound")
    assert json.loads(run("verify", case, "--json")[1])["sound"] is True
    status, out, _err = run("ledger", case)
    assert [line.split()[0] for line in out.splitlines()] == ["1", "2", "3", "4", "5"]
    assert json.loads(run("ledger", case, "--json")[1])["entries"][0]["act"] == "case.created"


def test_export_and_its_list(run, case, tmp_path):
    status, out, _err = run("export", case, "csv", tmp_path / "out")
    assert status == 0
    assert "findings.csv" in out
    assert "csv:" in run("export", "--list")[1]
    listed = json.loads(run("export", "--list", "--json")[1])["formats"]
    assert {each["format"] for each in listed} == {*(each.key for each in EXPORT_FORMATS), "redacted"}
    assert all(each["holds"] and each["loses"] for each in listed)
    status, _out, err = run("export", case, "csv", tmp_path / "out")
    assert (status, "not empty" in err) == (3, True)
    assert run("export", case, "odt", tmp_path / "other")[0] == 3
    assert run("export", case)[0] == 3


def test_near_duplicates_are_found_once_and_listed(run, tmp_path):
    source = tmp_path / "drive"
    source.mkdir()
    (source / "one.jpg").write_bytes(jpeg(320, 240, seed=7))
    turned = Image.open(io.BytesIO(jpeg(320, 240, seed=7))).transpose(Image.Transpose.ROTATE_90)
    (source / "turned.jpg").write_bytes(encoded(turned, "JPEG", quality=80))
    (source / "other.jpg").write_bytes(jpeg(320, 240, seed=8))
    case = made_case(tmp_path)
    ingested(case, source)
    folder = case.folder
    case.close()
    assert run("duplicates", folder)[:2] == (0, "0 groups of near-duplicates, 0 photos\n")
    status, out, _err = run("duplicates", folder, "--find", "--json")
    found = json.loads(out)
    assert (status, found["found"]) == (
        0,
        {"photos": 3, "without_small_picture": 0, "groups": 1, "recorded": 1},
    )
    assert [len(group["photos"]) for group in found["groups"]] == [2]
    status, out, _err = run("duplicates", folder, "--find")
    assert "3 photos looked at; groups new or different: 0" in out
    assert "one.jpg" in out
    assert "turned.jpg" in out
    assert "1 group of near-duplicates, 2 photos" in out
    acts = [entry["act"] for entry in json.loads(run("ledger", folder, "--json")[1])["entries"]]
    assert acts.count("duplicates.grouped") == 1


def test_demo_without_a_window(run, tmp_path):
    demo = "demo", tmp_path / "d", "--photos", "12", "--bare", "--no-window"
    status, out, _err = run(*demo, "--json")
    first = json.loads(out)
    assert (status, first["photos"] >= 12) == (0, True)
    assert json.loads(run(*demo, "--json")[1]) == first
    records = tmp_path / "d" / "records.csv"
    assert first["records"] == str(records)
    records.write_text("changed by hand", encoding="utf-8")
    lines = run(*demo)[1].splitlines()
    assert f'"{records}"' in lines[1]
    assert 'accept "' in lines[-2]
    assert lines[-1].strip() == f'reviewer individuals load "{first["case"]}" "{records}"'
    assert records.read_text(encoding="utf-8") == "changed by hand"
    assert str(records.parent) != first["photographs"], "it is no part of the source"


def test_demo_has_the_work_of_two_examiners_in_it(run, tmp_path):
    status, out, _err = run("demo", tmp_path / "d", "--photos", "12", "--no-window")
    assert status == 0
    assert "readings complete" in out
    assert "not loaded yet" not in out
    case = tmp_path / "d" / "Demonstration.case"
    told = json.loads(run("status", case, "--json")[1])
    assert told["readings"]["complete"] > 2
    assert told["examiners"] == 2


def test_a_damaged_ledger_is_found_and_the_status_says_so(run, case):
    damage(
        case,
        "DROP TRIGGER ledger_is_never_updated",
        "UPDATE ledger SET body = replace(body, 'Test', 'Best') WHERE position = 1",
    )
    status, out, _err = run("verify", case)
    assert status == 1
    assert "entry 1 of" in out


def test_a_changed_table_is_found(run, case):
    damage(case, "UPDATE examiners SET name = 'Somebody else'")
    status, out, _err = run("verify", case)
    assert (status, "examiners" in out) == (1, True)


@pytest.mark.parametrize("words", [["ingest"], ["nonsense"], ["new", "x.case"], ["demo", "--photos", "many"]])
def test_wrong_usage_ends_with_two(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "Try reviewer" in capsys.readouterr().err


def new(folder, name="a", examiner="e"):
    return ["new", folder, "--name", name, "--examiner", examiner]


def a_file(folder):
    (folder / "file").write_text("x")
    return folder / "file"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (lambda c, t: ["status", t / "no.case"], "There is no case"),
        (lambda c, t: ["status", t], "no case database"),
        (lambda c, t: ["ingest", c, t / "nowhere"], "There is no folder"),
        (lambda c, t: ["ingest", c, a_file(t)], "is not a folder"),
        (lambda c, t: ["ingest", c, c], "its own folder"),
        (lambda c, t: [*new(t / "n.case", name="a\nb"), "--unencrypted"], "control characters"),
        (lambda c, t: [*new(t / "n.case", examiner=""), "--unencrypted"], "needs a name"),
        (lambda c, t: [*new(c), "--unencrypted"], "not empty"),
        (lambda c, t: [*new(t / "n.case"), "--passphrase-file", t / "none"], "cannot be read"),
        (lambda c, t: [*new(t / "n.case"), "--passphrase-file", a_file(t)], "at least 12 characters"),
        (lambda c, t: new(t / "n.case"), "A new passphrase is needed"),
        (lambda c, t: ["ingest", c, t, "--examiner", "Nobody"], "not that of an examiner Nobody"),
        (lambda c, t: ["demo", t / "d", "--photos", "-1", "--no-window"], "negative"),
    ],
)
def test_each_mistake_gets_one_sentence_and_status_three(run, case, tmp_path, words, said):
    status, _out, err = run(*words(case, tmp_path))
    assert status == 3
    assert said in err
    assert err.count("\n") == 1


def test_cases_that_cannot_be_opened(run, case, tmp_path, capsys):
    newer = shutil.copytree(case, tmp_path / "newer.case")
    damage(newer, "PRAGMA user_version = 3000")
    status, _out, err = run("status", newer)
    assert (status, "newer version" in err) == (3, True)
    garbage = tmp_path / "garbage.case"
    garbage.mkdir()
    (garbage / "case.db").write_bytes(b"garbage" * 1000)
    status, out, err = run("status", garbage, "--json")
    assert (status, "damaged" in err) == (3, True)
    assert json.loads(out)["error"]["code"] == "keys-damaged"


def test_a_case_that_is_open_elsewhere_can_be_looked_at_and_not_written(run, case, tmp_path):
    with opened(case):
        assert run("status", case)[0] == 0
        assert run("verify", case)[0] == 0
        status, _out, err = run("ingest", case, tmp_path)
        assert (status, "open elsewhere" in err) == (3, True)


def test_a_fault_of_the_program_ends_with_seventy(run, case, monkeypatch, expected_logs):
    expected_logs.add("a fault of the program")

    def broken(_options):
        raise ZeroDivisionError

    monkeypatch.setattr("reviewer.cli.status.print_status", broken)
    status, _out, err = run("status", case)
    assert (status, "what was saved is safe" in err) == (70, True)


def test_without_a_screen_the_window_is_refused_in_a_sentence(run, case, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    status, _out, err = run("open", case)
    assert (status, "no screen" in err) == (3, True)


# encrypted cases


@pytest.fixture
def words(tmp_path):
    """Writes passphrase files."""

    def write(text):
        path = tmp_path / f"words {len(list(tmp_path.iterdir()))}"
        path.write_text(text + "\n", encoding="utf-8")
        return path

    return write


def test_an_encrypted_case_from_the_command_line(run, tmp_path, words):
    folder, mine, new_words = tmp_path / "s.case", words(PASSPHRASE), words("and now a new passphrase")
    status, out, _err = run(*new(folder), "--passphrase-file", mine, "--json")
    made = json.loads(out)
    assert (status, made["encrypted"], len(made["recovery_key"].split("-"))) == (0, True, 9)
    status, _out, err = run("status", folder)
    assert (status, "needs a passphrase" in err, err.count("\n")) == (3, True, 1)
    status, out, _err = run("status", folder, "--passphrase-file", words("wrong passphrase"), "--json")
    assert (status, json.loads(out)["error"]["code"]) == (3, "wrong-passphrase")
    (tmp_path / "drive").mkdir()
    secret = ("--passphrase-file", mine)
    assert run("ingest", folder, drive(tmp_path / "drive"), *secret)[0] == 0
    status, receipt, _err = run("receipt", folder, *secret)
    (tmp_path / "receipt.txt").write_text(receipt, encoding="utf-8")
    assert run("verify", folder, "--receipt", tmp_path / "receipt.txt", *secret)[0] == 0
    (tmp_path / "stick").mkdir()
    status, out, _err = run("backup", folder, tmp_path / "stick", "--json", *secret)
    backup = json.loads(out)["folder"]
    status, out, _err = run("verify", backup, *secret)
    assert (status, "1 of them is gone" in out) == (1, True), "a backup is behind: by its own entry"
    assert run("passphrase", folder, "--new-passphrase-file", new_words, *secret)[0] == 0
    assert run("status", folder, *secret)[0] == 3
    assert run("status", backup, *secret)[0] == 0
    recovery = ("--passphrase-file", words(made["recovery_key"]))
    status, _out, err = run("ingest", folder, tmp_path / "drive", *recovery)
    assert (status, "acts for nobody" in err) == (3, True)
    assert run("passphrase", folder, "--new-passphrase-file", mine, *recovery)[0] == 0
    assert run("verify", folder, "--receipt", tmp_path / "receipt.txt", *secret)[0] == 0
    forged = receipt.replace("Entries       6", "Entries       5")
    (tmp_path / "receipt.txt").write_text(forged, encoding="utf-8")
    status, out, _err = run("verify", folder, "--receipt", tmp_path / "receipt.txt", *secret)
    assert (status, "not those the receipt stands for" in out) == (1, True)


def test_keys_are_listed_and_a_colleague_vouched_for_from_the_command_line(run, tmp_path, words):
    folder, mine, theirs = tmp_path / "s.case", words(PASSPHRASE), words(OTHER)
    new_words = words(NEW)
    assert run(*new(folder), "--passphrase-file", mine)[0] == 0
    with opened(folder, PASSPHRASE) as case:
        enrol(case, "Dr Haddad", "hers is another one")
        enrol(case, "Dr Hansen", OTHER)
    status, out, _err = run("verify", folder, "--passphrase-file", mine)
    assert [line.split(":")[0] for line in out.splitlines()[1:]] == [
        "key of e",
        "key of Dr Haddad",
        "key of Dr Hansen",
    ]
    new_one = ("--for", "Dr Haddad", "--new-passphrase-file", new_words)
    status, out, _err = run("passphrase", folder, *new_one, "--passphrase-file", mine)
    assert (status, "another examiner has to vouch" in out) == (0, True)
    status, out, _err = run("status", folder, "--passphrase-file", new_words)
    assert status == 0, "she can read"
    status, out, _err = run("passphrase", folder, "--passphrase-file", new_words, "--json")
    assert (status, json.loads(out)["error"]["code"]) == (3, "key-differs")
    (waiting,) = json.loads(run("vouch", folder, "--passphrase-file", theirs, "--json")[1])["waiting"]
    assert waiting["vouchers"] == ["e"]
    for_her = ("vouch", folder, "--for", "dr haddad", "--passphrase-file", theirs, "--fingerprint")
    assert run(*for_her, "0000")[0] == 3
    assert run(*for_her, format_fingerprint(waiting["key"]).upper())[0] == 0
    assert run("status", folder, "--passphrase-file", new_words)[0] == 0
    open_case(folder, NEW).close()
    status, out, _err = run("verify", folder, "--passphrase-file", mine, "--json")
    assert status == 0, out
    assert json.loads(out)["keys"][-1]["origin"] == "vouched for"


def test_a_typed_passphrase_is_asked_for_twice(run, tmp_path, monkeypatch):
    typed = iter([PASSPHRASE, "another one", PASSPHRASE, PASSPHRASE, PASSPHRASE])
    monkeypatch.setattr("getpass.getpass", lambda _words: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    folder = tmp_path / "s.case"
    status, _out, err = run(*new(folder))
    assert (status, "not the same" in err) == (3, True)
    assert run(*new(folder))[0] == 0
    assert run("status", folder)[0] == 0
    for words, said in ((PASSPHRASE.upper(), "Caps Lock may be on"), ("كلمة السر " * 3, "Arabic letters")):
        monkeypatch.setattr("getpass.getpass", lambda _words, words=words: words)
        status, _out, err = run("status", folder)
        assert (status, said in err, "does not open" in err) == (3, True, True)


def test_originals_manifests_and_places_from_the_command_line(run, case, drive_case, tmp_path):
    (tmp_path / "d").mkdir()
    moved = shutil.copytree(drive_case.parent / "drive", tmp_path / "d" / "drive")
    status, out, _err = run("verify", case, "--evidence")
    assert (status, "10 names = 10 matched + 0 changed" in out) == (0, True)
    (tmp_path / "list").write_text("0" * 64 + "  never.jpg\n")
    status, out, _err = run("ingest", case, moved, "--manifest", tmp_path / "list", "--json")
    assert (status, json.loads(out)["sources"][0]["manifest"]["missing"]) == (1, 1)
    moved.rename(tmp_path / "elsewhere")
    status, out, _err = run("verify", case, "--evidence", "--json")
    found = json.loads(out)
    assert (status, found["sound"], found["evidence"][1]["connected"]) == (1, False, False)
    assert run("locate", case)[0] == 1
    status, _out, err = run("locate", case, tmp_path)
    assert (status, "is not this source" in err) == (3, True)
    status, out, _err = run("locate", case, tmp_path / "elsewhere", "--json")
    assert (status, json.loads(out)["lost"]) == (0, [])
    assert run("verify", case, "--evidence")[0] == 0


def test_cards_are_counted_and_mismatches_listed(run, case):
    with opened(case) as open_:
        examiner = open_.examiners()[0].id
        facts = PhotoFacts("a" * 64)
        for number, detainee in ((TranscriptionPass.FIRST, "12"), (TranscriptionPass.SECOND, "13")):
            open_.record(
                transcribe_card(facts, Transcription(number, detainee=detainee, branch="215")), examiner
            )
    status, out, _err = run("cards", case, "--mismatches")
    assert status == 0
    assert "1  read twice, not the same" in out
    assert "branch 215, detainee 13," in out
    found = json.loads(run("cards", case, "--json", "--mismatches")[1])
    assert found["cards"]["read twice, not the same"] == 1
    assert [each["detainee"] for each in found["mismatches"][0]["passes"]] == ["12", "13"]
