"""From the key press to the committed act, against plain SQLite committing as many bytes.

    python packaging/bench/acts.py [--acts 500] [--before 20000] [--json]

`--before` acts are in the case already. The time includes everything: deciding, sealing, applying, the
commit with full synchronisation, and the message back.
"""

from __future__ import annotations

import argparse
import secrets
import sqlite3
import time
from pathlib import Path

from measuring import in_folder, median, percentile, report

from reviewer.domain import intents
from reviewer.domain.ledger import canonical
from reviewer.domain.reading import Finding
from reviewer.services.desk import Desk
from reviewer.services.jobs import at_once
from reviewer.services.open_case import OpenCase
from reviewer.services.opening import create_case
from reviewer.storage.store import Connection, record
from reviewer.system.clock import now, stamp


def filled(folder: Path, acts: int) -> OpenCase:
    """A case with so many acts in it, made in large transactions."""
    case = create_case(folder / "acts.case", "Benchmark", "Benchmark", None)
    examiner = case.examiners()[0]
    desk = Desk(case, examiner, at_once)

    def run(connection: Connection) -> None:
        for number in range(acts):
            photo = f"{number // 3:064x}"
            finding = Finding(secrets.token_hex(8), "blunt.bruise", "1.0.0", regions=("chest.L",))
            draft = intents.add_finding(desk.reading(photo), finding)
            record(connection, draft, case.pen(examiner.id), stamp(now()))

    case.writer.batch(run).result()
    desk.leave()
    return case


def ours(case: OpenCase, acts: int) -> list[float]:
    """Milliseconds of each act, from the wish to the end of its commit."""
    desk = Desk(case, case.examiners()[0], at_once)
    times = []
    for number in range(acts):
        photo = f"{number // 3:064x}"
        began = time.perf_counter()
        finding = Finding(secrets.token_hex(8), "elec.mark", "1.0.0", regions=("wrist.L",))
        desk.do(intents.add_finding(desk.reading(photo), finding)).result()
        times.append((time.perf_counter() - began) * 1000)
    desk.leave()
    return times


def plain(folder: Path, acts: int) -> list[float]:
    """Milliseconds of one insert and commit each, of as many bytes as an act, by SQLite alone."""
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE acts (id INTEGER PRIMARY KEY, body TEXT)")
    body = canonical({"text": "x" * 900}).decode()
    times = []
    for _number in range(acts):
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO acts (body) VALUES (?)", (body,))
        connection.execute("COMMIT")
        times.append((time.perf_counter() - began) * 1000)
    connection.close()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=500)
    parser.add_argument("--before", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with in_folder(options.folder) as folder:
        case = filled(folder, options.before)
        floor = plain(folder, options.acts)
        times = ours(case, options.acts)
        case.close()
    report(
        "acts",
        {
            "acts in the case before": options.before,
            "key press to committed (ms, median)": median(times),
            "key press to committed (ms, 95 %)": percentile(times, 0.95),
            "plain SQLite, same commit (ms, median)": median(floor),
            "ours / plain SQLite": median(times) / median(floor),
        },
        options.json,
    )


if __name__ == "__main__":
    main()
