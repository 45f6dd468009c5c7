"""Files that a camera wrote for one press of the button: one folder, one name up to its ending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from reviewer.domain.photos.case import SourceFile
from reviewer.storage.engine import tables as t
from reviewer.storage.engine.among import ids_as_subquery
from reviewer.storage.photos.standing import is_standing

FileStem = tuple[str, str, str]
"""Source, folder, and name without its ending."""


def find_files_beside(connection: Connection, sha256: str) -> set[str]:
    """Names of other files with the folder and the name, up to its ending, of a file with this content."""
    c = t.source_files.c
    photo = select(t.photos.c.id).where(t.photos.c.sha256 == sha256).scalar_subquery()
    own = connection.execute(select(c.source, c.folder, c.name).where(c.photo == photo)).all()
    found: set[str] = set()
    for source, folder, name in own:
        stem, dot, _ending = name.rpartition(".")
        if stem and dot:
            like = (c.source == source) & (c.folder == folder)
            like &= (c.name >= f"{stem}.") & (c.name < f"{stem}/")
            found.update(connection.execute(select(c.name).where(like).limit(20)).scalars())
    return found - {name for _source, _folder, name in own}


def find_photographs_beside(connection: Connection, files: Sequence[SourceFile]) -> list[tuple[str, ...]]:
    """For each of these files the names of the photographs of its shot, in order."""
    c = t.source_files.c
    folders = sorted({_split_path(file)[0] for file in files})
    query = select(c.source, c.folder, c.name).where(c.photo.is_not(None), is_standing())
    known: dict[FileStem, set[str]] = defaultdict(set)
    for source, folder, name in connection.execute(query.where(c.folder.in_(ids_as_subquery(folders)))):
        stem, dot, _ending = name.rpartition(".")
        if stem and dot:
            known[source, folder, stem].add(name)
    return [_find_photographs_of_shot(file, known) for file in files]


def _split_path(file: SourceFile) -> tuple[str, str]:
    folder, _slash, name = file.path.rpartition("/")
    return folder, name


def _find_photographs_of_shot(file: SourceFile, known: dict[FileStem, set[str]]) -> tuple[str, ...]:
    folder, name = _split_path(file)
    ends = [place for place, letter in enumerate(name) if letter == "." and place]
    found = {file_name for end in ends for file_name in known.get((file.source, folder, name[:end]), ())}
    return tuple(sorted(found - {name}))


def find_raw_pairs(connection: Connection) -> set[frozenset[str]]:
    """Find pairs of a camera raw Photo and one with the same folder and name up to the ending: the camera
    wrote them together."""
    c, p = t.source_files.c, t.photos.c
    rows = connection.execute(
        select(c.source, c.folder, c.name, p.sha256, p.shown_as).join(t.photos, p.id == c.photo)
    )
    shots: dict[FileStem, dict[str, bool]] = defaultdict(dict)
    for source, folder, name, sha256, shown_as in rows:
        shots[source, folder, name.rpartition(".")[0]][sha256] = bool(shown_as)
    return {
        frozenset((raw, other))
        for photos in shots.values()
        for raw, is_raw in photos.items()
        for other in photos
        if is_raw and other != raw
    }
