"""Findings leave the case from the window: a format is chosen by its name, and it says what it loses."""

import json
import threading

import pytest
from PySide6.QtWidgets import QFileDialog

from reviewer.qt.main_window import exporting
from reviewer.services.case.history import load_last_entries
from reviewer.services.export.all_formats import EXPORT_FORMATS
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(tmp_path))
    return desk().opens(case_folder).sees_photo()


def box(reader):
    return reader.window.commands


def detail(reader):
    return box(reader).detail.text()


def test_a_format_is_chosen_by_typing_and_says_what_it_loses(reader, tmp_path):
    reader.adds("ligature mark").is_saved()
    reader.presses("Ctrl+Shift+E")
    assert [text.split("  ")[-1] for text in box(reader).texts()] == [each.name for each in EXPORT_FORMATS]
    assert "the history of acts" in detail(reader)
    reader.types("web")
    assert box(reader).texts() == ["Web annotations"]
    assert detail(reader).startswith("Lost: the history of acts")
    reader.presses("Enter", "Enter")
    until(lambda: "Exported to" in reader.said, "exported")
    (out,) = tmp_path.glob("* annotations")
    assert json.loads((out / "collection.jsonld").read_bytes())["total"] == 2
    entry = load_last_entries(reader.session.case, 1)[0]
    assert (entry.act, entry.body["format"]) == ("export.made", "annotations")


def test_what_each_format_loses_can_be_read_whole(reader):
    reader.presses("Ctrl+Shift+E")
    for _format in EXPORT_FORMATS:
        label = box(reader).detail
        assert label.heightForWidth(label.width()) <= label.height(), label.text()
        reader.presses("Down")
    reader.presses("Esc")


def test_a_number_chooses_too_and_escape_makes_nothing(reader, tmp_path):
    reader.presses("Ctrl+Shift+E", "Esc")
    assert not list(tmp_path.glob("test *"))
    numbers = {each.key: str(number) for number, each in enumerate(EXPORT_FORMATS, start=1)}
    reader.presses("Ctrl+Shift+E").types(numbers["ledger"]).presses("Enter")
    until(lambda: "Exported to" in reader.said, "exported")
    (out,) = tmp_path.glob("* ledger")
    assert (out / "ledger.jsonl").exists()


def test_an_export_is_stopped_by_the_same_command(reader, tmp_path, monkeypatch):
    began = threading.Event()

    def held(_case, _author, _key, _out, control, _wish):
        began.set()
        control.pause()
        control.check()
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(exporting, "export", held)
    reader.presses("Ctrl+Shift+E", "Enter", "Enter")
    until(began.is_set, "it began")
    assert began.wait(10)
    reader.presses("Ctrl+Shift+E")
    assert box(reader).texts() == ["Stop it", "Let it go on"]
    reader.presses("2")
    assert reader.session.case.jobs.running() == ["export"]
    reader.presses("Ctrl+Shift+E", "1")
    until(lambda: reader.said == "The export was stopped. Nothing of it was kept.", "stopped")
    assert not list(tmp_path.glob("*csv*"))
