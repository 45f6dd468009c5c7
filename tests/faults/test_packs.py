"""Court packs that were tampered with: verify.py and the program's own code say the same of every one.

Each round changes one pack in one way, at random. Three hands do it: one that changes only, one that writes
the hashes of the bag anew, and one that has an examiner's key and signs the whole anew.
"""

import csv
import io
import json
import shutil

import pytest

from reviewer.domain.evidence import pack_format
from reviewer.keys import key_file
from reviewer.keys.signing import SigningKey, is_signature_valid
from reviewer.services.case.enrolment import enrol, replace_lost_passphrase
from reviewer.services.pack.run import PackRequest
from tests.support.cases import PASSPHRASE, ingested, made_case, opened
from tests.support.packs import (
    NOT_SOUND,
    SOUND,
    fill,
    hashed_anew,
    ledger_lines,
    own_verdict,
    packed,
    put_ledger,
    resealed,
    signed_anew,
    verified,
)
from tests.support.photos import drive

ONLY, HASHED, SIGNED = "only changed", "hashed anew", "signed anew"
HANDS = (ONLY, HASHED, SIGNED)


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """Good packs of one case, with and without originals, and the key of the examiner who made them."""
    folder = tmp_path_factory.mktemp("packs")
    case = made_case(folder)
    ingested(case, drive(folder / "drive"))
    first = packed(case, folder / "of nothing yet").folder
    fill(case)
    made = [
        first,
        packed(case, folder / "plain").folder,
        packed(case, folder / "originals", PackRequest(query="", originals=True)).folder,
    ]
    case.close()
    (slot,) = key_file.load_key_file(folder / "test.case").slots
    return made, lambda hash_: SigningKey(slot.plain).sign(hash_), slot.examiner


def files_of(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def flips_a_bit(folder, rng):
    path = rng.choice([path for path in files_of(folder) if path.stat().st_size])
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)


def cuts_a_file(folder, rng):
    path = rng.choice([path for path in files_of(folder) if path.stat().st_size])
    path.write_bytes(path.read_bytes()[: rng.randrange(path.stat().st_size)])


def drops_a_file(folder, rng):
    rng.choice(files_of(folder)).unlink()


def adds_a_file(folder, rng):
    place = folder / rng.choice(["", "data", "data/tables", "data/exhibits", "data/new"])
    place.mkdir(exist_ok=True)
    (place / f"{rng.choice(['extra.txt', 'EX-00099.jpg', '.hidden', 'نص.txt'])}").write_bytes(b"more")


def links_a_file(folder, rng):
    path = rng.choice(files_of(folder))
    kept = path.with_name("kept-elsewhere")
    path.rename(folder.parent / kept.name)
    path.symlink_to(folder.parent / kept.name)


def drops_an_entry(folder, rng):
    lines = ledger_lines(folder)
    del lines[rng.randrange(len(lines))]
    put_ledger(folder, lines)


def doubles_an_entry(folder, rng):
    lines = ledger_lines(folder)
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
    put_ledger(folder, lines)


def swaps_entries(folder, rng):
    lines = ledger_lines(folder)
    one, two = rng.sample(range(len(lines)), 2)
    lines[one], lines[two] = lines[two], lines[one]
    put_ledger(folder, lines)


def cuts_the_ledger(folder, rng):
    lines = ledger_lines(folder)
    put_ledger(folder, lines[: rng.randrange(len(lines))])


def swaps_signatures(folder, rng):
    lines = ledger_lines(folder)
    one, two = rng.sample(range(len(lines)), 2)
    first, second = json.loads(lines[one]), json.loads(lines[two])
    first["signature"], second["signature"] = second["signature"], first["signature"]
    lines[one], lines[two] = pack_format.to_canonical_json(first), pack_format.to_canonical_json(second)
    put_ledger(folder, lines)


def takes_a_signature_away(folder, rng):
    lines = ledger_lines(folder)
    at = rng.randrange(len(lines))
    lines[at] = pack_format.to_canonical_json({**json.loads(lines[at]), "signature": ""})
    put_ledger(folder, lines)


def _changed(rng, entry):
    key = rng.choice(["at", "act", "subject", "body", "author", "station", "tick", "seq", "takes_back"])
    value = entry[key]
    if isinstance(value, str):
        return {key: value + "0"}
    return {key: value + 1} if isinstance(value, int) else {key: {**value, "more": 1}}


def changes_an_entry(folder, rng):
    lines = ledger_lines(folder)
    at = rng.randrange(len(lines))
    entry = json.loads(lines[at])
    lines[at] = pack_format.to_canonical_json({**entry, **_changed(rng, entry)})
    put_ledger(folder, lines)


def reseals_an_entry(folder, rng):
    lines = ledger_lines(folder)
    at = rng.randrange(len(lines))
    lines[at] = resealed(lines[at], **_changed(rng, json.loads(lines[at])))
    put_ledger(folder, lines)


def reseals_the_chain(folder, rng):
    """Everything behind the changed entry follows from it again; only the signatures do not."""
    lines = ledger_lines(folder)
    at = rng.randrange(len(lines))
    lines[at] = resealed(lines[at], at="2001-01-01T00:00:00.000+00:00")
    for number in range(at + 1, len(lines)):
        lines[number] = resealed(lines[number], prev=json.loads(lines[number - 1])["hash"])
    put_ledger(folder, lines)


def changes_a_cell(folder, rng):
    path = rng.choice([path for path in folder.rglob("*.csv") if path.read_bytes().count(b"\r\n") > 1])
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
    row = rng.choice(rows[rng.randrange(2) :])
    at = rng.randrange(len(row))
    row[at] = rng.choice(["", "yes", "definite", "0" * 64, row[at] + "x", row[at][:-1], '"', "\r\n", "=1"])
    _write(path, rows)


def changes_the_rows(folder, rng):
    path = rng.choice([path for path in folder.rglob("*.csv") if path.read_bytes().count(b"\r\n") > 2])
    head, *rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
    change = rng.choice(["drop", "double", "order", "all"])
    if change == "drop":
        del rows[rng.randrange(len(rows))]
    elif change == "double":
        rows.append(rng.choice(rows))
    elif change == "order":
        rng.shuffle(rows)
    else:
        rows.clear()
    _write(path, [head, *rows])


def changes_the_columns(folder, rng):
    path = rng.choice([path for path in folder.rglob("*.csv") if path.read_bytes().count(b"\r\n") > 1])
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
    at = rng.randrange(len(rows[0]))
    change = rng.choice(["drop", "rename", "double"])
    if change == "drop":
        rows = [row[:at] + row[at + 1 :] for row in rows]
    elif change == "rename":
        rows[0][at] += "_"
    else:
        rows = [[*row, row[at]] for row in rows]
    _write(path, rows)


def writes_a_table_another_way(folder, rng):
    path = rng.choice(list(folder.rglob("*.csv")))
    old, new = rng.choice([(b"\r\n", b"\n"), (b",", b";"), (b"", b"\xef\xbb\xbf"), (b"yes", b'"yes"')])
    path.write_bytes(path.read_bytes().replace(old, new) if old else new + path.read_bytes())


def changes_a_fact_of_the_bag(folder, rng):
    path = folder / rng.choice(
        [
            pack_format.BAG_INFO,
            pack_format.BAG_INFO,
            pack_format.METHOD,
            pack_format.KEYS,
            pack_format.SIGNATURE,
            pack_format.VOCABULARY,
        ]
    )
    text = path.read_text(encoding="utf-8")
    at = rng.randrange(len(text))
    path.write_text(text[:at] + rng.choice("0aZ: \n") + text[at + 1 :], encoding="utf-8")


def changes_nothing(_folder, _rng):
    """A good pack is never accused."""


CHANGES = (
    changes_nothing,
    flips_a_bit,
    flips_a_bit,
    cuts_a_file,
    drops_a_file,
    adds_a_file,
    links_a_file,
    drops_an_entry,
    doubles_an_entry,
    swaps_entries,
    cuts_the_ledger,
    swaps_signatures,
    takes_a_signature_away,
    changes_an_entry,
    reseals_an_entry,
    reseals_the_chain,
    changes_a_cell,
    changes_a_cell,
    changes_the_rows,
    changes_the_columns,
    writes_a_table_another_way,
    changes_a_fact_of_the_bag,
)


def _write(path, rows):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8"))


def content(folder):
    return {path.relative_to(folder): (path.is_symlink(), path.read_bytes()) for path in files_of(folder)}


def made_good(folder, hand, sign, examiner):
    """Put the hashes of the bag right again, as far as this hand can."""
    needed = [
        folder / name for name in (pack_format.BAG_INFO, pack_format.MANIFEST, pack_format.TAG_MANIFEST)
    ]
    if hand == ONLY or not all(path.exists() for path in needed):
        return
    hashed_anew(folder)
    if hand == SIGNED:
        signed_anew(folder, sign, examiner)


def test_both_checkers_say_the_same_of_every_pack(packs, tmp_path, rounds, chance, promise):
    """Without an examiner's key nothing can be changed unseen; with one, both see the same of it."""
    promise("R26", "verify.py and the program say the same of every court pack, tampered with or not")
    made, sign, examiner = packs
    said = {status: 0 for status in range(3)}
    unseen = 0
    for number in range(rounds(44, 1000)):
        rng = chance(number)
        change, hand = CHANGES[number % len(CHANGES)], HANDS[number % len(HANDS)]  # 22 and 3: all pairs
        folder = shutil.copytree(rng.choice(made), tmp_path / "pack")
        before = content(folder)
        change(folder, rng)
        made_good(folder, hand, sign, examiner)
        (theirs, words), (ours, faults) = verified(folder), own_verdict(folder)
        what = f"round {number}: {change.__name__}, {hand}: verify.py {theirs}\n{words}\nown {ours}\n{faults}"
        promise.tried += 1
        promise.lost += theirs != ours
        assert theirs == ours, what
        is_other = content(folder) != before
        assert is_other or theirs == SOUND, what
        if hand != SIGNED:
            assert (theirs == SOUND) == (not is_other), what
        unseen += is_other and theirs == SOUND
        said[theirs] += 1
        shutil.rmtree(folder)
        (tmp_path / "kept-elsewhere").unlink(missing_ok=True)
    promise.seen = (
        f"{said[0]:,} sound, {said[1]:,} not sound, {said[2]:,} not to be read; "
        f"{unseen:,} changes signed anew with a key were seen by neither"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Bag-Software-Agent: reviewer ", "Bag-Software-Agent: reviewer 1"),
        ("Bag-Software-Agent: ", "Bag-Software: "),
        ("Bagging-Date: 2", "Bagging-Date: 3"),
        ("Pack-Format: 2", "Pack-Format: 2\nSource-Organization: other"),
    ],
    ids=["another version", "no program", "another day", "a line more"],
)
def test_bag_info_says_what_the_method_statement_says_even_with_a_key(packs, tmp_path, before, after):
    made, sign, examiner = packs
    folder = shutil.copytree(made[1], tmp_path / "pack")
    path = folder / pack_format.BAG_INFO
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    hashed_anew(folder)
    signed_anew(folder, sign, examiner)
    (theirs, words), (ours, faults) = verified(folder), own_verdict(folder)
    assert theirs == ours == NOT_SOUND, (words, faults)


def test_what_follows_from_the_ledger_is_found_changed_even_with_a_key(
    packs, tmp_path, rounds, chance, promise
):
    promise("R26 tables", "A cell that follows from the ledger cannot be changed, not even with a key")
    made, sign, examiner = packs
    checked = {name: pack_format.FOLLOWING_COLUMNS[name] for name in ("findings.csv", "readings.csv")}
    for number in range(rounds(12, 200)):
        rng = chance(number)
        folder = shutil.copytree(made[1], tmp_path / "pack")
        name, columns = rng.choice(list(checked.items()))
        path = folder / "data/tables" / name
        head, *rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
        row, column = rng.choice(rows), head.index(rng.choice(columns))
        row[column] = rng.choice(["", "x", "present", "0" * 64]) if row[column] else "y"
        _write(path, [head, *rows])
        is_other = path.read_bytes() != (made[1] / "data/tables" / name).read_bytes()
        hashed_anew(folder)
        signed_anew(folder, sign, examiner)
        promise.tried += 1
        (theirs, words), (ours, faults) = verified(folder), own_verdict(folder)
        assert theirs == ours == (NOT_SOUND if is_other else SOUND), (number, name, row, words, faults)
        shutil.rmtree(folder)


def test_each_entry_counts_under_the_key_of_its_time(tmp_path):
    """Two examiners, and one who lost the passphrase and signs with another key from then on."""
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    recovery_key, words = case.recovery_key, PASSPHRASE + " 2"
    enrol(case, "Dr Hansen", words)
    ingested(case, drive(tmp_path / "drive"))
    fill(case)
    first = case.examiners()[0]
    case.close()
    with opened(tmp_path / "test.case", recovery_key) as again:
        replace_lost_passphrase(again, first, PASSPHRASE + " 3")
    with opened(tmp_path / "test.case", words) as again:
        folder = packed(again, tmp_path / "pack").folder
    assert verified(folder)[0] == own_verdict(folder)[0] == SOUND
    told = json.loads((folder / pack_format.KEYS).read_bytes())["examiners"]
    assert [(person["name"], len(person["keys"])) for person in told] == [("Dr Okoye", 2), ("Dr Hansen", 1)]
    lines = ledger_lines(folder)
    late = max(n for n, line in enumerate(lines) if json.loads(line)["act"] == "note.written")
    for at in (late, len(lines) - 1):
        entry = json.loads(lines[at])
        other = told[0]["keys"][1 if at == late else 0]["key"]
        assert not is_signature_valid(other, entry["hash"], entry["signature"])
