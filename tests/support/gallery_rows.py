"""Rows of a gallery of made-up photographs, of which nothing is known but where they lie."""

from array import array

from reviewer.domain.photos.photo_columns import PhotoHashes, PhotoPlaces, TextColumn
from reviewer.domain.search.gallery_rows import GalleryColumns, GalleryRows
from reviewer.domain.worklist.assignments import Assignments
from reviewer.domain.worklist.listed_photos import ListedPhotos


def make_gallery_rows(files, **known):
    """A row for each (SHA-256, folder, name), in that order; `known` are columns of the gallery by number,
    which count from 1."""
    count = len(files)
    numbered = sorted((sha256, number) for number, (sha256, _folder, _name) in enumerate(files, start=1))
    hashes = PhotoHashes(
        [number for _hash, number in numbered], "".join(hash_ for hash_, _number in numbered)
    )
    folders = ["", *(folder for _hash, folder, _name in files)]
    photos = ListedPhotos(hashes, PhotoPlaces(folders, TextColumn(["", *(name for *_other, name in files)])))
    photos.extend(range(1, count + 1))
    columns = {
        "assignments": Assignments(count),
        "taken_at": TextColumn([""] * (count + 1)),
        "findings": array("l", [0] * (count + 1)),
    }
    return GalleryRows(photos, count, GalleryColumns(**(columns | known)))
