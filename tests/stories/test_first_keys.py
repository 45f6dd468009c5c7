"""What the README says to press first does what it says, on the demonstration as it opens."""

import re
from pathlib import Path

import pytest

from reviewer.domain.reading.reading import ReadingState
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.services.demo.demonstration import EXAMINER, DemonstrationFiles, make_demonstration
from reviewer.services.jobs import JobControl
from tests.support.waiting import until

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def demonstration(tmp_path):
    files = DemonstrationFiles(tmp_path)
    make_demonstration(files, lambda _stage: JobControl(), 60)
    return files.case


def first_keys():
    """Keys and words to type, in their order."""
    said = README.read_text(encoding="utf-8").split("the rest is yours to try.")[1].split("`F1`")[0]
    return re.findall(r'`([^`]+)`|"([^"]+)"', said)


def test_the_first_keys_of_the_readme(desk, demonstration):
    reader = desk().opens(demonstration, examiner=EXAMINER)
    reader.sees_photo()
    here, photo, before = reader.reader.position, reader.reader.sha256, reader.terms
    keys = first_keys()
    assert len(keys) == 7
    for key, words in keys[:-1]:
        reader.types(words) if words else reader.presses(key)
    assert reader.terms == [*before, reader.finding.term]
    assert "abrasion" in reader.reader.vocabulary.term_name(reader.finding.term)
    assert reader.finding.certainty is Certainty.DEFINITE
    assert reader.finding.certainty_stated
    assert reader.finding.regions == ("chest.L",)
    reader.presses(keys[-1][0]).is_saved()
    until(lambda: reader.reader.position != here, "the next photograph")
    assert reader.session.desk.reading(photo).state is ReadingState.COMPLETE
