"""A case the size of the first collection, for measuring only: seeded, made in minutes, nothing else in it.

    python packaging/bench collection FOLDER [--photos 55000] [--no-files] [--passphrase WORDS]

Photographs are small real JPEG files, hashed; their rows are those an ingest writes, sealed by its entry, and
the thumbnails are kept. Categories, individuals, records and their links are acts through `record()`, many
in one transaction. What would take hours that way is written by bulk INSERT and stands in no entry of the
ledger: readings, findings, regions, coverage and notes, and beyond 100,000 photographs the cards. So
`verify` finds such a case at fault, as it should.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made_up
import simplejpeg
from measuring import PASSPHRASE, finish, make_parser
from photographs import content

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.records.mapping import RecordMapping
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.opening import create_case, open_case
from reviewer.storage.engine import tables as t
from reviewer.storage.engine import texts
from reviewer.storage.photos import photos
from reviewer.storage.store import Connection, record_draft
from reviewer.system.clock import current_time, format_timestamp

SIZE = 192, 144
ACTS_BEYOND = 100_000
_AT_ONCE = 5_000


class Collection:
    """The plan of one collection: everything follows from the number of photographs and the seed."""

    def __init__(
        self,
        folder: Path,
        photographs: int,
        per_photo: int,
        seed: int,
        *,
        files: bool,
        passphrase: str | None,
    ) -> None:
        self.folder, self.count, self.per_photo, self.files = folder, photographs, per_photo, files
        self.passphrase = passphrase
        self.rng = random.Random(seed)
        self.shas: list[str] = []
        self.bodies = made_up.bodies(self.rng, photographs)

    def make(self) -> Path:
        """The folder of the case, which is closed."""
        case = create_case(self.folder / "collection.case", "Measured", "Dr Measure", self.passphrase)
        examiner = case.examiners()[0].id
        steps = (self._ingest, self._share, self._records, self._cards, self._readings)
        for step in steps:
            case.writer.enqueue_batch(lambda connection, step=step: step(case, connection, examiner)).result()  # type: ignore[misc]
        case.close()
        # the second time nothing is left to fold in, and the statistics are those of a full case
        open_case(self.folder / "collection.case", self.passphrase).close()
        return self.folder / "collection.case"

    def _act(self, case: OpenCase, connection: Connection, author: str, draft: Draft) -> None:
        record_draft(connection, draft, case.signer(author), format_timestamp(current_time()))

    def _ingest(self, case: OpenCase, connection: Connection, author: str) -> None:
        root = self.folder / "photographs"
        source = {"path": str(root), "path_hex": os.fsencode(root).hex()}
        self._act(case, connection, author, Draft(acts.SOURCE_ADDED, "source", source))
        contents = [_small(content(*SIZE, seed)) for seed in range(11)] if self.files else []
        rows: list[tuple[dict[str, Any], dict[str, Any]]] = []
        for number, body in enumerate(made_up.of_each_photo(self.bodies)):
            folder, name = f"{body.branch}/{body.examination:05}", f"IMG_{number:06}.JPG"
            data = _file(contents[number % 11], number) if contents else b""
            sha256 = hashlib.sha256(data or str(number).encode()).hexdigest()
            if data:
                (root / folder).mkdir(parents=True, exist_ok=True)
                (root / folder / name).write_bytes(data)
            self.shas.append(sha256)
            rows.append(
                made_up.rows_of_photo(self.rng, number, sha256, body, folder, name, len(data) or 9_000)
            )
            if len(rows) == _AT_ONCE:
                _insert_photos(connection, rows)
                rows = []
        _insert_photos(connection, rows)
        if contents:
            case.previews.put((sha256, contents[number % 11]) for number, sha256 in enumerate(self.shas))
        seal = photos.compute_seal(connection, "source")
        self._act(case, connection, author, Draft(acts.SOURCE_INGESTED, "source", vars(seal)))

    def _share(self, case: OpenCase, connection: Connection, author: str) -> None:
        """Categories of 9 in 10 photographs, and the individuals with their numbers."""
        by_category: dict[str, list[str]] = {}
        made: list[dict[str, Any]] = []
        for body, photographs in zip(self.bodies, self._photographs(), strict=True):
            for photo in photographs:
                by_category.setdefault(made_up.category(self.rng, body), []).append(photo)
            if body.is_detainee:
                made.append(made_up.individual(self.rng, body, photographs))
        for category, found in by_category.items():
            for some in _chunks(found if category else [], 500):
                body_of = {"photos": some, "category": category}
                self._act(case, connection, author, Draft(shared_acts.PHOTOS_CATEGORISED, "", body_of))
        for some in _chunks(made, 200):
            self._act(
                case, connection, author, Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": some})
            )

    def _photographs(self) -> Iterator[list[str]]:
        start = 0
        for body in self.bodies:
            yield self.shas[start : start + body.photographs]
            start += body.photographs

    def _records(self, case: OpenCase, connection: Connection, author: str) -> None:
        """One file of records: a row for almost every second individual, linked."""
        detainees = [body for body in self.bodies if body.is_detainee][: max(1, self.count * 3 // 55)]
        loaded = {
            "name": "records.csv",
            "sha256": "a" * 64,
            "rows": len(detainees),
            "seal": "b" * 64,
            "mapping": RecordMapping(tuple((name, None) for name in made_up.RECORD_COLUMNS)).body(),
        }
        self._act(case, connection, author, Draft(acts.RECORDS_LOADED, "file", loaded))
        links = []
        for row, body in enumerate(detainees, start=1):
            cells = made_up.record(self.rng, body)
            values = {"id": row, "file": "file", "sheet": "", "row": row, "cells": json.dumps(cells)}
            connection.execute(t.records.insert(), values)
            texts.put_text(connection, "record", str(row), " ".join(cells))
            links.append({"record": f"file:{row}", "individual": body.id, "how": "matched", "note": ""})
        for some in _chunks(links, 500):
            self._act(case, connection, author, Draft(shared_acts.RECORDS_SETTLED, "", {"records": some}))

    def _cards(self, case: OpenCase, connection: Connection, author: str) -> None:
        """The card of the first photograph of every second individual."""
        found = []
        for body, photographs in zip(self.bodies, self._photographs(), strict=True):
            if body.is_detainee and body.examination % 2:
                found.append((photographs[0], made_up.card(body)))
        if self.count <= ACTS_BEYOND:
            for photo, card in found:
                draft = Draft(shared_acts.CARD_TRANSCRIBED, photo, {**card, "box": []})
                self._act(case, connection, author, draft)
            return
        numbers = {photo: number for number, photo in enumerate(self.shas, start=1)}
        rows = [
            {**card, "photo": numbers[photo], "box": "[]", "author": author, "at": ""}
            for photo, card in found
        ]
        connection.execute(t.cards.insert(), rows)

    def _readings(self, _case: OpenCase, connection: Connection, author: str) -> None:
        """By bulk INSERT: every photograph read by the examiner, one in twenty by somebody else as well."""
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for some in _chunks(list(enumerate(self.shas)), _AT_ONCE):
            rows = made_up.Rows()
            for number, photo in some:
                made_up.add_reading(self.rng, rows, author, number + 1, photo, self.per_photo)
                if number % 20 == 0:
                    made_up.add_reading(self.rng, rows, "another", number + 1, photo, self.per_photo)
            for statement, values in rows.statements():
                cursor.executemany(statement, values)
        cursor.close()


def _insert_photos(connection: Connection, rows: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    if rows:
        connection.execute(t.photos.insert(), [photo for photo, _file in rows])
        connection.execute(t.source_files.insert(), [file for _photo, file in rows])


def _small(data: bytes) -> bytes:
    """The same picture in a few kilobytes: what is measured is their number."""
    return bytes(simplejpeg.encode_jpeg(simplejpeg.decode_jpeg(data), quality=40))


def _file(data: bytes, number: int) -> bytes:
    """The picture with a comment of its own, so that each is a content of its own."""
    comment = f"number {number}".encode("ascii")
    return data[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + data[2:]


def _chunks(things: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]


def keep_collection(
    folder: Path,
    photographs: int,
    per_photo: int = 12,
    *,
    files: bool = False,
    passphrase: str | None = PASSPHRASE,
) -> Path:
    """The case in `folder`: the one that is there, or a new one."""
    there = folder / "collection.case"
    if there.exists():
        return there
    return Collection(folder, photographs, per_photo, 1, files=files, passphrase=passphrase).make()


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=55_000)
    parser.add_argument("--findings", type=int, default=12, help="of each photograph")
    parser.add_argument("--passphrase", default=PASSPHRASE)
    parser.add_argument("--no-files", action="store_true", help="rows only: no JPEG files, no thumbnails")
    options = parser.parse_args()
    began = time.perf_counter()
    made = keep_collection(
        options.folder,
        options.photos,
        options.findings,
        files=not options.no_files,
        passphrase=None if options.unencrypted else options.passphrase,
    )
    figures: dict[str, float | int | str] = {"case": str(made), "photographs": options.photos}
    finish("collection", {**figures, "made (s)": time.perf_counter() - began}, options)


if __name__ == "__main__":
    main()
