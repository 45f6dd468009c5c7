"""Names are only names: shown without tricks, sorted as people sort."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from reviewer.domain.names import make_natural_sort_key, make_printable, path_to_text


@given(st.text())
def test_nothing_that_hides_or_reorders_is_left(text):
    shown = make_printable(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in shown)
    assert "\u202e" not in shown


def test_known_tricks():
    assert make_printable("a\nb") == "a\\x0ab"
    assert make_printable("photo\u202egpj.exe") == "photo\\u202egpj.exe"
    assert make_printable("صورة\u200cها") == "صورة\u200cها"
    assert make_printable("<b>bold</b>") == "<b>bold</b>"


AS_IT_IS = {"Cn", "Zs"}
"""Shown as they are, though Python calls them not printable: spaces, and numbers that stand for no character.
Which these are depends on the version of Python, and a name must not."""


@given(st.binary(max_size=40))
@example("\u05eb".encode())
@example("\u00a0".encode())
def test_any_bytes_can_be_shown(name):
    shown = path_to_text(name)
    assert all(c.isprintable() or c in "\u200c\u200d" or unicodedata.category(c) in AS_IT_IS for c in shown)


def test_invalid_utf8_is_shown_as_bytes():
    assert path_to_text(b"IMG\xff.jpg") == "IMG\\xff.jpg"


def test_numbers_sort_as_numbers():
    names = ["IMG 10", "img 9", "IMG 1", "a"]
    assert sorted(names, key=make_natural_sort_key) == ["a", "IMG 1", "img 9", "IMG 10"]
