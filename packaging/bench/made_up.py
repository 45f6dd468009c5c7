"""What stands in the collection for measuring: bodies, records, notes, findings, as they are distributed.

Nothing of it is of a real person. Terms are drawn as in collections of this kind: a few make most of the
findings (Zipf), the rest is rare.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reviewer.domain.text_folding import fold_text
from reviewer.services.vocabulary.vocabulary import load_vocabulary

_VOCABULARY = load_vocabulary()
_TERMS = [each.key for each in _VOCABULARY.terms]
_REGIONS = [each.key for each in _VOCABULARY.regions]
random.Random(7).shuffle(_TERMS)
_OFTEN = list(itertools.accumulate(1 / (place + 3) for place in range(len(_TERMS))))
_CERTAINTIES = ("definite", "probable", "possible")
_ANSWERS = ("present",) * 8 + ("non-specific", "absent")
_ENGLISH = (
    "belt buckle pattern seems likely", "blurred, look again at the original", "label covers the chest",
    "blanket lies over the legs", "written number on tape at the forehead", "compare with the next body",
    "shadow or bruise, cannot tell", "cable or cord around the wrist",
)  # fmt: skip
_ARABIC = (
    "آثار حزام على الظهر", "الصورة غير واضحة", "رقم مكتوب على الجبين", "غطاء على الساقين",
    "كدمات على الرقبة", "أثر حبل حول المعصم",
)  # fmt: skip
_NAMES = ("سالم", "نور", "Amal", "Karim", "Samir", "Rami", "هادي", "Jad", "Sami", "ليلى")
_PLACES = ("north office", "east office", "مكتب الجنوب", "hospital A", "hospital B")
_BRANCHES = ("215", "227", "235", "248", "251", "220", "216", "300")
_CAMERAS = (("NIKON", "COOLPIX P90"), ("Canon", "PowerShot A3300 IS"), ("FUJIFILM", "FinePix S1800"))


@dataclass(frozen=True)
class Body:
    id: str
    branch: str
    examination: int
    detainee: str
    photographs: int
    day: int
    is_detainee: bool


def bodies(rng: random.Random, photographs: int) -> list[Body]:
    """Until all photographs have a body: four to a body on average, one folder in six something else."""
    found: list[Body] = []
    left = photographs
    while left:
        number = len(found)
        count = min(left, rng.choice((1, 3, 4, 5, 8)) + (rng.random() < 0.05) * 20)
        found.append(
            Body(
                f"{rng.getrandbits(64):016x}",
                rng.choice(_BRANCHES),
                number,
                str(rng.randrange(1, 9_999)),
                count,
                rng.randrange(0, 800),
                rng.random() > 0.16,
            )
        )
        left -= count
    return found


def of_each_photo(found: Sequence[Body]) -> Iterator[Body]:
    for body in found:
        yield from itertools.repeat(body, body.photographs)


def rows_of_photo(
    rng: random.Random, number: int, sha256: str, body: Body, folder: str, name: str, size: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The row of a Photo and of the file it was found in, as ingest writes them."""
    make, model = _CAMERAS[body.examination % len(_CAMERAS)]
    month, day = divmod(body.day, 28)
    taken = (
        f"{2011 + month // 12}-{month % 12 + 1:02}-{day + 1:02} {rng.randrange(24):02}:10:{number % 60:02}"
    )
    taken = "" if number % 50 == 0 else taken
    tags = {"Make": make, "Model": model, "DateTimeOriginal": taken, "ExifVersion": "0221", "Flash": "16"}
    tags |= {f"Tag{place}": "0" * 12 for place in range(24)}
    photo = {
        "id": number + 1, "sha256": sha256, "size": size, "format": "JPEG", "width": 192, "height": 144,
        "orientation": 1, "taken_at": taken, "make": make, "model": model, "tags": json.dumps(tags),
        "likeness": f"{rng.getrandbits(64):016x}", "damage": "ends early" if number % 400 == 0 else "",
    }  # fmt: skip
    file = {
        "source": "source", "path": f"{folder}/{name}".encode(), "folder": folder, "name": name, "size": size,
        "modified_ns": number, "sha256": sha256, "outcome": "photo", "photo": number + 1,
        "problem_kind": "", "problem_reason": "",
    }  # fmt: skip
    return photo, file


def category(rng: random.Random, body: Body) -> str:
    if rng.random() < 0.1:
        return ""
    return "detainee" if body.is_detainee else rng.choice(("soldier", "scene", "document", "other"))


def individual(rng: random.Random, body: Body, photographs: Sequence[str]) -> dict[str, Any]:
    said = {
        "number.examination": str(body.examination),
        "number.branch": body.branch,
        "number.detainee": body.detainee,
        "sex": "male" if rng.random() < 0.97 else "female",
    }
    if rng.random() < 0.5:
        said["name"] = f"{rng.choice(_NAMES)} {rng.choice(_NAMES)}"
    statements = [
        {
            "id": f"{body.id}-{fact}", "fact": fact, "value": value, "certainty": "probable",
            "kind": "folder", "source": "", "detail": "",
        }
        for fact, value in said.items()
    ]  # fmt: skip
    return {"id": body.id, "photos": list(photographs), "reason": "same folder", "statements": statements}


RECORD_COLUMNS = ("examination", "branch", "detainee", "name", "place", "date")


def record(rng: random.Random, body: Body) -> list[str]:
    name = f"{rng.choice(_NAMES)} {rng.choice(_NAMES)}"
    return [str(body.examination), body.branch, body.detainee, name, rng.choice(_PLACES), "2013-02-01"]


def card(body: Body) -> dict[str, Any]:
    unread = body.examination % 7 == 1
    return {
        "pass": "first", "detainee": body.detainee, "branch": body.branch,
        "examination": f"{body.examination}"[:-1] + "?" if unread else str(body.examination),
        "date": "", "legible": "in part" if unread else "yes", "note": "",
    }  # fmt: skip


@dataclass
class Rows:
    """Rows of one batch, by statement."""

    readings: list[tuple[Any, ...]] = field(default_factory=list)
    findings: list[tuple[Any, ...]] = field(default_factory=list)
    regions: list[tuple[Any, ...]] = field(default_factory=list)
    coverage: list[tuple[Any, ...]] = field(default_factory=list)
    marks: list[tuple[Any, ...]] = field(default_factory=list)
    texts: list[tuple[Any, ...]] = field(default_factory=list)

    def statements(self) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        yield (
            "INSERT INTO readings "
            "(examiner, photo, round, state, conclusion, reason, note, changed_at, carried_from, counted, "
            "marked, surest, looked_for, description, context_seen) "
            "VALUES (?, ?, 1, ?, ?, '', ?, '2026-01-01T00:00:00.000+00:00', '', ?, ?, ?, '[]', '{}', '[]')",
            self.readings,
        )
        yield (
            "INSERT INTO findings (id, examiner, photo, round, place, term, vocabulary, answer, reason, "
            "certainty, certainty_stated, regions, qualifiers, degree, mechanism, copied_from, confirmed, "
            "recipe, seen_as_is, alleged_by, in_context) "
            "VALUES (?, ?, ?, 1, ?, ?, '1.1.0', ?, '', ?, 1, ?, '{}', '', '', '', 1, '', 1, '', 0)",
            self.findings,
        )
        yield (
            "INSERT INTO finding_regions "
            "(finding, region, examiner, photo, round, term, certainty, answer, confirmed) "
            "VALUES (?, ?, ?, ?, 1, ?, ?, ?, 1)",
            self.regions,
        )
        yield (
            "INSERT INTO coverage (examiner, photo, round, region, level) VALUES (?, ?, 1, ?, ?)",
            self.coverage,
        )
        yield (
            "INSERT INTO marks (id, finding, place, shape, points, page) "
            "VALUES (?, ?, 0, 'point', '[[1,2]]', 1)",
            self.marks,
        )
        yield "INSERT INTO texts (kind, owner, text) VALUES ('note', ?, ?)", self.texts


def add_reading(
    rng: random.Random, rows: Rows, examiner: str, photo: int, sha256: str, findings: int
) -> None:
    """A Reading of the Photo of this number with about so many Findings; a few Photos have none."""
    count = 0 if rng.random() < 0.04 else findings + rng.randrange(-2, 4)
    there = marked = surest = 0
    for place in range(count):
        id_, answer = f"{rng.getrandbits(64):016x}", rng.choice(_ANSWERS)
        (term,) = rng.choices(_TERMS, cum_weights=_OFTEN)
        regions = rng.sample(_REGIONS, 1 + (rng.random() < 0.2))
        there += answer != "absent"
        certainty = rng.choice(_CERTAINTIES)
        surest = max(surest, (3 - _CERTAINTIES.index(certainty)) * (answer != "absent"))
        rows.findings.append((id_, examiner, photo, place, term, answer, certainty, json.dumps(regions)))
        rows.regions += [(id_, region, examiner, photo, term, certainty, answer) for region in regions]
        if rng.random() < 0.05:
            rows.marks.append((f"m{id_}", id_))
            marked += 1
    note = rng.choice((*_ENGLISH, *_ARABIC)) if rng.random() < 0.2 else ""
    if note:
        rows.texts.append((f"{examiner} {sha256}", fold_text(note)))
    if rng.random() < 0.3:
        view = rng.choice(_VOCABULARY.views)
        rows.coverage += [(examiner, photo, region, "assessable") for region in view.regions]
    state = rng.choice(("complete", "complete", "complete", "open", "set aside"))
    conclusion = "" if there else "nothing visible in the assessable regions"
    rows.readings.append((examiner, photo, state, conclusion, note, there, marked, surest))
