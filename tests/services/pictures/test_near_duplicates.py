"""Near-duplicates of a case: found, recorded once, parted for good; lost greys are made anew."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from sqlcipher3 import dbapi2 as engine

from reviewer.domain.commands import near_duplicate_commands
from reviewer.domain.errors import NotAllowed
from reviewer.media.demo.demo_photo import draw_photograph
from reviewer.services.demo.plan import plan_photos
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.services.pictures import near_duplicates
from reviewer.services.worklist.worklist import Worklist
from tests.support.alterations import ALTERATIONS
from tests.support.cases import ingested, made_case, opened, opened_copy
from tests.support.photos import encoded


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Five photographs; of the first a brighter copy and a mirrored one, of the second a grey one."""
    folder = tmp_path_factory.mktemp("drive")
    shots = [replace(each.shot, size=(800, 600), orientation=1) for each in plan_photos(5, 5)]
    drawn = [Image.open(io.BytesIO(draw_photograph(shot))).convert("RGB") for shot in shots]
    for number, picture in enumerate(drawn):
        (folder / f"IMG_{number}.jpg").write_bytes(encoded(picture, "JPEG", quality=92))
    for number, name in ((0, "brighter"), (0, "mirrored"), (1, "grey")):
        altered = ALTERATIONS[name](drawn[number])
        (folder / f"copy of {number} {name}.jpg").write_bytes(encoded(altered, "JPEG", quality=80))
    return folder


@pytest.fixture(scope="module")
def made_once(source, tmp_path_factory):
    made = made_case(tmp_path_factory.mktemp("alike"))
    ingested(made, source)
    made.close()
    return made.folder


@pytest.fixture
def case(made_once, tmp_path):
    with opened_copy(made_once, tmp_path) as made:
        yield made


def names(case):
    return {item.sha256: item.name for item in Worklist(case, "").load().items}


def named(case, groups):
    known = names(case)
    return {frozenset(known[photo] for photo in group) for group in groups}


EXPECTED = {
    frozenset({"IMG_0.jpg", "copy of 0 brighter.jpg", "copy of 0 mirrored.jpg"}),
    frozenset({"IMG_1.jpg", "copy of 1 grey.jpg"}),
}


def record(case, draft):
    case.record(draft, case.examiners()[0].id)


def test_groups_are_found_recorded_and_not_recorded_again(case):
    found = near_duplicates.find_near_duplicates(case, JobControl())
    assert named(case, found.groups) == EXPECTED
    assert (found.new, found.photos, found.unseen) == (found.groups, 8, 0)
    record(case, found.make_draft())
    assert named(case, near_duplicates.load_groups(case).values()) == EXPECTED
    again = near_duplicates.find_near_duplicates(case, JobControl())
    assert (again.groups, again.new) == (found.groups, ())
    with pytest.raises(NotAllowed):
        again.make_draft()
    assert verify_case(case, JobControl()).sound


def test_a_photo_parted_by_a_person_is_not_grouped_again(case):
    record(case, near_duplicates.find_near_duplicates(case, JobControl()).make_draft())
    photo = next(photo for photo, name in names(case).items() if name == "copy of 1 grey.jpg")
    members = near_duplicates.load_group_members(case, photo)
    assert len(members) == 2
    record(case, near_duplicate_commands.part_from_group(photo, members))
    assert near_duplicates.load_group_members(case, photo) == []
    found = near_duplicates.find_near_duplicates(case, JobControl())
    assert len(found.groups) == 1
    assert found.new == ()


def test_lost_greys_are_made_anew_from_the_small_pictures(case, tmp_path):
    before = case.previews.load_fingerprints()
    assert len(before) == 8
    case.previews.put_fingerprints((photo, b"damaged") for photo in before)
    found = near_duplicates.find_near_duplicates(case, JobControl())
    assert named(case, found.groups) == EXPECTED
    assert all(len(greys) == 1024 for greys in case.previews.load_fingerprints().values())


def test_without_previews_nothing_is_found_and_that_is_said(case):
    folder = case.folder
    case.close()
    (folder / "previews.db").unlink()
    with opened(folder) as bare:
        found = near_duplicates.find_near_duplicates(bare, JobControl())
        assert (found.groups, found.photos, found.unseen) == ((), 0, 8)
        photos = list(names(bare))
        assert near_duplicates.is_mirrored(bare, photos[0], photos[1]) is None


def test_previews_of_an_older_program_are_sound_and_lack_greys(case):
    folder = case.folder
    case.close()
    connection = engine.connect(folder / "previews.db")
    with connection:
        connection.execute("DROP TABLE looks")
    connection.close()
    with opened(folder, read_only=True) as old:
        assert old.previews.load_fingerprints() == {}
        assert old.previews.faults() == []
    with opened(folder) as again:
        assert named(again, near_duplicates.find_near_duplicates(again, JobControl()).groups) == EXPECTED


def test_left_and_right_exchanged_is_known(case):
    by_name = {name: photo for photo, name in names(case).items()}
    first = by_name["IMG_0.jpg"]
    assert near_duplicates.is_mirrored(case, first, by_name["copy of 0 mirrored.jpg"]) is True
    assert near_duplicates.is_mirrored(case, first, by_name["copy of 0 brighter.jpg"]) is False
    assert near_duplicates.is_mirrored(case, first, by_name["IMG_3.jpg"]) is None


def test_it_can_be_stopped(case):
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        near_duplicates.find_near_duplicates(case, control)


@pytest.mark.parametrize(("name", "groups"), [("IMG_9.ORF", 1), ("IMG_8.ORF", 0)])
def test_a_raw_file_and_the_jpeg_of_its_name_are_one_shot_though_developed_differently(
    tmp_path, name, groups
):
    drive = tmp_path / "drive"
    drive.mkdir()
    (plan,) = plan_photos(1, 1)
    shot = replace(plan.shot, size=(800, 600), orientation=1)
    drawn = Image.open(io.BytesIO(draw_photograph(shot))).convert("RGB")
    darker = drawn.point([round(255 * (value / 255) ** 2.2) for value in range(256)] * 3)
    (drive / "IMG_9.jpg").write_bytes(encoded(drawn, "JPEG", quality=92))
    (drive / name).write_bytes(b"IIRO\x08\0\0\0" + bytes(500) + encoded(darker, "JPEG", quality=92))
    made = made_case(tmp_path)
    try:
        ingested(made, drive)
        assert len(near_duplicates.find_near_duplicates(made, JobControl()).groups) == groups
    finally:
        made.close()
