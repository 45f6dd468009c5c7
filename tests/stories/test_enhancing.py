"""Enhancing the view: it is said, kept with the finding, shown again, and never taken for the photograph."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QSlider

from reviewer.domain.reading.enhancement import EnhancementChain
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.qt.canvas.layers import PictureLayer
from tests.support.cases import ingested, made_case
from tests.support.photos import jpeg
from tests.support.waiting import until


def shows(reader, chain):
    """Wait until the picture on screen was made through this chain."""
    until(
        lambda: reader.reading.feed.shown[0] == EnhancementChain(chain.active), "the view through the steps"
    )
    return reader.reading.canvas.grab().toImage()


def pixels(reader):
    """The picture itself, without what is written over it."""
    canvas = reader.reading.canvas
    return canvas.layers.pixmap(canvas.shown_layer()).toImage().copy()


@pytest.fixture
def reader(desk, case_folder):
    return desk().opens(case_folder).sees_photo(0)


@pytest.fixture
def large_photo(tmp_path):
    """A case with one photograph that is larger than the screen."""
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "large.jpg").write_bytes(jpeg(2400, 1800, seed=5))
    case = made_case(tmp_path)
    ingested(case, tmp_path / "drive")
    case.close()
    return case.folder


def adds_step(reader, typed):
    reader.presses("Shift+E").types(typed).presses("Enter")
    return reader.reading.looking.chain


def test_a_step_is_added_said_and_taken_back_with_one_key(reader):
    before = pixels(reader)
    chain = adds_step(reader, "gamma")
    shows(reader, chain)
    assert "NOT THE ORIGINAL" in reader.reading.canvas.banner
    assert "enhanced view" in reader.reading.info.view.text()
    assert pixels(reader) != before
    reader.presses("Shift+A")
    assert pixels(reader) == before
    assert reader.reading.canvas.banner == ""
    reader.presses("Shift+A")
    shows(reader, chain)
    assert pixels(reader) != before


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_steps_stand_in_the_lower_part_of_the_panel_and_move_nothing(reader, scale):
    reader.window.resize(1366, 768)
    reader.window.appearance.wear("dark", scale)
    QApplication.processEvents()
    screen, side = reader.reading, reader.reading.side
    parts = (screen.canvas, side.findings, side.detail, side.whole)
    before = [(part.geometry(), part.width()) for part in parts]
    reader.presses("F5")
    QApplication.processEvents()
    assert side.isAncestorOf(screen.enhance) and screen.enhance.isVisible()
    assert not side.quick_tags.isVisible() and not side.note.isVisible()
    assert [(part.geometry(), part.width()) for part in parts] == before
    assert side.findChild(QScrollArea).horizontalScrollBar().maximum() == 0
    adds_step(reader, "gamma")
    assert screen.enhance._count.text() == "1 on"
    reader.presses("2")
    assert reader.terms == ["blunt.bruise"], "the keys of the tags work beneath"
    reader.presses("S")
    assert side.note.hasFocus() and not screen.enhance.isVisible(), "a note is written where it stands"
    reader.presses("Esc")
    assert [(part.geometry(), part.width()) for part in parts] == before


def test_while_a_is_held_the_photograph_is_as_it_is(reader):
    before = pixels(reader)
    chain = adds_step(reader, "red-free")
    shows(reader, chain)
    after = pixels(reader)
    canvas = reader.reading.canvas
    view = canvas.view
    assert canvas.banner.endswith("\toriginal: hold A")
    QTest.keyPress(canvas, "a")
    assert pixels(reader) == before
    assert canvas.banner == "ORIGINAL: the steps are held off."
    assert canvas.view == view, "the photograph stays where it is, or nothing could be compared"
    QTest.keyRelease(canvas, "a")
    shows(reader, chain)
    assert pixels(reader) == after


def test_the_next_photograph_is_as_it_is_unless_the_steps_are_kept(reader):
    chain = adds_step(reader, "gamma")
    shows(reader, chain)
    reader.presses("Right").sees_photo(1)
    assert reader.reading.looking.chain == EnhancementChain()
    assert reader.reading.canvas.banner == ""
    chain = adds_step(reader, "gamma")
    reader.reading.enhance._keep.setChecked(True)
    reader.presses("Right").sees_photo(2)
    shows(reader, chain)
    assert "NOT THE ORIGINAL" in reader.reading.canvas.banner


def test_a_finding_keeps_how_it_was_seen_and_it_can_be_shown_again(reader):
    chain = adds_step(reader, "local contrast")
    shows(reader, chain)
    reader.presses("Z", "+", "]")
    canvas = reader.reading.canvas
    until(
        lambda: canvas.shown_layer() is PictureLayer.FULL or canvas.layers.best is PictureLayer.FITTED,
        "the pixels",
    )
    QApplication.processEvents()
    seen = canvas.grab().toImage()
    reader.presses("2").is_saved()
    recipe = reader.finding.display_recipe
    assert recipe.chain == chain
    assert (recipe.scale, recipe.angle) == (1_250_000, 9000)
    assert recipe.engine.startswith("opencv")
    reader.presses("Shift+A", "[", "Ctrl+0", "Right").sees_photo(1)
    reader.presses("Left").sees_photo(0)
    reader.presses("Shift+D")
    shows(reader, chain)
    assert "Local contrast" in reader.said
    reader.reading.message.show_usual()  # it lies over the foot of the photograph
    assert canvas.grab().toImage() == seen


def test_definite_only_in_an_enhanced_view_is_flagged_until_it_is_seen_in_the_original(reader):
    shows(reader, adds_step(reader, "gamma"))
    reader.presses("2", "Q")
    assert reader.finding.certainty is Certainty.DEFINITE
    assert reader.finding.is_only_enhanced
    row = reader.reading.side.findings._rows.index(0)
    assert "seen only enhanced" in row.data(Qt.ItemDataRole.ToolTipRole)
    reader.presses("Shift+A", "Q").is_saved()
    assert not reader.finding.is_only_enhanced


@pytest.mark.parametrize(
    ("typed", "step", "warning"),
    [
        ("local contrast", "Local contrast (CLAHE)", "compression blocks look like marks"),
        ("unsharp", "Unsharp mask", "halos look like tramlines"),
        ("single", "Single channel", "no alternate light"),
        ("decorrelation", "Decorrelation stretch", "false colours"),
    ],
)
def test_what_is_seen_only_through_exploration_is_flagged_as_that(reader, typed, step, warning):
    shows(reader, adds_step(reader, typed))
    assert reader.reading.canvas.banner.startswith(f"EXPLORATION ONLY, {warning}: {step}")
    reader.presses("2", "W")
    assert reader.finding.explored_by == (step,)
    row = reader.reading.side.findings._rows.index(0)
    assert "seen only through exploration" in row.data(Qt.ItemDataRole.ToolTipRole)
    reader.presses("Shift+A")
    assert reader.reading.canvas.banner == ""
    reader.presses("W").is_saved()
    assert reader.finding.explored_by == ()


def test_a_finding_made_in_the_original_view_is_not_flagged(reader):
    reader.presses("2", "Q")
    assert reader.finding.seen_as_is
    assert reader.finding.display_recipe.is_as_it_is
    shows(reader, adds_step(reader, "gamma"))
    reader.presses("Q")
    assert not reader.finding.is_only_enhanced


def test_a_slider_changes_the_view_while_it_moves_and_steps_can_be_moved_and_removed(reader):
    reader.presses("F5")
    adds_step(reader, "gamma")
    chain = adds_step(reader, "contrast")
    shows(reader, chain)
    slider = reader.reading.enhance.boxes[0].findChild(QSlider)
    slider.setValue(220)
    assert reader.reading.looking.chain.steps[0].value("gamma") == 220
    shows(reader, reader.reading.looking.chain)
    reader.reading.enhance._apply_button(0, "down")
    assert [step.tool for step in reader.reading.looking.chain.steps] == ["contrast", "gamma"]
    reader.reading.enhance._apply_button(0, "remove")
    assert [step.tool for step in reader.reading.looking.chain.steps] == ["gamma"]
    shows(reader, reader.reading.looking.chain)


def test_a_slider_dragged_while_the_photograph_changes_touches_no_other_photograph(reader):
    reader.presses("F5")
    adds_step(reader, "gamma")
    slider = reader.reading.enhance.boxes[0].findChild(QSlider)
    for value in range(100, 300, 20):
        slider.setValue(value)
    reader.presses("Right")
    slider.setValue(60)
    reader.sees_photo(1)
    until(
        lambda: reader.reading.feed.shown[0] == EnhancementChain(reader.reading.looking.chain.active),
        "the view",
    )
    assert reader.reading.feed.original() is not None
    assert reader.reader.position == 1
    assert bool(reader.reading.canvas.banner) == bool(reader.reading.looking.chain.active)


def test_steps_are_kept_under_a_name_and_used_again(reader):
    chain = adds_step(reader, "levels")
    reader.presses("Shift+K").types("pale skin").presses("Enter")
    assert "pale skin" in reader.said
    reader.presses("Right").sees_photo(1)
    reader.presses("Shift+P").types("pale").presses("Enter")
    shows(reader, chain)


def test_white_balance_from_a_spot(reader):
    reader.presses("Shift+W").clicks((40, 30))
    (step,) = reader.reading.looking.chain.steps
    assert step.tool == "white-balance"
    assert reader.reading.canvas.tool is None
    shows(reader, reader.reading.looking.chain)


def test_what_was_never_on_screen_at_full_size_is_hatched(desk, case_folder):
    reader = desk()
    reader.window.resize(1024, 680)
    reader.opens(case_folder).sees_photo(0)
    reader.presses("Shift+U")
    assert reader.reading.canvas.unseen_shown
    assert "% of this photograph was on screen at 100 %" in reader.said
    reader.presses("Z")
    until(lambda: reader.reading.canvas.seen.permille > 0, "something seen at 100 %")


def test_the_full_size_comes_through_the_steps_too(desk, large_photo):
    reader = desk().opens(large_photo).sees_photo(0)
    chain = adds_step(reader, "gamma")
    shows(reader, chain)
    reader.presses("Z")
    until(lambda: reader.reading.canvas.shown_layer() is PictureLayer.FULL, "the whole photograph")
    assert reader.reading.feed.shown[0] == chain
    until(lambda: reader.reading.canvas.seen.permille > 0, "something seen at 100 %")
    reader.presses("Shift+A")
    until(lambda: reader.reading.canvas.shown_layer() is PictureLayer.FULL, "the whole original")
    reader.reader.toggle_quick_tag(1)
    assert reader.finding.display_recipe.picture == (2400, 1800)


def test_the_full_size_that_was_made_ready_while_the_reader_looked_is_used(desk, large_photo):
    reader = desk().opens(large_photo).sees_photo(0)
    feed = reader.reading.feed
    until(lambda: PictureLayer.FULL in feed._originals, "the whole photograph, unasked")
    chain = adds_step(reader, "gamma")
    chain = adds_step(reader, "clahe")
    shows(reader, chain)
    reader.presses("Z")
    until(lambda: reader.reading.canvas.shown_layer() is PictureLayer.FULL, "the whole photograph")
    reader.presses("]")
    until(lambda: reader.reading.canvas.seen.permille > 0, "something seen at 100 %")


def test_a_histogram_shows_the_photograph_as_it_is_and_as_it_is_shown(reader):
    histogram = reader.reading.histogram
    reader.presses("F5")
    until(lambda: bool(histogram.original), "the photograph is counted")
    assert abs(sum(histogram.original) - 1) < 1e-9
    shows(reader, adds_step(reader, "exposure"))
    until(lambda: find_middle(histogram.shown) > find_middle(histogram.original) + 1, "it is shown brighter")
    reader.presses("Shift+A")
    until(lambda: histogram.shown == histogram.original, "as it is")
    histogram.shown = (0.25, *(0.0,) * 62, 0.75)
    assert histogram.describe_ends() == "25% black, 75% white"


def find_middle(shares):
    return sum(place * share for place, share in enumerate(shares))
