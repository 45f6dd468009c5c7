"""No damaged picture is shown as whole: every verdict "whole" is held against a second decoder's.

A mutant that we call whole, and that does not look as it did before, must be sound for another decoder too.
"""

import random
import struct
import subprocess
import zlib

import pytest
from PIL import Image

from reviewer.domain.photo import ProblemKind
from reviewer.media.pool import DecoderPool
from tests.faults.test_hostile_files import broken
from tests.support.photos import encoded, picture

SECOND = {
    "JPEG": ["djpeg", "-outfile", "/dev/null"],
    "PNG": ["pngcheck", "-q"],
    "TIFF": ["tiffinfo", "-D"],
    "WEBP": ["webpinfo", "-quiet"],
}


@pytest.fixture
def pool():
    made = DecoderPool(2, proving=None)
    yield made
    made.close()


def seeds():
    made = picture(120, 90, 3)
    for name in ("JPEG", "PNG", "BMP", "GIF", "WEBP"):
        yield name, encoded(made, name)
    for mode in ("1", "L", "P", "RGBA", "LA"):
        yield "PNG", encoded(made.convert(mode), "PNG")
    yield "PNG", adam7(made)
    yield "WEBP", encoded(made, "WEBP", lossless=True)
    for how in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        yield "TIFF", encoded(made, "TIFF", compression=how)
    yield "GIF", encoded(made.convert("P"), "GIF", save_all=True, append_images=[picture(120, 90, 4)])


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def adam7(image):
    """The same picture in seven passes, each line without a filter."""
    width, height = image.size
    rows = b""
    for x, y, across, down in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        for line in range(y, height, down):
            rows += b"\0" + b"".join(
                bytes(image.getpixel((column, line))) for column in range(x, width, across)
            )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def with_data(content, change):
    """A PNG whose compressed data are changed, and whose checksums are right."""
    place, data, others = 8, b"", []
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        kind, inside = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        if kind == b"IDAT":
            data += inside
        else:
            others.append(chunk(kind, inside))
        place += 12 + length
    return content[:8] + b"".join([*others[:-1], chunk(b"IDAT", change(data)), others[-1]])


def complains(name, path):
    """What the second decoder says against a file, "" if nothing; None if there is none for its format."""
    if name not in SECOND:
        return None
    done = subprocess.run([*SECOND[name], str(path)], capture_output=True, text=True, timeout=60, check=False)
    return done.stderr or (done.stdout if done.returncode else "")


def pixels(pool, path):
    shown = pool.render_file(path, None).picture
    return shown and (shown.width, shown.height, shown.pixels)


def test_what_is_whole_for_us_is_whole_for_a_second_decoder(pool, tmp_path, rounds, promise):
    promise("R9 second", "No damaged picture is whole for us and damaged for a second decoder")
    rng, path, asked = random.Random(16), tmp_path / "mutant", 0
    whole = []
    for name, content in seeds():
        path.write_bytes(content)
        found = pool.examine_file(path)
        assert found.photo.damage == "", name
        whole.append((name, content, pixels(pool, path)))
    for number in range(rounds(160, 20_000)):
        name, content, looks = whole[number % len(whole)]
        path.write_bytes(broken(rng, content))
        found = pool.examine_file(path)
        promise.tried += 1
        if found.photo is None or found.photo.damage or pixels(pool, path) == looks:
            continue
        said = complains(name, path)
        asked += said is not None
        assert not said, f"{name}: whole for us; {said}"
    promise.seen = f"{asked:,} of them looked otherwise, were whole for us, and for the second decoder"


BROKEN_STREAMS = {
    "a byte": lambda data: data[:60] + bytes([data[60] ^ 16]) + data[61:],
    "its end": lambda data: data[: len(data) // 2],
    "its sum": lambda data: data[:-4] + b"\0\0\0\0",
    "too little": lambda data: zlib.compress(zlib.decompress(data)[:-200]),
    "too much": lambda data: zlib.compress(zlib.decompress(data) + bytes(500)),
    "behind it": lambda data: data + b"more",
    "a filter": lambda data: zlib.compress(b"\x09" + zlib.decompress(data)[1:]),
}


def test_a_png_whose_data_are_broken_is_marked_though_its_checksums_are_right(pool, tmp_path):
    made, path = picture(120, 90, 5), tmp_path / "broken.png"
    for whole in (encoded(made, "PNG"), adam7(made), encoded(made.convert("P"), "PNG")):
        path.write_bytes(with_data(whole, lambda data: data))
        assert pool.examine_file(path).photo.damage == ""
        for how, change in BROKEN_STREAMS.items():
            path.write_bytes(with_data(whole, change))
            found = pool.examine_file(path)
            assert found.problem is not None or found.photo.damage, how
            shown = pool.render_file(path, (60, 60))
            assert shown.problem is not None or shown.picture.damage, how


def test_a_file_without_its_last_bytes_is_marked_or_a_problem(pool, tmp_path):
    path = tmp_path / "cut"
    for name in ("BMP", "GIF", "WEBP", "TIFF"):
        whole = encoded(picture(120, 90, 5), name)
        for gone in (3, 40):
            path.write_bytes(whole[:-gone])
            found = pool.examine_file(path)
            assert found.problem is not None or found.photo.damage, (name, gone)


def test_a_file_whose_description_is_gone_is_said_to_end_early(pool, tmp_path):
    """A TIFF that is described at its end, and a WebP, whose decoder gives all or nothing."""
    path = tmp_path / "cut"
    for name, options in (("TIFF", {"compression": "tiff_lzw"}), ("WEBP", {})):
        whole = encoded(picture(320, 240, 5), name, **options)
        path.write_bytes(whole[: len(whole) // 2])
        assert pool.examine_file(path).problem.kind is ProblemKind.TRUNCATED


def test_what_is_said_behind_the_picture_of_a_png_is_still_read(pool, tmp_path):
    """Orientation is asked for without decoding: an error of the picture would be lost there."""
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = encoded(picture(120, 90, 5), "PNG")
    late = whole[:-12] + chunk(b"eXIf", exif.tobytes().removeprefix(b"Exif\0\0")) + whole[-12:]
    (tmp_path / "late.png").write_bytes(late)
    assert pool.examine_file(tmp_path / "late.png").photo.orientation == 6
