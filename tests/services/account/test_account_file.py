"""A file of the account is written when it changes, and only then."""

import pytest

from reviewer.services.account.account_file import AccountFile
from reviewer.services.account.last_person import find_last_person, remember_person
from reviewer.system.paths import data_folder

FILE = AccountFile("tried.json", "what is tried")


@pytest.fixture(autouse=True)
def account(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWER_DATA", str(tmp_path / "account"))


def get_file_number():
    return (data_folder() / FILE.name).stat().st_ino


@pytest.mark.parametrize("content", [{"a": [1, "é"]}, [], "text", None])
def test_what_the_file_holds_already_is_not_written_again(content):
    FILE.write(content)
    kept = get_file_number()
    FILE.write(content)
    FILE.keep(content)
    assert get_file_number() == kept
    assert FILE.read() == content


@pytest.mark.parametrize("other", [{"a": 1, "b": 2}, {}, {"a": 10}])
def test_anything_else_is_written(other):
    FILE.write({"a": 1})
    FILE.write(other)
    assert FILE.read() == other


def test_a_file_that_is_gone_or_spoilt_is_written_anew():
    path = data_folder() / FILE.name
    FILE.write([1])
    path.unlink()
    FILE.write([1])
    assert FILE.read() == [1]
    path.write_bytes(path.read_bytes() + b"spoilt")
    FILE.write([1])
    assert FILE.read() == [1]


def test_who_comes_back_every_morning_is_written_once(monkeypatch):
    remember_person("Examiner")
    monkeypatch.setattr("reviewer.services.account.account_file.write_atomically", pytest.fail)
    remember_person("Examiner")
    assert find_last_person()
