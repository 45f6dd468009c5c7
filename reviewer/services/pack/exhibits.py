"""The exhibits of a pack: which photographs, under which number, and their files if they are wanted."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reviewer.domain.errors import KnownError
from reviewer.domain.evidence import pack_format
from reviewer.domain.evidence.load_files import LoadFileImage, format_dat, format_opt, to_windows_path
from reviewer.domain.names import path_to_text
from reviewer.domain.photos.photo import Photo
from reviewer.media.workers import evidence_file
from reviewer.media.workers.evidence_file import locate_original
from reviewer.services.export.tables.columns import neutralise_formula
from reviewer.services.jobs import JobControl
from reviewer.services.pack.bag import Bag
from reviewer.storage.evidence import case_rows
from reviewer.storage.photos import photos
from reviewer.storage.store import Connection

Redactor = Callable[[str], bytes | None]
"""From the SHA-256 of a Photo to the content of a redacted copy of it, a PNG; None if there is to be none."""

EXTENSION_OF_TYPE = {
    "JPEG": "jpg",
    "PNG": "png",
    "TIFF": "tif",
    "BMP": "bmp",
    "GIF": "gif",
    "WEBP": "webp",
    "HEIF": "heic",
    "AVIF": "avif",
    "JPEG2000": "jp2",
    "DIB": "dib",
}
_REDACTED_EXTENSION = "png"
_LOAD_FILE_FOLDER = "data/"
"""Where the load files lie: paths in DAT and OPT are relative to them."""


@dataclass(frozen=True)
class Exhibit:
    """One row of the load file; `file` and `file_sha256` are "" if the file is not in the pack. The redacted
    twin of an original is a row of its own, under the same number with an R."""

    number: int
    photo: Photo
    path: bytes
    copy: str = pack_format.NOT_INCLUDED
    file: str = ""
    file_sha256: str = ""
    is_twin: bool = False

    @property
    def name(self) -> str:
        return f"EX-{self.number:05}{'R' if self.is_twin else ''}"

    def to_cells(self, confidentiality: str) -> tuple[str, ...]:
        """In the order of the columns."""
        path = path_to_text(self.path)
        title = path.rpartition("/")[2]
        taken = self.photo.capture.taken_at
        return (
            self.name,
            neutralise_formula(title),
            neutralise_formula(taken),
            self.photo.format,
            neutralise_formula(path),
            confidentiality,
            self.photo.sha256,
            self.copy,
            self.file,
            self.file_sha256,
        )


def put_exhibits(
    bag: Bag,
    connection: Connection,
    chosen: Sequence[str],
    originals: bool,
    redact: Redactor | None,
    control: JobControl,
) -> list[Exhibit]:
    """Number the Photos (SHA-256) and put their files into the bag, if they are wanted."""
    roots = case_rows.load_source_roots(connection)
    made = []
    for number, sha256 in enumerate(chosen, start=1):
        control.check()
        photo = photos.find_photo(connection, sha256)
        if photo is None:
            continue
        places = photos.load_paths(connection, sha256)
        exhibit = Exhibit(number, photo, places[0][1])
        if originals:
            found = [locate_original(roots[source], path) for source, path in places]
            made.append(_add_original(bag, exhibit, found, control))
        content = redact(sha256) if redact is not None else None
        if content is not None:
            made.append(_add_redacted_copy(bag, replace(exhibit, is_twin=originals), content))
        elif not originals:
            made.append(exhibit)
        control.progress(number, len(chosen))
    return made


def make_load_files(exhibits: Sequence[Exhibit], confidentiality: str) -> dict[str, bytes]:
    """Make the load files by their path in the bag: CSV (UTF-8, commas, CR LF, RFC 4180), Concordance DAT
    with the same values, Opticon OPT with a line for each file that is in the pack."""
    rows = [exhibit.to_cells(neutralise_formula(confidentiality)) for exhibit in exhibits]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(pack_format.LOAD_COLUMNS)
    writer.writerows(rows)
    native = [to_windows_path(to_load_path(exhibit.file)) for exhibit in exhibits]
    columns = (*pack_format.LOAD_COLUMNS, pack_format.NATIVE_PATH)
    return {
        pack_format.LOAD_FILE: text.getvalue().encode("utf-8"),
        pack_format.LOAD_DAT: format_dat(
            columns, [(*row, path) for row, path in zip(rows, native, strict=True)]
        ),
        pack_format.LOAD_OPT: format_opt(_list_images(exhibits)),
    }


def to_load_path(file: str) -> str:
    """The path of a file of the pack below the folder of the load files."""
    return file.removeprefix(_LOAD_FILE_FOLDER)


def _list_images(exhibits: Sequence[Exhibit]) -> Iterator[LoadFileImage]:
    """A redacted copy holds the first picture only."""
    for exhibit in exhibits:
        pages = exhibit.photo.picture_count if exhibit.copy == pack_format.ORIGINAL else 1
        if exhibit.file:
            yield LoadFileImage(exhibit.name, to_load_path(exhibit.file), pages)


def _add_original(bag: Bag, exhibit: Exhibit, places: Sequence[bytes], control: JobControl) -> Exhibit:
    """Add the first file that is still as ingested. KnownError if there is none."""
    file = f"{pack_format.EXHIBITS}{exhibit.name}.{EXTENSION_OF_TYPE[exhibit.photo.format]}"
    for place in places:
        try:
            if evidence_file.compute_hash(place) != exhibit.photo.sha256:
                continue
            found = bag.add(file, _check_while_reading(evidence_file.iterate_pieces(place), control))
        except OSError:
            if file in bag.hashes or (bag.folder / file).exists():
                raise  # it is the pack that cannot be written
            continue
        if found == exhibit.photo.sha256:
            return Exhibit(exhibit.number, exhibit.photo, exhibit.path, pack_format.ORIGINAL, file, found)
        raise _make_missing_error(exhibit)
    raise _make_missing_error(exhibit)


def _check_while_reading(pieces: Iterator[bytes], control: JobControl) -> Iterator[bytes]:
    for piece in pieces:
        control.check()
        yield piece


def _make_missing_error(exhibit: Exhibit) -> KnownError:
    return KnownError(
        f"The original {path_to_text(exhibit.path)} cannot be read, or is not what was ingested.",
        "Connect its drive, or make the pack without originals.",
        code="no-original",
    )


def _add_redacted_copy(bag: Bag, exhibit: Exhibit, content: bytes) -> Exhibit:
    file = f"{pack_format.EXHIBITS}{exhibit.name}.{_REDACTED_EXTENSION}"
    found = bag.add(file, (content,))
    return replace(exhibit, copy=pack_format.REDACTED, file=file, file_sha256=found)
