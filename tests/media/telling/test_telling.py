"""What is no photograph says what it is, by its content, inside the confinement."""

import hashlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewer.domain.photos.content_kind import (
    ContentKind,
    ContentType,
    describe_content,
    may_hold_photographs,
)
from reviewer.domain.photos.photo import ProblemKind
from reviewer.media.telling.content import identify_content
from reviewer.media.workers import handing_over
from reviewer.media.workers.pool import DecoderPool
from reviewer.media.workers.told_content import content_from_answer
from tests.support.contents import KINDS, tiff
from tests.support.photos import encoded, jpeg, picture


@pytest.fixture
def pool():
    made = DecoderPool(1)
    yield made
    made.close()


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_told_by_content(name):
    content, kind, form = KINDS[name]
    told = identify_content(memoryview(content))
    assert (str(told.kind), told.format) == (kind, form)


def test_each_kind_is_told_inside_the_confinement_and_no_worker_is_lost(pool, tmp_path):
    (tmp_path / "photo").write_bytes(jpeg())
    assert pool.examine_file(tmp_path / "photo").content == ContentType()
    before = pool.pids()
    for name, (content, kind, form) in KINDS.items():
        (tmp_path / "file").write_bytes(content)
        found = pool.examine_file(tmp_path / "file")
        if kind in {"camera raw", "medical picture"}:
            continue  # what is made of those, others say
        assert (name, str(found.content.kind), found.content.format) == (name, kind, form)
        if kind != "empty":
            assert found.problem.kind is ProblemKind.NOT_A_PHOTOGRAPH
            assert found.problem.reason == describe_content(found.content)
        else:
            assert found.problem.kind is ProblemKind.EMPTY
    assert pool.pids() == before


def test_the_reason_names_the_kind():
    assert describe_content(ContentType(ContentKind.VIDEO, "video/mp4", "MP4")) == "This is a video (MP4)."
    assert describe_content(ContentType(ContentKind.VIDEO)) == "This is a video."
    other = describe_content(ContentType(ContentKind.OTHER_PICTURE, "image/jxl", "JPEG XL"))
    assert other == "This is a picture (JPEG XL); the program does not open this format."
    for kind in ContentKind:
        assert describe_content(ContentType(kind, "", "X")).endswith(".")


def test_what_may_hold_photographs():
    never = {ContentKind.AUDIO, ContentKind.TEXT, ContentKind.SIDECAR, ContentKind.EMPTY, ContentKind.SYSTEM}
    assert {kind for kind in ContentKind if not may_hold_photographs(kind)} == never
    for name, may in {"thumbs": True, "ds_store": False, "._": False, "._ with pictures": True}.items():
        told = identify_content(memoryview(KINDS[name][0]))
        assert may_hold_photographs(told.kind, told.media_type) is may


def test_a_photograph_that_is_broken_is_told_as_a_picture(pool, tmp_path):
    (tmp_path / "cut.png").write_bytes(encoded(picture(200, 200), "PNG")[:60])
    found = pool.examine_file(tmp_path / "cut.png")
    assert (found.problem.kind, found.content.kind) == (ProblemKind.TRUNCATED, ContentKind.PHOTOGRAPH)


def test_a_file_too_large_to_hold_is_told_by_its_beginning(pool, tmp_path, monkeypatch):
    monkeypatch.setattr(handing_over, "LARGEST_FILE", 3000)
    video = KINDS["mp4"][0] + bytes(9000)
    (tmp_path / "long.mp4").write_bytes(video)
    found = pool.examine_file(tmp_path / "long.mp4")
    assert found.sha256 == hashlib.sha256(video).hexdigest()
    assert (found.problem.kind, found.problem.reason) == (
        ProblemKind.NOT_A_PHOTOGRAPH,
        "This is a video (MP4).",
    )
    (tmp_path / "large.jpg").write_bytes(jpeg() + bytes(9000))
    found = pool.examine_file(tmp_path / "large.jpg")
    assert (found.problem.kind, found.content.kind) == (ProblemKind.TOO_LARGE, ContentKind.PHOTOGRAPH)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(0, 700), st.binary(max_size=64), st.booleans())
@example("doc", 100, b"", True)
def test_telling_bears_every_content(name, cut, noise, is_whole):
    content = bytearray(KINDS[name][0])[: cut or None]
    content[len(content) // 2 : len(content) // 2 + len(noise)] = noise
    told = identify_content(memoryview(bytes(content)), is_whole=is_whole)
    assert isinstance(told.kind, ContentKind)
    assert told.kind is not ContentKind.UNTOLD


def test_folders_of_tags_that_lead_in_circles_end():
    content = bytearray(tiff((330, 8), (254, 1)))
    content[-4:] = (8).to_bytes(4, "little")
    assert identify_content(memoryview(bytes(content))).kind in {ContentKind.PHOTOGRAPH, ContentKind.RAW}


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"content": None},
        {"content": {"kind": 1, "media_type": "", "format": ""}},
        {"content": {"kind": "video", "media_type": [], "format": ""}},
    ],
)
def test_an_answer_that_says_nothing_tells_nothing(answer):
    assert content_from_answer(answer) == ContentType()


def test_what_a_worker_tells_is_cut_and_made_safe_to_show():
    told = content_from_answer(
        {"content": {"kind": "no kind", "media_type": "a\u202eb" * 999, "format": "\u202e" * 99}}
    )
    assert told.kind is ContentKind.UNKNOWN
    assert "\u202e" not in told.media_type
    told.format.encode("utf-8")
