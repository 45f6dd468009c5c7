"""A file about the victims is loaded and its rows are worked through, with nothing but the keyboard."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewer.domain.acts.shared_acts import INDIVIDUALS_MADE
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.individual import Fact
from reviewer.qt.records.words import is_from_right, isolate_groups
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.services.records import matches
from tests.support.cases import made_case, opened
from tests.support.waiting import until

FILE = """Examination no,Branch,Sex,Date of death,Name
1024,215,m,03/04/2012,Person A
1025,215,f,05/04/2012,شخص ب
١٠٢٦,215,m,06/04/2012,Person C
1027,215,m,07/04/2012,Person D
"""


def made(id_, number, sex):
    statements = [
        {
            "id": f"{id_}-{fact}",
            "fact": fact,
            "value": value,
            "certainty": "definite",
            "kind": "examiner",
            "source": "",
            "detail": "",
        }
        for fact, value in (("number.examination", number), ("sex", sex))
    ]
    return {"id": id_, "photos": [], "reason": "by hand", "statements": statements}


@pytest.fixture
def case_with_people(tmp_path):
    case = made_case(tmp_path)
    people = [made("aaaa1", "1024", "male"), made("bbbb2", "1025", "male"), made("cccc3", "1026", "male")]
    case.record(Draft(INDIVIDUALS_MADE, "", {"individuals": people}), case.examiners()[0].id)
    case.close()
    return case.folder


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def counts(records):
    return {str(outcome): count for outcome, count in records.listing.counts().items()}


def sees(records, **wanted):
    until(lambda: not records.is_busy and counts(records) == wanted, f"{wanted}, not {counts(records)}")


def test_a_file_is_loaded_and_its_rows_are_settled_by_keyboard(desk, case_with_people, file):
    reader = desk().opens(case_with_people)
    reader.presses("Ctrl+Shift+R")
    records, panel = reader.session.records, reader.session.records.panel
    until(lambda: "No records yet" in records.said, "an empty list says what to do")
    records.open_file(file)  # the system's own dialog names the file
    until(lambda: not panel.is_running and panel.preview is not None, "the file is read")
    assert panel.decide.said.startswith("Day or month first? ")
    assert "not clear: 03/04/2012" in panel.decide.said
    assert [(row.value, row.source) for row in panel.decide.choices.rows] == [
        ("day first", "row 2: 2012-04-03, row 3: 2012-04-05"),
        ("month first", "row 2: 2012-03-04, row 3: 2012-05-04"),
        ("only dates that begin with the year", "row 2, 3: read as nothing"),
    ]
    assert panel.said.text().startswith("1 thing is still to decide")
    assert [panel.table.item(row, 4).textAlignment() & Qt.AlignmentFlag.AlignRight for row in (1, 2)] == [
        Qt.AlignmentFlag(0),
        Qt.AlignmentFlag.AlignRight,
    ]
    assert not panel.keep.isEnabled()
    reader.presses("Ctrl+Enter")
    assert not panel.is_running, "what is not clear is not loaded"
    assert QApplication.focusWidget() is panel.dates
    reader.presses("Down")  # day first
    until(lambda: not panel.is_running and panel.keep.isEnabled(), "the order is said")
    assert "2012-04-03" in panel.table.item(1, 3).text()
    (told,) = panel.doubts()
    assert told.startswith("Dates from 2000-01-01 to ") and told.endswith("can be meant; others are doubts.")
    reader.presses("Ctrl+Enter")
    until(lambda: records.is_listing, "back on the list")
    sees(records, one=2, contradicts=1, none=1)
    assert "4 rows loaded" in records.said

    records.text.setText("شخص")
    assert [row.value(Fact.NAME) for row in records.model.rows] == ["شخص ب"]
    records.text.setText("")
    reader.presses("Up")  # the keyboard stayed on the row that was found

    # the first row fits and is accepted; the next contradicts and is not
    assert records.row.value(Fact.EXAMINATION_NUMBER) == "1024"
    assert "examination number" in records.detail.text
    reader.presses("Enter")
    sees(records, settled=1, one=1, contradicts=1, none=1)
    assert records.row.value(Fact.EXAMINATION_NUMBER) == "1025"
    assert "the row says female, known is male" in records.detail.text
    reader.presses("Enter")
    assert "contradicts" in records.said
    reader.presses("Ctrl+Z")
    sees(records, one=2, contradicts=1, none=1)
    assert "open again" in records.said

    # all that fit at once, after the count
    reader.presses("Shift+Enter")
    assert records.box.texts() == ["Accept 2 rows", "Accept none now"]
    reader.presses("Enter")
    sees(records, settled=2, contradicts=1, none=1)

    # by hand, and nobody with a reason
    reader.presses("L")
    assert records.box.texts() == ["1025"]
    reader.presses("Enter").types("card read again").presses("Enter")
    sees(records, settled=3, none=1)
    reader.presses("N").types("not photographed").presses("Enter")
    sees(records, settled=4)
    assert records.model.rowCount() == 0
    reader.leaves()
    with opened(case_with_people, read_only=True) as case:
        rows = matches.load_listing(case).rows
        assert [row.link.how for row in rows] == ["matched", "by hand", "matched", "none"]
        assert rows[1].link.note == "card read again"
        assert rows[3].link.note == "not photographed"
        assert verify_case(case, JobControl()).sound


def test_columns_are_chosen_and_the_same_file_is_recognised(desk, case_with_people, file):
    file.write_text("A,B\n1024,x\n1024,\n=1,y\n", encoding="utf-8")
    reader = desk().opens(case_with_people)
    reader.presses("Ctrl+Shift+R")
    records, panel = reader.session.records, reader.session.records.panel
    records.open_file(file)
    until(lambda: not panel.is_running and panel.preview is not None, "the file is read")
    assert "No column is mapped" in panel.decide.said
    panel.table.choose("A", Fact.EXAMINATION_NUMBER)
    until(lambda: not panel.is_running and panel.keep.isEnabled(), "a column is mapped")
    place, doubt = next((n, doubt) for n, doubt in enumerate(panel.doubts()) if "=1" in doubt)
    assert "Row 4" in doubt
    panel.decide.doubts.setCurrentRow(place)
    assert {index.row() for index in panel.table.selectedIndexes()} == {3}
    reader.presses("Ctrl+Enter")
    until(lambda: records.is_listing, "loaded")
    sees(records, shared=2, none=1)
    records.open_file(file)
    until(lambda: not panel.is_running and panel.preview is not None, "the file is read")
    assert "in the case already" in panel.said.text()
    assert "Columns as for list.csv" in panel.head.line.text()
    assert panel.keep.word == "Load 3 rows once more"
    reader.presses("Esc")
    assert records.is_listing


def test_what_is_no_file_of_records_is_a_sentence(desk, case_with_people, file):
    reader = desk().opens(case_with_people)
    reader.presses("Ctrl+Shift+R")
    records, panel = reader.session.records, reader.session.records.panel
    bad = file.with_suffix(".xlsx")
    bad.write_bytes(b"no spreadsheet")
    records.open_file(bad)
    until(lambda: not panel.is_running, "it was looked at")
    sentence = panel.refused.sentence.text()
    assert sentence.startswith("The file is named like a spreadsheet and is none.")
    assert sentence.endswith("Nothing of it was loaded.")
    assert panel.table.isHidden()
    assert not panel.keep.isEnabled()
    reader.presses("Esc", "L")
    assert records.said == "There is no row to settle."


def test_names_over_two_rows_the_calendar_and_the_span_of_dates_can_be_set(desk, case_with_people, file):
    file.write_text(
        "List,\nNumbers,Death\nExamination no,Date of death\n1024,1433/09/26\n1025,1350/01/01\n", "utf-8"
    )
    reader = desk().opens(case_with_people)
    reader.presses("Ctrl+Shift+R")
    panel = reader.session.records.panel

    def is_read(what):
        until(lambda: not panel.is_running and panel.preview is not None, what)

    reader.session.records.open_file(file)
    is_read("the file is read")
    assert "No column is mapped" in panel.decide.said and "number.detainee" not in panel.decide.said
    panel.heads.row.setText("2")
    panel.heads.rows.setText("2")
    panel.heads.rows.editingFinished.emit()
    until(lambda: not panel.is_running and panel.preview.table.header_rows == 2, "two rows of names")
    assert panel.preview.table.columns == ("Numbers / Examination no", "Death / Date of death")
    assert any("Hijri" in doubt and "1433/09/26" in doubt for doubt in panel.doubts())
    panel.calendar.setCurrentIndex(1)
    until(lambda: not panel.is_running and str(panel.preview.calendar) == "hijri", "the calendar is said")
    assert [row.facts[1].value for row in panel.preview.rows()] == ["2012-08-14", ""]
    assert any("Umm al-Qura" in doubt for doubt in panel.doubts())
    assert any("lies before 2000-01-01" in doubt for doubt in panel.doubts())
    panel.plausible.setText("1930..2013")
    panel.plausible.editingFinished.emit()
    until(lambda: not panel.is_running and panel.preview.window.first == "1930-01-01", "the span is said")
    assert all(row.facts[1].value for row in panel.preview.rows())
    panel.plausible.setText("2013")
    panel.plausible.editingFinished.emit()
    assert "no span of dates" in panel.of_span.text() and panel.of_span.is_wrong


def test_day_and_year_of_arabic_digits_keep_their_places():
    """Each group is isolated: hyphens between Arabic digits would otherwise put the day where the year is."""
    written = "\u0662\u0660\u0661\u0662-\u0660\u0661-\u0661\u0667"
    shown = isolate_groups(written)
    groups = re.findall("\u2068(\\d+)\u2069", shown)
    assert groups == written.split("-")
    assert shown.startswith("\u200e")
    assert isolate_groups("2012-01-17") == "2012-01-17"
    assert [is_from_right(text) for text in ("\u0634\u062e\u0635 2", "Person A", "12", "")] == [
        True,
        False,
        False,
        False,
    ]
