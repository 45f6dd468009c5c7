"""The store of a case: its one connection that writes."""

from tests.support.cases import made_case


def test_nobody_else_tidies_while_the_writing_connection_is_tidied(tmp_path, monkeypatch):
    """The thread that writes does it when nothing comes; tests do it too, and may come just then."""
    case = made_case(tmp_path)
    store, held = case.store, []
    connect = store._writing.connect
    monkeypatch.setattr(store._writing, "connect", lambda: held.append(store._tidying.locked()) or connect())
    store.checkpoint()
    assert held == [True]
    assert not store._tidying.locked()
    monkeypatch.undo()
    case.close()
