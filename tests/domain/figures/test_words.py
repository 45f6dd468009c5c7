"""How figures, what is left out, and what they rest on are said."""

import pytest

from reviewer.domain.figures.figures import (
    CountedUnit,
    ExcludedUnits,
    Figure,
    ReadingsBasis,
    Statistics,
    StatisticsBasis,
    make_class_figures,
)
from reviewer.domain.figures.words import (
    basis_in_words,
    excluded_in_words,
    figure_in_words,
    format_unit_count,
    readings_in_words,
    statistics_in_words,
)

BASIS = StatisticsBasis(
    "Case", "", ("Dr Okoye",), 1200, "ab" * 32, "2026-01-02T03:04:05.000+00:00", "1.1.0", "0.2.0"
)


def test_a_figure_is_said_with_both_shares_and_its_unit():
    figure = Figure("f/x", "bruise", CountedUnit.INDIVIDUAL, ("a",), ("b",), ("c", "d"))
    assert figure_in_words(figure) == ("bruise: 1 of 4, 25.0 %; of 2 assessable 50.0 %, individuals")
    drawn = Figure(**{**vars(figure), "drawn": True})
    assert figure_in_words(drawn) == (
        "bruise: 1 of 4, 25.0 % (4.6 to 69.9); of 2 assessable 50.0 % (9.5 to 90.5), individuals"
    )


def test_of_a_class_only_shares_that_could_be_others_are_said():
    def said(values, order=()):
        return figure_in_words(make_class_figures("k", CountedUnit.PHOTO, values, order)[0])

    assert said(dict.fromkeys("ab", "unread"), ["unread", "read"]) == "unread: 2 of 2, 100.0 %, photographs"
    assert said({"a": "215", "b": "215"}) == "215: 2 of 2, photographs", "no other was possible"
    assert said({"a": "x", "b": "y", "c": None, "d": None}) == (
        "x: 1 of 4, 25.0 %; of 2 told 50.0 %, photographs"
    )


@pytest.mark.parametrize(
    ("masking", "says"),
    [
        ("yes", "2 of the findings counted"),
        ("no", "Nothing was masked"),
        ("changed", "a part of the reading"),
    ],
)
def test_what_figures_rest_on_is_said_with_what_was_in_view(masking, says):
    basis = StatisticsBasis(**{**vars(BASIS), "masking": masking})
    whole, counted, context = readings_in_words(ReadingsBasis(15, 9, 22, 2, 3), basis)
    assert whole.startswith("Of 15 individuals all photographs of 9 were read;")
    assert "22 findings" in counted
    assert "Of 3 further findings nobody stated" in counted
    assert says in context


def test_the_basis_says_everything_by_which_figures_are_found_again():
    words = basis_in_words(BASIS)
    for part in ("Dr Okoye only", "all photographs", "1,200 entries", "abababababababab;", "1.1.0", "0.2.0"):
        assert part in words
    asked = StatisticsBasis(**{**vars(BASIS), "query": "term:bruise", "entries": 1, "head": "", "at": ""})
    assert "photographs found by term:bruise; 1 entry of the ledger, fingerprint none;" in basis_in_words(
        asked
    )


@pytest.mark.parametrize(
    ("count", "unit", "words"),
    [
        (1, CountedUnit.PHOTO, "1 photograph"),
        (1200, CountedUnit.INDIVIDUAL, "1,200 individuals"),
        (0, CountedUnit.REGION, "0 regions"),
    ],
)
def test_numbers_have_their_unit(count, unit, words):
    assert format_unit_count(count, unit) == words


def test_what_is_left_out_is_said_with_its_reason():
    assert (
        excluded_in_words(ExcludedUnits("sorted as scene", CountedUnit.PHOTO, ("a", "b")))
        == "2 photographs: sorted as scene"
    )
    counted = Statistics(BASIS, 3, 1, (), ())
    assert statistics_in_words(counted) == "1 individual and 3 photographs are counted, near-duplicates once."
