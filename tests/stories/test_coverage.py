"""Saying by keyboard what a photograph shows, and seeing what an individual never showed."""

from reviewer.domain.coverage import assessable
from reviewer.domain.reading import State


def covered(reader):
    return assessable(reader.reader.reading.coverage)


def regions_of(reader, *keys):
    views = {view.key: set(view.regions) for view in reader.reader.vocabulary.views}
    return set().union(*(views[key] for key in keys))


NEVER = (
    "Never shown: back, backs of the hands, palms, soles, head from both sides, back of the head, "
    "sides of the body"
)


def test_whole_views_by_digit_and_single_regions_by_typing(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    assert "nothing marked" in reader.reading.side.covers.text()
    reader.presses("Shift+B", "5", "8", "4").presses("Esc")
    assert covered(reader) == regions_of(reader, "face", "soles")
    assert reader.reading.side.covers.text() == "Covers: face, soles, both sides"
    reader.presses("Shift+B", "8", "4", "Esc")
    reader.presses("Shift+B").types("nose lim").presses("Enter", "Esc").is_saved()
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
    assert reader.reading.header.gaps_text == NEVER
    reader.presses("N", "Enter").sees_photo(1).presses("N", "Shift+Enter", "Shift+N").is_saved()
    assert covered(reader) == regions_of(reader, "front")
    reader.presses("Shift+B", "2", "Esc")
    without = NEVER.replace(" back,", "", 1).replace(", sides of the body", "")
    assert reader.reading.header.gaps_text == without
    reader.presses("Left").sees_photo(0)
    assert reader.reading.header.gaps_text == without
    assert reader.reader.reading.state is State.COMPLETE
    reader.presses("Ctrl+Right")
    assert reader.reading.header.gaps_text == "", "another individual, of whom nothing is marked"
    reader.presses("Ctrl+Z").is_saved()
    assert reader.reading.header.gaps_text == NEVER


def view_of(reader, key):
    return next(view for view in reader.reader.vocabulary.views if view.key == key)


def test_one_key_more_says_where_the_frame_ends(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    front = view_of(reader, "front")
    reader.presses("Shift+B", "1", "Enter").is_saved()
    assert not reader.reading.box.is_asking
    assert covered(reader) == set(front.regions), "Enter leaves the view as it is, and so does Esc"
    reader.presses("Ctrl+Z").is_saved()
    assert covered(reader) == set()
    reader.presses("Shift+B", "1", "5").is_saved()
    assert not reader.reading.box.is_asking
    assert covered(reader) == front.within(0, 3)
    assert reader.reading.side.covers.text() == "Covers: front down to the hips"
    reader.presses("Ctrl+Z").is_saved()
    assert covered(reader) == set(front.regions), "the cut by itself can be taken back"
    reader.presses("Ctrl+Shift+Z").is_saved()
    assert covered(reader) == front.within(0, 3)
    reader.presses("Shift+B", "1", "Esc").is_saved()
    assert covered(reader) == set(), "the same key takes out what is marked of the view"


def test_arms_that_lie_turned_and_a_frame_that_begins_lower(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    front = view_of(reader, "front")
    reader.presses("Shift+B", "1", "9", "Esc").is_saved()
    assert covered(reader) == set(front.other_way.regions)
    assert reader.reading.side.covers.text() == "Covers: front, arms turned"
    reader.presses("Shift+B", "1", "Esc").is_saved()
    reader.presses("Shift+B", "4").types("begins").presses("Enter", "3", "Enter").is_saved()
    legs = view_of(reader, "legs")
    assert covered(reader) == legs.within(2, 4)
    assert reader.reading.side.covers.text() == "Covers: front from the knees to the feet"


def test_a_close_up_is_only_what_is_named(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Shift+B", "9").types("wrist l back").presses("Enter")
    reader.types("fingers r").presses("Enter", "Esc").is_saved()
    assert covered(reader) == {"wrist.L/back", "fingers.R/palm", "fingers.R/back"}
    assert reader.reading.side.covers.text() == "Covers: wrist, left (back); fingers, right"
