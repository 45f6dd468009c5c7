"""Acts in words, where the words depend on what the act says."""

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.ledger.entry import Entry
from reviewer.services.reading.act_words import describe_entry
from reviewer.services.vocabulary.vocabulary import load_vocabulary


def _entry(act, body):
    return Entry("e", "s", 1, "", 1, "2026-01-01T00:00:00Z", act, "p", body, "", "")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"degree": "", "mechanism": "", "alleged_by": ""}, "degree of consistency taken away"),
        (
            {"degree": "typical", "mechanism": "a blow", "alleged_by": "witness"},
            "degree of consistency: typical of a blow, as a witness says",
        ),
        (
            {"degree": "typical", "mechanism": "a blow", "alleged_by": "likely cause"},
            "degree of consistency: typical of a blow, which the examiner names as the likely cause",
        ),
        (
            {"degree": "diagnostic", "mechanism": "a blow"},
            "degree of consistency: diagnostic of a blow, and whose account that is was not said",
        ),
    ],
)
def test_a_degree_is_told_with_its_mechanism_and_its_account(body, words):
    assert describe_entry(_entry(acts.DEGREE_SET, {"finding": "f", **body}), load_vocabulary()) == words
