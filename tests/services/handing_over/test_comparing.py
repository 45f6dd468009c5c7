"""What was made is listed from the ledger, and compared with the hashes that stand there."""

import shutil

import pytest

from reviewer.domain.errors import KnownError
from reviewer.services.case.made import keep_new_place, load_made
from reviewer.services.export import run
from reviewer.services.export.run import export
from reviewer.services.handing_over.comparing import compare_again, measure
from reviewer.services.jobs import JobControl
from reviewer.services.pack.run import make_pack


def me(case):
    return case.examiners()[0].id


def exported(case, out, key="csv"):
    export(case, me(case), key, out, JobControl())
    return load_made(case)[0]


def compared(case, made):
    found = compare_again(case, made, JobControl()).compared
    return found.changed, found.missing


def test_what_was_made_is_listed_with_its_place_the_newest_first(case, tmp_path):
    assert load_made(case) == []
    exported(case, tmp_path / "first")
    exported(case, tmp_path / "second", "ledger")
    listed = load_made(case)
    assert [made.format for made in listed] == ["ledger", "csv"]
    assert [made.place for made in listed] == [tmp_path / "second", tmp_path / "first"]
    assert listed[0].author == case.examiners()[0].name
    assert measure(listed[1])[0] == len(listed[1].hashes) > 0
    assert not listed[0].compared.at


def test_a_place_is_in_no_act(case, tmp_path):
    made = exported(case, tmp_path / "a name that says much")
    assert "a name that says much" not in str(made.entry.body)


def test_as_made_changed_and_missing(case, tmp_path):
    made = exported(case, tmp_path / "out")
    assert compared(case, made) == (0, 0)
    (tmp_path / "out" / "findings.csv").write_bytes(b"something else")
    assert compared(case, made) == (1, 0)
    (tmp_path / "out" / "readings.csv").unlink()
    assert compared(case, made) == (1, 1)
    kept = load_made(case)[0].compared
    assert (kept.changed, kept.missing, bool(kept.at)) == (1, 1, True), "it is there the next time"


def test_of_many_files_those_of_the_list_are_compared(case, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "MOST_IN_ENTRY", 2)
    made = exported(case, tmp_path / "out")
    assert set(made.hashes) == {"SHA256SUMS", "ro-crate-metadata.json"}
    assert compared(case, made) == (0, 0)
    (tmp_path / "out" / "findings.csv").write_bytes(b"something else")
    assert compared(case, made) == (1, 0)


def test_a_pack_is_checked_whole(case, tmp_path):
    make_pack(case, me(case), tmp_path / "pack", JobControl())
    made = load_made(case)[0]
    assert compared(case, made) == (0, 0)
    (tmp_path / "pack" / "data" / "METHOD.txt").write_bytes(b"something else")
    assert compared(case, made)[0] > 0


def test_what_was_moved_is_found_again_where_one_says(case, tmp_path):
    made = exported(case, tmp_path / "out")
    shutil.move(tmp_path / "out", tmp_path / "elsewhere")
    assert not load_made(case)[0].is_here
    assert measure(made) == (0, 0)
    with pytest.raises(KnownError, match="not found here"):
        compare_again(case, made, JobControl())
    moved = keep_new_place(case, made, tmp_path / "elsewhere")
    assert compared(case, moved) == (0, 0)
    assert load_made(case)[0].place == tmp_path / "elsewhere"


def test_a_place_that_cannot_be_read_is_not_known(case, tmp_path):
    made = exported(case, tmp_path / "out")
    case.previews.keep_note(f"made {made.entry.hash}", "{")
    assert load_made(case)[0].place is None
