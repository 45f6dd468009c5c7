"""A pool of the real decoders, and one of them that something happens to."""

import pytest

from reviewer.services.pictures.decoding import new_pool


@pytest.fixture
def pool():
    made = new_pool()
    yield made
    made.close()


class MishandledPool:
    """A pool: `before` gets number and path of each file, `after` makes another of the answer."""

    workers, askers, prover = 1, 1, None

    def __init__(self, pool, before=lambda _number, _path: None, after=lambda _path, found: found):
        self.asked = 0
        self._pool, self._before, self._after = pool, before, after

    def examine_several(self, paths, known):
        """Each by itself."""
        return [None for _path in paths]

    def examine_file(self, path, known):
        self.asked += 1
        self._before(self.asked, path)
        return self._after(path, self._pool.examine_file(path, known))


@pytest.fixture
def mishandled(pool):
    """Makes pools that something happens to."""
    return lambda **what: MishandledPool(pool, **what)
