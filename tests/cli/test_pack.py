"""`reviewer pack` and `reviewer pack-check`."""

import json
import shutil

import pytest

from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.redaction import REDACTION_DRAWN
from tests.support.cases import PASSPHRASE, made_case, opened, opened_copy
from tests.support.packs import fill, photos_of, verified
from tests.support.tables import rows


@pytest.fixture(scope="module")
def made(drive_case, tmp_path_factory):
    with opened_copy(drive_case, tmp_path_factory.mktemp("made")) as case:
        fill(case)
    return case.folder


@pytest.fixture
def case(made, tmp_path):
    return shutil.copytree(made, tmp_path / "copy.case")


def test_a_pack_is_made_and_checked(run, case, tmp_path):
    out = tmp_path / "pack"
    status, said, _err = run("pack", case, out, "--query", "category:detainee", "--originals")
    assert status == 0
    assert "2 exhibits, checked" in said
    assert verified(out)[0] == 0
    status, again, _err = run("pack-check", out)
    assert status == 0
    assert "sound" in again
    for line in said.splitlines()[1:3]:
        assert line in again, "head and pack are told in the same words"
    (out / "data" / "METHOD.txt").unlink()
    status, said, _err = run("pack-check", out)
    assert status == 1
    assert "manifest-sha256.txt is not what follows" in said
    assert "NOT SOUND" in said


def test_what_it_made_as_json(run, case, tmp_path):
    status, said, _err = run(
        "pack", case, tmp_path / "pack", "--query", "category:scene", "--confidentiality", "secret", "--json"
    )
    assert status == 0
    made = json.loads(said)
    assert made["exhibits"] == 1
    (exhibit,) = rows(tmp_path / "pack" / "data" / "loadfile.csv")
    assert (exhibit["confidentiality"], exhibit["copy"]) == ("secret", "not included")
    status, said, _err = run("pack-check", tmp_path / "pack", "--json")
    checked = json.loads(said)
    assert checked["sound"] is True
    assert (checked["head"], checked["sha256"]) == (made["head"], made["sha256"])


def test_mistakes_are_said_in_one_sentence(run, case, tmp_path):
    status, _out, err = run("pack", case, tmp_path / "pack", "--originals")
    assert (status, "Files of which photographs?" in err) == (3, True)
    status, _out, err = run("pack", case, tmp_path / "pack", "--query", "colour:red")
    assert status == 3
    status, _out, err = run("pack", case, tmp_path)
    assert (status, "not empty" in err) == (3, True)
    status, _out, err = run("pack-check", tmp_path)
    assert (status, "no court pack" in err) == (3, True)
    assert not list(tmp_path.glob("pack*"))


def test_a_pack_of_an_earlier_entry_with_its_report(run, case, tmp_path):
    with opened(case) as again:
        entries = again.counts().entries
    out = tmp_path / "pack"
    status, said, _err = run("pack", case, out, "--as-of", entries - 5, "--query", "")
    assert (status, f"{entries - 5:,} entries" in said) == (0, True)
    assert verified(out)[0] == 0
    page = (out / "data" / "reports" / "collection.html").read_text(encoding="utf-8")
    assert f"as of entry {entries - 5:,} of the ledger" in page
    # five, and the definitions that were stated before the pack was made
    assert "are not in it: 6." in (out / "data" / "METHOD.txt").read_text(encoding="utf-8")
    status, _out, err = run("pack", case, tmp_path / "other", "--as-of", entries + 50)
    assert (status, "The ledger has" in err) == (3, True)


def test_an_encrypted_case_asks_for_the_passphrase(run, tmp_path):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    case.close()
    words = tmp_path / "words"
    words.write_text(PASSPHRASE)
    assert run("pack", case.folder, tmp_path / "pack")[0] == 3
    assert run("pack", case.folder, tmp_path / "pack", "--passphrase-file", words)[0] == 0
    assert verified(tmp_path / "pack")[0] == 0


def test_redacted_copies_of_what_has_areas(run, case, tmp_path):
    with opened(case) as again:
        photo = photos_of(again)[0]
        body = {"id": "a", "shape": "rectangle", "points": [[1, 1], [20, 20]], "purpose": "face"}
        again.record(Draft(REDACTION_DRAWN, photo, body), again.readers()[0].id)
    out = tmp_path / "pack"
    status, _out, _err = run("pack", case, out, "--query", "category:detainee", "--redacted")
    assert status == 0
    assert verified(out)[0] == 0
    copied, listed = rows(out / "data" / "loadfile.csv")
    assert (copied["sha256"], copied["copy"]) == (photo, "redacted")
    assert (out / copied["file"]).read_bytes().startswith(b"\x89PNG")
    assert (listed["copy"], listed["file"]) == ("not included", ""), (
        "nobody said what is to be redacted on it"
    )
    both = tmp_path / "both"
    assert run("pack", case, both, "--query", "category:detainee", "--redacted", "--originals")[0] == 0
    assert verified(both)[0] == 0
    original, twin, other = rows(both / "data" / "loadfile.csv")
    assert [each["exhibit"] for each in (original, twin, other)] == ["EX-00001", "EX-00001R", "EX-00002"]
    assert [each["copy"] for each in (original, twin, other)] == ["original", "redacted", "original"]
    assert (original["file_sha256"], twin["sha256"]) == (photo, photo)
    assert twin["file_sha256"] == copied["file_sha256"], "the same areas give the same copy"
    assert "EX" not in (both / "data/METHOD.txt").read_text(encoding="utf-8").split("EXHIBITS")[0]


def test_the_report_of_the_collection_goes_with_it_unless_it_is_not_wanted(run, case, tmp_path):
    assert run("pack", case, tmp_path / "with")[0] == 0
    reports = tmp_path / "with" / "data" / "reports"
    assert sorted(each.name for each in reports.iterdir()) == ["collection.html", "collection.pdf"]
    assert verified(tmp_path / "with")[0] == 0
    assert run("pack", case, tmp_path / "without", "--no-reports")[0] == 0
    assert not (tmp_path / "without" / "data" / "reports").exists()
