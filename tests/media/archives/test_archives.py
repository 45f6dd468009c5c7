"""Archives are listed in a confined process, without unpacking; what they say is untrusted."""

import gzip
import hashlib
import io
import os
import sys

import py7zr
import pytest

from reviewer.domain.errors import KnownError
from reviewer.domain.photos.archive_listing import MOST_NAMES, is_named_like_photograph
from reviewer.media.archives import archive_names
from reviewer.media.archives.archive_names import ArchiveUnreadable, list_names
from reviewer.media.archives.archive_reader import list_archive
from reviewer.services.jobs import Cancelled
from tests.support.contents import DOCX, ZIP, rar, tarred, zipped

FILES = {"215/IMG_1.JPG": b"\xff\xd8\xff", "215/صور/2.png": b"ab", "list.txt": b"a"}


def sevenfold(files, **options):
    written = io.BytesIO()
    with py7zr.SevenZipFile(written, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(content, name)
    return written.getvalue()


FORMS = {
    "zip": lambda: zipped(FILES),
    "7z": lambda: sevenfold(FILES),
    "rar": lambda: rar(FILES),
    "tar": lambda: tarred(FILES),
    "tar.gz": lambda: tarred(FILES, "w:gz"),
    "tar.bz2": lambda: tarred(FILES, "w:bz2"),
    "tar.xz": lambda: tarred(FILES, "w:xz"),
}


@pytest.mark.parametrize("form", FORMS)
def test_names_and_sizes_of_each_form(form):
    found = list_names(memoryview(FORMS[form]()))
    assert dict(found.names) == {name: len(content) for name, content in FILES.items()}
    assert (found.files, found.photographs, found.size, found.is_whole) == (3, 2, 6, True)
    assert found.sentence == "3 files, 2 of them named like photographs; 6 bytes."


@pytest.fixture
def put(tmp_path):
    def keep(content):
        (tmp_path / "archive").write_bytes(content)
        return os.fsencode(tmp_path / "archive"), hashlib.sha256(content).hexdigest()

    return keep


@pytest.mark.parametrize("form", ["zip", "7z", "rar", "tar.xz"])
def test_they_are_listed_inside_the_confinement(put, form):
    assert list_archive(*put(FORMS[form]())).photographs == 2


def test_a_compressed_file_a_document_and_what_is_broken():
    assert list_names(memoryview(gzip.compress(b"x" * 999))).files == 1
    assert ("word/document.xml", 4) in list_names(memoryview(DOCX)).names
    for broken in (ZIP[:60], b"Rar!\x1a\7\1\0" + bytes(90), b"7z\xbc\xaf\x27\x1c" + bytes(90), b"PK\5\6"):
        with pytest.raises(ArchiveUnreadable):
            list_names(memoryview(broken))


def test_a_list_has_its_bounds_and_says_so(monkeypatch):
    many = zipped({f"{number}.jpg": b"" for number in range(MOST_NAMES + 50)})
    found = list_names(memoryview(many))
    assert (found.files, len(found.names), found.is_whole) == (MOST_NAMES + 50, MOST_NAMES, True)
    monkeypatch.setattr(archive_names, "MOST_ENTRIES", 20)
    found = list_names(memoryview(many))
    assert (found.files, found.is_whole) == (20, False)
    assert "At least 20 files" in found.sentence


def test_names_of_photographs():
    assert all(map(is_named_like_photograph, ("a/b.JPG", "c\\d.heic", "x.NEF")))
    assert not any(map(is_named_like_photograph, ("a.txt", "__MACOSX/._b.jpg", "jpg", "a.jpg/readme")))


def test_a_file_that_changed_is_not_listed(put):
    path, _sha256 = put(ZIP)
    with pytest.raises(KnownError, match="no longer"):
        list_archive(path, "0" * 64)


def says(answer):
    """A process that says this whatever it is asked."""
    ready = "import sys; print('{\"ok\": true}', flush=True)"
    code = f"{ready}; sys.stdin.readline(); print(sys.argv[1], flush=True)"
    return [sys.executable, "-c", code, answer]


@pytest.mark.parametrize("answer", ['{"ok": true, "bytes": 0}', '{"refused": 3}', "[]", "", '{"bytes": -1}'])
def test_a_process_that_lies_is_one_sentence(put, answer):
    with pytest.raises(KnownError, match="brought the listing process down"):
        list_archive(*put(ZIP), command=says(answer))


def test_one_that_hangs_is_ended_and_one_that_is_stopped_too(put):
    stuck = [sys.executable, "-c", "import sys; print('{\"ok\": true}', flush=True); sys.stdin.read()"]
    with pytest.raises(KnownError, match="too long"):
        list_archive(*put(ZIP), command=stuck, seconds=0.3)

    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        list_archive(*put(ZIP), command=stuck, check=stop)
