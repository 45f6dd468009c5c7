"""What is on paper can be typed again, and a slip of the pen is told from a wrong key."""

import random
import re

import pytest

from reviewer.domain.errors import WrongPassphrase
from reviewer.domain.photos.case import Examiner
from reviewer.keys.recovery import derive_wrapping_key, find_slip, is_recovery_key, make_recovery_key
from reviewer.services.case.recovery_paper import format_recovery_key

KEY = "2ZZM-PJT2-0CSP-W6NP-RMNE-E0B4-RE24-NP1G-85P3"


@pytest.fixture(scope="module")
def key():
    """One that has a 0 and a 1 in it, so that letters that look like them can be tried."""
    return next(made for made in iter(make_recovery_key, None) if "0" in made and "1" in made)


def printed(key):
    """The lines of the paper that hold the key."""
    return [line for line in format_recovery_key("Branch A", key).splitlines() if re.match(r" +\d: ", line)]


def test_it_has_nine_groups_and_no_two_are_the_same():
    made = {make_recovery_key() for _ in range(50)}
    assert len(made) == 50
    assert all([len(group) for group in each.split("-")] == [4] * 9 for each in made)
    assert not {"I", "L", "O", "U"} & set("".join(made))


def test_the_paper_numbers_the_groups(key):
    lines = printed(key)
    assert [re.findall(r"\d: ", line) for line in lines] == [
        ["1: ", "2: ", "3: "],
        ["4: ", "5: ", "6: "],
        ["7: ", "8: ", "9: "],
    ]
    assert re.findall(r": (\w{4})", " ".join(lines)) == key.split("-")


TYPED = {
    "as it is": lambda key: key,
    "as the paper has it": lambda key: "\n".join(printed(key)),
    "the lines of the paper without breaks": lambda key: "".join(printed(key)),
    "numbers run into the groups": lambda key: "".join(f"{n}{g}" for n, g in enumerate(key.split("-"), 1)),
    "three lines of three, six hyphens": lambda key: "\n".join(
        " - ".join(key.split("-")[at : at + 3]) for at in (0, 3, 6)
    ),
    "blanks": lambda key: key.replace("-", " "),
    "nothing between": lambda key: key.replace("-", ""),
    "small letters": str.lower,
    "blanks that do not break": lambda key: key.replace("-", "\u00a0"),
    "dashes": lambda key: key.replace("-", " \u2013 "),
    "underscores and dots": lambda key: key.replace("-", "_", 4).replace("-", "."),
    "letters that look like digits": lambda key: key.replace("0", "o").replace("1", "l", 1).replace("1", "I"),
    "Arabic digits": lambda key: key.translate({ord(str(n)): chr(0x660 + n) for n in range(10)}),
    "Persian digits": lambda key: key.translate({ord(str(n)): chr(0x6F0 + n) for n in range(10)}),
    "wide letters": lambda key: "".join(chr(ord(c) + 0xFEE0) for c in key),
    "a mark of direction before it": lambda key: f"\u200f{key}\u200e",
}


@pytest.mark.parametrize("way", TYPED)
def test_however_it_is_typed_it_is_the_same_key(key, way):
    typed = TYPED[way](key)
    assert is_recovery_key(typed)
    assert find_slip(typed) is None
    assert derive_wrapping_key(typed) == derive_wrapping_key(key)


def test_any_single_slip_is_seen(key):
    """Every other letter at every place of a key."""
    slips = [
        key[:place] + other + key[place + 1 :]
        for place, letter in enumerate(key)
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        if letter not in {"-", other}
    ]
    assert len(slips) == 36 * 31
    for slip in random.Random(5).sample(slips, 120):
        with pytest.raises(WrongPassphrase, match="slip in the recovery key: its last group") as told:
            derive_wrapping_key(slip)
        assert told.value.code == "bad-recovery-key"


def test_a_slip_is_told_with_its_group():
    key = KEY.replace("-", "")
    assert is_recovery_key(key)
    wrong = "7" if key[17] != "7" else "8"
    told = str(find_slip(key[:17] + wrong + key[18:]))
    assert "its last group does not fit the others" in told
    assert "group 5" in told
    swapped = key[:8] + key[9] + key[8] + key[10:]
    assert "group 3" in str(find_slip(swapped))
    assert "35 letters and digits are typed, and it has 36" in str(find_slip(key[:30] + key[31:]))
    assert "something is missing. It is probably in group 8" in str(find_slip(key[:30] + key[31:]))
    assert "37 letters and digits" in str(find_slip(key[:4] + "X" + key[4:]))
    assert "something is too much" in str(find_slip(key + "0"))
    assert "34 letters and digits" in str(find_slip(key[2:]))
    assert "has a U, which no recovery key has, in group 2" in str(find_slip(key[:5] + "u" + key[6:]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "correct horse battery staple",
        "ABCD-EFGH",
        "ÄÖÜ" * 12,
        "----" * 9,
        "one-two-three-four-five-six-seven-eight-nine",
        "a sentence of just about that length ends here",
        "1984 2001 1066 1789",
    ],
)
def test_what_is_no_recovery_key_is_said(text):
    assert not is_recovery_key(text)
    assert find_slip(text) is None
    with pytest.raises(WrongPassphrase, match="nine groups"):
        derive_wrapping_key(text)


def test_the_paper_has_the_fingerprints_of_the_keys_to_compare_with():
    people = [Examiner("e1", "Dr Okoye", key="0123456789abcdef" * 4), Examiner("e2", "Dr N")]
    paper = format_recovery_key("Branch A", make_recovery_key(), people)
    assert "\nDr Okoye: 0123 4567 89ab cdef 0123 4567 89ab cdef\n" in paper
    assert "Dr N" not in paper, "who has no key yet"
    assert "Keys of" not in format_recovery_key("Branch A", make_recovery_key())
