"""What builds installers is imported as it is run: its modules by their bare names."""

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def installers(monkeypatch):
    """A function that imports a module of `packaging/installers` by name."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging" / "installers"))
    return importlib.import_module
