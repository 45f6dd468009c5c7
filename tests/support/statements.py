"""What a case asks of its database, statement by statement."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, event

import reviewer

_PROGRAM = str(Path(reviewer.__file__).parent)


@dataclass(frozen=True)
class Asked:
    """A statement, and the functions of the program that wait for its answer, innermost first."""

    words: str
    waiting: tuple[str, ...]


@contextmanager
def recorded_statements(*, of_this_thread: bool = False) -> Iterator[list[str]]:
    """A list that grows by the text of each statement sent to a database while the block runs, but for those
    that begin a transaction; with `of_this_thread` only what the calling thread waits for."""
    sent: list[str] = []
    caller = threading.get_ident()

    def note(statement: str) -> None:
        if not of_this_thread or threading.get_ident() == caller:
            sent.append(statement)

    with _heard_statements(note):
        yield sent


@contextmanager
def recorded_askers() -> Iterator[list[Asked]]:
    """A list that grows by each statement that the calling thread waits for while the block runs."""
    asked: list[Asked] = []
    caller = threading.get_ident()

    def note(statement: str) -> None:
        if threading.get_ident() == caller:
            asked.append(Asked(statement, _list_waiting()))

    with _heard_statements(note):
        yield asked


@contextmanager
def _heard_statements(note):
    def hear(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.startswith("BEGIN"):
            note(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def _list_waiting() -> tuple[str, ...]:
    """`module.function` of each frame of the program on this thread, innermost first."""
    found, frame = [], sys._getframe()
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(_PROGRAM):
            found.append(f"{Path(code.co_filename).stem}.{code.co_qualname}")
        frame = frame.f_back
    return tuple(found)
