"""What is on paper can be typed again, and a slip of the pen is told from a wrong key."""

import pytest

from reviewer.domain.errors import KnownError
from reviewer.keys.recovery import looks_like_one, new_recovery_key, wrapping_key


def test_it_has_nine_groups_and_no_two_are_the_same():
    made = {new_recovery_key() for _ in range(50)}
    assert len(made) == 50
    assert all([len(group) for group in each.split("-")] == [4] * 9 for each in made)
    assert not {"I", "L", "O", "U"} & set("".join(made))


def test_it_may_be_typed_in_small_letters_without_groups_and_with_look_alikes():
    written = new_recovery_key()
    spoken = written.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert wrapping_key(spoken) == wrapping_key(written)


def test_any_single_slip_is_seen():
    """Every other letter at every place of a key."""
    written = new_recovery_key()
    slips = [
        written[:place] + other + written[place + 1 :]
        for place, letter in enumerate(written)
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        if letter not in {"-", other}
    ]
    assert len(slips) == 36 * 31
    for slip in slips:
        with pytest.raises(KnownError, match="slip"):
            wrapping_key(slip)


@pytest.mark.parametrize("text", ["", "correct horse battery staple", "ABCD-EFGH", "ÄÖÜ" * 12, "----" * 9])
def test_what_is_no_recovery_key_is_said(text):
    assert not looks_like_one(text)
    with pytest.raises(KnownError, match="nine groups"):
        wrapping_key(text)


def test_a_passphrase_of_nine_words_is_not_taken_for_one():
    assert not looks_like_one("one-two-three-four-five-six-seven-eight-nine")
    assert looks_like_one(new_recovery_key())
