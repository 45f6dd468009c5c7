"""What is covered, still coming or not in front cannot be judged: at the real window, by keyboard."""

import pytest

from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.reading import ReadingState
from reviewer.services.pictures.pictures import Picture, PictureRequest
from reviewer.services.reading.sight import Sight
from tests.support.waiting import until

JUDGING = (
    "5",
    "0",
    "/",
    "H",
    "T",
    "Q",
    "N",
    "U",
    "C",
    "Shift+B",
    "Shift+N",
    "Shift+C",
    "Shift+Enter",
    "Enter",
)


def entries(reader):
    return reader.is_saved().session.case.counts().entries


@pytest.fixture
def reader(desk, case_folder):
    sitting = desk().opens(case_folder).sees_photo(0).presses("1").is_saved()
    return sitting.sees_photo(0)


def test_under_the_cover_no_key_judges_and_the_screen_says_why(reader):
    before = entries(reader)
    reader.presses("X")
    for key in JUDGING:
        reader.presses(key)
        assert not reader.reading.box.is_asking, key
        assert reader.reader.position == 0
        assert reader.terms == ["neck.ligature_mark"], key
    assert reader.said.startswith("The photograph is covered.")
    assert entries(reader) == before
    reader.presses("S").types("behind the cover").presses("Esc", "X", "N", "5", "Enter", "Q").sees_photo(1)
    assert reader.session.desk.reading(reader.reader.worklist.items[0].sha256).state is ReadingState.COMPLETE


def test_a_photograph_that_is_not_painted_yet_is_not_judged_and_the_next_key_is(reader, monkeypatch):
    before, pictures = entries(reader), reader.session.services.pictures
    with monkeypatch.context() as nothing_comes:
        nothing_comes.setattr(pictures, "request", lambda _wanted, on_screen=(): None)
        reader.presses("End", "N", "5", "D", "Enter")
        assert reader.reading.canvas.sight() is Sight.COMING
        assert reader.reader.position == len(reader.reader.worklist) - 1
        assert reader.said.startswith("The photograph is not on screen yet.")
        assert entries(reader) == before
    reader.reading.refresh()
    reader.sees_photo().presses("N").is_saved()
    assert reader.session.case.counts().entries == before + 1


def test_a_neighbour_that_is_ready_is_judged_in_the_same_breath(reader):
    pictures = reader.session.services.pictures
    want = PictureRequest(reader.reader.worklist.items[1].sha256, reader.reading.canvas.box())
    until(lambda: isinstance(pictures.get(want), Picture), "the next photograph is decoded ahead")
    reader.presses("Right", "2", "Q", "Enter")
    assert reader.reader.position == 2
    assert reader.session.desk.reading(want.sha256).state is ReadingState.COMPLETE


def test_with_another_screen_in_front_nothing_is_judged(reader):
    reader.presses("G")
    before = entries(reader)
    for wish in (
        reader.reader.nothing_visible,
        reader.reader.complete,
        lambda: reader.reader.toggle_quick_tag(3),
    ):
        with pytest.raises(NotAllowed, match="not on screen"):
            wish()
    assert entries(reader) == before


def test_a_card_under_the_cover_is_neither_read_nor_said_to_be_none(reader):
    reader.presses("Ctrl+Shift+C")
    before, cards = entries(reader), reader.session.cards
    reader.window.binder.run("view.cover")
    reader.types("215").presses("Enter", "F3")
    reader.window.binder.run("cards.no-card")
    assert cards.view.covered
    assert entries(reader) == before
