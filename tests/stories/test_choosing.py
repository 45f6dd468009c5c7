"""What something is written of is asked in one form, by keys alone or by the mouse alone."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QListWidget, QPushButton, QRadioButton

from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.reading import Finding
from reviewer.qt.main_window.choosing import Form, PhotographChoice, ask_choice
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.history import load_last_entries
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.stories.screen_form import form_of
from tests.support.tables import rows
from tests.support.waiting import until


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """The questions with which a folder was asked for."""
    questions = []

    def choose(_parent, question):
        questions.append(question)
        return str(tmp_path)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    return questions


@pytest.fixture
def reader(desk, case_folder, asked):
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
    """The form for an export of this format, when what stands in it was counted."""
    reader.presses("Ctrl+Shift+E").types(key).presses("Enter")
    return counted(reader, "All ")


def counted(reader, begins):
    until(lambda: form_of(reader) is not None and form_of(reader).told.text().startswith(begins), begins)
    return form_of(reader)


def written(reader, tmp_path, pattern="* csv"):
    until(lambda: "Exported to" in reader.said, "exported")
    (out,) = tmp_path.glob(pattern)
    return out


def clicks(widget, at=None):
    place = at or widget.rect().center()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


def test_everything_is_the_default_and_costs_one_key(reader, asked, tmp_path):
    form = exports(reader)
    total = len(reader.reader.worklist)
    assert form.told.text() == f"All {total} photographs."
    assert form.as_of_told.text() == "Empty: as the case stands."
    reader.presses("Enter")
    out = written(reader, tmp_path)
    assert len(rows(out / "photographs.csv")) == total
    assert len(rows(out / "findings.csv")) == 2
    assert asked == [f"In which folder is the export to be made? All {total} photographs."]
    body = load_last_entries(reader.session.case, 1)[0].body
    assert not body.keys() & {"query", "examiners", "as_of"}


def test_by_keys_alone_a_query_an_examiner_and_an_entry(reader, asked, tmp_path):
    total, entries = len(reader.reader.worklist), reader.session.case.counts().entries
    form = exports(reader)
    reader.presses("Tab").types("term:brui")
    until(lambda: "bruise" in form.photographs.fitting(), "what fits is shown")
    reader.presses("Tab")
    assert form.photographs.query() == "term:bruise "
    counted(reader, f"1 of {total} photographs.")
    reader.presses("Tab")
    assert reader.window.focusWidget().accessibleName() == "Whose readings"
    reader.presses("Down", "Down", "Tab").types(f"{entries}")
    until(lambda: "after" in form.as_of_told.text(), "the entry is known")
    reader.presses("Enter")
    out = written(reader, tmp_path)
    assert {row["examiner"] for row in rows(out / "readings.csv")} == {"Dr Hansen"}
    assert len(rows(out / "photographs.csv")) == 1
    assert asked == [f"In which folder is the export to be made? 1 of {total} photographs."]
    body = load_last_entries(reader.session.case, 1)[0].body
    (hansen,) = [each.id for each in reader.session.case.examiners() if each.name == "Dr Hansen"]
    assert (body["query"], body["examiners"], body["as_of"]) == ("term:bruise", [hansen], entries)


def test_by_the_mouse_alone_the_result_that_is_shown(reader, tmp_path):
    reader.presses("Ctrl+F").types("term:ligature").presses("Enter")
    gallery = reader.session.gallery
    until(lambda: gallery.model.worklist.name.startswith("term:"), "what was found is shown")
    reader.presses("Ctrl+Shift+E")
    listed = reader.window.commands.findChild(QListWidget)
    clicks(listed.viewport(), listed.visualItemRect(listed.item(0)).center())
    form = counted(reader, "All ")
    (shown,) = [each for each in form.findChildren(QRadioButton) if "result shown" in each.text()]
    clicks(shown, QPoint(8, shown.height() // 2))
    counted(reader, "1 of ")
    (go,) = [each for each in form.findChildren(QPushButton) if "Export" in each.text()]
    clicks(go)
    until(lambda: list(tmp_path.glob("* csv")), "exported")
    until(lambda: load_last_entries(reader.session.case, 1)[0].act == "export.made", "noted")
    until(lambda: not reader.session.case.jobs.running(), "its job has ended")
    (out,) = tmp_path.glob("* csv")
    assert len(rows(out / "photographs.csv")) == 1


def test_what_is_wrong_with_a_query_stands_at_its_field_and_nothing_is_asked(reader, asked, tmp_path):
    form = exports(reader)
    reader.presses("Tab").types("tem:bruise").presses("Enter")
    until(lambda: "there is no field tem" in form.told.text(), "the mistake is said")
    assert reader.window.focusWidget() is form.photographs.edit
    assert form.as_of_told.text() == "Empty: as the case stands."
    for _letter in "tem:bruise":
        reader.presses("Backspace")
    reader.types("branch:999").presses("Enter")
    until(lambda: "No photograph is found" in form.told.text(), "nothing is found")
    assert form.isVisible()
    reader.presses("Esc")
    assert form_of(reader) is None
    assert asked == []
    assert not list(tmp_path.glob("* csv"))


@pytest.mark.parametrize(
    ("typed", "why"), [("9999", "The ledger has"), ("0", "The ledger has"), ("12a", "a whole number")]
)
def test_what_is_wrong_with_an_entry_stands_at_its_field(reader, asked, typed, why):
    form = exports(reader)
    reader.presses("Tab", "Tab", "Tab").types(typed).presses("Enter")
    until(lambda: why in form.as_of_told.text(), "the mistake is said")
    assert reader.window.focusWidget().accessibleName().startswith("As of which entry")
    assert why not in form.told.text()
    assert asked == []


def test_enter_waits_for_the_count_and_esc_gives_it_up(reader, asked, tmp_path):
    exports(reader)
    reader.presses("Tab").types("term:bruise").presses("Enter")
    assert asked == [], "it was not counted yet"
    until(lambda: asked, "counted, and then the folder is asked for")
    assert "1 of " in asked[0]
    written(reader, tmp_path)
    exports(reader)
    reader.presses("Tab").types("term:bruise").presses("Enter", "Esc")
    assert form_of(reader) is None
    reader.presses("Right").is_saved()
    assert len(asked) == 1


def test_tab_goes_round_the_form_and_never_out_of_it(reader):
    form = exports(reader)
    seen = []
    for _step in range(8):
        seen.append(reader.window.focusWidget())
        reader.presses("Tab")
    assert all(form.isAncestorOf(each) for each in seen)
    assert seen[6] is seen[0]
    assert len(set(map(id, seen))) == 6
    reader.presses("Esc")
    assert reader.window.focusWidget() is reader.reading.canvas


def test_what_is_whole_is_not_narrowed_but_as_of_an_entry(reader, tmp_path):
    entries = reader.session.case.counts().entries
    form = exports(reader, "ledger")
    assert not form.photographs.isVisible()
    reader.types(f"{entries - 1}").presses("Enter")
    out = written(reader, tmp_path, "* ledger")
    assert len((out / "ledger.jsonl").read_bytes().splitlines()) == entries - 1


def test_readings_that_are_added_up_are_ones_own_first(reader, tmp_path):
    form = exports(reader, "signs, for")
    assert form._whose.currentText() == "Dr Okoye"
    reader.presses("Enter")
    written(reader, tmp_path, "* individuals-by-signs")
    (me,) = [each.id for each in reader.session.case.examiners() if each.name == "Dr Okoye"]
    assert load_last_entries(reader.session.case, 1)[0].body["examiners"] == [me]


@pytest.mark.parametrize("text", [1.0, 1.5])
def test_nothing_of_the_form_is_cut_off(reader, text):
    if text != 1.0:
        reader.window.appearance.scale_text(text - 1.0)
    for size in ((1366, 700), (1920, 1080)):
        reader.window.resize(*size)
        form = exports(reader)
        reader.presses("Tab").types("te")
        until(lambda form=form: form.photographs.fitting(), "what fits is shown")
        buttons = form.findChildren(QPushButton)
        for each in (*buttons, form.photographs.edit):
            corner = each.mapTo(form, QPoint(0, 0))
            assert form.rect().contains(corner) and form.rect().contains(corner + each.rect().bottomRight())
            assert each.width() >= each.minimumSizeHint().width()
        assert reader.window.rect().contains(form.geometry().translated(form.parentWidget().pos()))
        reader.presses("Esc")
        until(lambda: form_of(reader) is None, "the form is closed")
    if text != 1.0:
        reader.window.appearance.scale_text(1.0 - text)


def test_a_court_pack_has_no_exhibits_unless_they_are_chosen(reader):
    taken = []
    form = Form("Pack", "Make", nothing="No exhibits", asked=reader.session.examiner.id)
    for keys, query in (((), None), (("Down",), ""), (("Tab", "t"), "t")):
        ask_choice(reader.session, reader.post, reader.window.commands.over, form, taken.append)
        reader.presses(*keys, "Enter")
        if query == "t":
            until(lambda: form_of(reader).told.text(), "words are looked for in notes")
            reader.presses("Esc")
            continue
        until(lambda: form_of(reader) is None, "taken")
        assert taken[-1].query == query
        assert isinstance(taken[-1], PhotographChoice)
