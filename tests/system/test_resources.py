"""The same file is found in a checkout, in an installed wheel and in a frozen build."""

import sys

import pytest

from reviewer.system import resources
from reviewer.system.resources import find_resource

PARTS = ("vocabulary", "terms.toml")


def planted(folder):
    path = folder.joinpath(*PARTS)
    path.parent.mkdir(parents=True)
    path.write_text("planted", encoding="utf-8")
    return path


def test_in_a_checkout_it_lies_beside_the_package(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "reviewer")
    path = planted(tmp_path / "resources")
    assert find_resource(*PARTS) == path


def test_in_a_wheel_it_lies_inside_the_package_and_goes_before_a_stranger_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "reviewer")
    planted(tmp_path / "resources")
    path = planted(tmp_path / "reviewer" / "_resources")
    assert find_resource(*PARTS) == path


def test_in_a_frozen_build_it_lies_in_the_unpacked_bundle(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    path = planted(tmp_path / "reviewer" / "_resources")
    assert find_resource(*PARTS) == path


def test_what_lies_nowhere_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "reviewer")
    with pytest.raises(FileNotFoundError, match=r"vocabulary/terms\.toml"):
        find_resource(*PARTS)
