"""Wheels come out of the cache by their hash; what is not the file of the lock is refused by name."""

import hashlib
import itertools

import pytest


@pytest.fixture
def wheelhouse(installers, monkeypatch, tmp_path):
    monkeypatch.setenv("REVIEWER_PACKAGING_CACHE", str(tmp_path / "cache"))
    module = installers("wheelhouse")
    monkeypatch.setattr(module.subprocess, "run", _refuse)
    return module


def _refuse(*_arguments, **_options):
    raise AssertionError("the registry was asked")


def _make_file(wheelhouse, content=b"a wheel", filename="thing-1.0-py3-none-any.whl"):
    digest = hashlib.sha256(content).hexdigest()
    return wheelhouse.LockedFile("thing", "1.0", filename, digest, len(content))


def test_a_file_that_was_fetched_once_is_taken_from_the_cache(wheelhouse, tmp_path):
    file = _make_file(wheelhouse)
    (tmp_path / "fetched").write_bytes(b"a wheel")
    wheelhouse.keep_file(tmp_path / "fetched", file)
    (laid,) = wheelhouse.fetch_files([file], tmp_path / "into")
    assert laid == tmp_path / "into" / file.filename and laid.read_bytes() == b"a wheel"


def test_a_file_that_changed_in_the_cache_is_asked_for_again(wheelhouse, tmp_path):
    file = _make_file(wheelhouse)
    (tmp_path / "fetched").write_bytes(b"a wheel")
    wheelhouse.keep_file(tmp_path / "fetched", file)
    next((tmp_path / "cache").rglob("*.whl")).write_bytes(b"a whale")
    with pytest.raises(AssertionError, match="the registry was asked"):
        wheelhouse.fetch_files([file], tmp_path / "into")


def test_a_file_that_is_not_the_one_of_the_lock_is_refused_by_name(wheelhouse, tmp_path):
    (tmp_path / "fetched").write_bytes(b"a whale")
    with pytest.raises(
        wheelhouse.LockError, match=r"thing-1\.0-py3-none-any\.whl is not the file of the lock"
    ):
        wheelhouse.keep_file(tmp_path / "fetched", _make_file(wheelhouse))
    assert not (tmp_path / "cache").exists()


def test_a_file_that_did_not_come_is_named(wheelhouse, tmp_path):
    with pytest.raises(wheelhouse.LockError, match=r"did not give thing-1\.0"):
        wheelhouse.keep_file(tmp_path / "nothing", _make_file(wheelhouse))


def test_pip_is_asked_for_the_tags_that_the_chosen_wheels_have(wheelhouse):
    names = ("a-1-cp313-cp313-win_amd64.whl", "b-1-cp39-abi3-win_amd64.whl", "c-1-py3-none-any.whl")
    options = wheelhouse.make_download_options([_make_file(wheelhouse, filename=name) for name in names])
    pairs = list(itertools.pairwise(options))
    assert ("--python-version", "313") in pairs
    assert [value for option, value in pairs if option == "--abi"] == ["abi3", "cp313", "none"]
    assert [value for option, value in pairs if option == "--platform"] == ["win_amd64"]


def test_wheels_of_several_pythons_are_not_fetched_by_one_call(wheelhouse):
    names = [
        "compiled-1-cp311-cp311-win_amd64.whl",
        "compiled-1-cp312-cp312-win_amd64.whl",
        "compiled-1-cp312-cp312-manylinux_2_28_x86_64.whl",
        "other-1-cp312-cp312-win_amd64.whl",
        "pure-1-py3-none-any.whl",
    ]
    groups = wheelhouse.group_for_download([_make_file(wheelhouse, filename=name) for name in names])
    assert [[file.filename for file in group] for group in groups] == [
        [names[0]],
        [names[1], names[3]],
        [names[2]],
        [names[4]],
    ]


def test_a_tool_that_is_not_locked_is_named(wheelhouse, tmp_path):
    with pytest.raises(wheelhouse.LockError, match='does not name "hammer"'):
        wheelhouse.fetch_tool("hammer", tmp_path)
