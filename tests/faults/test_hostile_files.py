"""Files made or broken to do harm: one row each, never the program; the next photograph comes at once."""

import struct
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import simplejpeg
from PIL import Image

from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.workers.pool import DecoderPool
from tests.faults.conftest import Rounds, is_full
from tests.support.patience import PATIENCE
from tests.support.photos import encoded, jpeg, picture


@pytest.fixture
def pool():
    made = DecoderPool(2)
    yield made
    made.close()


def broken(rng, content):
    """One of seven ways to break a file."""
    data = bytearray(content)
    place = rng.randrange(len(data))
    match rng.randrange(7):
        case 0:
            data[place] ^= 1 << rng.randrange(8)
        case 1:
            for _ in range(rng.randrange(1, 30)):
                data[rng.randrange(len(data))] = rng.randrange(256)
        case 2:
            del data[place:]
        case 3:
            del data[place : place + rng.randrange(1, 200)]
        case 4:
            data[place:place] = rng.randbytes(rng.randrange(1, 200))
        case 5:
            data[place : place + 60] = bytes(60)
        case 6:
            other = rng.randrange(len(data))
            data[place : place + 100] = data[other : other + 100]
    return bytes(data)


def as_decoded(content, *, strict):
    """The pixels of a JPEG by the decoder asked directly; None if it refuses, or complains when strict."""
    try:
        inks = simplejpeg.decode_jpeg_header(content, strict=False)[2] == "CMYK"
        return simplejpeg.decode_jpeg(content, "CMYK" if inks else "RGB", strict=strict)
    except Exception:
        return None


def must_be_marked(content, whole):
    """The decoder complains of a JPEG, and it does not look like what it was made from."""
    if as_decoded(content, strict=True) is not None:
        return False
    shown = as_decoded(content, strict=False)
    return shown is None or not np.array_equal(shown, as_decoded(whole, strict=True))


def test_mutants_cost_a_row_each_and_none_is_shown_as_whole(pool, tmp_path, rounds, chance, promise):
    promise("R8 R9", "No file can crash or hang the program, and no damaged photograph is shown as whole")
    rng = chance(8)
    seeds = [jpeg(320, 240, seed=n, progressive=bool(n % 2)) for n in range(6)]
    seeds += [encoded(picture(200, 150, n).convert("CMYK"), "JPEG", progressive=bool(n % 2)) for n in (7, 8)]
    seeds += [encoded(picture(200, 150, 3), name) for name in ("PNG", "TIFF", "BMP", "GIF", "WEBP")]
    path, photos, marked, complained = tmp_path / "mutant", 0, 0, 0
    going = Rounds(rounds(400, 10_000))
    while going.more(complained > 20):
        whole = seeds[going.done % len(seeds)]
        content = broken(rng, whole)
        path.write_bytes(content)
        found = pool.examine_file(path)
        assert (found.photo is None) != (found.problem is None)
        promise.tried += 1
        if found.photo is None:
            assert found.problem.reason.endswith(".")
            continue
        photos += 1
        marked += bool(found.photo.damage)
        if found.photo.format == "JPEG" and must_be_marked(content, whole):
            complained += 1
            assert found.photo.damage, "the decoder complained and nobody said so"
            assert pool.render_file(path, None).picture.damage
    promise.seen = (
        f"{promise.tried - photos:,} problems, {marked:,} shown as damaged, {photos - marked:,} as whole"
    )
    path.write_bytes(jpeg())
    assert pool.examine_file(path).photo is not None


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height, depth=8, colour=2, *extra, rows=b""):
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = chunk(b"IDAT", rows) if rows else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(extra) + body + chunk(b"IEND", b"")


def black(width, height, channels):
    """A picture of zeros, compressed: little to carry, much to hold."""
    made = zlib.compressobj(9)
    row = bytes(1 + width * channels)
    return b"".join([*(made.compress(row) for _line in range(height)), made.flush()])


def scans(count, side=1500):
    content = jpeg(side, side, progressive=True)
    start = content.rindex(b"\xff\xda")
    return content[:start] + content[start:-2] * count + content[-2:]


def claiming(side):
    content = bytearray(jpeg())
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", side, side)
    return bytes(content)


def many_frames():
    frames = [Image.new("P", (4, 4), n % 250) for n in range(2000)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


BOMBS = {
    "scans": lambda: scans(600),
    "scans below the limit": lambda: scans(490),
    "png 60000 square": lambda: png(60_000, 60_000),
    "png 12000 square": lambda: png(12_000, 12_000, rows=black(12_000, 12_000, 3)),
    "deep png": lambda: png(9_000, 9_000, 16, 6, rows=black(9_000, 9_000, 8)),
    "jpeg that claims 60000": lambda: claiming(60_000),
    "jpeg that claims 9000": lambda: claiming(9_000),
    "zTXt": lambda: png(
        8, 8, 8, 2, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200 << 20), 9)), rows=black(8, 8, 3)
    ),
    "many zTXt": lambda: png(
        8, 8, 8, 2, *[chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1 << 20), 9))] * 200, rows=black(8, 8, 3)
    ),
    "iCCP": lambda: png(
        8, 8, 8, 2, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200 << 20), 9)), rows=black(8, 8, 3)
    ),
    "gif of many frames": many_frames,
    "svg that uses itself": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><use href="#a"/></g></svg>'
    ),
    "svg of another file": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'
    ),
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n",
    "tiff loop": lambda: b"II*\0\x08\0\0\0\0\0\x08\0\0\0",
    "tiff of absurd count": lambda: b"II*\0\x08\0\0\0\xff\xff" + bytes(200),
    "bmp of absurd size": lambda: (
        b"BM" + bytes(8) + struct.pack("<IIiiHH", 54, 40, 60_000, 60_000, 1, 24) + bytes(30)
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_row_and_the_next_photograph_comes(pool, tmp_path, promise, name):
    promise(
        "R10",
        "A bomb costs at most its ten seconds and 4 GB; the next photograph is there within half a second",
    )
    (tmp_path / "bomb.jpg").write_bytes(BOMBS[name]())
    (tmp_path / "next.jpg").write_bytes(jpeg(640, 480))
    found = pool.examine_file(tmp_path / "bomb.jpg")
    assert (found.photo is None) != (found.problem is None)
    if name.startswith(("svg", "eps")):
        assert found.problem.kind is ProblemKind.NOT_A_PHOTOGRAPH
    if "60000" in name or "absurd size" in name:
        assert found.problem.kind is ProblemKind.TOO_LARGE
    began = time.monotonic()
    assert pool.render_file(tmp_path / "next.jpg", (100, 100)).picture.width == 100
    promise.tried, promise.seen = 1, f"next after {1000 * (time.monotonic() - began):.0f} ms"
    if is_full():
        assert time.monotonic() - began < 0.5


class Told(DecoderPool):
    """Tells when a worker is asked to decode a file; what kind it is, is asked besides."""

    def __init__(self):
        super().__init__(2, seconds=DEADLINE)
        self.asked = threading.Semaphore(0)
        self.stand_by()

    def _ask(self, worker, request, expected=0):
        if request["op"] != "tell":
            self.asked.release()
        return super()._ask(worker, request, expected)


DEADLINE = 4.0


@pytest.fixture
def told(tmp_path):
    """A pool whose processes run, and two files that keep any of them busy until the deadline."""
    pool = Told()
    (tmp_path / "next.jpg").write_bytes(jpeg(640, 480))
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(scans(490, 4000))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(pool.examine_file, [tmp_path / "next.jpg"] * 4))
        pool.asked = threading.Semaphore(0)
        yield pool, threads
    pool.close()


def soon(pool, path):
    """Render what is to be on screen; how long it took."""
    began = time.monotonic()
    assert pool.render_file(path, (100, 100)).picture.width == 100
    return time.monotonic() - began


def test_two_bombs_at_once_do_not_keep_the_next_photograph_from_the_screen(told, tmp_path, promise):
    promise("R10 two", "Two bombs at once: the next photograph is there within half a second")
    pool, threads = told
    bombs = [threads.submit(pool.examine_file, tmp_path / name) for name in ("a.jpg", "b.jpg")]
    for _bomb in bombs:
        assert pool.asked.acquire(timeout=PATIENCE)
    took = soon(pool, tmp_path / "next.jpg")
    assert not any(bomb.done() for bomb in bombs)
    assert [bomb.result().problem.kind for bomb in bombs] == [ProblemKind.TIMED_OUT] * 2
    promise.tried, promise.seen = 1, f"next after {1000 * took:.0f} ms"
    assert took < 0.5 or not is_full()


def test_where_all_processes_are_busy_the_screen_ends_a_file_that_is_examined_again(told, tmp_path):
    """Two bombs in ingest, one that the reader went on from: the fourth file is the one on screen."""
    pool, threads = told
    bombs = [threads.submit(pool.examine_file, tmp_path / name) for name in ("a.jpg", "b.jpg")]
    shown = threads.submit(pool.render_file, tmp_path / "c.jpg", None)
    for _bomb in (*bombs, shown):
        assert pool.asked.acquire(timeout=PATIENCE)
    soon(pool, tmp_path / "next.jpg")
    assert not any(each.done() for each in (*bombs, shown))
    kinds = [each.result().problem.kind for each in (*bombs, shown)]
    assert kinds == [ProblemKind.TIMED_OUT] * 3
    asked = 0
    while pool.asked.acquire(blocking=False):
        asked += 1
    assert asked == 2, "the fourth file, and again the one that was ended"


def test_a_photograph_of_150_megapixels_is_shown(pool, tmp_path, promise):
    promise("R10 large", "A photograph of 150 megapixels is a photograph")
    grey = np.full((10_000, 15_000), 90, np.uint8)
    grey[:200, :200] = 250
    path = tmp_path / "large.jpg"
    Image.fromarray(grey).save(path, "JPEG", quality=50)
    assert (pool.examine_file(path).photo.width, pool.examine_file(path).problem) == (15_000, None)
    assert pool.render_file(path, (300, 200)).picture.width == 300
    promise.tried = 1
