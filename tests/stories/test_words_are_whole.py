"""On every screen, in every size of window and of type: no word is cut, crowded or too small to read."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.support.patience import PATIENCE
from tests.support.waiting import until

SCRIPT = Path(__file__).parents[2] / "packaging" / "pictures.py"
ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(SCRIPT.parents[1])}
WINDOWS = [(1366, 768), (1920, 1080), (2560, 1440)]


def load_pictures():
    spec = importlib.util.spec_from_file_location("pictures", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PICTURES = load_pictures()


def settles(window):
    for _turn in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def rests(reader):
    """What screens load has arrived, and what that started has, too: meanwhile their parts move."""
    jobs = reader.session.case.jobs

    def nothing_is_on_its_way():
        if jobs.running():
            return False
        settles(reader.window)
        return not jobs.running()

    until(nothing_is_on_its_way, "what the screens load")


def find_faults(reader, scale):
    window = reader.window
    for name in reader.session.screens.list_names():
        window.show_screen(name)
        settles(window)
        rests(reader)
        faults = PICTURES.find_faults(window, PICTURES.SMALLEST_TYPE * scale)
        yield from (f"{name}: {fault}" for fault in faults)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_word_is_whole_on_every_screen(desk, case_folder, scale):
    reader = desk().opens(case_folder).sees_photo()
    reader.window.appearance.wear("dark", scale)
    found = {}
    for size in WINDOWS:
        reader.window.resize(*size)
        settles(reader.window)
        rests(reader)
        found[size] = list(find_faults(reader, scale))
    assert {size: faults for size, faults in found.items() if faults} == {}


def test_the_command_draws_screens_that_were_never_on_in_large_type(case_folder, tmp_path):
    """In a process of its own: what Qt was asked before decides whether hidden screens follow."""
    asked = ["--case", case_folder, "--sizes", "1366x768", "--texts", "150", "--screens", "statistics,sort"]
    words = [sys.executable, SCRIPT, tmp_path / "pictures", *asked, "--themes", "light"]
    made = subprocess.run(
        words, capture_output=True, text=True, timeout=PATIENCE, check=False, env=ENVIRONMENT
    )
    assert (made.returncode, made.stdout) == (0, "Nothing is cut, crowded or too small.\n"), made.stderr
    assert len(list((tmp_path / "pictures").glob("*.png"))) == 2


def test_what_is_cut_crowded_or_too_small_is_seen(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    cut, small, over = QPushButton("Remove this area", window), QLabel("tiny", window), QLabel("over", window)
    cut.setGeometry(0, 0, 20, 10)
    small.setStyleSheet("font-size: 8px")
    small.setGeometry(100, 100, 60, 30)
    over.setGeometry(130, 110, 60, 30)
    window.show()
    found = " ".join(PICTURES.find_faults(window, 12))
    assert "'Remove this area' is cut" in found
    assert "'tiny' is 8 pixels high" in found
    assert "'tiny' lies over 'over'" in found
