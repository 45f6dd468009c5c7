"""Names of a manifest and names on disk that are the same to whoever reads them."""

import unicodedata

import pytest

from reviewer.domain.evidence.audit import EvidenceClass, audit
from reviewer.domain.evidence.listed_names import align_to_folder, match_spellings

A, B = "a" * 64, "b" * 64
NFC = "Blessé أ ٢١٥.jpg"
NFD = unicodedata.normalize("NFD", NFC)


@pytest.mark.parametrize(
    ("prefix", "there"),
    [("", "x/a.jpg"), ("/mnt/drive/", "x/a.jpg"), ("data/", "x/a.jpg"), ("", "deep/x/a.jpg")],
)
def test_a_manifest_may_begin_above_or_below_the_folder(prefix, there):
    files = {f"{prefix}x/a.jpg".encode(): A, f"{prefix}x/gone.jpg".encode(): B}
    found = align_to_folder(files, [there.encode(), b"other.jpg"])
    assert found[there.encode()] == A
    assert len(found) == 2


@pytest.mark.parametrize(
    ("listed", "there"),
    [(NFD, NFC), (NFC, NFD), (f"E:/evidence/{NFD}", NFC), (NFD, f"deep/{NFC}")],
    ids=["NFD on NFC", "NFC on NFD", "begins above", "begins below"],
)
def test_another_unicode_form_is_the_same_name(listed, there):
    found = {there.encode(): A}
    named = match_spellings(align_to_folder({listed.encode(): A}, found), found)
    assert (named.files, named.other_form, named.other_capitals) == ({there.encode(): A}, 1, 0)


def test_another_unicode_form_with_another_content_is_changed_and_not_missing_and_new():
    found = {NFC.encode(): B}
    (one,) = audit(match_spellings({NFD.encode(): A}, found).files, found)
    assert (one.outcome, one.path) == (EvidenceClass.CHANGED, NFC.encode())


@pytest.mark.parametrize(
    ("listed", "there"),
    [
        ("img_0001.JPG", "IMG_0001.JPG"),
        ("E:/Evidence/Img_0001.jpg", "IMG_0001.JPG"),
        ("sub\\img_0001.jpg", "sub/IMG_0001.JPG"),
    ],
)
def test_other_capitals_and_backslashes_are_matched_by_content(listed, there):
    found = {there.encode(): A}
    named = match_spellings(align_to_folder({listed.encode(): A}, found), found)
    assert (named.files, named.other_form, named.other_capitals) == ({there.encode(): A}, 0, 1)


def test_other_capitals_with_another_content_are_not_guessed():
    found = {b"IMG.JPG": B}
    named = match_spellings({b"img.jpg": A}, found)
    assert (named.files, named.other_capitals) == ({b"img.jpg": A}, 0)


def test_two_names_that_could_be_meant_are_not_guessed():
    found = {NFC.encode(): A, b"IMG.jpg": A, b"Img.JPG": A}
    assert match_spellings({b"img.jpg": A}, found).files == {b"img.jpg": A}
    both = {NFC.encode(): A, NFD.encode(): A}
    assert match_spellings(both, found).files == both, "one of them is there by its very name"
