"""Words that are suggested where a new passphrase is typed."""

from PySide6.QtWidgets import QPushButton

from reviewer.qt.entry.new_case import NewCaseForm
from reviewer.qt.widgets.suggested_words import SuggestedWordsDialog


def open_dialog(form):
    form.suggest.click()
    return form.findChild(SuggestedWordsDialog)


def test_suggested_words_fill_the_first_field_and_are_typed_again_by_hand(qtbot):
    form = NewCaseForm(lambda _title: "")
    qtbot.addWidget(form)
    dialog = open_dialog(form)
    before = dialog.words.text()
    dialog.another.click()
    shown = dialog.words.text()
    assert shown != before and len(shown.split()) == 6
    assert "2^78" in dialog.strength.text()
    dialog.use.click()
    assert form.words.text() == " ".join(shown.split())
    assert form.again.text() == "", "typing it again shows that it was copied"
    assert not dialog.isVisible()


def test_what_is_not_used_changes_nothing_and_no_encryption_needs_no_words(qtbot):
    form = NewCaseForm(lambda _title: "")
    qtbot.addWidget(form)
    open_dialog(form).leave.click()
    assert form.words.text() == ""
    form.open_to_all.setChecked(True)
    assert not form.suggest.isEnabled()
    assert all(button.text() for button in form.findChildren(QPushButton))
