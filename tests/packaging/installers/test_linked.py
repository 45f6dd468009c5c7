"""The tables of program files are read on every system."""

import struct
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from tests.packaging.installers.small_program import find_small_program


@pytest.fixture
def linked(installers):
    return installers("linked")


def test_a_program_for_windows_names_the_libraries_it_asks_for(linked):
    assert "KERNEL32.dll" in linked.list_linked(find_small_program())


@pytest.mark.skipif(sys.platform != "linux", reason="asks the linker of Linux")
def test_a_library_of_linux_names_what_the_linker_finds(linked):
    library = Path(PySide6.__file__).parent / "Qt" / "lib" / "libQt6Widgets.so.6"
    names = linked.list_linked(library)
    assert {"libQt6Core.so.6", "libQt6Gui.so.6"} <= set(names)
    said = subprocess.run(["ldd", library], capture_output=True, text=True, check=True).stdout
    assert all(name in said for name in names)


def _make_macho(*libraries):
    commands = b""
    for library in libraries:
        text = library.encode() + b"\0" * (8 - len(library) % 8)
        commands += struct.pack("<IIIIII", 0x0C, 24 + len(text), 24, 2, 0, 0) + text
    commands = struct.pack("<IIQ", 0x1B, 16, 7) + commands
    return (
        b"\xcf\xfa\xed\xfe"
        + struct.pack("<IIIIIII", 0, 0, 6, len(libraries) + 1, len(commands), 0, 0)
        + commands
    )


def test_a_library_of_macos_for_two_processors_names_what_both_ask_for(linked):
    halves = [_make_macho("@rpath/QtCore", "/usr/lib/libSystem.B.dylib"), _make_macho("@rpath/QtGui")]
    table, content, at = b"", b"", 64
    for half in halves:
        table += struct.pack(">IIIII", 0, 0, at, len(half), 3)
        content += half
        at += len(half)
    fat = (b"\xca\xfe\xba\xbe" + struct.pack(">I", 2) + table).ljust(64, b"\0") + content
    assert linked.list_linked_in(fat) == ["/usr/lib/libSystem.B.dylib", "@rpath/QtCore", "@rpath/QtGui"]


def test_what_is_no_program_asks_for_nothing(linked, tmp_path):
    for content in (b"", b"\xca\xfe\xba\xbe", b"text " * 100):
        (tmp_path / "file").write_bytes(content)
        assert linked.list_linked(tmp_path / "file") == []
