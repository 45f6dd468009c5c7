"""`reviewer problems` and `reviewer seen-elsewhere`: kinds, counts, and what was seen elsewhere."""

import json

import pytest

from tests.support.cases import ingested, made_case
from tests.support.contents import KINDS
from tests.support.photos import jpeg


@pytest.fixture
def case(tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "a.jpg").write_bytes(jpeg())
    for name in ("avi", "mp4", "zip", "ds_store"):
        (drive / name).write_bytes(KINDS[name][0])
    case = made_case(tmp_path)
    ingested(case, drive)
    case.close()
    return case.folder


def test_every_file_says_what_it_is_and_the_counts_close(run, case):
    status, out, _err = run("problems", case)
    assert status == 0
    assert "/zip: not a photograph: This is an archive (ZIP)." in out
    assert out.endswith("  2 video\n  1 archive\n  1 system file\n" + LAST.format(0, 3))
    found = json.loads(run("problems", case, "--json")[1])
    assert {each["path"]: each["content"] for each in found["problems"]}["mp4"] == "video"
    assert found["counts"] == {
        "files": 4,
        "by_kind": {"video": 2, "archive": 1, "system file": 1},
        "may_hold_photographs": 3,
        "seen_elsewhere": 0,
        "open": 3,
    }
    assert json.loads(run("problems", case, "--kind", "video", "--json")[1])["problems"][0]["path"] == "avi"


LAST = "May hold photographs: 3, of them seen elsewhere {}, open {}.\n"


def test_files_are_seen_elsewhere_by_name_by_kind_and_open_again(run, case):
    status, out, _err = run("seen-elsewhere", case, "zip", "--reason", "unpacked")
    assert (status, out) == (0, "1 file seen elsewhere.\n" + LAST.format(1, 2))
    status, out, _err = run("seen-elsewhere", case, "--kind", "video", "--reason", "watched", "--json")
    assert json.loads(out) == {"files": 2, "may_hold_photographs": 3, "open": 0, "seen_elsewhere": 3}
    assert "Seen elsewhere by Dr Okoye: unpacked" in run("problems", case)[1]
    assert run("seen-elsewhere", case, "zip", "--open-again")[1].startswith("1 file open again.")
    assert run("verify", case)[0] == 0
    assert "1 file open again" in run("ledger", case)[1]


def test_the_names_in_an_archive(run, case):
    status, out, _err = run("archive", case, "zip")
    assert (status, out.splitlines()[-1]) == (0, "2 files, 1 of them named like photographs; 4 bytes.")
    found = json.loads(run("archive", case, "zip", "--json")[1])
    assert found["names"][0] == {"name": "215/IMG_1.JPG", "bytes": 3}
    assert run("archive", case, "avi")[0] == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["zip"], "Say in a few words"),
        (["none", "--reason", "x"], "No file of the list"),
        (["--reason", "x"], "Say which files"),
        (["zip", "--open-again"], "Choose files that were seen elsewhere first."),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(run, case, words, said):
    status, _out, err = run("seen-elsewhere", case, *words)
    assert (status, said in err) == (3, True)
