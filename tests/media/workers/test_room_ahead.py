"""A whole photograph comes out the same, whether memory was made ready for it or not."""

import hashlib
import sys
from mmap import PAGESIZE

import pytest

from reviewer.media.workers import room_ahead
from reviewer.media.workers.buffers import Buffer
from reviewer.media.workers.pool import DecoderPool
from reviewer.media.workers.room_ahead import RoomAhead
from tests.support.photos import jpeg

SIZE = (2 << 20) + 4321


@pytest.fixture
def buffer():
    made = Buffer(4 << 20)
    yield made
    made.close()


@pytest.mark.parametrize("count", [0, 1, SIZE - 1, SIZE, SIZE + 1])
def test_what_is_copied_out_is_what_was_written_whatever_was_expected(buffer, count):
    ahead = RoomAhead(buffer, SIZE)
    buffer.view[:count] = hashlib.shake_128(b"pixels").digest(count)
    copied = ahead.copy_out(count)
    buffer.view[:count] = bytes(count)
    assert copied == hashlib.shake_128(b"pixels").digest(count)


@pytest.mark.parametrize("expected", [0, 10, 5 << 20])
def test_nothing_is_made_ready_for_what_is_small_or_does_not_fit(buffer, expected, monkeypatch):
    monkeypatch.setattr(room_ahead, "advise", lambda *said: pytest.fail(f"{said}"))
    buffer.view[:] = b"x" * buffer.size
    assert RoomAhead(buffer, expected).copy_out(3) == b"xxx"
    assert RoomAhead(buffer, expected).copy_out(SIZE) == b"x" * SIZE


@pytest.mark.skipif(sys.platform != "linux", reason="memory is made ready on Linux")
def test_making_ready_changes_no_byte_and_reaches_the_last_whole_page(buffer, monkeypatch):
    asked = []
    advise = room_ahead.advise
    monkeypatch.setattr(room_ahead, "advise", lambda *said: (asked.append(said), advise(*said)))
    buffer.view[:] = b"x" * buffer.size
    RoomAhead(buffer, SIZE).copy_out(SIZE)
    assert bytes(buffer.view) == b"x" * buffer.size
    (first, length, _advice), (copy, copy_length, _advice) = asked
    assert (first, length) == (buffer.address, SIZE // PAGESIZE * PAGESIZE)
    assert copy % PAGESIZE == 0 and SIZE - 2 * PAGESIZE < copy_length <= SIZE


@pytest.mark.parametrize("expected", [0, 4 * 1280 * 960, 4 * 1000 * 1000])
def test_a_whole_photograph_is_the_same_whatever_was_expected_of_it(tmp_path, expected):
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg(1280, 960))
    pool = DecoderPool(1, proving=None)
    try:
        plain = pool.render_file(path, None).picture
        assert pool.render_file(path, None, expected=expected).picture == plain
        assert len(plain.pixels) == 4 * 1280 * 960
    finally:
        pool.close()
