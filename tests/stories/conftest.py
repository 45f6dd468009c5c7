"""A demonstration case to read, made once, and a desk to read it at."""

import shutil
from types import SimpleNamespace

import pytest

from reviewer.services.demo.collection import make_collection
from tests.stories.desk_story import Examiner
from tests.support.cases import PASSPHRASE, ingested, made_case


@pytest.fixture(scope="session")
def photographs(tmp_path_factory):
    """A source of forty drawn photographs and what comes with them."""
    folder = tmp_path_factory.mktemp("drive")
    make_collection(folder, 40, seed=3)
    return folder


@pytest.fixture(scope="session")
def filled_case(tmp_path_factory, photographs):
    """A case in which they are ingested; never opened for writing, only copied."""
    case = made_case(tmp_path_factory.mktemp("case"))
    ingested(case, photographs)
    case.close()
    return case.folder


@pytest.fixture(scope="session")
def secret_case(tmp_path_factory, photographs):
    """An encrypted case in which they are ingested, closed; only copied. Its folder and its recovery key."""
    case = made_case(tmp_path_factory.mktemp("secret"), passphrase=PASSPHRASE)
    ingested(case, photographs)
    case.close()
    return SimpleNamespace(folder=case.folder, recovery_key=case.recovery_key)


@pytest.fixture
def case_folder(tmp_path, filled_case):
    return shutil.copytree(filled_case, tmp_path / "story.case")


@pytest.fixture
def desk(qapp):
    """Makes desks and clears them away."""
    made = []

    def sit_down(**options):
        made.append(Examiner(**options))
        return made[-1]

    yield sit_down
    for examiner in made:
        if not examiner.has_left:
            examiner.leaves()
    made.clear()
