"""Saying by keyboard what a photograph shows, and seeing what an individual never showed."""

from reviewer.domain.coverage import assessable
from reviewer.domain.reading import State


def covered(reader):
    return assessable(reader.reader.reading.coverage)


def regions_of(reader, *keys):
    views = {view.key: set(view.regions) for view in reader.reader.vocabulary.views}
    return set().union(*(views[key] for key in keys))


def test_whole_views_by_digit_and_single_regions_by_typing(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    assert "nothing marked" in reader.reading.side.covers.text()
    reader.presses("Shift+B", "3", "9").presses("Esc")
    assert covered(reader) == regions_of(reader, "face", "soles")
    assert reader.reading.side.covers.text() == "Covers: face, soles"
    reader.presses("Shift+B", "9").types("nose lim").presses("Enter", "Esc").is_saved()
    assert covered(reader) == regions_of(reader, "face") - {"nose"}
    assert dict(reader.reader.reading.coverage)["nose"] == "limited"
    assert reader.reading.side.covers.text() == "Covers: face, limited: nose"
    assert reader.reading.side.body_map.legend == "outlined: assessable · dashed: limited"
    assert reader.reader.position == 0, "no digit and no letter went to the photograph"
    assert reader.terms == []
    reader.presses("Shift+B").types("clear").presses("Enter", "Esc")
    assert reader.reader.reading.coverage == ()


def test_as_on_the_previous_photo_and_what_was_never_shown(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    assert reader.reading.header.gaps_text == ""
    reader.presses("Shift+N")
    assert "first photo of this individual" in reader.said
    reader.presses("Shift+B", "1", "Esc")
    assert reader.reading.header.gaps_text == "Never shown: back, hands and wrists, soles"
    reader.presses("N", "Enter").sees_photo(1).presses("Shift+N").is_saved()
    assert covered(reader) == regions_of(reader, "front")
    reader.presses("Shift+B", "2", "Esc")
    assert reader.reading.header.gaps_text == "Never shown: hands and wrists, soles"
    reader.presses("Left").sees_photo(0)
    assert reader.reading.header.gaps_text == "Never shown: hands and wrists, soles"
    assert reader.reader.reading.state is State.COMPLETE
    reader.presses("Ctrl+Right")
    assert reader.reading.header.gaps_text == "", "another individual, of whom nothing is marked"
    reader.presses("Ctrl+Z").is_saved()
    assert reader.reading.header.gaps_text == "Never shown: back, hands and wrists, soles"
