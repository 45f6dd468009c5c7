"""What is kept of decoded photographs: the neighbours on screen next, before a whole one that was left."""

import pytest

from reviewer.media.workers.pool import Picture
from reviewer.services.pictures import pictures
from reviewer.services.pictures.pictures import PictureLoader, PictureRequest


class IdlePool:
    workers = 0
    prover = None

    def stand_by(self):
        pass


@pytest.fixture
def loader(monkeypatch):
    """Keeps six pictures fitted to the screen, or a whole one and two of these."""
    monkeypatch.setattr(pictures, "CACHE_BYTES", 60)
    made = PictureLoader(None, IdlePool(), lambda work: work(), lambda _want, _answer: None)
    yield made
    made.close()


def fitted(letter):
    return PictureRequest(letter * 64, (40, 40))


def whole(letter):
    return PictureRequest(letter * 64, None)


def keep(loader, *wants):
    for want in wants:
        size = 40 if want.box is None else 10
        with loader._condition:
            loader._add_to_cache(want, Picture(1, 1, 4, bytes(size)))


def test_a_whole_photograph_that_was_left_goes_before_fitted_ones_that_are_older(loader):
    loader.request([], on_screen=[fitted("b")])
    keep(loader, fitted("a"), fitted("b"), whole("a"), fitted("c"))
    assert loader.get(whole("a")) is None
    assert all(loader.get(fitted(letter)) for letter in "abc")


def test_the_whole_photograph_on_screen_stays(loader):
    loader.request([], on_screen=[fitted("b"), whole("b")])
    keep(loader, fitted("a"), fitted("b"), whole("b"), fitted("c"))
    assert loader.get(whole("b"))
    assert loader.get(fitted("a")) is None
    assert loader.get(fitted("b")) and loader.get(fitted("c"))


def test_otherwise_what_was_wanted_the_longest_ago_goes(loader):
    keep(loader, *map(fitted, "abcdef"))
    loader.request([fitted("a")], on_screen=[fitted("a")])
    keep(loader, fitted("g"))
    assert loader.get(fitted("b")) is None
    assert all(loader.get(fitted(letter)) for letter in "acdefg")
