"""Small pictures beside the case: what ingest finds is kept a few files at a time."""

import pytest

from reviewer.storage.engine import cipher
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


def test_pictures_lie_in_the_order_they_came_whatever_they_are_called(store):
    names = [name_of(n * 7 % 40) for n in range(40)]
    store.put_examined((name, b"picture of " + name.encode(), b"greys") for name in names)
    for table in ("pictures", "looks"):
        rows = store._connection.execute(f"SELECT sha256 FROM {table} ORDER BY rowid").fetchall()
        assert [name for (name,) in rows] == names
    store.put([(names[3], b"another")])
    assert store.get(names[3]) == b"another"
    assert store._connection.execute("SELECT count(*) FROM pictures").fetchone() == (40,)


def test_a_file_of_before_whose_pictures_are_sorted_by_name_is_read_and_written(tmp_path):
    path = tmp_path / "previews.db"
    before = cipher.connect(path, "rwc", KEY)
    for table, column in (("pictures", "jpeg"), ("looks", "greys")):
        before.execute(
            f"CREATE TABLE {table} "
            f"(sha256 TEXT PRIMARY KEY, {column} BLOB NOT NULL, sum TEXT NOT NULL) WITHOUT ROWID"
        )
    before.close()
    for number in range(3):
        store = PreviewStore(path, read_only=False, key=KEY)
        store.put_examined([(name_of(number), b"picture", b"greys"), (name_of(0), b"newer", b"greys")])
        assert store.get(name_of(0)) == b"newer"
        assert len(store.load_fingerprints()) == number + 1
        assert store.faults() == []
        store.close()
