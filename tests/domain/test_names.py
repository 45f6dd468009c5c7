"""Names are only names: shown without tricks, sorted as people sort."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.names import as_text, natural_key, printable


@given(st.text())
def test_nothing_that_hides_or_reorders_is_left(text):
    shown = printable(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in shown)
    assert "\u202e" not in shown


def test_known_tricks():
    assert printable("a\nb") == "a\\x0ab"
    assert printable("photo\u202egpj.exe") == "photo\\u202egpj.exe"
    assert printable("صورة\u200cها") == "صورة\u200cها"
    assert printable("<b>bold</b>") == "<b>bold</b>"


@given(st.binary(max_size=40))
def test_any_bytes_can_be_shown(name):
    assert as_text(name).isprintable() or "\u200c" in as_text(name) or "\u200d" in as_text(name)


def test_invalid_utf8_is_shown_as_bytes():
    assert as_text(b"IMG\xff.jpg") == "IMG\\xff.jpg"


def test_numbers_sort_as_numbers():
    names = ["IMG 10", "img 9", "IMG 1", "a"]
    assert sorted(names, key=natural_key) == ["a", "IMG 1", "img 9", "IMG 10"]
