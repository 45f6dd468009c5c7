"""A court pack: whole, checked by three programs, the same each time, and noted where it left."""

import contextlib
import csv
import hashlib
import io
import os
import shutil
import tarfile

import bagit
import pytest

from reviewer.domain.acts import acts
from reviewer.domain.acts.shared_acts import PHOTOS_CATEGORISED
from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.evidence import pack_format
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.redaction import REDACTION_DRAWN
from reviewer.domain.photos.seen_elsewhere import mark_seen_elsewhere
from reviewer.media.workers import evidence_file
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.history import load_last_entries
from reviewer.services.case.opening import open_case
from reviewer.services.case.receipts import make_receipt
from reviewer.services.case.snapshot import open_snapshot
from reviewer.services.evidence.problems import load_problem_files
from reviewer.services.evidence.verify_originals import verify_evidence
from reviewer.services.jobs import Cancelled, JobControl, post_at_once
from reviewer.services.pack.check import check_pack
from reviewer.services.pack.run import PackRequest, make_pack, make_redactor_factory
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage import ledger
from reviewer.system.identity import find_identity
from tests.support.archives import unpack
from tests.support.cases import (
    KEPT,
    PASSPHRASE,
    forget_receipts,
    ingested,
    kept,
    made_case,
    opened,
    opened_copy,
)
from tests.support.exports import content
from tests.support.packs import (
    NOT_SOUND,
    PNG,
    SOUND,
    UNREADABLE,
    WHEN,
    fill,
    hashed_anew,
    kept_pack,
    ledger_lines,
    own_verdict,
    packed,
    photos_of,
    signed_anew,
    verified,
)
from tests.support.photos import drive, jpeg
from tests.support.tables import rows


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A case without encryption with its drive, made once."""
    folder = tmp_path_factory.mktemp("pack")
    case = made_case(folder)
    ingested(case, drive(folder / "drive"))
    fill(case)
    case.close()
    return folder


@pytest.fixture
def case(filled, tmp_path):
    """A copy of it; the drive is that of all tests and is not to be changed."""
    with opened_copy(filled / "test.case", tmp_path) as made:
        yield made


def assert_sound(folder):
    status, words = verified(folder)
    assert status == SOUND, words
    status, words = own_verdict(folder)
    assert status == SOUND, words
    assert bagit.Bag(str(folder)).validate()


def test_three_programs_say_that_it_is_sound(case, tmp_path):
    before = make_receipt(case)
    made = packed(case, tmp_path / "pack")
    assert_sound(made.folder)
    stated = pack_format.entry_from_line(ledger_lines(made.folder)[-1])
    assert (made.entries, stated.act) == (before.entries + 2, acts.PACK_STATED)
    assert stated.body["entries"] == before.entries + 1, "after the definitions were stated"
    recorded = load_last_entries(case, 1)[0]
    assert recorded.act == "export.made"
    assert recorded.body["format"] == "pack"
    assert recorded.body["head"] == made.head, "the act comes after the head of the pack"
    tags = (made.folder / pack_format.TAG_MANIFEST).read_bytes()
    assert recorded.body["files"] == {pack_format.TAG_MANIFEST: hashlib.sha256(tags).hexdigest()}
    assert not list(tmp_path.glob("*.unfinished"))


def test_the_tables_hold_what_was_done(case, tmp_path):
    folder = packed(case, tmp_path / "pack").folder
    assert len(rows(folder / "data/tables/readings.csv")) == 5
    found = {row["finding_id"]: row for row in rows(folder / "data/tables/findings.csv")}
    assert found["f0"]["certainty"] == "definite"
    assert "f2" not in found
    assert (found["f1"]["degree"], found["f1"]["alleged_by"]) == ("consistent", "witness")
    facts = {row["photo_sha256"]: row for row in rows(folder / "data/from-ledger/photographs.csv")}
    first, second, third, fourth, *_rest = photos_of(case)
    assert (facts[first]["category"], facts[first]["individual"]) == ("detainee", "one")
    assert (facts[second]["individual"], facts[third]["individual"]) == ("", "one")
    assert facts[second]["duplicates"] == first
    assert fourth not in facts


def test_the_same_state_at_the_same_time_gives_the_same_bytes(case, tmp_path):
    case.close()
    made = []
    for number in range(2):
        forget_receipts()  # the copy is as it was before
        shutil.copytree(case.folder, tmp_path / f"{number}.case")
        again = open_case(tmp_path / f"{number}.case", clock=lambda: WHEN.replace(year=2099))
        folder = packed(again, tmp_path / f"pack {number}", PackRequest(query="", originals=True)).folder
        again.close()
        made.append({p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert made[0] == made[1]
    assert b"Bagging-Date: 2099-11-26" in made[0][next(p for p in made[0] if p.name == pack_format.BAG_INFO)]


def entries_of(case):
    with case.store.read() as connection:
        return [entry for _position, entry in ledger.iterate_entries(connection)]


def test_a_pack_of_an_earlier_entry_is_sound_and_is_of_that_state(case, tmp_path):
    every = entries_of(case)
    signed = next(n for n, entry in enumerate(every, start=1) if entry.act == acts.EXAMINER_ENROLLED)
    sealed = next(n for n, entry in enumerate(every, start=1) if entry.act == acts.SOURCE_INGESTED)
    for entries in (signed, sealed - 1, sealed, sealed + 9, len(every) // 2, len(every) - 1, len(every)):
        made = packed(case, tmp_path / f"{entries}", PackRequest(query="", originals=True, entries=entries))
        assert_sound(made.folder)
        assert made.entries == entries
        assert len(ledger_lines(made.folder)) == entries
        with open_snapshot(case, JobControl(), entries) as then:
            assert made.head == then.head
        assert len(rows(made.folder / "data/loadfile.csv")) == (entries >= sealed) * len(photos_of(case))
        method = (made.folder / pack_format.METHOD).read_text(encoding="utf-8")
        later = case.counts().entries - 2 - entries  # without what states this pack, and the note of it
        assert (f"are not in it: {later}." in method) == ("AN EARLIER STATE" in method) == (later > 0)
        assert load_last_entries(case, 1)[0].body["as_of"] == entries
    now = packed(case, tmp_path / "now").folder
    assert "AN EARLIER STATE" not in (now / pack_format.METHOD).read_text(encoding="utf-8")


def test_a_pack_is_sound_whatever_became_of_the_files(tmp_path):
    """Sources within each other, names that are hostile, contents that changed before and after an ingest."""
    source = drive(tmp_path / "drive")
    for name in ("=1+1.jpg", "'a\nb\\c.jpg", os.fsdecode(b"\xff\xfe.jpg")):
        (source / name).write_bytes(jpeg(seed=50 + len(name)))
    (source / "link.jpg").symlink_to(source / "nowhere.jpg")
    with contextlib.closing(made_case(tmp_path)) as case:
        author = case.examiners()[0].id
        ingested(case, source)
        (source / "body 1" / "IMG_0000.JPG").write_bytes(jpeg(seed=70))
        ingested(case, source)
        ingested(case, source / "body 1")
        (source / "body 2" / "IMG_0003.JPG").write_bytes(b"another")
        (source / "body 2" / "IMG_0004.JPG").write_bytes(jpeg(seed=80))
        verify_evidence(case, author, JobControl())
        files = [each.id for each in load_problem_files(case)]
        case.record(mark_seen_elsewhere(files, "=in the viewer"), author)
        assert any(each.is_changed for each in load_problem_files(case))
        entries = case.counts().entries
        for name, wish in (("now", PackRequest(query="")), ("then", PackRequest(query="", entries=entries))):
            folder = packed(case, tmp_path / name, wish).folder
            assert_sound(folder)
            told = rows(folder / "data/tables/problems.csv")
            assert {row["seen_elsewhere"] for row in told} == {"'=in the viewer"}


def test_a_pack_of_then_is_the_pack_that_was_made_then_but_for_what_says_so(case, tmp_path):
    then = packed(case, tmp_path / "then", PackRequest(query=""))
    entries = pack_format.entry_from_line(ledger_lines(then.folder)[-1]).body["entries"]
    desk = ActQueue(case, case.readers()[0], post_at_once)
    desk.submit(finding_commands.write_note(desk.reading(photos_of(case)[2]), "later")).result()
    desk.submit(Draft(PHOTOS_CATEGORISED, "", {"photos": [photos_of(case)[2]], "category": "other"})).result()
    desk.detach()
    again = packed(case, tmp_path / "again", PackRequest(query="", entries=entries))
    one, other = content(then.folder), content(again.folder)
    of_the_pack = {
        pack_format.METHOD,
        pack_format.MANIFEST,
        pack_format.TAG_MANIFEST,
        pack_format.SIGNATURE,
        pack_format.BAG_INFO,
        pack_format.LEDGER,
        pack_format.STATED,
    }
    assert {name for name in one | other if one.get(name) != other.get(name)} <= of_the_pack
    assert again.entries == entries == then.entries - 1, "what the other states is not in it"


def test_redacted_copies_are_of_the_areas_of_then(case, tmp_path):
    photo = photos_of(case)[0]
    entries = case.counts().entries
    body = {"id": "a", "shape": "rectangle", "points": [[1, 1], [20, 20]], "purpose": "face"}
    case.record(Draft(REDACTION_DRAWN, photo, body), case.readers()[0].id)
    pool = new_pool()
    try:
        for name, as_of, copies in (("now", None, 1), ("then", entries, 0)):
            wish = PackRequest(query="", redact=make_redactor_factory(case, pool), entries=as_of)
            folder = packed(case, tmp_path / name, wish).folder
            assert sum(row["copy"] == "redacted" for row in rows(folder / "data/loadfile.csv")) == copies
    finally:
        pool.close()


def test_who_had_no_key_then_signs_no_pack_of_then(case, tmp_path):
    before = case.counts().entries
    enrol(case, "Dr Hansen")
    hansen = next(each.id for each in case.examiners() if each.name == "Dr Hansen")
    for entries in (1, before):
        with pytest.raises(KnownError, match=f"had no key in this case after entry {entries} "):
            make_pack(case, hansen, tmp_path / "pack", JobControl(), PackRequest(entries=entries))
    for entries in (0, 10_000):
        with pytest.raises(KnownError, match="The ledger has"):
            packed(case, tmp_path / "pack", PackRequest(entries=entries))
    assert not list(tmp_path.glob("pack*"))


def test_originals_go_out_as_they_are_under_numbers(case, tmp_path):
    folder = packed(case, tmp_path / "pack", PackRequest(query="category:detainee", originals=True)).folder
    assert_sound(folder)
    exhibits = rows(folder / "data/loadfile.csv")
    assert [row["exhibit"] for row in exhibits] == ["EX-00001", "EX-00002"]
    for row in exhibits:
        content = (folder / row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"] == row["file_sha256"]
        assert (row["copy"], row["type"]) == ("original", "JPEG")
        assert row["date_taken"] == "2012-08-14 10:22:05"
        assert row["source_path"].startswith("body 1/IMG_")
    assert "category:detainee" in (folder / "data/METHOD.txt").read_text(encoding="utf-8")


def test_redacted_copies_and_reports_can_be_put_in(case, tmp_path):
    for number, photo in enumerate(photos_of(case)[:2]):
        area = {"id": f"a{number}", "shape": "rectangle", "points": [[1, 1], [20, 20]], "purpose": "face"}
        case.record(Draft(REDACTION_DRAWN, photo, area), case.readers()[0].id)
    wish = PackRequest(
        query="category:detainee",
        redact=lambda _state: lambda photo: PNG + photo.encode(),
        reports=(("summary.pdf", b"%PDF"),),
    )
    folder = packed(case, tmp_path / "pack", wish).folder
    assert_sound(folder)
    first = rows(folder / "data/loadfile.csv")[0]
    assert (folder / first["file"]).read_bytes() == PNG + first["sha256"].encode()
    assert first["copy"] == "redacted"
    assert (folder / "data/reports/summary.pdf").read_bytes() == b"%PDF"


def test_exhibits_may_be_named_without_their_files(case, tmp_path):
    folder = packed(case, tmp_path / "pack", PackRequest(query="")).folder
    assert_sound(folder)
    assert len(rows(folder / "data/loadfile.csv")) == len(photos_of(case))
    assert not (folder / "data/exhibits").exists()


def test_an_original_that_changed_is_refused_and_nothing_is_left(case, tmp_path, monkeypatch):
    monkeypatch.setattr(evidence_file, "compute_hash", lambda _path: "0" * 64)
    with pytest.raises(KnownError, match="not what was ingested"):
        packed(case, tmp_path / "pack", PackRequest(query="category:detainee", originals=True))
    assert not list(tmp_path.glob("pack*"))
    assert load_last_entries(case, 1)[0].act != "export.made"


@pytest.mark.parametrize("name", ["con.txt", "a b.pdf", "../x", ".hidden", "x" * 90, "a.", ""])
def test_names_that_some_system_cannot_keep_are_refused(case, tmp_path, name):
    with pytest.raises(KnownError, match="cannot be the name"):
        packed(case, tmp_path / "pack", PackRequest(reports=((name, b""),)))


def test_bad_places_and_wishes_are_refused(case, tmp_path):
    with pytest.raises(KnownError, match="not empty"):
        packed(case, tmp_path)
    with pytest.raises(KnownError, match="inside the case"):
        packed(case, case.folder / "pack")
    with pytest.raises(KnownError, match="Files of which photographs"):
        packed(case, tmp_path / "pack", PackRequest(originals=True))
    (tmp_path / "pack.unfinished").mkdir()
    with pytest.raises(KnownError, match="cut off"):
        packed(case, tmp_path / "pack")


def test_reading_only_makes_no_pack(case, tmp_path):
    case.close()
    with opened(case.folder, read_only=True) as again, pytest.raises(KnownError, match="reading only"):
        packed(again, tmp_path / "pack")


def test_cancelled_at_any_moment_it_leaves_nothing(case, tmp_path):
    class Stops(JobControl):
        def __init__(self, after):
            super().__init__()
            self.left = after

        def check(self):
            self.left -= 1
            if self.left < 0:
                raise Cancelled

    asked = Stops(1_000_000)
    make_pack(case, case.readers()[0].id, tmp_path / "whole", asked, PackRequest(query="", originals=True))
    times = 1_000_000 - asked.left
    assert times > 50
    for after in range(0, times, max(1, times // 12)):
        with pytest.raises(Cancelled):
            make_pack(
                case,
                case.readers()[0].id,
                tmp_path / "cut",
                Stops(after),
                PackRequest(query="", originals=True),
            )
        assert not list(tmp_path.glob("cut*"))
    assert sum(entry.act == "export.made" for entry in load_last_entries(case, 50)) == 1


@pytest.mark.parametrize(
    "version", sorted(path.name.removesuffix(".tar.xz") for path in KEPT.glob("*.tar.xz"))
)
def test_cases_of_every_version_give_packs_that_hold(version, tmp_path):
    folder = kept(version, tmp_path / "kept.case")
    with opened(folder, PASSPHRASE if (folder / "keys.json").exists() else None) as case:
        assert_sound(packed(case, tmp_path / "pack").folder)


def test_an_ingest_that_has_not_ended_is_said(tmp_path):
    case = made_case(tmp_path)
    ingested(case, drive(tmp_path / "drive"))
    with case.store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO source_files SELECT id + 100, source, x'00ff0a5c', folder, name, size, modified_ns, "
            "sha256, outcome, photo, problem_kind, problem_reason, '', '', NULL "
            "FROM source_files WHERE id = 1"
        )
    folder = packed(case, tmp_path / "pack").folder
    case.close()
    assert_sound(folder)
    files = rows(folder / "data/evidence/files.csv")
    assert [row["path_hex"] for row in files if row["sealed"] == "no"] == ["00ff0a5c"]
    assert "Files that no ingest sealed yet: 1\n" in (folder / "data/METHOD.txt").read_text(encoding="utf-8")
    sums = (folder / "data/evidence/source-1.sha256").read_bytes()
    assert b"  \x00\xff\\n\\\\\n" in sums


def test_a_folder_that_is_no_pack_cannot_be_read(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert verified(folder)[0] == own_verdict(folder)[0] == UNREADABLE


def test_the_checker_in_the_pack_is_the_one_that_is_documented(case, tmp_path):
    from tests.support.packs import VERIFY

    folder = packed(case, tmp_path / "pack").folder
    assert (folder / "data/verify.py").read_bytes() == VERIFY.read_bytes()
    root = VERIFY.parents[2]
    assert (VERIFY.parent / "FORMAT.md").read_bytes() == (root / "docs/pack-format.md").read_bytes()
    assert (folder / "data/FORMAT.md").read_bytes() == (root / "docs/pack-format.md").read_bytes()
    text = VERIFY.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 450
    assert "reviewer." not in text.replace("reviewer court pack 1", "")


def test_the_hash_lists_are_what_other_programs_read(case, filled, tmp_path):
    folder = packed(case, tmp_path / "pack").folder
    lines = (folder / "data/evidence/source-1.sha256").read_text(encoding="utf-8").splitlines()
    for line in lines:
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((filled / "drive" / name).read_bytes()).hexdigest() == digest
    deep = (folder / "data/evidence/source-1.hashdeep.txt").read_text(encoding="utf-8").splitlines()
    assert deep[:2] == ["%%%% HASHDEEP-1.0", "%%%% size,sha256,filename"]
    assert len(deep) - 2 == len(lines)
    for size, digest, name in csv.reader(deep[2:]):
        assert (filled / "drive" / name).stat().st_size == int(size)
        assert f"{digest}  {name}" in lines


def test_a_row_of_a_table_that_was_changed_by_the_program_itself_is_not_handed_out(
    case, tmp_path, monkeypatch
):
    from reviewer.services.pack import contents

    real = contents.csv_tables.make

    def wrong(found, folder, control):
        real(found, folder, control)
        table = folder.place / "findings.csv"
        content = table.read_bytes().replace(b"definite", b"possible")
        table.unlink()
        folder.put("findings.csv", content)

    monkeypatch.setattr(contents.csv_tables, "make", wrong)
    with pytest.raises(KnownError, match="does not hold"):
        packed(case, tmp_path / "pack")
    assert not list(tmp_path.glob("pack*"))


def test_not_sound_is_said_in_words(case, tmp_path):
    folder = packed(case, tmp_path / "pack").folder
    table = folder / "data/tables/findings.csv"
    table.write_bytes(table.read_bytes().replace(b"definite", b"possible"))
    status, words = verified(folder)
    assert status == NOT_SOUND
    assert "WRONG the files are those of the manifests" in words
    assert "WRONG readings, findings, coverage" in words
    assert "ok    each entry is what was sealed" in words
    assert "tables/findings.csv" in words


def _without_accounts(folder):
    """The pack as it was made before anybody was asked whose account a degree measures."""
    table = folder / "data/tables/findings.csv"
    found = rows(table)
    left = [name for name in found[0] if name != pack_format.ALLEGED_BY]
    text = io.StringIO(newline="")
    out = csv.DictWriter(text, left, lineterminator="\r\n", extrasaction="ignore")
    out.writeheader()
    out.writerows(found)
    table.write_bytes(text.getvalue().encode())
    hashed_anew(folder)
    return [
        line for line in own_verdict(folder)[1].split("\n") if "findings.csv" in line or "followed" in line
    ]


def test_a_pack_of_before_needs_no_column_of_what_nobody_was_asked(tmp_path):
    folder, _sign, _examiner = kept_pack(tmp_path)
    assert own_verdict(folder) == (SOUND, "")
    assert _without_accounts(folder), "an account that is hidden is a fault"


def test_a_pack_of_the_first_format_keeps_its_verdict(tmp_path):
    folder, sign, examiner = kept_pack(tmp_path)
    assert_sound(folder)
    table = folder / "data/tables/findings.csv"
    table.write_bytes(table.read_bytes().replace(b"definite", b"possible"))
    hashed_anew(folder)
    signed_anew(folder, sign, examiner)
    assert verified(folder)[0] == own_verdict(folder)[0] == NOT_SOUND


def test_a_pack_of_before_copies_of_the_program_were_named_keeps_its_verdict(tmp_path):
    with tarfile.open(KEPT / "packs" / "2.tar.xz") as archive:
        unpack(archive, tmp_path)
    assert "\nSystem: " not in (tmp_path / "pack" / pack_format.METHOD).read_text(encoding="utf-8")
    assert_sound(tmp_path / "pack")


def test_a_pack_names_the_copy_of_the_program_that_made_it_and_nobody_can_name_another(case, tmp_path):
    folder = packed(case, tmp_path / "pack").folder
    place, who = folder / pack_format.METHOD, find_identity()
    method = place.read_text(encoding="utf-8")
    for line in (f"Program files: {who.program}", f"System: {who.place}"):
        assert f"\n{line}\n" in method
    assert f"\nLibraries: {who.libraries or 'not known'}\n" in method
    place.write_text(method.replace(who.program, "0" * 64), encoding="utf-8", newline="\n")
    hashed_anew(folder)
    for verdict in (verified(folder), own_verdict(folder)):
        assert verdict[0] == NOT_SOUND, verdict
        assert "METHOD.txt" in verdict[1]


def test_a_pack_of_a_newer_format_is_told_in_a_sentence_by_both_checkers(case, tmp_path):
    folder = packed(case, tmp_path / "pack").folder
    info = folder / pack_format.BAG_INFO
    info.write_bytes(info.read_bytes().replace(b"Pack-Format: 2", b"Pack-Format: 3"))
    with pytest.raises(KnownError, match="made by a newer version of the program") as told:
        check_pack(folder)
    assert told.value.code == "pack-newer"
    status, words = verified(folder)
    assert status != SOUND
    assert "format" in words.casefold(), words
