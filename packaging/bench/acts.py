"""From the key press to the committed act; the commit alone against plain SQLite committing as many bytes.

    python packaging/bench acts [--acts 500] [--before 20000] [--json]

`--before` acts are in the case already. The time includes everything: deciding, sealing, applying, the
commit with full synchronisation, and the message back. All figures are medians; a ratio is the median of
the ratios of parts that ran one after the other. "Bare" is the engine of the cases, encrypting as many bytes
under a key and doing nothing else: the difference to plain SQLite is the price of encryption itself. Exit
status 1 if a commit alone takes more than 1.5 times plain SQLite's without encryption, or more than 1.5
times the bare engine's with it.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measuring import PASSPHRASE, finish, in_folder, make_parser, median

from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import to_canonical_json
from reviewer.domain.reading.reading import Finding
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.opening import create_case, open_case
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.engine import cipher
from reviewer.storage.store import Connection, record_draft
from reviewer.system.clock import current_time, format_timestamp

PARTS = 7
LIMIT = 1.5
_SOME = 20
_ROW = 1000  # bytes that a row of the plain table takes


def filled(folder: Path, acts: int, passphrase: str | None) -> OpenCase:
    """A case with so many acts in it, made in one transaction; opened again, so that its log is empty."""
    name = "encrypted" if passphrase else "plain"
    case = create_case(folder / f"{name}.case", "Benchmark", "Benchmark", passphrase)
    examiner = case.examiners()[0]
    desk = ActQueue(case, examiner, post_at_once)

    def run(connection: Connection) -> None:
        for number in range(acts):
            photo = f"{number // 3:064x}"
            finding = Finding(secrets.token_hex(8), "blunt.bruise", "1.0.0", regions=("chest.L",))
            draft = finding_commands.add_finding(desk.reading(photo), finding)
            record_draft(connection, draft, case.signer(examiner.id), format_timestamp(current_time()))

    case.writer.enqueue_batch(run).result()
    desk.detach()
    case.close()
    return open_case(case.folder, passphrase)


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
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    times = []
    for number in range(acts):
        photo = f"{number // 3:064x}"
        began = time.perf_counter()
        finding = Finding(secrets.token_hex(8), "elec.mark", "1.0.0", regions=("wrist.L",))
        desk.submit(finding_commands.add_finding(desk.reading(photo), finding)).result()
        times.append((time.perf_counter() - began) * 1000)
    desk.detach()
    return times


def bytes_of_an_act(case: OpenCase) -> int:
    """What one act adds to the write-ahead log of a case just opened, on average of some."""
    log = case.folder / "case.db-wal"
    before = log.stat().st_size if log.exists() else 0
    ours(case, _SOME)
    return (log.stat().st_size - before) // _SOME


def plain(path: Path, acts: int, size: int) -> list[float]:
    """Milliseconds of each commit alone, of as many bytes as an act, by SQLite without anything else."""
    return _commits_of(sqlite3.connect(path, isolation_level=None), acts, size)


def bare(path: Path, acts: int, size: int) -> list[float]:
    """The same by the engine of the cases under a key."""
    return _commits_of(cipher.connect(path, "rwc", secrets.token_bytes(32)), acts, size)


def _commits_of(connection: Any, acts: int, size: int) -> list[float]:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE acts (id INTEGER PRIMARY KEY, body TEXT)")
    body = to_canonical_json({"text": "x" * 900}).decode()
    times = []
    for _number in range(acts):
        connection.execute("BEGIN IMMEDIATE")
        for _row in range(max(1, size // _ROW)):
            connection.execute("INSERT INTO acts (body) VALUES (?)", (body,))
        began = time.perf_counter()
        connection.execute("COMMIT")
        times.append((time.perf_counter() - began) * 1000)
    connection.close()
    return times


def measured(folder: Path, acts: int, before: int) -> list[dict[str, float]]:
    """Medians of each part. In a part all of them take turns, so that a busy moment hits all of them."""
    cases = {
        "encrypted": filled(folder, before, PASSPHRASE),
        "open": filled(folder, before, None),
    }
    size, parts = bytes_of_an_act(cases["encrypted"]), []
    each = max(10, acts // PARTS)
    for part in range(PARTS):
        found = {"plain": median(plain(folder / f"plain {part}.db", each, size)), "size": float(size)}
        found["bare"] = median(bare(folder / f"bare {part}.db", each, size))
        for name, case in cases.items():
            spent = time.process_time()
            found[f"press {name}"] = median(ours(case, each))
            found[f"processor {name}"] = (time.process_time() - spent) * 1000 / each
            commit, journal = commits(case, each)
            found[f"commit {name}"] = median(commit)
            found[f"journal {name}"] = median([c + j for c, j in zip(commit, journal, strict=True)])
        parts.append(found)
    for case in cases.values():
        case.close()
    return parts


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--acts", type=int, default=500)
    parser.add_argument("--before", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with in_folder(options.folder) as folder:
        parts = measured(folder, options.acts, options.before)

    def middle(name: str) -> float:
        return median([part[name] for part in parts])

    def against(other: str, name: str) -> float:
        return median([part[name] / part[other] for part in parts])

    figures: dict[str, float | int | str] = {
        "acts in the case before": options.before,
        "bytes written in a commit": int(middle("size")),
        "plain SQLite, commit of as many bytes (ms)": middle("plain"),
        "bare engine, encrypting as many bytes (ms)": middle("bare"),
        "bare engine / plain SQLite": against("plain", "bare"),
    }
    for name, words in (("encrypted", "encrypted"), ("open", "not encrypted")):
        figures |= {
            f"key press to committed, {words} (ms)": middle(f"press {name}"),
            f"an act, {words} (ms of processor)": middle(f"processor {name}"),
            f"commit alone, {words} (ms)": middle(f"commit {name}"),
            f"commit and head journal, {words} (ms)": middle(f"journal {name}"),
            f"commit alone / plain SQLite, {words}": against("plain", f"commit {name}"),
            f"commit and head journal / plain SQLite, {words}": against("plain", f"journal {name}"),
        }
    figures["commit alone, encrypted / bare engine"] = against("bare", "commit encrypted")
    lost = []
    for what, ratio in (
        ("a commit, not encrypted, takes {:.1f} times plain SQLite's", against("plain", "commit open")),
        ("an encrypted commit takes {:.1f} times the bare engine's", against("bare", "commit encrypted")),
    ):
        if ratio > LIMIT:
            lost.append(f"{what.format(ratio)}, the bound is {LIMIT}")
    finish("acts", figures, options, lost)


if __name__ == "__main__":
    main()
