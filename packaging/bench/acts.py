"""From the key press to the committed act; the commit alone against plain SQLite committing as many bytes.

    python packaging/bench/acts.py [--acts 500] [--before 20000] [--json]

`--before` acts are in the case already. The time includes everything: deciding, sealing, applying, the
commit with full synchronisation, and the message back.
"""

from __future__ import annotations

import argparse
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
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

PARTS = 5


def filled(folder: Path, acts: int, passphrase: str | None) -> OpenCase:
    """A case with so many acts in it, made in large transactions."""
    name = "encrypted" if passphrase else "plain"
    case = create_case(folder / f"{name}.case", "Benchmark", "Benchmark", passphrase)
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


def commits(case: OpenCase, acts: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each commit alone: the transaction, and the head journal after it."""
    whole, journal = [], []
    write, append = case.store.write, case.store.journal.append

    @contextmanager
    def timed_write() -> Iterator[Connection]:
        with write() as connection:
            yield connection
            began = time.perf_counter()
        whole.append((time.perf_counter() - began) * 1000)

    def timed_append(head: tuple[int, str]) -> None:
        began = time.perf_counter()
        append(head)
        journal.append((time.perf_counter() - began) * 1000)

    case.store.write, case.store.journal.append = timed_write, timed_append  # type: ignore[method-assign]
    ours(case, acts)
    case.store.write, case.store.journal.append = write, append  # type: ignore[method-assign]
    return [w - j for w, j in zip(whole, journal, strict=True)], journal


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


def plain(path: Path, acts: int) -> list[float]:
    """Milliseconds of each commit alone, of as many bytes as an act, by SQLite without anything else."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE acts (id INTEGER PRIMARY KEY, body TEXT)")
    body = canonical({"text": "x" * 900}).decode()
    times = []
    for _number in range(acts):
        connection.execute("BEGIN IMMEDIATE")
        for _page in range(6):  # an act writes to some tables and their indexes
            connection.execute("INSERT INTO acts (body) VALUES (?)", (body,))
        began = time.perf_counter()
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
        encrypted = filled(folder, options.before, "correct horse battery staple")
        open_to_all = filled(folder, options.before, None)
        found: dict[str, list[float]] = {}
        for part in range(PARTS):  # alternating, so that a busy moment hits all of them
            each = options.acts // PARTS
            found.setdefault("plain", []).extend(plain(folder / f"plain {part}.db", each))
            found.setdefault("encrypted", []).extend(ours(encrypted, each))
            found.setdefault("open", []).extend(ours(open_to_all, each))
            commit, journal = commits(encrypted, each)
            found.setdefault("commit", []).extend(commit)
            found.setdefault("journal", []).extend(journal)
        encrypted.close()
        open_to_all.close()
    middle = {name: median(times) for name, times in found.items()}
    report(
        "acts",
        {
            "acts in the case before": options.before,
            "key press to committed, encrypted (ms, median)": middle["encrypted"],
            "key press to committed, encrypted (ms, 95 %)": percentile(found["encrypted"], 0.95),
            "key press to committed, not encrypted (ms, median)": middle["open"],
            "encrypted / not encrypted": middle["encrypted"] / middle["open"],
            "commit alone, encrypted (ms, median)": middle["commit"],
            "head journal, synchronised (ms, median)": middle["journal"],
            "plain SQLite, commit of as many bytes (ms, median)": middle["plain"],
            "commit / plain SQLite (limit 1.5)": middle["commit"] / middle["plain"],
            "commit and journal / plain SQLite": (middle["commit"] + middle["journal"]) / middle["plain"],
        },
        options.json,
    )


if __name__ == "__main__":
    main()
