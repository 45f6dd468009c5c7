"""The folder in which things are handed over: where one was last, and what is wrong with one."""

from pathlib import Path

import pytest

from reviewer.domain.errors import KnownError
from reviewer.services.handing_over import places
from reviewer.services.handing_over.places import check_place, keep_last_folder, load_last_folder, read_folder


def test_the_home_folder_is_first_and_then_the_one_used_last(case, tmp_path):
    assert load_last_folder(case, "me") == Path.home()
    keep_last_folder(case, "me", tmp_path)
    assert load_last_folder(case, "me") == tmp_path
    assert load_last_folder(case, "somebody else") == Path.home()
    keep_last_folder(case, "me", tmp_path / "on a stick that was taken out")
    assert load_last_folder(case, "me") == Path.home()


@pytest.mark.parametrize("typed", ["", "  ", "reports", "./reports", "../reports"])
def test_no_place_is_reckoned_from_where_the_program_runs(typed):
    with pytest.raises(KnownError):
        read_folder(typed)


def test_the_home_folder_has_its_short_name():
    assert read_folder("~/reports") == Path.home() / "reports"


def test_what_is_wrong_with_a_folder_is_one_sentence(case, tmp_path, monkeypatch):
    (tmp_path / "there").mkdir()
    (tmp_path / "file").touch()
    told = {
        "": "Name a folder",
        str(tmp_path / "none"): "no such folder",
        str(tmp_path / "file"): "This is a file",
        str(case.folder): "belongs to the case",
        str(tmp_path): "is there already",
    }
    for folder, why in told.items():
        assert why in check_place(case, folder, "there", 0).wrong
    fine = check_place(case, str(tmp_path), "new", 0)
    assert (fine.wrong, fine.free > 0) == ("", True)
    assert "not room enough" in check_place(case, str(tmp_path), "new", fine.free + 10**15).wrong
    monkeypatch.setattr(places.os, "access", lambda *_all: False)
    assert "may not write" in check_place(case, str(tmp_path), "new", 0).wrong
