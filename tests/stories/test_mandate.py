"""The lead writes the mandate in Settings; what is typed and not written is there again after a lock."""

from reviewer.qt.entry.who import ChooseExaminerScreen
from reviewer.services.case import enrolment
from reviewer.services.case.mandate import load_mandate
from tests.support.cases import opened
from tests.support.waiting import until


def panel(reader):
    reader.presses("Ctrl+Shift+7")
    until(lambda: reader.session.settings.isVisible(), "the settings are on")
    return reader.session.settings.case.mandate


def test_the_lead_writes_it_and_it_stands_in_the_ledger(desk, case_folder):
    reader = desk().opens(case_folder)
    mandate = panel(reader)
    until(lambda: "None is written." in mandate.said, "the mandate is read")
    assert not mandate.write.isEnabled()
    mandate.text.setPlainText("By order of the court.\nAll photographs.")
    mandate.limits.setPlainText("Photographs only.")
    assert mandate.write.isEnabled()
    mandate.write.click()
    until(lambda: mandate.now.is_written, "it stands in the ledger")
    assert mandate.now.text == "By order of the court.\nAll photographs."
    assert mandate.said.startswith("Written by Dr Okoye on ")
    assert not mandate.write.isEnabled()
    assert load_mandate(reader.session.case).limits == "Photographs only."


def test_what_is_typed_is_kept_until_it_is_written(desk, case_folder):
    first = desk().opens(case_folder)
    panel(first).text.setPlainText("Begun")
    panel(first).refresh()
    assert first.session.settings.case.mandate.text.toPlainText() == "Begun"
    first.leaves()
    again = desk().opens(case_folder)
    assert panel(again).text.toPlainText() == "Begun"
    assert not load_mandate(again.session.case).is_written


def test_who_does_not_lead_reads_it_and_cannot_write(desk, case_folder):
    with opened(case_folder) as case:
        enrolment.enrol(case, "Dr Second")
    reader = desk()
    reader.window.open_folder(case_folder)
    until(lambda: isinstance(reader.window.door.page, ChooseExaminerScreen), "who reads is asked")
    reader.window.door.page._new.setText("Dr Second")
    reader.window.door.page._on_begin()
    until(lambda: reader.session is not None, "the case is open")
    mandate = panel(reader)
    until(lambda: "Dr Okoye, who made this case, can write it" in mandate.said, "the mandate is read")
    assert mandate.text.isReadOnly() and mandate.limits.isReadOnly()
    assert not mandate.write.isEnabled()
