"""What programs of Linux ask of the system, read from what objdump says."""

import sys
from pathlib import Path

import pytest

ANSWER = """
/tree/libQt6Gui.so.6:     file format elf64-x86-64

Program Header:
    LOAD off    0x0000000000000000 vaddr 0x0000000000000000

Dynamic Section:
  NEEDED               libEGL.so.1
  NEEDED               libQt6Core.so.6
  NEEDED               libc.so.6
  SONAME               libQt6Gui.so.6

Version definitions:
1 0x01 0x00000000 Qt_6_GLIBC_9.9

Version References:
  required from libc.so.6:
    0x06969197 0x00 09 GLIBC_2.17
    0x0d696918 0x00 03 GLIBC_2.28
  required from libstdc++.so.6:
    0x0297f871 0x00 10 GLIBCXX_3.4.22

/tree/plain.so:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libQt6Gui.so.6
  NEEDED               libm.so.6

Version References:
  required from libm.so.6:
    0x06969197 0x00 09 GLIBC_2.35
"""


@pytest.fixture
def elf(installers):
    return installers("elf")


def test_names_needs_and_versions_are_read_file_by_file(elf):
    first, second = elf.parse_objdump(ANSWER)
    assert (first.path, first.soname) == (Path("/tree/libQt6Gui.so.6"), "libQt6Gui.so.6")
    assert first.needed == {"libEGL.so.1", "libQt6Core.so.6", "libc.so.6"}
    assert first.versions == {"GLIBC_2.17", "GLIBC_2.28", "GLIBCXX_3.4.22"}
    assert (second.soname, second.needed) == ("plain.so", {"libQt6Gui.so.6", "libm.so.6"})


def test_a_library_is_of_the_system_if_no_file_brings_it(elf):
    asked = elf.list_system_libraries(elf.parse_objdump(ANSWER))
    assert set(asked) == {"libEGL.so.1", "libQt6Core.so.6", "libc.so.6", "libm.so.6"}
    assert asked["libEGL.so.1"] == [Path("/tree/libQt6Gui.so.6")]


def test_a_file_that_asks_for_a_newer_glibc_is_named_with_what_it_asks_for(elf):
    assert elf.check_versions(elf.parse_objdump(ANSWER), (2, 28)) == [
        "/tree/plain.so asks for GLIBC 2.35, which is newer than 2.28."
    ]
    assert elf.check_versions(elf.parse_objdump(ANSWER), (2, 35)) == []


def test_versions_are_compared_as_numbers(elf):
    assert elf.find_newest({"GLIBC_2.9", "GLIBC_2.28", "GLIBC_2.3.4", "GLIBC_PRIVATE"}, "GLIBC") == (2, 28)
    assert elf.find_newest({"CXXABI_1.3"}, "GLIBC") is None


@pytest.mark.skipif(sys.platform != "linux", reason="reads the file of the Python that runs")
def test_the_python_that_runs_is_read_by_the_real_program(elf, tmp_path):
    import shutil

    if shutil.which("objdump") is None:
        pytest.skip("binutils is not installed")
    (tmp_path / "python").write_bytes(Path(sys.executable).resolve().read_bytes())
    (tmp_path / "text").write_text("no program", "utf-8")
    (found,) = elf.list_elf_files(tmp_path)
    assert "libc.so.6" in found.needed
