"""The manifest of a Source: anybody can compute its hash from the drive."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.evidence.manifest import compute_manifest_hash, format_manifest_line


def test_a_line_holds_hash_size_and_the_path_as_it_is():
    assert format_manifest_line("ab" * 32, 7, b"a b/\xff.jpg") == b"ab" * 32 + b" 7 a b/\xff.jpg\n"
    assert format_manifest_line("", 0, b"x") == b"- 0 x\n"


def test_the_hash_is_that_of_the_sorted_lines():
    lines = [format_manifest_line("b" * 64, 1, b"1"), format_manifest_line("a" * 64, 2, b"2")]
    expected = hashlib.sha256(b"a" * 64 + b" 2 2\n" + b"b" * 64 + b" 1 1\n").hexdigest()
    assert compute_manifest_hash(lines) == expected


@given(
    st.lists(
        st.tuples(st.sampled_from(["a" * 64, "b" * 64, ""]), st.integers(0, 9), st.binary(max_size=8)),
        max_size=8,
    )
)
def test_the_order_in_which_files_were_met_does_not_matter(files):
    lines = [format_manifest_line(*file) for file in files]
    assert compute_manifest_hash(lines) == compute_manifest_hash(reversed(lines))
    assert compute_manifest_hash(
        [*lines, format_manifest_line("c" * 64, 1, b"new")]
    ) != compute_manifest_hash(lines)
