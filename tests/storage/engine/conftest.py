"""An empty database of a case, and a store that writes into it."""

import pytest

from reviewer.storage.engine import database
from reviewer.storage.store import Store


@pytest.fixture
def path(tmp_path):
    database.create_database(tmp_path / "case.db")
    return tmp_path / "case.db"


@pytest.fixture
def store(path):
    made = Store(path, read_only=False)
    yield made
    made.close()
