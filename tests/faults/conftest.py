"""Fault tests are short in the ordinary run; REVIEWER_FAULTS=full makes them long."""

import os

import pytest


@pytest.fixture(scope="session")
def rounds():
    """rounds(short, full): how often to try."""
    return lambda short, full: full if os.environ.get("REVIEWER_FAULTS") == "full" else short
