"""Names that every system can keep: what one refuses is replaced, what is safe stays, none is two."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewer.domain.names import (
    LONGEST_PORTABLE_NAME,
    TakenPaths,
    fold_file_name,
    make_portable_name,
    make_portable_path,
    measure_name,
)

REFUSED_BY_WINDOWS = set('<>:"/\\|?*') | set(map(chr, range(32)))
DEVICES = ["con", "prn", "aux", "nul", "conin$", "conout$"]
DEVICES += [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
AWKWARD = st.one_of(
    st.text(max_size=300),
    st.text("aAiIäÄßſKµ.: _ıİ\u0308\u200c\u0131", max_size=8),
    st.builds(
        "{}{}{}".format,
        st.sampled_from([*DEVICES, *map(str.upper, DEVICES)]),
        st.sampled_from(["", " ", "  "]),
        st.sampled_from(["", ".", ".jpg", ".tar.gz", "x"]),
    ),
)


def can_be_kept(name):
    """What the three systems say of a name, written here a second time."""
    begins = name.partition(".")[0].rstrip(" ").casefold()
    return (
        name != ""
        and not set(name) & REFUSED_BY_WINDOWS
        and name[-1] not in ". "
        and begins not in DEVICES
        and not any(0xD800 <= ord(c) <= 0xDFFF for c in name)
        and len(name.encode("utf-8", "surrogatepass")) <= 255
        and len(unicodedata.normalize("NFD", name).encode("utf-16-le", "surrogatepass")) <= 2 * 255
    )


@given(AWKWARD, st.sampled_from(["", ".xmp", ".json", " backup 2026-12-01 044623.case"]))
@example("con.jpg", "")
@example("con", ".json")
@example("aux .png", "")
@example("a.", "")
@example("", "")
@example("..", "")
@example("ΐ" * 120, "")
@example("\udcff", "")
def test_every_system_can_keep_what_is_made(name, ending):
    made = make_portable_name(name, ending)
    assert can_be_kept(made)
    assert made.endswith(ending)
    assert measure_name(made) <= LONGEST_PORTABLE_NAME
    assert make_portable_name(made) == made, "it is as it is a second time"


@given(AWKWARD)
@example("Branch 215 – real cameras.jpg")
@example(".hidden")
@example(" begins with a space.jpg")
@example("صورة\u200cها.jpg")
@example("console.jpg")
@example("com.jpg")
@example("e\u0301.jpg")
def test_what_is_safe_stays_as_it_is(name):
    """But for what would hide or reorder other letters, which no name that the program shows has."""
    if can_be_kept(name) and measure_name(name) <= LONGEST_PORTABLE_NAME:
        shown = [c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}]
        if len(shown) == len([c for c in name if c not in "\u200c\u200d"]):
            assert make_portable_name(name) == name


def test_what_is_replaced_is_seen():
    said = {
        "con.jpg": "_con.jpg",
        "NUL": "_NUL",
        "aux .tar.gz": "_aux .tar.gz",
        "COM¹.txt": "_COM¹.txt",
        "a:b?.jpg": "a_b_.jpg",
        "ends.": "ends_",
        "ends ": "ends_",
        "...": ".._",
        "": "_",
        "a\u202egpj.exe": "a_gpj.exe",
    }
    assert {name: make_portable_name(name) for name in said} == said
    assert make_portable_path("source-1/con/a./b") == "source-1/_con/a_/b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IMG.JPG", "img.jpg"),
        ("\u00e9.jpg", "e\u0301.jpg"),
        ("\u00c9.jpg", "e\u0301.jpg"),
        ("straße.jpg", "STRASSE.JPG"),
        ("\u212a.jpg", "k.jpg"),
        ("\u0390.jpg", "\u03b9\u0308\u0301.jpg"),
        ("صورة\u200cها.jpg", "صورةها.jpg"),
    ],
)
def test_names_that_some_system_takes_for_one_are_one(one, other):
    assert fold_file_name(one) == fold_file_name(other)
    taken = TakenPaths()
    taken.add(f"a/{one}")
    assert not taken.has_room_for(f"A/{other}")
    with pytest.raises(ValueError, match="cannot be the name of a file"):
        taken.add(f"A/{other}")


@given(st.text(max_size=30))
def test_capitals_and_forms_of_letters_are_not_told_apart(name):
    folded = fold_file_name(name)
    for form in ("NFC", "NFD"):
        assert fold_file_name(unicodedata.normalize(form, name)) == folded
        assert fold_file_name(unicodedata.normalize(form, name.casefold())) == folded


def test_a_file_is_not_called_as_a_folder_is():
    taken = TakenPaths()
    taken.add("a/B/c")
    assert not taken.has_room_for("a/b")
    assert not taken.has_room_for("A")
    taken.add("a/d")
    assert taken.has_file("A/D")
    assert not taken.has_room_for("a/D/e")
    assert taken.has_room_for("a/B/d")


@pytest.mark.parametrize("path", ["con.jpg", "a/../b", "/a", "a//b", "a./b", "a:b"])
def test_what_some_system_cannot_keep_is_refused(path):
    with pytest.raises(ValueError, match="cannot be the name of a file"):
        TakenPaths().add(path)
