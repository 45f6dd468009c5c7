"""Of what something is handed over is asked in one dialog, by keys alone or by the mouse alone."""

import pytest
from PySide6.QtCore import QPoint

from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.reading import Finding
from reviewer.qt.widgets.type_box import TypeBox
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.history import load_last_entries
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.stories.screen_form import clicks, counted, form_of, goes_into, opens_form, told
from tests.support.tables import rows
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    """Two examiners: one says something of the first photograph, the other of the second."""
    who = desk().opens(case_folder).sees_photo()
    who.adds("ligature mark").is_saved()
    case = who.session.case
    own = ActQueue(case, enrol(case, "Dr Hansen"), post_at_once)
    photo = who.reader.worklist.items[1].sha256
    found = Finding("by hansen", "blunt.bruise", case.vocabulary.version, regions=("chest.L",))
    own.submit(finding_commands.add_finding(own.reading(photo), found)).result()
    own.detach()
    return who


def exports(reader, key="csv"):
    form = opens_form(reader, "Ctrl+Shift+E")
    form.choose_format(key)
    return counted(reader)


def asks(reader, query):
    """Choose by a search, as one does by keys: to the answers, down to the last, on to its field."""
    form = form_of(reader)
    reader.presses("Tab", "Down", "Tab")
    assert reader.window.focusWidget() is form.photographs.edit
    reader.types(query)
    return form


def written(reader, tmp_path, pattern="* csv"):
    until(lambda: "is made: " in told(reader), "exported")
    (out,) = tmp_path.glob(pattern)
    return out


def test_by_keys_alone_a_query_an_examiner_and_an_entry(reader, tmp_path):
    total, entries = len(reader.reader.worklist), reader.session.case.counts().entries
    form = exports(reader)
    asks(reader, "term:brui")
    until(lambda: "bruise" in form.photographs.fitting(), "what fits is shown")
    reader.presses("Tab")
    assert form.photographs.query == "term:bruise "
    counted(reader)
    assert form.photographs.told.text().startswith(f"1 of {total} photographs.")
    reader.presses("Tab")
    assert reader.window.focusWidget() is form.whose
    reader.presses("Down", "Down", "Tab", "Tab").types(f"{entries}")
    goes_into(reader, tmp_path)
    assert form.summary.value("Photographs") == f"1 of {total}"
    reader.presses("Enter")
    out = written(reader, tmp_path)
    assert {row["examiner"] for row in rows(out / "readings.csv")} == {"Dr Hansen"}
    assert len(rows(out / "photographs.csv")) == 1
    body = load_last_entries(reader.session.case, 1)[0].body
    (hansen,) = [examiner.id for examiner in reader.session.case.examiners() if examiner.name == "Dr Hansen"]
    assert (body["query"], body["examiners"], body["as_of"]) == ("term:bruise", [hansen], entries)


def test_by_the_mouse_alone_the_result_that_is_shown(reader, tmp_path):
    reader.presses("Ctrl+F").types("term:ligature").presses("Enter")
    gallery = reader.session.gallery
    until(lambda: gallery.model.worklist.name.startswith("term:"), "what was found is shown")
    form = exports(reader)
    shown = form.photographs._radios["shown"]
    clicks(shown, QPoint(8, shown.height() // 2))
    goes_into(reader, tmp_path)
    clicks(form.make_button)
    assert len(rows(written(reader, tmp_path) / "photographs.csv")) == 1


def test_a_saved_list_chooses(reader, tmp_path):
    reader.presses("Ctrl+F").types("term:ligature").presses("Ctrl+D")
    until(lambda: any(box.is_asking for box in reader.window.findChildren(TypeBox)), "a name is asked")
    reader.types("for the hearing").presses("Enter")
    until(lambda: "for the hearing" in reader.said, "saved")
    reader.presses("Esc")
    form = exports(reader)
    radio = form.photographs._radios["list"]
    until(radio.isEnabled, "the lists are known")
    clicks(radio, QPoint(8, radio.height() // 2))
    assert form.photographs.lists.currentText() == "for the hearing"
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    assert len(rows(written(reader, tmp_path) / "photographs.csv")) == 1


def test_what_is_wrong_with_a_query_stands_at_its_field_and_nothing_is_made(reader, tmp_path):
    form = exports(reader)
    asks(reader, "tem:bruise")
    reader.presses("Enter")
    until(lambda: "there is no field tem" in form.photographs.told.text(), "the mistake is said")
    assert reader.window.focusWidget() is form.photographs.edit
    form.photographs.edit.selectAll()
    reader.types("branch:999").presses("Enter")
    until(lambda: "No photograph is found" in form.photographs.told.text(), "nothing is found")
    assert form.isVisible()
    reader.presses("Esc")
    assert form_of(reader) is None
    assert not list(tmp_path.glob("* csv"))


@pytest.mark.parametrize(
    ("typed", "why"), [("9999", "The ledger has"), ("0", "The ledger has"), ("12a", "a whole number")]
)
def test_what_is_wrong_with_an_entry_stands_at_its_field(reader, typed, why):
    form = exports(reader)
    form.as_of.setFocus()
    reader.types(typed).presses("Enter")
    until(lambda: why in form.as_of_told.text(), "the mistake is said")
    assert reader.window.focusWidget() is form.as_of
    assert why not in form.photographs.told.text()


def test_enter_waits_for_the_count_and_esc_gives_it_up(reader, tmp_path):
    exports(reader)
    goes_into(reader, tmp_path)
    form = form_of(reader)
    form.photographs._radios["query"].setChecked(True)
    form.photographs.edit.setFocus()
    reader.types("term:bruise").presses("Enter")
    assert told(reader) == "", "it was not counted yet"
    assert len(rows(written(reader, tmp_path) / "photographs.csv")) == 1
    exports(reader)
    asks(reader, "term:bruise")
    reader.presses("Enter", "Esc")
    assert form_of(reader) is None
    reader.presses("Right").is_saved()


def test_readings_that_are_added_up_are_ones_own_first(reader, tmp_path):
    form = exports(reader, "individuals-by-signs")
    assert form.whose.currentText() == "Dr Okoye"
    goes_into(reader, tmp_path)
    reader.presses("Enter")
    written(reader, tmp_path, "* individuals-by-signs")
    (me,) = [examiner.id for examiner in reader.session.case.examiners() if examiner.name == "Dr Okoye"]
    assert load_last_entries(reader.session.case, 1)[0].body["examiners"] == [me]
