"""A redacted copy shows nothing of what was covered, carries nothing beside its pixels, and is listed."""

import errno
import hashlib
import io
import json
import struct

import numpy as np
import pytest
from PIL import Image

from reviewer.domain.acts.shared_acts import DUPLICATES_GROUPED
from reviewer.domain.errors import KnownError
from reviewer.domain.geometry.mark import MarkShape
from reviewer.domain.geometry.orientation import to_upright
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.photos.redaction import (
    REDACTION_DRAWN,
    Redaction,
    RedactionPurpose,
    draw_redaction,
    remove_redaction,
)
from reviewer.domain.photos.redaction_mask import find_rectangles_to_paint
from reviewer.services.case.history import load_last_entries
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.redacted import RedactedCopiesChoice, export_redacted
from reviewer.services.jobs import Cancelled, JobControl, post_at_once
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.pictures.redacted_copy import load_areas, make_redacted_copy
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.photos import photos
from tests.support.cases import ingested, made_case
from tests.support.doubting_prover import DoubtingProver
from tests.support.photos import encoded, jpeg, picture
from tests.support.tables import rows

WIDTH, HEIGHT = 203, 117
PLACE = (61, 33, 120, 80)
"""Where the pattern lies in the recorded grid: left, top, right, bottom."""
SECRET = b"THUMBNAIL-OF-THE-FACE"
PEN = (201, 7, 214)


def patterned():
    """A grey photograph with one place in colours that are nowhere else."""
    made = picture(WIDTH, HEIGHT).convert("L").convert("RGB")
    left, top, right, bottom = PLACE
    for x in range(left, right + 1):
        for y in range(top, bottom + 1):
            made.putpixel((x, y), PEN if (x + y) % 2 else (3, 240, 17))
    return made


def exif(orientation=1):
    """With a place on earth, a text, and a small picture as cameras keep it (IFD1)."""
    tags = Image.Exif()
    tags[0x010F], tags[0x0112], tags[0x010E] = "Norda", orientation, "DESCRIPTION-OF-WHO-IT-IS"
    tags.get_ifd(0x8825).update({1: "N", 2: (33.5, 30.0, 36.25), 3: "E", 4: (36.0, 18.0, 24.5)})
    tags.get_ifd(0x8769)[0x9003] = "2012:08:14 10:22:05"
    body = tags.tobytes()
    first = struct.unpack("<I" if body[6:8] == b"II" else ">I", body[10:14])[0]
    assert first > 0
    return body + b"\xff\xd8" + SECRET + b"\xff\xd9"


def recorded(name, orientation=1):
    if name == "PNG":
        return encoded(patterned(), "PNG", exif=exif(orientation))
    return encoded(patterned(), "JPEG", exif=exif(orientation), quality=95, comment=b"COMMENT-WITH-A-NAME")


@pytest.fixture
def pool():
    made = new_pool()
    yield made
    made.close()


class At:
    """A case of one photograph, and an examiner who draws on it."""

    def __init__(self, folder, content, name="a.jpg"):
        self.drive = folder / "drive"
        self.drive.mkdir()
        self.file = self.drive / name
        self.file.write_bytes(content)
        self.case = made_case(folder)
        ingested(self.case, self.drive)
        self.desk = ActQueue(self.case, self.case.examiners()[0], post_at_once)
        self.photo = hashlib.sha256(content).hexdigest()

    def draws(
        self,
        shape=MarkShape.RECTANGLE,
        points=(PLACE[:2], PLACE[2:]),
        id_="r1",
        purpose=RedactionPurpose.FACE,
    ):
        with self.case.store.read() as connection:
            photo = photos.find_photo(connection, self.photo)
        area = Redaction(id_, self.photo, shape, tuple(points), purpose)
        self.desk.submit(draw_redaction(area, photo.width, photo.height)).result()
        return self

    def exports(self, out, **wish):
        return export_redacted(
            self.case, self.desk.examiner.id, out, RedactedCopiesChoice(**wish), JobControl()
        )


@pytest.fixture
def at(tmp_path):
    made = []

    def begin(content, name="a.jpg"):
        made.append(At(tmp_path, content, name))
        return made[-1]

    yield begin
    for each in made:
        each.desk.detach()
        each.case.close()


def pixels(content):
    with Image.open(io.BytesIO(content)) as found:
        return np.asarray(found.convert("RGB"))


def chunks(content):
    """The types of the chunks of a PNG, in order."""
    place, found = 8, []
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        found.append(content[place + 4 : place + 8])
        place += length + 12
    return found


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_no_pixel_under_the_area_survives_however_the_file_is_turned(at, pool, kind, orientation):
    here = at(recorded(kind, orientation)).draws()
    copy = make_redacted_copy(here.case, pool, here.photo)
    shown = pixels(copy.content)
    assert copy.size == (shown.shape[1], shown.shape[0])
    left, top, right, bottom = PLACE
    for x in range(left, right + 1):
        for y in range(top, bottom + 1):
            across, down = to_upright((x, y), WIDTH, HEIGHT, orientation)
            assert tuple(shown[down, across]) == (0, 0, 0)
    colourful = shown.max(axis=2).astype(int) - shown.min(axis=2)
    assert int(colourful.max()) <= 2, "no colour of the pattern was left beside the area"


def test_the_pattern_would_be_seen_without_the_area(at, pool):
    here = at(recorded("PNG"))
    shown = pixels(make_redacted_copy(here.case, pool, here.photo).content)
    assert (shown.reshape(-1, 3) == PEN).all(axis=1).any()


@pytest.mark.parametrize("shape", [MarkShape.ELLIPSE, MarkShape.POLYGON])
def test_other_shapes_cover_what_the_rule_says_and_the_rest_stays_exactly(at, pool, shape):
    points = (PLACE[:2], PLACE[2:]) if shape is MarkShape.ELLIPSE else ((70, 20), (150, 60), (40, 100))
    here = at(recorded("JPEG", 6)).draws(shape, points)
    whole = pixels(make_redacted_copy(here.case, pool, here.photo, ()).content)
    copy = make_redacted_copy(here.case, pool, here.photo)
    shown = pixels(copy.content)
    expected = whole.copy()
    for left, top, right, bottom in find_rectangles_to_paint(copy.areas, WIDTH, HEIGHT, 6):
        expected[top:bottom, left:right] = 0
    assert np.array_equal(shown, expected)
    assert not np.array_equal(shown, whole)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_but_pixels_is_in_the_copy(at, pool, kind):
    content = recorded(kind)
    assert SECRET in content
    assert b"Norda" in content
    with Image.open(io.BytesIO(content)) as original:
        assert original.getexif().get_ifd(0x8825)[1] == "N", "there is a place to be lost"
    here = at(content).draws()
    copy = make_redacted_copy(here.case, pool, here.photo)
    assert set(chunks(copy.content)) == {b"IHDR", b"IDAT", b"IEND"}
    with Image.open(io.BytesIO(copy.content)) as found:
        found.load()
        assert (found.format, found.mode, found.info, dict(found.getexif())) == ("PNG", "RGB", {}, {})
    for told in (SECRET, b"Norda", b"DESCRIPTION", b"COMMENT", b"2012", b"Exif", b"JFIF", bytes(PEN)):
        assert told not in copy.content


def test_no_run_of_bytes_of_the_original_is_in_the_copy(at, pool):
    content = recorded("JPEG")
    here = at(content).draws()
    copied = make_redacted_copy(here.case, pool, here.photo).content
    assert not any(content[place : place + 12] in copied for place in range(0, len(content) - 12))


def test_the_same_photograph_and_areas_give_the_same_bytes_and_the_original_stays(at, pool):
    content = recorded("JPEG", 3)
    here = at(content).draws()
    before = here.file.stat()
    first = make_redacted_copy(here.case, pool, here.photo)
    assert first == make_redacted_copy(here.case, pool, here.photo)
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()
    assert here.file.read_bytes() == content
    assert here.file.stat().st_mtime_ns == before.st_mtime_ns


def test_an_area_is_undone_redone_and_removed(at):
    here = at(recorded("JPEG")).draws().draws(id_="r2", purpose=RedactionPurpose.NAME)
    (first, second) = load_areas(here.case, here.photo)
    assert (first.id, second.id, second.purpose) == ("r1", "r2", RedactionPurpose.NAME)
    assert first.author == here.desk.examiner.id
    here.desk.undo()
    here.case.writer.drain()
    assert load_areas(here.case, here.photo) == (first,)
    here.desk.redo()
    here.case.writer.drain()
    assert load_areas(here.case, here.photo) == (first, second)
    here.desk.submit(remove_redaction((first, second), "r1")).result()
    assert load_areas(here.case, here.photo) == (second,)


def test_a_file_that_changed_is_gone_or_is_damaged_is_refused(at, pool):
    here = at(recorded("JPEG")).draws()
    here.file.write_bytes(recorded("JPEG")[:-2] + b"\0\xff\xd9")
    with pytest.raises(KnownError, match="no longer what was ingested"):
        make_redacted_copy(here.case, pool, here.photo)
    here.file.unlink()
    with pytest.raises(KnownError, match="not where it was"):
        make_redacted_copy(here.case, pool, here.photo)
    with pytest.raises(KnownError, match="no such photograph"):
        make_redacted_copy(here.case, pool, "0" * 64)


def test_a_damaged_photograph_is_refused_and_an_area_out_of_it_too(at, pool):
    cut = jpeg(640, 480, seed=5)
    here = at(cut[: len(cut) * 2 // 3]).draws()
    with pytest.raises(KnownError, match="damaged"):
        make_redacted_copy(here.case, pool, here.photo)
    body = {"id": "r9", "shape": "rectangle", "points": [[0, 0], [9999, 9]], "purpose": "name"}
    here.desk.submit(Draft(REDACTION_DRAWN, here.photo, body)).result()
    with pytest.raises(KnownError, match="reaches out"):
        make_redacted_copy(here.case, pool, here.photo)


def test_the_export_lists_each_area_and_names_copies_by_their_hash(at, tmp_path):
    here = (
        at(recorded("JPEG", 8))
        .draws()
        .draws(MarkShape.ELLIPSE, ((1, 2), (30, 40)), "r2", RedactionPurpose.NAME)
    )
    (here.drive / "b.jpg").write_bytes(jpeg(seed=9))
    ingested(here.case, here.drive)
    made = here.exports(tmp_path / "out")
    assert (made.redacted, made.nothing_redacted, made.left_out, made.not_made) == (1, 0, 1, 0)
    one, two = rows(tmp_path / "out" / "redacted.csv")
    assert one["original_sha256"] == two["original_sha256"] == here.photo
    assert (one["shape"], one["purpose"], two["shape"], two["purpose"]) == (
        "rectangle",
        "face",
        "ellipse",
        "name",
    )
    assert json.loads(two["points"]) == [[1, 2], [30, 40]]
    assert (one["drawn_by"], one["state"], one["width"]) == ("Dr Okoye", "redacted", str(HEIGHT))
    copy = tmp_path / "out" / one["file"]
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == one["copy_sha256"] == copy.stem
    entry = load_last_entries(here.case, 1)[0]
    assert entry.act == "export.made"
    assert entry.body["format"] == "redacted"
    table = (tmp_path / "out" / "redacted.csv").read_bytes()
    assert entry.body["files"]["redacted.csv"] == hashlib.sha256(table).hexdigest()
    assert (
        set(entry.body["files"])
        == set(made.files)
        == {
            "redacted.csv",
            "dictionary.csv",
            "about.csv",
            "ro-crate-metadata.json",
        }
    )
    explained = {(row["file"], row["column"]) for row in rows(tmp_path / "out" / "dictionary.csv")}
    assert {column for file, column in explained if file == "redacted.csv"} == set(one)
    assert {"about.csv", "dictionary.csv"} <= {file for file, _column in explained}


def test_everything_is_copied_without_metadata_only_when_asked(at, tmp_path):
    here = at(recorded("JPEG"))
    assert here.exports(tmp_path / "none").left_out == 1
    assert rows(tmp_path / "none" / "redacted.csv") == []
    made = here.exports(tmp_path / "all", everything=True)
    assert (made.nothing_redacted, made.left_out) == (1, 0)
    (row,) = rows(tmp_path / "all" / "redacted.csv")
    assert (row["state"], row["area"]) == ("nothing redacted", "")
    assert b"Norda" not in (tmp_path / "all" / row["file"]).read_bytes()


def test_only_what_a_query_finds_is_copied(at, tmp_path):
    here = at(recorded("JPEG")).draws()
    assert here.exports(tmp_path / "one", query="camera:norda").redacted == 1
    assert here.exports(tmp_path / "none", query="camera:other").redacted == 0
    assert load_last_entries(here.case, 1)[0].body["query"] == "camera:other"


def test_what_cannot_be_copied_is_listed_with_the_reason(at, tmp_path):
    here = at(recorded("JPEG")).draws()
    here.file.unlink()
    made = here.exports(tmp_path / "out")
    assert (made.redacted, made.not_made) == (0, 1)
    (row,) = rows(tmp_path / "out" / "redacted.csv")
    assert (row["state"], row["file"], row["purpose"]) == ("not made", "", "face")
    assert "not where it was" in row["reason"]


def test_the_same_state_gives_the_same_folder(at, tmp_path):
    here = at(recorded("JPEG")).draws()
    here.exports(tmp_path / "one")
    here.exports(tmp_path / "two")
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("one", "two"))
    one.pop("about.csv"), two.pop("about.csv")  # the ledger went on: the first export is in it
    assert one == two


def test_a_stopped_export_leaves_nothing(at, tmp_path):
    here = at(recorded("JPEG")).draws()
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        export_redacted(here.case, here.desk.examiner.id, tmp_path / "out", RedactedCopiesChoice(), control)
    assert not list(tmp_path.glob("out*"))


def test_one_pixel_in_the_last_corner_is_an_area(at, pool):
    here = at(jpeg()).draws(points=((63, 47), (63, 47)))
    shown = pixels(make_redacted_copy(here.case, pool, here.photo).content)
    assert not shown[32:48, 48:64].any()
    assert shown[:16, :32].any()


def test_what_a_killed_export_left_is_never_taken_into_another(at, tmp_path):
    here = at(recorded("JPEG")).draws()
    (tmp_path / "out.unfinished").mkdir()
    (tmp_path / "out.unfinished" / "old.png").write_bytes(b"without the areas of today")
    with pytest.raises(KnownError, match="left over"):
        here.exports(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_near_duplicate_of_a_redacted_photograph_is_not_copied_bare(at, tmp_path):
    here = at(recorded("JPEG")).draws()
    twin = encoded(patterned(), "JPEG", quality=60)
    (here.drive / "twin.jpg").write_bytes(twin)
    (here.drive / "other.jpg").write_bytes(jpeg(seed=9))
    ingested(here.case, here.drive)
    group = [here.photo, hashlib.sha256(twin).hexdigest()]
    here.desk.submit(Draft(DUPLICATES_GROUPED, "", {"groups": [group], "method": "m"})).result()
    made = here.exports(tmp_path / "out", everything=True)
    assert (made.redacted, made.nothing_redacted, made.not_made) == (1, 1, 1)
    (row,) = [each for each in rows(tmp_path / "out" / "redacted.csv") if each["state"] == "not made"]
    assert row["original_sha256"] == group[1]
    assert "near-duplicate" in row["reason"]


def test_copies_made_by_several_threads_are_listed_in_the_order_of_ingest(at, tmp_path):
    here = at(recorded("JPEG"))
    for number in range(9):
        (here.drive / f"b{number}.jpg").write_bytes(jpeg(64 + 40 * (9 - number), 48, seed=number))
    ingested(here.case, here.drive)
    made = here.exports(tmp_path / "out", everything=True)
    assert made.nothing_redacted == 10
    with here.case.store.read() as connection:
        order = connection.exec_driver_sql("SELECT sha256 FROM photos ORDER BY id").scalars().all()
    assert [row["original_sha256"] for row in rows(tmp_path / "out" / "redacted.csv")] == order


def test_a_full_disk_ends_the_export_and_everything_it_had_under_way(at, tmp_path, monkeypatch):
    here = at(recorded("JPEG"))
    for number in range(6):
        (here.drive / f"b{number}.jpg").write_bytes(jpeg(seed=number))
    ingested(here.case, here.drive)

    def full(folder, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ExportFolder, "put", full)
    with pytest.raises(KnownError, match="No space left"):
        here.exports(tmp_path / "out", everything=True)
    assert not list(tmp_path.glob("out*"))


def test_what_a_fresh_process_sees_otherwise_is_not_copied(at, pool, monkeypatch):
    here = at(recorded("JPEG")).draws()
    monkeypatch.setattr(pool, "prover", DoubtingProver(lambda _sha256, _page: True))
    with pytest.raises(KnownError, match="seen no other file decodes it otherwise"):
        make_redacted_copy(here.case, pool, here.photo)
