"""No damaged picture is shown as whole: every verdict "whole" is held against a second decoder's.

A mutant that we call whole, and that does not look as it did before, must be sound for another decoder too;
so must every file of the folders that REVIEWER_CORPUS names (as PATH does), and of the shared photographs.
"""

import os
import re
import struct
import subprocess
import zlib
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.decoding import bmp_rows, gif_blocks, palette, tiff_strips
from reviewer.media.workers.pool import DecoderPool
from tests.faults.test_hostile_files import broken
from tests.support.patience import PATIENCE
from tests.support.photos import encoded, picture
from tests.support.png_forms import PASSES, all_forms, chunk, png

PHOTOGRAPHS = Path(__file__).parents[3] / "shared" / "photos"
SECOND = {
    "JPEG": ["djpeg", "-outfile", "/dev/null"],
    "PNG": ["pngcheck", "-q"],
    "TIFF": ["tiffinfo", "-D"],
    "WEBP": ["webpinfo", "-quiet"],
    "GIF": ["giftopnm", "-quiet", "-image=1"],
    "BMP": ["bmptopnm", "-quiet"],
}
NOT_OF_THE_PICTURE = re.compile(
    r"Unknown field|not sorted in ascending|TIFFFetch|IFD looping|old-style|Old-style|MissingRequired: |"
    r"Cannot display data|SamplesPerPixel|does not end in null|^ERROR: |additional data after IEND|"
    r"Fractional scanline|process deltas|says height is zero|pal8os2sp.bmp: read error|"
    r"tEXt text|sTER|must precede PLTE|PLTE entries \(257\)",
)
"""What is said of tags, words and order, of what the other does not know itself, and sums of that."""


@pytest.fixture
def pool():
    made = DecoderPool(1, proving=None)
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
    for how, options in (("group3", 0), ("group3", 5), ("group4", 0), ("tiff_ccitt", 0)):
        yield "TIFF", encoded(made.convert("1"), "TIFF", compression=how, tiffinfo={292: options})
    yield "BMP", encoded(made.convert("P"), "BMP")
    yield "GIF", encoded(made.convert("P"), "GIF", save_all=True, append_images=[picture(120, 90, 4)])


def adam7(image):
    """The same picture in seven passes, each line without a filter."""
    width, height = image.size
    rows = b""
    for x, y, across, down in PASSES:
        for line in range(y, height, down):
            rows += b"\0" + b"".join(
                bytes(image.getpixel((column, line))) for column in range(x, width, across)
            )
    return png(struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1), rows)


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
    done = subprocess.run(
        [*SECOND[name], str(path)], capture_output=True, encoding="latin-1", timeout=PATIENCE, check=False
    )
    of_pixels = done.stdout if done.returncode and name not in {"GIF", "BMP"} else ""
    return done.stderr or of_pixels or ("it gave up" if done.returncode else "")


def pixels(pool, path):
    shown = pool.render_file(path, None).picture
    return shown and (shown.width, shown.height, shown.pixels)


def test_what_is_whole_for_us_is_whole_for_a_second_decoder(pool, tmp_path, rounds, chance, promise):
    promise("R9 second", "No damaged picture is whole for us and damaged for a second decoder")
    rng, path, asked = chance(16), tmp_path / "mutant", 0
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


def files_to_try(rng, most):
    """Files of the folders that are there, in an order at random."""
    named = [Path(each) for each in os.environ.get("REVIEWER_CORPUS", "").split(os.pathsep) if each]
    given = sorted(path for each in (PHOTOGRAPHS, *named) for path in each.rglob("*") if path.is_file())
    rng.shuffle(given)
    return given[: None if named else most]


def is_marked(pool, path, pictures):
    """Whether any of several pictures in a file is."""
    shown = (pool.render_file(path, (40, 40), page) for page in range(2, pictures + 1))
    return any(each.picture is None or each.picture.damage for each in shown)


def test_files_of_corpora_that_are_whole_for_us_are_whole_for_a_second_decoder(pool, rounds, chance, promise):
    promise("R9 corpora", "No file of public suites is whole for us and damaged for a second decoder")
    seen, wrong = Counter(), []
    for path in files_to_try(chance(17), rounds(25, 100_000)):
        photo = pool.examine_file(path).photo
        promise.tried += 1
        if photo is None or photo.damage or is_marked(pool, path, len(photo.pictures)):
            seen["marked" if photo else "no photograph or a problem"] += 1
            continue
        said = complains(photo.format, path)
        seen["whole, nobody asked" if said is None else "whole for both"] += 1
        if said and any(line.strip() and not NOT_OF_THE_PICTURE.search(line) for line in said.splitlines()):
            wrong.append(f"{path}: whole for us; {said}")
    promise.seen = ", ".join(f"{count:,} {what}" for what, count in sorted(seen.items()))
    assert not wrong, "\n".join(wrong)


def test_a_png_of_every_form_is_whole_and_broken_it_is_marked(pool, tmp_path, chance):
    rng, path = chance(18), tmp_path / "form.png"
    hows = list(BROKEN_STREAMS.items())
    for number, (form, whole) in enumerate(all_forms(rng)):
        path.write_bytes(whole)
        found = pool.examine_file(path)
        assert found.problem is None and found.photo.damage == "", (form, found.problem)
        assert not complains("PNG", path), form
        if whole.startswith(TINY, 16):
            continue
        for how, change in (hows[number % len(hows)], hows[(number + 3) % len(hows)]):
            path.write_bytes(with_data(whole, change))
            found = pool.examine_file(path)
            assert found.problem is not None or found.photo.damage, (form, how)


def test_a_gif_whose_picture_has_no_colours_or_no_room_is_marked(pool, tmp_path):
    whole = bytearray(encoded(picture(40, 30, 5).convert("P"), "GIF"))
    (_tables, begin), path = (whole[10], 13 + (3 << (whole[10] & 7) + 1)), tmp_path / "a.gif"
    assert damage_of(pool, path, bytes(whole)) == ""
    colourless = bytes(whole[:10]) + bytes([whole[10] & 0x7F]) + bytes(whole[11:13]) + bytes(whole[begin:])
    assert damage_of(pool, path, colourless) == gif_blocks.NO_COLOURS
    place = whole.index(b",", begin)
    whole[place + 1] = 5
    assert damage_of(pool, path, bytes(whole)) == gif_blocks.OUTSIDE


def damage_of(pool, path, content):
    path.write_bytes(content)
    found = pool.examine_file(path)
    assert found.problem is None, found.problem
    return found.photo.damage


def test_lines_put_into_a_bitmap_are_marked(pool, tmp_path):
    whole = encoded(picture(40, 30, 5), "BMP")
    assert damage_of(pool, tmp_path / "a.bmp", whole) == ""
    assert damage_of(pool, tmp_path / "a.bmp", whole[:200] + bytes(120) + whole[200:]) == bmp_rows.LENGTH


def test_a_pixel_whose_colour_the_file_does_not_give_is_marked(pool, tmp_path):
    header = struct.pack(">IIBBBBB", 4, 2, 8, 3, 0, 0, 0)
    shades = bytes(range(0, 90, 10))
    colours = [chunk(b"PLTE", shades)]
    for last, damage in ((2, ""), (3, palette.UNDEFINED_COLOURS)):
        content = png(header, b"\0\0\1\2\0" + b"\0\0\1\2" + bytes([last]), colours)
        assert damage_of(pool, tmp_path / "a.png", content) == damage
        indexed = Image.new("P", (4, 2))
        indexed.putpalette(shades)
        bitmap = bytearray(encoded(indexed, "BMP"))
        bitmap[-1] = last
        assert damage_of(pool, tmp_path / "a.bmp", bytes(bitmap)) == damage


TINY = b"\0\0\0\1\0\0\0\1"


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
    """A TIFF that is described at its end."""
    path = tmp_path / "cut"
    whole = encoded(picture(320, 240, 5), "TIFF", compression="tiff_lzw")
    path.write_bytes(whole[: len(whole) // 2])
    assert pool.examine_file(path).problem.kind is ProblemKind.TRUNCATED


def test_a_tiff_whose_folder_counts_wrongly_is_marked(pool, tmp_path):
    whole = bytearray(encoded(picture(40, 30, 5), "TIFF"))
    assert damage_of(pool, tmp_path / "a.tif", bytes(whole)) == ""
    whole[8] += 1
    assert damage_of(pool, tmp_path / "a.tif", bytes(whole)) == tiff_strips.BROKEN


def test_what_is_said_behind_the_picture_of_a_png_is_still_read(pool, tmp_path):
    """Orientation is asked for without decoding: an error of the picture would be lost there."""
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = encoded(picture(120, 90, 5), "PNG")
    late = whole[:-12] + chunk(b"eXIf", exif.tobytes().removeprefix(b"Exif\0\0")) + whole[-12:]
    (tmp_path / "late.png").write_bytes(late)
    assert pool.examine_file(tmp_path / "late.png").photo.orientation == 6
