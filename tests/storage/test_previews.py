"""Small pictures beside the case: what ingest finds is kept a few files at a time."""

import pytest

from reviewer.storage.previews import PreviewStore

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path):
    made = PreviewStore(tmp_path / "previews.db", read_only=False, key=KEY)
    yield made
    made.close()


def name_of(number):
    return f"{number:064x}"


def test_picture_and_greys_of_many_files_are_kept_in_a_few_transactions(store):
    statements = []
    store._connection.set_trace_callback(statements.append)
    store.put_examined((name_of(n), b"picture %d" % n, b"greys %d" % n) for n in range(40))
    store._connection.set_trace_callback(None)
    assert [said for said in statements if said in {"BEGIN", "COMMIT"}] == ["BEGIN", "COMMIT"] * 2
    assert [store.get(name_of(n)) for n in range(41)] == [*(b"picture %d" % n for n in range(40)), None]
    assert store.load_fingerprints() == {name_of(n): b"greys %d" % n for n in range(40)}
    assert store.faults() == []


def test_of_a_file_only_what_there_is_is_kept(store):
    store.put_examined([(name_of(1), b"", b"greys"), (name_of(2), b"picture", b"")])
    store.put([(name_of(3), b"another")])
    store.put_fingerprints([(name_of(2), b"later")])
    assert [store.get(name_of(n)) for n in (1, 2, 3)] == [None, b"picture", b"another"]
    assert store.load_fingerprints() == {name_of(1): b"greys", name_of(2): b"later"}
