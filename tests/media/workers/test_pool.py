"""Decoding in processes of their own: every kind of photograph, every kind of trouble."""

import io
import os
import struct
import sys

import numpy as np
import pytest
from PIL import Image

from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.decoding.difference_hash import compute_difference_hash
from reviewer.media.workers.pool import DecoderPool
from tests.support.photos import all_but_gone, encoded, jpeg, picture

STUCK = [
    sys.executable,
    "-c",
    "import sys; print('{\"ok\": true}', flush=True); sys.stdin.readline(); sys.stdin.read()",
]
DYING = [sys.executable, "-c", "import sys; print('{\"ok\": true}', flush=True); sys.stdin.readline()"]
LYING = [
    sys.executable,
    "-c",
    "import sys; print('{\"ok\": true}', flush=True)\n"
    "for line in sys.stdin: print('{\"bytes\": 99999999999}', flush=True)",
]


@pytest.fixture
def pool():
    made = DecoderPool(1)
    yield made
    made.close()


@pytest.fixture
def put(tmp_path):
    def keep(content, name="photo.jpg"):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return keep


@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP"])
def test_each_format_by_its_content_and_not_its_name(pool, put, name):
    found = pool.examine_file(put(encoded(picture(), name), "misnamed.xyz"))
    assert found.problem is None
    assert (found.photo.format, found.photo.width, found.photo.height) == (name, 64, 48)
    assert len(found.photo.likeness) == 16


def test_what_the_file_says_of_itself(pool, put):
    found = pool.examine_file(put(jpeg(orientation=6))).photo
    assert (found.capture.make, found.capture.model) == ("Norda", "N300")
    assert found.capture.taken_at == "2012-08-14 10:22:05"
    assert found.orientation == 6
    assert (found.width, found.height) == (64, 48)
    assert found.upright_size == (48, 64)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_every_orientation_is_upright_on_screen_in_every_format(pool, put, orientation, name):
    """The red corner of the recorded picture is shown where EXIF says the first pixel goes."""
    from reviewer.domain.geometry.orientation import to_upright

    exif = Image.Exif()
    exif[0x0112] = orientation
    rendered = pool.render_file(put(encoded(picture(64, 48), name, exif=exif)), None).picture
    pixels = np.frombuffer(rendered.pixels, np.uint8).reshape(rendered.height, rendered.width, 4)
    x, y = to_upright((3, 2), 64, 48, orientation)
    blue, green, red, _unused = (int(value) for value in pixels[y, x])
    assert red > 180 > 120 > max(green, blue)


def test_a_picture_is_fitted_into_its_box_and_never_enlarged(pool, put):
    path = put(jpeg(640, 480))
    small = pool.render_file(path, (100, 100)).picture
    assert (small.width, small.height) == (100, 75)
    assert len(small.pixels) == small.stride * small.height
    assert pool.render_file(path, (5000, 5000)).picture.width == 640


def test_sixteen_bits_transparency_palette_and_cmyk(pool, put):
    deep = Image.fromarray(np.full((8, 8), 32768, np.uint16))
    middle = pool.render_file(put(encoded(deep, "PNG")), None).picture.pixels[0]
    assert 120 <= middle <= 135
    clear = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    assert set(pool.render_file(put(encoded(clear, "PNG")), None).picture.pixels[:3]) == {128}
    assert pool.examine_file(put(encoded(picture().convert("P"), "PNG"))).photo is not None
    assert pool.examine_file(put(encoded(picture().convert("CMYK"), "JPEG"))).photo is not None


def wide_gamut():
    """A display profile whose primaries are not those of sRGB: red and blue are exchanged."""
    import struct as layout

    from PIL import ImageCms

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = layout.unpack(">I", made[128:132])[0]
    places = {}
    for number in range(count):
        start = 132 + 12 * number
        places[bytes(made[start : start + 4])] = start
    for name, other in ((b"rXYZ", b"bXYZ"),):
        made[places[name] : places[name] + 4], made[places[other] : places[other] + 4] = other, name
    described = made.find("sRGB".encode("utf-16-be"))
    made[described : described + 8] = "Swap".encode("utf-16-be")
    return bytes(made)


def test_an_embedded_profile_is_applied_and_named(pool, put):
    flat = Image.new("RGB", (32, 32), (220, 40, 60))
    plain = pool.render_file(put(encoded(flat, "JPEG", quality=95)), None).picture
    swapped = pool.render_file(put(encoded(flat, "JPEG", quality=95, icc_profile=wide_gamut())), None).picture
    assert (plain.profile, plain.pixels[0] < 80) == ("", True)
    assert "Swap" in swapped.profile
    assert swapped.pixels[0] > 180 > 100 > swapped.pixels[2]


def test_a_whole_photograph_is_decoded_into_the_shared_memory_itself(pool, put):
    whole = pool.render_file(put(jpeg(640, 480)), None).picture
    pixels = np.frombuffer(whole.pixels, np.uint8).reshape(480, 640, 4)
    again = np.asarray(Image.open(io.BytesIO(jpeg(640, 480))).convert("RGB"))
    assert np.abs(pixels[:, :, :3][:, :, ::-1].astype(int) - again).max() <= 4
    assert whole.origin == ""


@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF"])
def test_what_a_file_holds_is_told_when_it_is_not_plain(pool, put, name):
    assert pool.render_file(put(encoded(picture().convert("L"), name)), None).picture.origin == "grey"
    assert pool.render_file(put(encoded(picture(), name)), None).picture.origin == ""


@pytest.mark.parametrize("size", [(1, 1), (30_000, 200), (3, 4000)])
def test_pictures_of_odd_shapes_are_fitted(pool, put, size):
    path = put(encoded(picture(*size), "PNG"))
    fitted = pool.render_file(path, (300, 200)).picture
    assert fitted.width <= 300
    assert fitted.height <= 200
    assert pool.render_file(path, None).picture.width == size[0]


def lying_header():
    content = bytearray(jpeg())
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", 9000, 9000)
    return bytes(content)


def scan_bomb(scans=600):
    content = jpeg(progressive=True)
    start = content.rindex(b"\xff\xda")
    return content[:start] + content[start:-2] * scans + content[-2:]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", ProblemKind.EMPTY),
        (b"plain text", ProblemKind.NOT_A_PHOTOGRAPH),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', ProblemKind.NOT_A_PHOTOGRAPH),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", ProblemKind.NOT_A_PHOTOGRAPH),
        (b"MZ" + bytes(200), ProblemKind.NOT_A_PHOTOGRAPH),
        (all_but_gone(jpeg(640, 480)), ProblemKind.TRUNCATED),
        (encoded(picture(200, 200), "PNG")[:60], ProblemKind.TRUNCATED),
        (b"\xff\xd8\xff\xe0" + bytes(50), ProblemKind.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), ProblemKind.DAMAGED),
        (lying_header(), ProblemKind.TRUNCATED),
        (scan_bomb(), ProblemKind.DAMAGED),
    ],
    ids=["empty", "text", "svg", "eps", "exe", "cut", "cut png", "head", "png head", "lying", "scans"],
)
def test_what_is_no_photograph_is_a_problem_with_a_reason(pool, put, content, kind):
    found = pool.examine_file(put(content))
    assert found.photo is None
    assert found.problem.kind is kind
    assert found.problem.reason.endswith(".")
    assert pool.examine_file(put(jpeg(), "next.jpg")).photo is not None


@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.55, 0.8])
def test_a_file_that_ends_early_is_shown_as_far_as_it_goes_and_marked(pool, put, name, share):
    whole = encoded(picture(640, 480, 7), name)
    path = put(whole[: int(len(whole) * share)])
    found = pool.examine_file(path)
    if name in {"WEBP", "GIF"} and found.photo is None:
        assert found.problem.kind in {ProblemKind.TRUNCATED, ProblemKind.DAMAGED}
        return
    assert "ends early" in found.photo.damage
    shown = pool.render_file(path, None).picture
    assert "ends early" in shown.damage
    assert (shown.width, shown.height) == (640, 480)
    pixels = np.frombuffer(shown.pixels, np.uint8).reshape(480, 640, 4)
    assert pixels[:100].std() > 10


def test_a_progressive_photograph_that_ends_early_is_shown_coarse_and_marked(pool, put):
    whole = jpeg(640, 480, progressive=True)
    found = pool.examine_file(put(whole[: int(len(whole) * 0.7)]))
    assert "ends early" in found.photo.damage


def test_damage_that_a_decoder_passes_over_is_said(pool, put):
    """A PNG that is shown whole although its checksums are wrong, and a JPEG with a broken stream."""
    whole = encoded(picture(), "PNG")
    assert pool.examine_file(put(whole)).photo.damage == ""
    end_spoilt = whole[:-8] + b"iEND" + whole[-4:]
    found = pool.examine_file(put(end_spoilt))
    assert "checksum" in found.photo.damage
    assert "checksum" in pool.render_file(put(end_spoilt), None).picture.damage
    stream = bytearray(jpeg(640, 480))
    middle = len(stream) // 2
    stream[middle : middle + 40] = bytes(40)
    found = pool.examine_file(put(bytes(stream)))
    assert found.problem is not None or "errors" in found.photo.damage


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("colours", ["RGB", "L", "CMYK"])
def test_padding_in_a_jpeg_is_no_damage_and_anything_else_is(pool, put, progressive, colours):
    whole = encoded(picture(320, 240).convert(colours), "JPEG", progressive=progressive)
    tables, end = whole.index(b"\xff\xdb"), len(whole) - 2
    places = [end, whole.rindex(b"\xff\xc4")] if progressive else [end]
    pads = bytes(9), b"\0\xff\0\0\xff"
    for harmless in (
        whole + b"a trailer" * 30,
        *(whole[:place] + pad + whole[place:] for place in places for pad in pads),
    ):
        path = put(harmless)
        assert pool.examine_file(path).photo.damage == ""
        assert pool.render_file(path, None).picture.damage == ""
    spoilt = [whole[:place] + b"abcd" * 4 + whole[place:] for place in (tables, *places)]
    if not progressive:  # there zeros are data like any other, and the decoder has nothing to say
        spoilt.append(whole[: end - 40] + bytes(40) + whole[end:])
    for content in spoilt:
        path = put(content)
        assert pool.examine_file(path).photo.damage != ""
        assert pool.render_file(path, None).picture.damage != ""


def test_a_picture_of_too_many_pixels_is_refused_by_its_header(pool, put):
    header = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))
    found = pool.examine_file(put(header + chunk(b"IDAT", b"") + chunk(b"IEND", b"")))
    assert found.problem.kind is ProblemKind.TOO_LARGE


def chunk(kind, content):
    import zlib

    crc = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)


def test_the_hash_is_that_of_the_file_and_its_times_stay(pool, put):
    import hashlib

    path = put(jpeg())
    os.utime(path, ns=(1_000_000_000, 2_000_000_000))
    found = pool.examine_file(path)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert pool.render_file(path, (10, 10)).sha256 == found.sha256
    assert path.stat().st_mtime_ns == 2_000_000_000


def test_a_known_content_is_hashed_and_not_decoded(pool, put):
    found = pool.examine_file(put(jpeg()), known=lambda _sha256: True)
    assert (found.photo, found.problem, len(found.sha256)) == (None, None, 64)


@pytest.mark.linux
def test_pipes_folders_and_missing_files_are_unreadable_and_nothing_hangs(pool, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "missing"):
        assert pool.examine_file(path).problem.kind is ProblemKind.UNREADABLE


@pytest.mark.parametrize(
    ("command", "kind"),
    [(STUCK, ProblemKind.TIMED_OUT), (DYING, ProblemKind.DAMAGED), (LYING, ProblemKind.DAMAGED)],
    ids=["stuck", "dying", "lying"],
)
def test_a_worker_that_hangs_dies_or_lies_costs_one_file(put, command, kind):
    pool = DecoderPool(1, seconds=0.3, command=command)
    try:
        assert pool.examine_file(put(jpeg())).problem.kind is kind
    finally:
        pool.close()


@pytest.mark.linux
def test_a_killed_worker_is_replaced(pool, put):
    import signal

    assert pool.examine_file(put(jpeg())).photo is not None
    (pid,) = pool.pids()
    os.kill(pid, signal.SIGKILL)
    assert pool.examine_file(put(jpeg())).photo is not None
    assert pool.pids() != [pid]


def test_nothing_is_left_behind(put):
    pool = DecoderPool(2)
    pool.examine_file(put(jpeg()))
    pids, memory = pool.pids(), pool.buffers()
    descriptors = [buffer.descriptor for buffer in memory]
    assert len(memory) == 8, "two workers, one for the screen, one for proofs"
    pool.close()
    assert all(buffer.descriptor is None for buffer in memory)
    for descriptor in descriptors:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(descriptor)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_near_pictures_have_near_hashes():
    def bits(left, right):
        return (int(left, 16) ^ int(right, 16)).bit_count()

    one = picture(400, 300, 5)
    again = Image.open(io.BytesIO(encoded(one.resize((200, 150)), "JPEG", quality=50)))
    other = picture(400, 300, 6)
    assert bits(compute_difference_hash(one), compute_difference_hash(again)) <= 6
    assert bits(compute_difference_hash(one), compute_difference_hash(other)) > 12


def test_buffers_that_grow_again_and_again_are_handed_over_each_time(pool, put):
    """A file larger than the room of before, a picture larger than the room of before, many times over."""
    from reviewer.media.workers import worker_process

    small = put(jpeg(), "small.jpg")
    for number in range(1, 5):
        padded = jpeg(seed=number) + bytes(worker_process.INPUT_BYTES + number * (1 << 20))
        wide = encoded(Image.new("RGB", (3000 + 400 * number, 6000), (9, 9, 9)), "PNG")
        assert pool.examine_file(put(padded, "padded.jpg")).photo is not None
        assert pool.render_file(put(wide, "wide.png"), None).picture.width == 3000 + 400 * number
        assert pool.examine_file(small).photo is not None
