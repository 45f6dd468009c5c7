"""Searching the whole collection: each question as a query and as SQL by hand on the same file.

    python packaging/bench search [--photos 55000] [--times-ten] [--folder F] [--cpu] [--json]

A query is timed from its text to the count and the first 200 photographs; the SQL answers with the same two.
`--folder` keeps the collection there, or takes the one that is there. Exits 1 when a median is above 100 ms
(300 ms with --times-ten, which makes ten times the photographs), when the case takes 2 s or more to open, or
when query and SQL disagree. `--cpu` counts the time of the thread, for busy machines.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from collection import keep_collection
from measuring import PASSPHRASE, find_passphrase, finish, in_folder, make_parser, median
from questions import QUESTIONS

from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.opening import open_case
from reviewer.services.search import search
from reviewer.services.worklist.worklist import Worklist

ROUNDS, PAGE = 7, 200
BOUND, BOUND_TIMES_TEN, BOUND_OPENING = 100.0, 300.0, 2000.0
Clock = Callable[[], float]


def raw_answer(connection: Any, condition: str, examiner: str) -> tuple[int, tuple[str, ...]]:
    """What SQL by hand says, in one statement as well: how many, and the first page."""
    rows = connection.execute(
        f"WITH found AS MATERIALIZED (SELECT p.id FROM photos p WHERE {condition}) "
        "SELECT (SELECT count(*) FROM found), p.sha256 FROM photos p "
        f"WHERE p.id IN (SELECT id FROM found ORDER BY id LIMIT {PAGE}) ORDER BY p.id",
        {"e": examiner},
    ).fetchall()
    return rows[0][0] if rows else 0, tuple(row[1] for row in rows)


def measured(case: OpenCase, query: str, condition: str, clock: Clock) -> dict[str, float | bool]:
    """Medians of both, in turn, so that a busy moment hits both."""
    examiner = case.examiners()[0].id
    ours, raw = [], []
    with case.store.read() as connection:
        driver = connection.connection.dbapi_connection
        for _round in range(ROUNDS):
            began = clock()
            found = search.find_photos(case, query, examiner, limit=PAGE)
            ours.append((clock() - began) * 1000)
            began = clock()
            by_hand = raw_answer(driver, condition, examiner)
            raw.append((clock() - began) * 1000)
    return {
        "found": found.count,
        "ms": median(ours),
        "raw": median(raw),
        "same": (found.count, found.photos) == by_hand,
    }


def opening(folder: Path, clock: Clock) -> tuple[float, OpenCase]:
    """Milliseconds until the case is open and its worklist is there."""
    began = clock()
    case = open_case(folder, find_passphrase(folder), read_only=True)
    Worklist(case, case.examiners()[0].id).load()
    return (clock() - began) * 1000, case


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=55_000)
    parser.add_argument("--times-ten", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--cpu", action="store_true")
    options = parser.parse_args()
    clock = time.thread_time if options.cpu else time.perf_counter
    count = options.photos * (10 if options.times_ten else 1)
    with in_folder(options.folder) as folder:
        made = keep_collection(folder, count, passphrase=None if options.unencrypted else PASSPHRASE)
        opened, case = opening(made, clock)
        rows = {query: measured(case, query, condition(), clock) for query, condition in QUESTIONS.items()}
        case.close()
    bound = BOUND_TIMES_TEN if options.times_ten else BOUND
    lost = [
        f"{query}: {row['ms']:.0f} ms, the bound is {bound:.0f}"
        for query, row in rows.items()
        if row["ms"] > bound
    ]
    lost += [
        f"{query}: the SQL by hand finds something else" for query, row in rows.items() if not row["same"]
    ]
    if opened >= BOUND_OPENING:
        lost.append(f"opening: {opened:.0f} ms, the bound is {BOUND_OPENING:.0f}")
    figures: dict[str, float | int | str] = {"photographs": count, "opened with its worklist (ms)": opened}
    for query, row in rows.items():
        figures |= {f"{query} (found)": row["found"], f"{query} (ms)": row["ms"]}
        figures[f"{query} (SQL by hand, ms)"] = row["raw"]
    figures["all questions (ms)"] = sum(row["ms"] for row in rows.values())
    figures["all questions, SQL by hand (ms)"] = sum(row["raw"] for row in rows.values())
    finish("search", figures, options, lost)


if __name__ == "__main__":
    main()
