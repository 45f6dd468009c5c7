"""A case to work on, and one of thirteen photographs that is made once."""

import pytest

from tests.support.cases import made_case, made_photographs_case


@pytest.fixture(scope="session")
def thirteen(tmp_path_factory):
    """The folder of a case of thirteen photographs, closed; tests copy it."""
    return made_photographs_case(tmp_path_factory.mktemp("thirteen"), 13)


@pytest.fixture
def case(tmp_path):
    """A new one with nothing in it, open for writing."""
    made = made_case(tmp_path)
    yield made
    made.close()
