"""What a case asks of its database, statement by statement."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def recorded_statements(*, of_this_thread: bool = False) -> Iterator[list[str]]:
    """A list that grows by the text of each statement sent to a database while the block runs, but for those
    that begin a transaction; with `of_this_thread` only what the calling thread waits for."""
    sent: list[str] = []
    caller = threading.get_ident()

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        is_meant = not of_this_thread or threading.get_ident() == caller
        if is_meant and not statement.startswith("BEGIN"):
            sent.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
