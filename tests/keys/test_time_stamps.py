"""Answers of an authority that somebody changed: one kind of refusal, whatever the bytes are."""

import hashlib
import random
import warnings
from collections import Counter

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning

from reviewer.domain.ledger.time_stamp import TokenRefused
from reviewer.keys.time_stamps import make_request, put_in_order, read_token
from tests.support.authority import FAR, LONG_AGO, Authority, read_imprint


def test_changed_answers_are_refused_or_say_the_same():
    """Bytes outside of what is signed (its root, when another is given) may change; the hash never does."""
    authority, rng, seen = Authority(), random.Random(3), Counter()
    request = make_request(b"text")
    answer = authority.answer(request, LONG_AGO + (FAR - LONG_AGO) / 3)
    root = authority.root.public_bytes(Encoding.DER)
    right = read_token(put_in_order(answer), [root])
    assert right.imprint == hashlib.sha256(b"text").hexdigest() == read_imprint(request).hex()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        for _round in range(600):
            changed = bytearray(answer)
            for _byte in range(rng.randint(1, 3)):
                changed[rng.randrange(len(changed))] = rng.randrange(256)
            if rng.random() < 0.2:
                del changed[rng.randrange(len(changed)) :]
            try:
                assert read_token(put_in_order(bytes(changed)), [root]) == right
                seen["the same"] += 1
            except TokenRefused:
                seen["refused"] += 1
    assert seen["refused"] > 450


def test_certificates_are_put_in_order_and_nothing_else_is_moved():
    authority, request = Authority(), make_request(b"text")
    answers = [authority.answer(request, LONG_AGO, reverse=reverse) for reverse in (False, True)]
    ordered = [put_in_order(answer) for answer in answers]
    assert ordered[0] == answers[0]
    assert len(ordered[1]) == len(answers[1])
    assert ordered[1] != answers[1]
    assert read_token(ordered[1], ()).at == LONG_AGO
    for junk in (
        b"",
        b"\x30",
        b"\x30\x80",
        b"\x30\x85\xff\xff\xff\xff\xff",
        bytes(100),
        b"\x30\x03\x30\x01\xa0",
    ):
        assert put_in_order(junk) == junk


def test_an_accuracy_that_is_not_said_is_none():
    authority, request = Authority(), make_request(b"text")
    stamp = read_token(put_in_order(authority.answer(request, LONG_AGO, accuracy=0)), ())
    assert stamp.earliest == stamp.time == stamp.latest == "2000-01-01T00:00:00.000+00:00"
