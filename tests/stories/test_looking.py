"""Looking: paging, zoom, cover, panels, help, and that nothing of it changes the case."""

import ctypes
import re
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.support.cases import opened
from tests.support.waiting import until


def test_paging_by_every_key_and_individuals(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Right", "Space", "J", "PgDown")
    assert reader.reader.position == 4
    reader.presses("Left", "Shift+Space", "K")
    assert reader.reader.position == 1
    reader.presses("End")
    assert reader.reader.position == len(reader.reader.worklist) - 1
    reader.presses("Right")
    assert "last" in reader.said
    reader.presses("Home", "Ctrl+Right")
    second = reader.reader.position
    assert reader.reader.worklist.group_index(second) == 1
    reader.presses("Ctrl+Left")
    assert reader.reader.position == 0


def test_zoom_keys_and_lock(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    canvas = reader.reading.canvas
    fit = canvas.scale
    reader.presses("Z")
    assert canvas.scale == 1.0
    reader.presses("+")
    assert canvas.scale == 1.25
    reader.presses("-", "-")
    assert canvas.scale < 1.0
    reader.presses("Ctrl+1", "L", "Right")
    assert canvas.scale == 1.0
    reader.presses("L", "Left")
    assert abs(canvas.scale - fit) < 1e-9
    until(lambda: canvas.has_picture, "a picture")
    reader.presses("Z")
    until(
        lambda: canvas.layers.pixmap(canvas.shown_layer()).width() == reader.reader.photo.upright_size[0],
        "the full resolution at 100 %",
    )


def test_x_covers_every_photograph_and_again_uncovers(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    shown = reader.reading.canvas.grab().toImage()
    reader.presses("X")
    covered = reader.reading.canvas.grab().toImage()
    colours = {covered.pixelColor(x, y).name() for x in range(40, 300, 20) for y in range(40, 200, 20)}
    assert len(colours) == 1
    reader.presses("Right", "Left", "X")
    reader.sees_photo(0)
    assert reader.reading.canvas.grab().toImage() == shown


def test_help_commands_and_panels_are_views_of_the_list_of_actions(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("?")
    assert reader.window._keys.isVisible()
    labels = reader.window._keys.findChildren(QLabel)
    assert "x" not in {label.text() for label in labels if label.isVisible()}, "what type is measured by"
    reader.presses("Esc")
    assert not reader.window._keys.isVisible()
    reader.presses("Ctrl+K").types("bruise")
    assert "Quick tag 2: bruise" in reader.window.commands.texts()
    reader.presses("Esc", "Ctrl+K").types("find")
    assert reader.window.commands.texts()[0].startswith("Find"), "what begins so comes first"
    reader.types(" of nobody")
    assert reader.window.commands.texts() == []
    reader.presses("Esc", "Ctrl+K").types("last of").presses("Enter")
    assert reader.reader.position == len(reader.reader.worklist) - 1
    reader.presses("F9", "F10", "B")
    assert not reader.reading.filmstrip.isVisible()
    assert not reader.reading.side.isVisible()


def test_a_click_on_a_quick_tag_does_what_the_key_does(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    button = reader.reading.side.quick_tags._buttons[1]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert reader.terms == ["blunt.bruise"]
    assert button.isChecked()


def test_looking_writes_nothing(desk, case_folder):
    with opened(case_folder) as case:
        before = case.counts()
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Right", "Z", "+", "X", "X", "M", "Ctrl+Right", "V", "R", "Esc", "?", "Esc")
    reader.leaves()
    with opened(case_folder) as case:
        assert case.counts() == before


def test_a_second_window_is_told_and_can_read_only(desk, case_folder):
    first = desk().opens(case_folder).sees_photo(0)
    second = desk()
    second.window.open_folder(case_folder)
    until(lambda: "open elsewhere" in second.window.start.said, "the refusal")
    QTest.mouseClick(second.window.start._read_only, Qt.MouseButton.LeftButton)
    until(lambda: second.session is not None, "open for reading")
    second.sees_photo().presses("1")
    assert second.terms == []
    first.reader.toggle_quick_tag(1)
    first.is_saved()


def test_an_original_that_is_gone_or_changed_is_said_and_not_shown(desk, case_folder, photographs):
    reader = desk().opens(case_folder)
    item = reader.reader.worklist.items[5]
    path = photographs / item.folder.split("/", 1)[1] / item.name
    kept = path.read_bytes()
    try:
        path.write_bytes(kept[:-2] + b"\0\0")
        reader.reader.go(5)
        until(lambda: "no longer what was ingested" in reader.reading.canvas.message, "changed")
        path.unlink()
        reader.reading.feed.retry()
        until(lambda: "not where it was ingested from" in reader.reading.canvas.message, "missing")
        reader.presses("1")
        assert "cannot be shown" in reader.said
        assert reader.terms == []
    finally:
        path.write_bytes(kept)
    reader.reading.feed.retry()
    reader.sees_photo(5)


def test_the_settings_screen_says_how_photographs_are_decoded(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.window.show_screen("settings")
    about = reader.session.settings.about.text()
    assert "opens no network connection" in about
    (told,) = re.findall(r"separate processes with: (.*)\.", about)
    ready = [worker.pid for worker in reader.session.services.pool._all if worker._is_ready]
    assert ready
    for pid in ready:
        assert told.split("; ") == confining(pid)


def confining(pid):
    """The layers that this platform really has, asked of the system and not of the program."""
    if sys.platform == "win32":
        return ["a job object (memory, no other processes)"]
    layers = ["at most 4 GB of memory, no files written, no dumps"]
    if sys.platform != "linux":
        return layers
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert re.search(rf"Max address space +{4 << 30} ", limits)
    assert re.search(r"Max file size +0 ", limits)
    assert re.search(r"Max core file size +0 ", limits)
    version = ctypes.CDLL(None, use_errno=True).syscall(444, None, 0, 1)  # which landlock the system has
    if version > 0:
        layers.append(f"no files and no network (landlock {version})")
    status = Path(f"/proc/{pid}/status").read_text()
    assert "NoNewPrivs:\t1" in status or version <= 0
    if "Seccomp:\t2" in status:
        layers.append("few system calls (seccomp)")
    assert ("few system calls (seccomp)" in layers) == has_filters()
    return layers


def has_filters():
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, RuntimeError, OSError):
        return False
    return True


def test_the_settings_scroll_in_a_small_window_and_the_wheel_changes_no_wish(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.window.resize(1024, 420)
    reader.window.show_screen("settings")
    reader.session.settings.show_subject("Reading comfort")
    settings = reader.session.settings.comfort
    bar = settings.parentWidget().parentWidget().verticalScrollBar()
    until(lambda: bar.maximum() > 0, "more settings than fit")
    minutes = settings.lock_after.value()
    middle = QPointF(settings.lock_after.rect().center())
    there = QPointF(settings.lock_after.mapToGlobal(middle))
    plain = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    turn = QWheelEvent(middle, there, QPoint(), QPoint(0, -120), *plain)
    QApplication.sendEvent(settings.lock_after, turn)
    assert settings.lock_after.value() == minutes
    assert not turn.isAccepted()
