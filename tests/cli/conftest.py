"""The command line as tests give it, and a case to give it."""

import shutil

import pytest

from reviewer.main import main


@pytest.fixture
def run(capsys):
    """Run a command line; its exit status, and what it wrote."""

    def run_words(*words):
        status = main([str(word) for word in words])
        return status, *capsys.readouterr()

    return run_words


@pytest.fixture
def case(drive_case, tmp_path):
    """The folder of a case with a small drive in it, closed."""
    return shutil.copytree(drive_case, tmp_path / "copy.case")
