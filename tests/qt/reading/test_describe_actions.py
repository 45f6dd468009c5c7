"""Every question about a photograph can be found by its name, and its letter is the one that is shown."""

from reviewer.qt.reading.describe_actions import DESCRIPTION_QUESTIONS
from reviewer.services.vocabulary.vocabulary import load_vocabulary


def test_the_questions_are_those_of_the_vocabulary():
    described = load_vocabulary().described
    assert [(each.key, each.letter.upper(), each.name) for each in described] == list(DESCRIPTION_QUESTIONS)
