"""What holds photographs together, in a word or two, for every ground that proposes."""

import pytest

from reviewer.domain.commands.individual_commands import make_individual, split_individual
from reviewer.domain.people.grounds import name_ground
from reviewer.domain.people.individual import Transcription, TranscriptionPass
from reviewer.domain.people.proposals import (
    PhotoForProposal,
    propose_from_bursts,
    propose_from_cards,
    propose_from_folders,
)


def seen(number, stem="", **values):
    return PhotoForProposal(f"{number:064}", "s", "927/104", f"{stem}{number}.jpg", **values)


def new_id():
    return "i"


CARD = Transcription(TranscriptionPass.RESOLVED, branch="927", examination="104")
SHOTS = [seen(n, taken_at=f"2012-08-14 10:22:{n:02}", likeness="0" * 16, camera="c") for n in (0, 40)]
MADE = {
    "card": propose_from_cards([seen(1, card=CARD)])[0].reason,
    "folder": propose_from_folders([seen(1)])[0].reason,
    "folder pattern": propose_from_folders([seen(1)], "{branch}/{examination}")[0].reason,
    "names in a folder": propose_from_folders([seen(n, stem=f"a{n % 2}-") for n in range(70)])[0].reason,
    "burst of 40 s": propose_from_bursts(SHOTS)[0].reason,
    "record": "examination number 104 of a record stands in the folder; 2 more fit another row as well",
    "by hand": make_individual(["a"], new_id).body["individuals"][0]["reason"],
    "split off by hand": split_individual(["a"], ["a", "b"], new_id, "927 / 104").body["individuals"][0][
        "reason"
    ],
}


@pytest.mark.parametrize(("words", "reason"), MADE.items())
def test_each_ground_has_its_words_without_a_number_of_anybody(words, reason):
    assert name_ground(reason) == words


def test_an_unknown_reason_is_told_as_it_is():
    assert name_ground("somebody said so") == "somebody said so"
