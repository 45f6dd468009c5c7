"""Which look-alike was excluded: one key, or a click, right after the sign was tagged."""

from reviewer.domain.reading.look_alikes import list_excluded_look_alikes, list_look_alikes
from reviewer.qt.reading.finding_list import format_second_line
from tests.stories.test_how_certain import chooses, clicks


def test_one_key_records_what_was_excluded_and_the_same_takes_it_back(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.adds("ligature mark")
    vocabulary = reader.reader.vocabulary
    there = list_look_alikes(vocabulary, vocabulary.term(reader.finding.term))
    assert reader.said.startswith(f"Which look-alikes were excluded (Shift+Y)? Alt+1 {there[0].name}, ")
    line = reader.reading.side.detail.look_alikes
    assert line.text() == "No look-alike excluded yet (Shift+Y)"
    assert f"Alt+2  {there[1].name}" in line.toolTip()
    reader.presses("Alt+2", "Alt+3")
    assert list_excluded_look_alikes(reader.finding) == (there[1].key, there[2].key)
    assert line.text() == f"Excluded: {there[1].name}, {there[2].name}"
    assert f"excluded: {there[1].name}" in format_second_line(reader.finding, vocabulary)
    assert reader.reading.recorded.text() == f"look-alike excluded: {there[1].name}, {there[2].name}"
    reader.presses("Alt+2").is_saved()
    assert list_excluded_look_alikes(reader.finding) == (there[2].key,)
    reader.presses("Shift+Y").types("2").presses("Esc")
    assert list_excluded_look_alikes(reader.finding) == (there[2].key, there[1].key)
    reader.presses("2")
    assert not line.isVisible(), "a bruise asks for none"
    reader.presses("Alt+1")
    assert reader.said == "Bruise asks for no look-alike to be excluded."
    reader.presses("Up")
    assert line.isVisible()


def test_the_same_by_click(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    clicks(reader.reading.side.quick_tags._buttons[0])
    clicks(reader.reading.side.detail.look_alikes)
    names = reader.reading.box.texts()
    assert len(names) > 2
    chooses(reader, names[0])
    assert reader.reading.box.texts()[0] == f"{names[0]}  (excluded)"
    reader.presses("Esc").is_saved()
    vocabulary = reader.reader.vocabulary
    assert [vocabulary.term_name(each) for each in list_excluded_look_alikes(reader.finding)] == [names[0]]
