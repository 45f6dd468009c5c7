"""Saying by keyboard what a photograph shows, and seeing what an individual never showed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import ReadingState
from reviewer.domain.vocabulary.coverage import find_assessable_keys


def covered(reader):
    return find_assessable_keys(reader.reader.reading.coverage)


def regions_of(reader, *keys):
    views = {view.key: set(view.regions) for view in reader.reader.vocabulary.views}
    return set().union(*(views[key] for key in keys))


NEVER = (
    "Never shown: back, backs of the hands, palms, soles, head from both sides, back of the head, "
    "sides of the body"
)


def test_whole_views_by_digit_and_single_regions_by_typing(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    assert reader.reading.side.covers.text() == "Coverage: nothing said"
    reader.presses("Shift+B", "5", "8", "4").presses("Esc")
    assert covered(reader) == regions_of(reader, "face", "soles")
    assert reader.reading.side.covers.text() == "Covers: face, soles, both sides"
    reader.presses("Shift+B", "8", "4", "Esc")
    reader.presses("Shift+B").types("nose lim").presses("Enter", "Esc").is_saved()
    assert covered(reader) == regions_of(reader, "face") - {"nose"}
    assert dict(reader.reader.reading.coverage)["nose"] == "limited"
    assert reader.reading.side.covers.text() == "Covers: face, limited: nose"
    assert reader.reading.side.body_map.legend == "grey: assessable · hatched: limited"
    assert reader.reader.position == 0, "no digit and no letter went to the photograph"
    assert reader.terms == []
    reader.presses("Shift+B").types("clear").presses("Enter", "Esc")
    assert reader.reader.reading.coverage == ()


def test_as_on_the_previous_photo_and_what_was_never_shown(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    assert reader.reading.header.gaps.text() == ""
    reader.presses("Shift+N")
    assert "first photo of this individual" in reader.said
    reader.presses("Shift+B", "1", "Esc")
    assert reader.reading.header.gaps.text() == NEVER
    reader.presses("N", "Enter").sees_photo(1).presses("N", "Shift+Enter", "Shift+N").is_saved()
    assert covered(reader) == regions_of(reader, "front")
    reader.presses("Shift+B", "2", "Esc")
    without = NEVER.replace(" back,", "", 1).replace(", sides of the body", "")
    assert reader.reading.header.gaps.text() == without
    reader.presses("Left").sees_photo(0)
    assert reader.reading.header.gaps.text() == without
    assert reader.reader.reading.state is ReadingState.COMPLETE
    reader.presses("Ctrl+Right")
    assert reader.reading.header.gaps.text() == "", "another individual, of whom nothing is marked"
    reader.presses("Ctrl+Z").is_saved()
    assert reader.reading.header.gaps.text() == NEVER


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


def test_the_frame_is_asked_about_later_too(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Shift+J")
    assert reader.said.startswith("No view of the body is marked")
    reader.presses("Shift+B", "1", "5", "Shift+J", "7").is_saved()
    assert covered(reader) == view_of(reader, "front").within(0, 5)
    assert reader.reading.side.covers.text() == "Covers: front down to the knees"


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


def clicks_on_the_figures(reader, key):
    figures = reader.reading.coverage.figures.body_map
    QTest.mouseClick(figures, Qt.MouseButton.LeftButton, pos=figures.middle_of(key).toPoint())
    return reader.is_saved()


def chooses(reader, text):
    """Click an answer of the list."""
    answers = reader.reading.box.findChild(QListWidget)
    row = next(row for row, each in enumerate(reader.reading.box.texts()) if text in each)
    answers.scrollToItem(answers.item(row))
    at = answers.visualItemRect(answers.item(row)).center()
    QTest.mouseClick(answers.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_all_of_it_by_mouse_alone(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    front, left = view_of(reader, "front"), Qt.MouseButton.LeftButton
    QTest.mouseClick(reader.reading.side.covers, left)
    chooses(reader, "Front of the body")
    assert "down to where" in reader.reading.box._line.accessibleName()
    clicks_on_the_figures(reader, "abdomen.lower")
    assert not reader.reading.box.is_asking, "a click says where the frame ends"
    assert covered(reader) == front.within(0, 3)
    QTest.mouseClick(reader.reading.side.covers, left)
    figures = reader.reading.coverage.figures
    QTest.mouseClick(figures.buttons["hands"], left)
    clicks_on_the_figures(reader, "palm.L")
    assert covered(reader) == front.within(0, 3) | {"palm.L"}
    clicks_on_the_figures(reader, "palm.L")
    assert covered(reader) == front.within(0, 3)
    chooses(reader, "Feet: which")
    assert figures.body_map.page.key == "feet"
    chooses(reader, "Sole, left")
    assert covered(reader) == front.within(0, 3) | {"sole.L", "toes.L/under"}


def test_a_click_beside_the_view_does_not_say_where_it_ends(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("Shift+B", "1")
    clicks_on_the_figures(reader, "calf.L")
    assert reader.reading.box.is_asking
    assert covered(reader) == set(view_of(reader, "front").regions)
    reader.presses("Esc")


def test_the_figures_of_the_body_map_are_turned_by_key_and_by_mouse(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    side = reader.reading.side
    assert side.body_map.page.key == "body"
    pages = [reader.presses("Shift+H").reading.side.body_map.page.key for _press in range(6)]
    assert pages == ["sides", "head", "hands", "feet", "genitals", "body"]
    QTest.mouseClick(side.maps.buttons["head"], Qt.MouseButton.LeftButton)
    assert side.body_map.page.key == "head"
    assert [key for key, button in side.maps.buttons.items() if button.isChecked()] == ["head"]
    reader.presses("2").points_at("mastoid.L").is_saved()
    assert reader.reader.require_selected().regions == ("mastoid.L",)
    reader.places("sole l").is_saved()
    reader.presses("B")
    assert side.body_map.isHidden()
    reader.presses("B")


def test_the_page_that_shows_the_region_of_a_finding_comes_on(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("2").places("tongue").is_saved()
    assert reader.reading.side.body_map.page.key == "head"


def test_coverage_of_an_earlier_version_is_read_and_counts_for_no_side(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    photo = reader.reader.photo.sha256
    earlier = {"wrist.L": "assessable", "nose": "assessable"}
    reader.reader.submit(Draft(acts.COVERAGE_SET, photo, {"regions": earlier}))
    reader.is_saved()
    side = reader.reading.side
    assert side.covers.text() == "Covers: nose, side not said: wrist, left"
    assert "dotted: side not said" in side.body_map.legend
    reader.presses("Right").sees_photo(1).presses("N", "Shift+Enter", "Shift+N").is_saved()
    assert side.covers.text() == "Covers: nose, side not said: wrist, left"
    reader.presses("Shift+B").types("wrist l back").presses("Enter", "Esc").is_saved()
    assert side.covers.text() == "Covers: nose; wrist, left (back)", "what is said of a side takes its place"


def test_the_aspect_of_a_finding_is_asked_where_its_region_has_one(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("2").places("thigh front l").presses("Y").types("aspect").presses("Enter")
    assert reader.reading.box.texts() == ["inner", "outer"]
    reader.presses("Esc", "Esc").places("thigh front l").places("nose").presses("Y")
    assert not [each for each in reader.reading.box.texts() if each.startswith("aspect")]
    reader.presses("Esc")
