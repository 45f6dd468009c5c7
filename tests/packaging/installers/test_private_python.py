"""The Python for Linux is built from sources that are known by their hashes."""

import pytest

INDEX = """\
Package: openssl
Version: 3.5.9-1
Checksums-Sha256:
 aaaa 10 openssl_3.5.9.orig.tar.gz
 bbbb 11 openssl_3.5.9-1.debian.tar.xz

Package: openssl
Version: 3.5.7-1
Checksums-Sha256:
 cccc 12 openssl_3.5.7.orig.tar.gz
"""


def test_the_version_of_debian_is_found_by_the_hash_of_the_archive(installers):
    sources = installers("debian_sources")
    assert sources.find_source_version(INDEX, "cccc") == "3.5.7-1"
    assert sources.find_source_version(INDEX, "aaaa") == "3.5.9-1"
    assert sources.find_source_version(INDEX, "dddd") is None


def test_sources_are_asked_of_the_mirrors_of_the_machine(installers):
    sources = installers("debian_sources")
    written = sources.write_source_list({"Debian": "http://mirror.test/debian/", "Other": "http://x.test/"})
    assert [line.split()[2:] for line in written.splitlines()] == [
        ["http://mirror.test/debian/", "trixie", "main"]
    ]
    with pytest.raises(installers("lock").LockError, match="no mirror of Debian"):
        sources.write_source_list({"Other": "http://x.test/"})


def test_the_name_of_a_build_changes_with_what_it_is_made_of(installers, monkeypatch):
    python = installers("private_python")
    first = python.name_build()
    assert first == python.name_build()
    monkeypatch.setattr(python, "GLIBC", (2, 31))
    assert python.name_build() != first


def test_every_source_of_the_python_has_its_licence_shipped(installers):
    python = installers("private_python")
    assert set(python.LICENCES) == {source.package for source in (python.PYTHON, *python.LIBRARIES)}


def test_the_python_is_built_for_the_glibc_that_the_wheels_ask_for(installers):
    major, minor = installers("private_python").GLIBC
    assert installers("lock").find_platform("linux-x86_64").tags[0] == f"manylinux_{major}_{minor}_x86_64"


def test_a_file_that_tells_where_it_was_built_is_found(installers, tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "telling.so").write_bytes(b"\x7fELF/home/builder/work\0")
    (tmp_path / "silent.py").write_bytes(b"/build")
    found = installers("private_python").find_files_with(tmp_path, b"/home/builder")
    assert found == [tmp_path / "lib" / "telling.so"]
