"""Manifests of other programs, as they write them and as people break them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.errors import KnownError
from reviewer.domain.evidence.foreign_manifest import parse_foreign_manifest

A, B = "a" * 64, "b" * 64
M = "c" * 32


@pytest.mark.parametrize(
    ("content", "name", "kind", "algorithm", "files"),
    [
        (f"{A}  x/a.jpg\n{B} *b.jpg\n", "s.sha256", "checksums", "sha256", {b"x/a.jpg": A, b"b.jpg": B}),
        (f"\\{A}  a\\nb\\\\c\n", "s", "checksums", "sha256", {b"a\nb\\c": A}),
        (f"{M.upper()}  a b.jpg\r\n", "s.md5", "checksums", "md5", {b"a b.jpg": M}),
        (f"SHA256 (x (1).jpg) = {A}\n", "s", "checksums", "sha256", {b"x (1).jpg": A}),
        (f"{A}  data/a%0Ab%25.jpg\n", "manifest-sha256.txt", "BagIt", "sha256", {b"data/a\nb%.jpg": A}),
        (
            f"%%%% HASHDEEP-1.0\n%%%% size,md5,sha256,filename\n## a comment\n3,{M},{A},./a,b.jpg\n",
            "h.txt",
            "hashdeep",
            "sha256",
            {b"a,b.jpg": A},
        ),
        (
            f"%%%% HASHDEEP-1.0\n%%%% size,md5,filename\n3,{M},C:\\x\\a.jpg\n",
            "h",
            "hashdeep",
            "md5",
            {b"C:/x/a.jpg": M},
        ),
        (f'"File Name";"SHA-256";Size\n"x\\a.jpg";{A};3\n', "l.csv", "CSV", "sha256", {b"x/a.jpg": A}),
        (f"md5,path\n{M},صور/1.jpg\n", "l.csv", "CSV", "md5", {"صور/1.jpg".encode(): M}),
    ],
)
def test_each_kind(content, name, kind, algorithm, files):
    found = parse_foreign_manifest(content.encode(), name)
    assert (found.kind, found.algorithm, found.files, found.complaints) == (kind, algorithm, files, ())


def test_windows_writes_utf_16_or_a_mark():
    text = f"{A}  a.jpg\r\n"
    for content in (b"\xff\xfe" + text.encode("utf-16-le"), b"\xef\xbb\xbf" + text.encode()):
        assert parse_foreign_manifest(content, "s").files == {b"a.jpg": A}


def test_lines_that_are_none_are_told_and_the_others_used():
    found = parse_foreign_manifest(f"{A}  a.jpg\nhello\n{B}  a.jpg\n# note\n\n{A}  c.jpg\n".encode(), "s")
    assert found.files == {b"a.jpg": A, b"c.jpg": A}
    assert found.complaints == (
        "line 2 is not one of a manifest",
        "line 3 gives another hash for the same name",
    )


@pytest.mark.parametrize("content", [b"", b"hello\n", b"\0" * 5000, b"path,size\na,3\n", b"path,sha256\na\n"])
def test_what_is_no_manifest_is_one_sentence(content):
    with pytest.raises(KnownError, match="no manifest"):
        parse_foreign_manifest(content, "x")


def test_kinds_of_hashes_are_not_mixed():
    with pytest.raises(KnownError, match="mixes"):
        parse_foreign_manifest(f"{A}  a\n{M}  b\n".encode(), "x")


@given(st.binary(max_size=400), st.sampled_from(["x", "manifest-md5.txt", "x.csv"]))
def test_any_bytes_end_in_a_manifest_or_a_sentence(content, name):
    for lead in (b"", b"%%%% HASHDEEP-1.0\n%%%% size,md5,filename\n", b"path,md5\n"):
        try:
            assert parse_foreign_manifest(lead + content, name).files
        except KnownError as error:
            assert str(error)
