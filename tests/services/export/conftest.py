"""A case with a mark of each shape and all that an export leaves out or tells, made once."""

import pytest

from tests.support.cases import opened_copy
from tests.support.exports import marked_case


@pytest.fixture(scope="session")
def marked_folder(tmp_path_factory):
    """It is closed; its photographs lie beside it, in "=drive". Nobody changes either."""
    case = marked_case(tmp_path_factory.mktemp("marked"))
    case.close()
    return case.folder


@pytest.fixture
def case(marked_folder, tmp_path):
    """A copy of it, open for writing."""
    with opened_copy(marked_folder, tmp_path) as made:
        yield made
