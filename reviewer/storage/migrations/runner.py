"""Runs the steps a database has not seen; each in one transaction with its version."""

from __future__ import annotations

from typing import Any

from reviewer.storage.migrations import v1_000, v1_001, v1_002, v1_003, v1_004, v1_005, v1_006, v1_007

STEPS = (v1_000, v1_001, v1_002, v1_003, v1_004, v1_005, v1_006, v1_007)
LATEST_VERSION = STEPS[-1].VERSION
MAJOR_STEP = 1000


def read_version(connection: Any) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def run_migrations(connection: Any) -> None:
    """Run all steps newer than the database; all of a step or nothing of it."""
    for step in STEPS:
        if read_version(connection) >= step.VERSION:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in step.STATEMENTS:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {step.VERSION}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def format_version(version: int) -> str:
    """A version as people read it: 1000 is "1.0"."""
    return f"{version // MAJOR_STEP}.{version % MAJOR_STEP}"
