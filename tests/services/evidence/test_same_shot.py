"""Raw and JPEG, photograph and video, sidecars: files of one shot are named beside each other."""

import pytest

from reviewer.services.evidence.problems import load_problem_files
from reviewer.services.evidence.same_shot import describe_same_shot, find_same_shot
from reviewer.storage.photos import photos
from tests.support.cases import ingested, made_case
from tests.support.photos import jpeg

OTHERS = ("DSC_0100.NEF", "DSC_0100.JPG.xmp", "DSC_0100.MOV")
UNLIKE = ("DSC_01001.JPG", "DSC_0100", "DSC_0100_2.NEF", "elsewhere/DSC_0100.NEF", "DSC_0100.d/x.NEF")


@pytest.fixture
def case(tmp_path):
    drive = tmp_path / "drive"
    for name in (*OTHERS, *UNLIKE):
        (drive / name).parent.mkdir(parents=True, exist_ok=True)
        (drive / name).write_bytes(name.encode())
    (drive / "DSC_0100.JPG").write_bytes(jpeg())
    case = made_case(tmp_path)
    ingested(case, drive)
    yield case
    case.close()


def test_files_of_one_shot_are_named_and_no_others(case):
    with case.store.read() as connection:
        (photo,) = photos.iterate_photos(connection)
    found = find_same_shot(case, photo.sha256)
    assert found == tuple(sorted(OTHERS))
    assert describe_same_shot(found) == "Same shot: DSC_0100.JPG.xmp, DSC_0100.MOV, DSC_0100.NEF"
    assert describe_same_shot(()) == ""


def test_what_is_no_photograph_names_the_photographs_of_its_shot(case):
    """A video and its small picture, a raw file that could not be opened and its JPEG."""
    reasons = {each.file.path: each for each in load_problem_files(case)}
    assert {name: each.shot for name, each in reasons.items() if each.shot} == dict.fromkeys(
        OTHERS, ("DSC_0100.JPG",)
    )
    assert reasons["DSC_0100.MOV"].reason.endswith(" Same shot: DSC_0100.JPG.")
    assert "Same shot" not in reasons["DSC_01001.JPG"].reason
