"""Findings leave the case from the window: a format says what it holds and loses before it is made."""

import json
import threading

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPushButton
from shiboken6 import delete as shiboken_delete
from shiboken6 import isValid

from reviewer.domain.errors import KnownError
from reviewer.qt.handing_over import export_dialog
from reviewer.services.case.history import load_last_entries
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.jobs import JobControl
from tests.stories.screen_form import clicks, counted, form_of, goes_into, opens_form, told
from tests.support.tables import rows
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo()


def exports(reader, key="csv"):
    """The dialog with this format chosen."""
    form = opens_form(reader, "Ctrl+Shift+E")
    form.choose_format(key)
    return counted(reader)


def written(reader, tmp_path, pattern):
    until(lambda: "is made: " in told(reader), "exported")
    (out,) = tmp_path.glob(pattern)
    return out


def test_a_format_is_chosen_by_its_first_letters_and_says_what_it_loses(reader, tmp_path):
    reader.adds("ligature mark").is_saved()
    form = opens_form(reader, "Ctrl+Shift+E")
    names = [form.format.itemText(place) for place in range(form.format.count())]
    assert names == [known.name for known in EXPORT_FORMATS]
    assert any(text.startswith("Lost: the history of acts") for text in form.summary.texts())
    assert reader.window.focusWidget() is form.format
    reader.types("web")
    assert form.format.currentText() == "Web annotations"
    counted(reader)
    assert form.summary.value("Title") == "Web annotations"
    assert any(text.startswith("Lost: the history of acts") for text in form.summary.texts())
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    out = written(reader, tmp_path, "* annotations")
    assert json.loads((out / "collection.jsonld").read_bytes())["total"] == 2
    entry = load_last_entries(reader.session.case, 1)[0]
    assert (entry.act, entry.body["format"]) == ("export.made", "annotations")


def test_everything_is_the_default_and_costs_no_key(reader, tmp_path):
    exports(reader)
    total = len(reader.reader.worklist)
    goes_into(reader, tmp_path)
    reader.presses("Ctrl+Enter")
    out = written(reader, tmp_path, "* csv")
    assert len(rows(out / "photographs.csv")) == total
    assert not load_last_entries(reader.session.case, 1)[0].body.keys() & {"query", "examiners", "as_of"}


def test_escape_makes_nothing(reader, tmp_path):
    exports(reader, "ledger")
    reader.presses("Esc")
    assert form_of(reader) is None
    assert reader.session.case.jobs.running() == []
    assert not list(tmp_path.glob("test *"))


def test_what_is_whole_is_not_narrowed_but_as_of_an_entry(reader, tmp_path):
    reader.presses("1").is_saved()
    entries = reader.session.case.counts().entries
    form = exports(reader, "ledger")
    assert not form.photographs.isVisible()
    form.as_of.setFocus()
    reader.types(f"{entries - 1}")
    goes_into(reader, tmp_path)
    assert form.as_of_told.text() == f"The case as it was after {entries - 1:,} entries of its ledger."
    reader.presses("Enter")
    out = written(reader, tmp_path, "* ledger")
    assert len((out / "ledger.jsonl").read_bytes().splitlines()) == entries - 1


def test_a_format_that_lacks_a_part_of_the_program_says_so_at_its_field(reader, monkeypatch):
    def refuse():
        raise KnownError("It is not installed.")

    known = next(known for known in EXPORT_FORMATS if known.key == "individuals-by-signs-parquet")
    monkeypatch.setitem(known.__dict__, "refuse_without", refuse)
    form = exports(reader, known.key)
    reader.presses("Enter")
    assert form_of(reader) is form
    assert form._format_wrong.text() == "It is not installed."


def test_an_export_is_stopped_by_the_same_command(reader, tmp_path, monkeypatch):
    began = threading.Event()

    def held(_case, _author, _key, _out, control, _wish):
        control.pause()
        began.set()  # a stop that came before the pause would be undone by it
        control.check()
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(export_dialog, "export", held)
    opens_form(reader, "Ctrl+Shift+E")
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    until(began.is_set, "it began")
    reader.presses("Ctrl+Shift+E")
    assert reader.window.commands.texts() == ["Stop it", "Let it go on"]
    reader.presses("2")
    assert reader.session.case.jobs.running() == ["export"]
    reader.presses("Ctrl+Shift+E", "1")
    until(lambda: told(reader) == "The export was stopped. Nothing of it was kept.", "stopped")
    assert not list(tmp_path.glob("*csv*"))


def test_tab_goes_round_the_dialog_and_never_out_of_it(reader):
    form = exports(reader)
    seen = []
    for _step in range(20):
        seen.append(reader.window.focusWidget())
        reader.presses("Tab")
    assert all(form.isAncestorOf(widget) for widget in seen)
    around = seen.index(seen[0], 1)
    assert seen[around - 1] is form.make_button
    assert [form.format, form.mark, form.as_of, form.folder, form.choose_button, form.cancel_button] == [
        widget
        for widget in seen[:around]
        if widget in {form.format, form.mark, form.as_of, form.folder}
        or (isinstance(widget, QPushButton) and widget is not form.make_button)
    ]
    reader.presses("Esc")
    assert reader.window.focusWidget() is reader.reading.canvas


@pytest.mark.parametrize("text", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("key", ["Ctrl+Shift+E", "Ctrl+Shift+W", "Ctrl+Shift+K", "Ctrl+Alt+E"])
def test_nothing_of_a_dialog_is_cut_off(reader, key, text):
    if text != 1.0:
        reader.window.appearance.scale_text(text - 1.0)
    try:
        for size in ((1366, 700), (1920, 1080)):
            reader.window.resize(*size)
            form = opens_form(reader, key)
            assert reader.window.rect().contains(form._panel.geometry().translated(form.pos()))
            for widget in (form.make_button, form.cancel_button):
                corner = widget.mapTo(form._panel, QPoint(0, 0))
                assert form._panel.rect().contains(corner)
                assert form._panel.rect().contains(corner + widget.rect().bottomRight())
                assert widget.width() >= widget.minimumSizeHint().width()
            assert form._form.width() <= form._form_area.viewport().width(), "it scrolls down only"
            assert form.summary.width() >= form.summary.minimumSizeHint().width()
            reader.presses("Esc")
    finally:
        if text != 1.0:
            reader.window.appearance.scale_text(1.0 - text)


def test_the_close_button_makes_nothing(reader):
    clicks(exports(reader).close_button)
    assert form_of(reader) is None


def test_a_place_that_was_taken_meanwhile_is_said(reader, tmp_path):
    form = exports(reader)
    goes_into(reader, tmp_path)
    (tmp_path / form.name_made()).mkdir()
    form.on_changed()
    reader.presses("Enter")
    until(lambda: "is there already" in form.folder_told.text(), "why")


def test_what_is_counted_in_a_job_looks_into_no_field(reader):
    """The dialog may be gone before the count is: every field of it is taken away first."""
    for key in ("Ctrl+Shift+E", "Ctrl+Shift+W", "Ctrl+Shift+K", "Ctrl+Alt+E"):
        form = opens_form(reader, key)
        asked = form.read()
        fields = [
            field for kind in (QAbstractButton, QLineEdit, QComboBox) for field in form.findChildren(kind)
        ]
        assert fields
        reader.presses("Esc")
        for field in fields:
            if isValid(field):
                shiboken_delete(field)
        feedback = form._count(asked, "", 0, JobControl())
        assert feedback.of is asked
        assert feedback.found is not None
