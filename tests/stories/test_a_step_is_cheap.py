"""What is done between a key and the next photograph, counted, so that it cannot grow unseen."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest

from reviewer.qt.reading.reading_screen import ReadingScreen
from tests.support.statements import recorded_statements
from tests.support.widget_events import settles, watched_events

STATEMENTS_OF_A_NEW_INDIVIDUAL = 14
"""Her photographs, Readings with what belongs to them, cards, areas, coverage, files of the same shot."""
PAINTS_OF_A_STEP = 60
LAYOUTS_OF_A_STEP = 24


@pytest.fixture
def reader(desk, case_folder):
    """At a photograph with two more of the same individual behind it, each of which was seen before."""
    examiner = desk().opens(case_folder).sees_photo(0)
    groups = examiner.reader.worklist.groups
    start = next(group.positions[0] for group in groups if len(group.positions) >= 3)
    for position in (start + 1, start):
        examiner.reader.go(position)
        examiner.sees_photo(position)
    QTest.qWait(60)  # longer than a held key: the pictures beside it are made now
    settles()
    return examiner


def test_nothing_is_asked_of_the_case_before_the_photograph_is_painted(reader):
    asked_before_paint = []

    def note_painted(paint):
        def paint_and_note(event):
            asked_before_paint.append(len(sent))
            paint(event)

        return paint_and_note

    canvas = reader.reading.canvas
    canvas.paintEvent = note_painted(canvas.paintEvent)
    for key in ("Right", "Right", "Ctrl+Right", "Left", "Right", "Ctrl+Left"):
        asked_before_paint.clear()
        with recorded_statements(of_this_thread=True) as sent:
            reader.presses(key)
        assert asked_before_paint, f"{key} painted the photograph"
        assert asked_before_paint[0] == 0, f"{key}: {sent[: asked_before_paint[0]]}"
        reader.sees_photo()
        settles()


def test_nothing_is_ordered_or_said_before_the_photograph_is_painted(reader, monkeypatch):
    """Ordering wakes decoders, which take a core from the painting; a line of text takes a layout."""
    done, canvas, info = [], reader.reading.canvas, reader.reading.info

    def noted(what, work):
        def note(*asked, **named):
            done.append(what)
            return work(*asked, **named)

        return note

    for what, owner, name in (
        ("painted", canvas, "paintEvent"),
        ("ordered", reader.session.services.pictures, "request"),
        ("said", info, "show_photo"),
    ):
        monkeypatch.setattr(owner, name, noted(what, getattr(owner, name)))
    reader.reading.feed.on_shown.connect(lambda _picture: done.append("said"))
    for key in ("Right", "Left", "Ctrl+Right"):
        done.clear()
        reader.presses(key).sees_photo()
        assert done[0] == "painted", f"{key}: {done}"
        assert {"ordered", "said"} <= set(done), f"{key}: {done}"


def test_a_step_to_the_same_individual_asks_only_for_files_of_the_same_shot(reader):
    with recorded_statements(of_this_thread=True) as sent:
        reader.presses("Right")
        settles()
    assert [words for words in sent if "FROM source_files" not in words] == []
    assert len(sent) <= 2, "ingest may have added some since, so they are asked for each time"


def test_a_step_to_another_individual_asks_for_all_of_hers_at_once(reader):
    with recorded_statements(of_this_thread=True) as sent:
        reader.presses("Ctrl+Right")
        settles()
    asked = [words for words in sent if "FROM previews" not in words]  # a small picture is a file of its own
    assert len(asked) <= STATEMENTS_OF_A_NEW_INDIVIDUAL, asked
    assert len(asked) == len(set(asked)), "nothing is asked photograph by photograph"


def test_a_step_paints_the_photograph_once_and_dresses_nothing_anew(reader):
    reader.presses("Right").sees_photo()
    settles()
    with watched_events() as watch:
        reader.presses("Left")
        settles()
    assert watch.by_class[QEvent.Type.Paint, "PhotoCanvas"] == 1
    for unchanged in (
        "BodyMapWidget",
        "QuickTags",
        "NoteField",
        "ReadingToolbar",
        "SearchField",
        "MapLegend",
    ):
        assert watch.by_class[QEvent.Type.Paint, unchanged] == 0, f"{unchanged} says what it said before"
    assert watch.by_type[QEvent.Type.Polish] == 0
    assert watch.by_type[QEvent.Type.StyleChange] == 0
    assert watch.by_type[QEvent.Type.FontChange] == 0
    assert watch.by_type[QEvent.Type.Paint] <= PAINTS_OF_A_STEP, watch.by_class
    assert watch.by_type[QEvent.Type.LayoutRequest] <= LAYOUTS_OF_A_STEP, watch.by_class


def test_what_is_counted_can_be_seen(reader):
    """The counting itself: a widget painted in vain, and a statement sent in vain, are noticed."""
    with watched_events() as watch, recorded_statements(of_this_thread=True) as sent:
        reader.reading.side.body_map.repaint()
        reader.session.desk.was_completed(reader.reader.sha256)
    assert watch.by_class[QEvent.Type.Paint, "BodyMapWidget"] == 1
    assert sent
    assert isinstance(reader.reading, ReadingScreen)
