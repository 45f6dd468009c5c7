"""While a key is held photographs are decoded one at a time, and the one on screen is always the next."""

import pytest

from reviewer.services.pictures.pictures import MissingPicture, PictureRequest


class ShortPause:
    """Says that each step came a moment after the one before."""

    def isValid(self):
        return True

    def start(self):
        pass

    def elapsed(self):
        return 10


class Rest:
    """The timer that fires when no key has come for a while: it runs, and never fires."""

    def isActive(self):
        return True

    def start(self, *_milliseconds):
        pass

    def stop(self):
        pass


@pytest.fixture
def held(desk, case_folder, monkeypatch):
    """Someone who holds the key to the next photograph; what is ordered meanwhile, and of what decoders."""
    examiner = desk().opens(case_folder).sees_photo(0)
    feed, pictures = examiner.reading.feed, examiner.session.services.pictures
    monkeypatch.setattr(feed, "_since", ShortPause())
    monkeypatch.setattr(feed, "_calm", Rest())
    examiner.ordered, examiner.busy = [], False
    monkeypatch.setattr(
        pictures, "request", lambda wanted, *, on_screen: examiner.ordered.append((wanted, on_screen))
    )
    monkeypatch.setattr(pictures, "is_decoding", lambda: examiner.busy)
    return examiner


def test_the_photograph_on_screen_is_ordered_alone_while_nothing_is_decoded(held):
    held.presses("Right")
    (wanted, on_screen) = held.ordered[-1]
    assert [want.sha256 for want in wanted] == [held.reader.sha256]
    assert {want.sha256 for want in on_screen} == {held.reader.sha256}


def test_nothing_is_ordered_while_another_one_is_decoded_and_then_the_one_on_screen(held):
    held.busy = True
    held.presses("Right").presses("Right")
    assert [wanted for wanted, _on_screen in held.ordered] == [[]] * len(held.ordered)
    held.busy = False
    earlier = PictureRequest("0" * 64, held.reading.canvas.box())
    held.reading.feed.take_picture(earlier, MissingPicture("missing", "It is not there."))
    assert [want.sha256 for want in held.ordered[-1][0]] == [held.reader.sha256]


def test_a_picture_is_painted_before_anything_is_said_of_it(desk, case_folder, monkeypatch):
    examiner = desk().opens(case_folder).sees_photo(0)
    feed, canvas, done = examiner.reading.feed, examiner.reading.canvas, []
    picture = feed.original()
    paint = canvas.paintEvent
    monkeypatch.setattr(canvas, "paintEvent", lambda event: (done.append("painted"), paint(event)))
    feed.on_shown.connect(lambda _picture: done.append("said"))
    feed.take_picture(PictureRequest(examiner.reader.sha256, canvas.box()), picture)
    assert done[:2] == ["painted", "said"]
