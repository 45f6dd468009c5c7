"""What is on screen has the processors to itself: nothing is made ahead meanwhile, where they are few."""

import os
import threading

import pytest

from reviewer.media.workers.pool import Picture
from reviewer.services.pictures.pictures import PictureLoader, PictureRequest

BOX = (40, 40)
SHOWN, AHEAD, FURTHER = (PictureRequest(letter * 64, BOX) for letter in "abc")
PICTURE = Picture(1, 1, 4, b"\0\0\0\0")


class HeldPool:
    """Two decoders: each picture waits until it is let go."""

    workers = 2
    prover = None

    def stand_by(self):
        pass


class HeldDecoding:
    """`begun` are the wants in the order in which they were begun."""

    def __init__(self, monkeypatch, cores):
        self.begun, self.done = [], []
        self._changed = threading.Condition()
        self._let_go = set()
        monkeypatch.setattr(os, "cpu_count", lambda: cores)
        monkeypatch.setattr(PictureLoader, "_decode", lambda _loader, want: self._decode(want))
        self.loader = PictureLoader(None, HeldPool(), lambda work: work(), self._take)

    def _decode(self, want):
        with self._changed:
            self.begun.append(want)
            self._changed.notify_all()
            assert self._changed.wait_for(lambda: want in self._let_go, 20)
        return PICTURE

    def _take(self, want, _answer):
        with self._changed:
            self.done.append(want)
            self._changed.notify_all()

    def finishes(self, want):
        with self._changed:
            self._let_go.add(want)
            self._changed.notify_all()
            assert self._changed.wait_for(lambda: want in self.done, 20)

    def begins(self, *wants):
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.begun) >= len(wants), 20), self.begun
            assert set(self.begun) == set(wants)


@pytest.fixture
def held(monkeypatch):
    made = []

    def make(cores):
        made.append(HeldDecoding(monkeypatch, cores))
        return made[0]

    yield make
    for decoding in made:
        decoding._let_go |= {SHOWN, AHEAD, FURTHER}
        with decoding._changed:
            decoding._changed.notify_all()
        decoding.loader.close()


def test_with_as_many_decoders_as_cores_what_is_ahead_waits_for_what_is_on_screen(held):
    decoding = held(2)
    decoding.loader.request([SHOWN, AHEAD, FURTHER], on_screen=[SHOWN])
    decoding.begins(SHOWN)
    with decoding.loader._condition:
        assert not decoding.loader._may_begin(AHEAD)
    decoding.finishes(SHOWN)
    decoding.begins(SHOWN, AHEAD, FURTHER)


def test_what_is_on_screen_together_is_made_together(held):
    decoding = held(2)
    decoding.loader.request([SHOWN, AHEAD], on_screen=[SHOWN, AHEAD])
    decoding.begins(SHOWN, AHEAD)


def test_with_cores_to_spare_nothing_waits(held):
    decoding = held(8)
    decoding.loader.request([SHOWN, AHEAD], on_screen=[SHOWN])
    decoding.begins(SHOWN, AHEAD)


def test_what_was_left_holds_nothing_up(held):
    """The reader went on: the photograph before is still being decoded, and nobody waits for it."""
    decoding = held(2)
    decoding.loader.request([SHOWN, AHEAD], on_screen=[SHOWN])
    decoding.begins(SHOWN)
    decoding.loader.request([AHEAD, FURTHER], on_screen=[AHEAD])
    decoding.begins(SHOWN, AHEAD)
    decoding.finishes(AHEAD)
    decoding.begins(SHOWN, AHEAD, FURTHER)
