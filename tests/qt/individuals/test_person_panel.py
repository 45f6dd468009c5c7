"""What the panel beside the table says of a person agrees with what the table counts."""

import pytest

from reviewer.qt.individuals.person_panel import describe_state


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((True, 0, 0), "accepted; nothing is known that does not fit"),
        ((False, 1, 0), "only proposed; 1 thing does not fit"),
        ((True, 0, 1), "accepted; your readings contradict each other on 1 sign"),
        ((True, 2, 3), "accepted; 2 things do not fit; your readings contradict each other on 3 signs"),
    ],
)
def test_own_contradictions_are_told_apart_from_what_does_not_fit(given, said):
    assert describe_state(*given) == said
