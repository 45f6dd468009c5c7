"""The thread and the process behind OCR at the card desk: begun late, ended when idle, never in the way."""

import contextlib
import threading
from types import SimpleNamespace

import pytest

from reviewer.domain.ledger.entry import Entry
from reviewer.domain.photos.photo import Capture, Photo
from reviewer.media.workers.pool import Picture
from reviewer.services.cards import ocr_suggestions
from reviewer.services.cards.ocr_suggestions import CardSuggestions, to_upright_area
from reviewer.services.events import Event
from reviewer.services.jobs import post_at_once
from reviewer.services.pictures.pictures import MissingPicture
from reviewer.services.reading.act_queue import SharedChange
from tests.support.patience import PATIENCE
from tests.support.shared import CARD


class Process:
    """Reads "215" on everything, and counts what is done to it."""

    layers = ("none",)

    def __init__(self):
        self.ended, self.closed = threading.Event(), threading.Event()
        self.areas = []

    def read(self, _picture, area):
        self.areas.append(area)
        return ("215",)

    def interrupt(self):
        pass

    def end(self):
        self.ended.set()

    def close(self):
        self.closed.set()


def photo(orientation=1):
    return Photo("a" * 64, 1, "JPEG", 40, 30, orientation, Capture(), "0" * 16)


def kept(subject="a" * 64, how="saved", **body):
    values = {"act": "card.transcribed", "subject": subject, "body": {**CARD, "pass": "first", **body}}
    entry = SimpleNamespace(**values, author="e", at="2026-01-01")
    return SharedChange(how, entry)


@pytest.fixture
def beside(monkeypatch):
    """Suggestions with a stand-in for each thing they ask, and an event for each answer."""
    made = []
    monkeypatch.setattr(ocr_suggestions.photos, "find_photo", lambda _connection, _sha256: photo())

    def begin(process, answer=None, **options):
        store = SimpleNamespace(read=contextlib.nullcontext)
        desk = SimpleNamespace(on_shared=Event(), case=SimpleNamespace(store=store))
        worklist = SimpleNamespace(position_of=lambda _sha256: 0, individual=lambda _position: -1)
        pictures = SimpleNamespace(decode_now=lambda _want: answer or Picture(40, 30, 160, bytes(4800)))
        options = {"trouble": lambda: "", "new_process": lambda: process, **options}
        found = CardSuggestions(desk, worklist, pictures, post_at_once, **options)
        found.switched_on = True
        found.arrived = threading.Event()
        found.on_change.connect(found.arrived.set)
        found.tell = desk.on_shared.emit
        made.append(found)
        return found

    yield begin
    for each in made:
        each.close()


def test_a_process_that_has_nothing_to_do_is_ended_and_the_thread_stays_for_the_next_card(beside):
    process = Process()
    found = beside(process, idle_seconds=0)
    found.tell(kept())
    assert process.ended.wait(PATIENCE)
    assert found.arrived.wait(PATIENCE)
    found.arrived.clear()
    found.tell(kept())
    assert found.arrived.wait(PATIENCE)
    assert not process.closed.is_set()
    found.close()
    assert process.closed.is_set()


def test_a_photograph_that_cannot_be_shown_is_a_sentence_and_begins_no_process(beside):
    process = Process()
    found = beside(process, MissingPicture("missing", "Is the drive connected?"))
    found.tell(kept())
    assert found.arrived.wait(PATIENCE)
    assert found.beside(None).line == "OCR: Is the drive connected?"
    assert found.layers() == ()
    assert process.areas == []


@pytest.mark.parametrize("switched_on, why_not", [(False, ""), (True, "not installed")])
def test_nothing_is_begun_unless_it_is_installed_and_wanted(beside, switched_on, why_not):
    found = beside(Process(), trouble=lambda: why_not)
    found.switched_on = switched_on
    assert not found.is_available()
    found.tell(kept())
    assert found._thread is None


def test_an_answer_about_an_entry_that_was_taken_back_meanwhile_is_dropped(beside):
    answered, go_on = threading.Event(), threading.Event()

    class Slow(Process):
        def read(self, picture, area):
            answered.set()
            assert go_on.wait(PATIENCE)
            return super().read(picture, area)

    process = Slow()
    found = beside(process)
    found.tell(kept())
    assert answered.wait(PATIENCE)
    found.tell(kept(how="undone"))
    go_on.set()
    found.close()
    assert (found.beside(None), process.areas) == ("", [(1, 2, 3, 4)])


def test_entries_of_another_pass_are_not_asked_about(beside):
    found = beside(Process())
    found.tell(kept(**{"pass": "second"}))
    assert found._thread is None


@pytest.mark.parametrize(
    "orientation, area",
    [(1, (1, 2, 3, 4)), (3, (36, 24, 3, 4)), (6, (24, 1, 4, 3)), (8, (2, 36, 4, 3))],
)
def test_a_box_of_recorded_pixels_is_an_area_of_the_upright_picture(orientation, area):
    assert to_upright_area(photo(orientation), (1, 2, 3, 4)) == area


def test_the_stand_in_for_an_entry_has_what_an_entry_has():
    assert {"act", "subject", "body", "author", "at"} <= set(Entry.__dataclass_fields__)
