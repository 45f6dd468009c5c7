"""The process that lists archives: as confined as the one that decodes photographs.

    python -m reviewer.media.archives.archive_worker [--channel N] [--unfiltered]

One JSON line in: {"input": NAME, "size": N, "output": NAME}. One JSON line out: "ok": true with the list as
JSON in the output buffer ("bytes": N), or "refused" with a sentence.
"""

from __future__ import annotations

import codecs
import io
import json
import sys
import tarfile
import zipfile
from dataclasses import asdict
from functools import partial

from reviewer.media.workers.serving import Work, WorkerMessage, run_worker

_ENCODINGS = ("cp437", "utf-8", "utf-16-le", "windows-1252", "latin-1", "ascii")
"""What names in archives are written in."""


def main(arguments: list[str]) -> None:
    """Answer until standard input ends."""
    run_worker(arguments, lambda: Work(_answer_request, partial(_warm_up, _make_samples())))


def _make_samples() -> list[bytes]:
    """One small archive of each form that can be written here, made before files are given up."""
    import py7zr

    zipped, packed = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("\u0635\u0648\u0631/a.jpg", b"a")
        archive.writestr("a.jpg", b"a")
    with py7zr.SevenZipFile(packed, "w") as seven:
        seven.writestr(b"a", "a.jpg")
    made = [zipped.getvalue(), packed.getvalue()]
    for mode in ("w", "w:gz", "w:bz2", "w:xz"):
        written = io.BytesIO()
        with tarfile.open(fileobj=written, mode=mode) as tar:
            member = tarfile.TarInfo("a.jpg")
            member.size = 1
            tar.addfile(member, io.BytesIO(b"a"))
        made.append(written.getvalue())
    return made


def _warm_up(samples: list[bytes]) -> None:
    """List one of each kind: codecs load what they load late."""
    from reviewer.media.archives.archive_names import list_names

    for name in _ENCODINGS:
        codecs.lookup(name)
    for sample in samples:
        list_names(memoryview(sample))


def _answer_request(request: WorkerMessage, data: memoryview, room: memoryview) -> WorkerMessage:
    from reviewer.media.archives.archive_names import ArchiveUnreadable, list_names

    try:
        produced = json.dumps(asdict(list_names(data[: request["size"]]))).encode("ascii")
    except ArchiveUnreadable as refused:
        return {"ok": False, "refused": str(refused)}
    except MemoryError:
        return {"ok": False, "refused": "Listing the archive needs more memory than is given for it."}
    room[: len(produced)] = produced
    return {"ok": True, "bytes": len(produced)}


if __name__ == "__main__":
    main(sys.argv[1:])
