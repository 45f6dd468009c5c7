"""A case to work on."""

import pytest

from tests.support.cases import made_case


@pytest.fixture
def case(tmp_path):
    """A new one with nothing in it, open for writing."""
    made = made_case(tmp_path)
    yield made
    made.close()
