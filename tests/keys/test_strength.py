"""Which passphrases are refused and why, and what a suggested one is worth."""

import math
import time

import pytest

from reviewer.domain.errors import KnownError
from reviewer.keys.passphrase import check_new_passphrase
from reviewer.keys.strength import LONGEST_JUDGED, find_weakness
from reviewer.keys.word_passphrase import suggest_passphrase

NAMES = ("Branch 215, first hundred", "Dr Okoye", "Dr Hansen")


@pytest.mark.parametrize(
    ("weak", "why"),
    [
        ("Okoye Hansen", "names of the case"),
        ("hansen215 okoye", "names of the case"),
        ("password letmein", "many people choose"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats itself"),
        ("passwordpasswordpassword", "repeats itself"),
        ("abcdefghijklmnop", "row of letters"),
        ("zxcvbnm,./asdfghjkl;'", "neighbouring keys"),
        ("12.08.2012 x", "years or dates"),
        ("correct horse", "many people choose"),
    ],
)
def test_what_can_be_guessed_is_refused_with_its_reason_and_what_helps(weak, why):
    with pytest.raises(KnownError, match=why) as refused:
        check_new_passphrase(weak, NAMES)
    assert (refused.value.code, "do not belong together" in str(refused.value)) == ("bad-passphrase", True)


@pytest.mark.parametrize(
    "strong", ["correct horse battery staple", "seven quiet rooms by the sea", "غرفة هادئة قرب البحر الأزرق"]
)
def test_a_few_words_that_do_not_belong_together_are_taken(strong):
    assert find_weakness(strong, NAMES) == ""


def test_what_is_short_or_endless_is_refused_as_before():
    for words, why in (("short", "at least 12 characters"), ("x y" * 400, "at most 1024 bytes")):
        with pytest.raises(KnownError, match=why):
            check_new_passphrase(words)


def test_however_long_a_passphrase_is_only_its_beginning_costs_time():
    began = time.process_time()
    assert find_weakness("x" * 1024)
    assert find_weakness("quiet river stone " * 50) == ""
    assert time.process_time() - began < 5, f"minutes, where more than {LONGEST_JUDGED} characters are judged"


def test_suggested_words_come_from_a_list_as_long_as_it_says_and_differ():
    made = {suggest_passphrase().text for _try in range(50)}
    assert len(made) == 50
    assert suggest_passphrase().bits == pytest.approx(6 * math.log2(6**5))
    assert all(find_weakness(text) == "" for text in list(made)[:5])
    assert len(suggest_passphrase(8).text.split(" ")) == 8
