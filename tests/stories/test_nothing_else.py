"""Saying that nothing else of the list is visible, by one key, and reading first what is on it."""

from reviewer.domain.reading.reading import Conclusion


def line(reader):
    return reader.reading.side.whole.line


def test_the_signs_are_read_and_then_said_by_one_key(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    assert line(reader).text() == "No list of signs"
    assert "(Coverage)" in line(reader).toolTip()
    reader.presses("2", "Q", ",")
    assert "(Coverage)" in reader.said
    assert reader.reader.reading.looked_for == ()
    reader.presses("Shift+B", "1", "Esc")
    assert line(reader).text().startswith("Not looked for")
    assert "abrasion" in line(reader).toolTip()
    reader.presses("Shift+L").types("abras")
    assert reader.reading.box.texts() == ["abrasion"]
    assert reader.reading.box.detail.text().endswith(".")
    reader.presses("Enter")
    assert not reader.reading.box.is_asking
    assert reader.terms == ["blunt.bruise"]
    reader.presses(",")
    assert line(reader).text().startswith("Looked for")
    assert reader.reading.recorded.text().startswith("looked for: ")
    reader.presses("Shift+B", "8", "4", "Esc")
    assert reader.said.startswith("More is marked as shown now.")
    assert line(reader).text().startswith("Not looked for")
    reader.presses(",", "Enter").sees_photo(1).presses("Left").sees_photo(0).is_saved()
    assert reader.reader.reading.looked_for
    assert line(reader).text().startswith("Looked for")


def test_nothing_visible_says_of_which_lists(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Shift+B", "1", "Esc", "N").is_saved()
    assert reader.reader.reading.conclusion is Conclusion.NOTHING_VISIBLE
    assert reader.said.startswith("Nothing visible. Looked for")
    assert reader.reader.reading.looked_for
    reader.presses("N")
    assert reader.reader.reading.looked_for == ()
