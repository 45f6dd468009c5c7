"""Of Qt only what the program uses is shipped, and the window still comes up with it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

ROOT = Path(__file__).parents[3]
SITE_PACKAGES = Path(PySide6.__file__).parents[1]


@pytest.fixture
def unused(installers):
    return installers("unused")


@pytest.fixture
def wanted(unused):
    files = [
        path
        for name in ("PySide6", "shiboken6")
        for path in (SITE_PACKAGES / name).rglob("*")
        if path.is_file()
    ]
    return unused.find_wanted_files(files, SITE_PACKAGES)


def test_the_modules_that_stay_are_those_that_the_program_imports(unused):
    assert unused.find_used_modules(ROOT / "reviewer") == unused.USED_MODULES


def test_what_nobody_asks_for_goes(wanted):
    names = [path.relative_to(SITE_PACKAGES).as_posix() for path in wanted]
    for unwanted in (
        "Qml",
        "Quick",
        "Designer",
        "Sql",
        "Network",
        ".pyi",
        "/translations/",
        "/include/",
        "/tls/",
    ):
        assert [name for name in names if unwanted in name] == []


def test_a_window_is_drawn_by_what_is_left(wanted, tmp_path):
    for path in wanted:
        place = tmp_path / path.relative_to(SITE_PACKAGES)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    script = """
import sys
sys.path.insert(0, sys.argv[1])
from PySide6 import QtCore, QtGui, QtPrintSupport, QtSvg, QtWidgets
application = QtWidgets.QApplication([])
application.setStyle("Fusion")
window = QtWidgets.QLabel("drawn")
window.show()
window.grab().save(buffer := QtCore.QBuffer(), "JPG")
assert QtGui.QImage.fromData(buffer.data(), "JPG").width() == window.width()
print(QtCore.__file__)
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-I", "-c", script, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert Path(done.stdout.strip()).is_relative_to(tmp_path)


def _lay_out(site_packages, *names):
    for name in names:
        path = site_packages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"0123456789")
    record = site_packages / "pyside6_essentials-6.11.3.dist-info" / "RECORD"
    record.parent.mkdir()
    record.write_text("".join(f"{name},sha256=x,10\n" for name in names))
    return record


def test_the_list_of_installed_files_names_what_is_left(unused, tmp_path):
    record = _lay_out(
        tmp_path, "PySide6/__init__.py", "PySide6/QtGui.pyd", "PySide6/QtQml.pyd", "PySide6/qml/a/b.qml"
    )
    sizes = unused.remove_unused_qt(tmp_path)
    assert (sizes.before, sizes.after) == (40, 20)
    assert record.read_text().splitlines() == [
        "PySide6/__init__.py,sha256=x,10",
        "PySide6/QtGui.pyd,sha256=x,10",
    ]
    assert not (tmp_path / "PySide6" / "qml").exists()


def test_a_library_stays_for_the_package_that_asks_for_it(unused, tmp_path, monkeypatch):
    names = ("PySide6/QtGui.pyd", "PySide6/runtime.dll", "shiboken6/runtime.dll", "shiboken6/other.dll")
    _lay_out(tmp_path, *names)
    monkeypatch.setattr(
        unused,
        "list_linked",
        lambda path: ["RUNTIME.dll", "KERNEL32.dll"] if path.name == "QtGui.pyd" else [],
    )
    unused.remove_unused_qt(tmp_path)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*") if path.is_file())
    assert left == ["PySide6/QtGui.pyd", "PySide6/runtime.dll"]
