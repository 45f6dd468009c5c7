"""The store of a case: its one connection that writes."""

import threading

from reviewer.storage import store as storing
from tests.support.cases import made_case


def test_nobody_else_tidies_while_the_writing_connection_is_tidied(tmp_path, monkeypatch):
    """The thread that writes does it when nothing comes; tests do it too, and may come just then."""
    case = made_case(tmp_path)
    store, held = case.store, []
    connect = store._writing.connect
    monkeypatch.setattr(store._writing, "connect", lambda: held.append(store._used.locked()) or connect())
    store.checkpoint()
    assert held == [True]
    assert not store._used.locked()
    monkeypatch.undo()
    case.close()


def test_tidying_up_takes_no_transaction_of_another_thread_back(tmp_path, monkeypatch):
    """The pool gives the one connection to both, and takes back what is open in it when one has done."""
    monkeypatch.setattr(storing, "_PATIENCE", 0)
    case = made_case(tmp_path)
    with case.store.write() as connection:
        connection.exec_driver_sql("INSERT INTO case_facts VALUES ('written', 'now')")
        tidying = threading.Thread(target=case.store.checkpoint)
        tidying.start()
        tidying.join()
        assert connection.connection.dbapi_connection.in_transaction
    with case.store.read() as connection:
        query = "SELECT value FROM case_facts WHERE name = 'written'"
        assert connection.exec_driver_sql(query).scalar() == "now"
    case.close()
