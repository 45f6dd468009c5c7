"""Signatures are checked by a process of its own, and what it says is what checking them here says."""

import sys

import pytest

from reviewer.keys.signature_process import SignatureProcess
from reviewer.keys.signing import SigningKey, is_signature_valid


def questions(count):
    """Right signatures, but every seventh is that of another hash."""
    key = SigningKey.new()
    for number in range(count):
        hash_ = f"{number:064x}"
        yield key.public, hash_, key.sign(hash_ if number % 7 else "f" * 64)


ODD = [
    ("", "", ""),
    ("zz" * 32, "0" * 64, "0" * 128),
    ("0" * 64, "0" * 62, "0" * 130),
    ("0" * 62, "0" * 66, "0" * 128),
    ("ff" * 32, "0" * 64, "0" * 128),
]
"""No keys, no hashes, no signatures; together some of them are as long as three that are."""


@pytest.mark.parametrize("count", [0, 1, 511, 1200])
def test_it_finds_what_checking_here_finds(count):
    asked = [*ODD, *questions(count), *ODD]
    with SignatureProcess() as process:
        assert all(process.ask(*question) for question in asked)
        assert process.find_invalid() == {
            number for number, question in enumerate(asked) if not is_signature_valid(*question)
        }


@pytest.mark.parametrize(
    "says",
    ["", "print('sound')", 'print(\'{"asked": 3, "invalid": []}\')', 'print("[]")', "import os; os.abort()"],
)
def test_a_process_that_is_lost_or_talks_nonsense_has_not_answered(says):
    with SignatureProcess((sys.executable, "-c", says)) as process:
        for question in questions(2000):
            process.ask(*question)
        assert process.find_invalid() is None


def test_where_it_cannot_be_started_it_has_not_answered(tmp_path):
    with SignatureProcess((str(tmp_path / "none"),)) as process:
        process.ask(*next(questions(1)))
        assert process.find_invalid() is None


def test_the_process_is_gone_when_the_block_is_left():
    def stop():
        raise InterruptedError

    process = SignatureProcess((sys.executable, "-c", "while True: pass"))
    with pytest.raises(InterruptedError), process:
        process.ask(*next(questions(1)))
        process.find_invalid(stop)
    assert process._process.poll() is not None
    assert not process._thread.is_alive()
