"""Whatever a worker says, it is a value of its type, or a Problem for that file."""

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.errors import KnownError
from reviewer.domain.photos.content_kind import ContentKind
from reviewer.domain.photos.photo import Photo, ProblemKind
from reviewer.media.archives.archive_reader import _listing_from_answer
from reviewer.media.workers import answers
from reviewer.media.workers.evidence_file import HashedContent
from reviewer.media.workers.file_details import ask_for_details
from reviewer.media.workers.pool import DecoderPool
from reviewer.media.workers.told_content import content_from_answer
from tests.support.photos import jpeg

FACTS = {
    "ok": True,
    "bytes": 12,
    "format": "JPEG",
    "width": 64,
    "height": 48,
    "orientation": 6,
    "damage": "",
    "small_width": 2,
    "small_height": 2,
    "pictures": [],
    "shown_as": "",
    "capture": {
        "taken_at": "",
        "make": "Norda",
        "model": "N300",
        "tags": {"Make": "Norda"},
        "taken_from": "",
        "taken_doubt": "",
    },
}
HOSTILE = [
    "nonsense",
    "[]",
    "null",
    '"ok"',
    '{"ok": true}',
    '{"ok": NaN}',
    '{"ok": true, "width": 1e999}',
    '{"ok": true, "width": ' + "9" * 400 + "}",
    '{"ok": true, "width": ' + "9" * 5000 + "}",
    '{"ok": true, "ok": false}',
    "[" * 100_000,
    '{"a":' * 100_000,
    json.dumps({"ok": True, "damage": "x" * (2 << 20)}),
    '{"ok": "\udcff"}',
]
ODD = [
    None,
    True,
    -1,
    0,
    1.5,
    10**400,
    2**31,
    "",
    "x" * 100_000,
    "\ud800",
    [],
    {},
    [[[]]],
    {"a": "\udc00"},
    {"tags": 5},
]


def written(text):
    return text.encode("utf-8", "surrogatepass") + b"\n"


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_a_hostile_line_is_refused_or_an_object_that_is_no_photograph(text):
    try:
        found = answers.parse_answer(written(text))
    except answers.ProtocolViolation:
        return
    with pytest.raises(answers.ProtocolViolation):
        answers.photo_from_answer(found, "0" * 64, 1, "")
    assert answers.problem_from_answer(found) == answers.UNUSABLE_ANSWER


@pytest.mark.parametrize("line", [b"", b'{"ok": true}', b'\xff\xfe{"ok": true}\n', b'{"\xff": 1}\n'])
def test_a_line_without_an_end_or_in_no_encoding_is_refused(line):
    with pytest.raises(answers.ProtocolViolation):
        answers.parse_answer(line)


def test_the_agreed_answer_is_a_photo():
    found = answers.photo_from_answer(
        answers.parse_answer(written(json.dumps(FACTS))), "0" * 64, 99, "f" * 16
    )
    assert (found.width, found.orientation, found.capture.make, found.size) == (64, 6, "Norda", 99)
    assert answers.read_small_size(FACTS, 256, 12) == (2, 2)


@pytest.mark.parametrize(
    "each", [[1, 1, 1], [0, 1, 1, ""], [1, 1, 9, ""], [1, 1, 1, 5], "abcd", [[], 1, 1, ""]]
)
def test_a_picture_in_a_file_is_four_values_in_their_limits(each):
    with pytest.raises(answers.ProtocolViolation):
        answers.photo_from_answer({**FACTS, "pictures": [each]}, "a" * 64, 5, "0" * 16)
    assert answers.photo_from_answer(
        {**FACTS, "pictures": [[4, 3, 6, "x"]]}, "a" * 64, 5, "0" * 16
    ).pictures == ((4, 3, 6, "x"),)


@pytest.mark.parametrize("name", [name for name in FACTS if name not in {"ok", "bytes"}])
def test_each_field_that_is_missing_or_of_another_kind_is_refused(name):
    without = {key: value for key, value in FACTS.items() if key != name}
    for told in (without, *({**FACTS, name: odd} for odd in ODD)):
        try:
            photo = answers.photo_from_answer(told, "0" * 64, 1, "f" * 16)
            answers.read_small_size(told, 256, 12)
        except answers.ProtocolViolation:
            continue
        assert isinstance(told[name], str) or told[name] == [], "a text may be another, and no picture"
        json.dumps(vars(photo.capture)).encode("utf-8")
        assert len(photo.damage) <= 500
        photo.damage.encode("utf-8")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=5), each, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from([*FACTS, "problem", "kind", "reason"]), json_values))
def test_no_answer_is_a_fault_of_the_program(told):
    changed = {**FACTS, **told}
    try:
        found = answers.parse_answer(written(json.dumps(changed)))
    except answers.ProtocolViolation:
        return
    problem = answers.problem_from_answer(found)
    assert isinstance(problem.kind, ProblemKind)
    problem.reason.encode("utf-8")
    try:
        photo = answers.photo_from_answer(found, "0" * 64, 1, "f" * 16)
    except answers.ProtocolViolation:
        return
    assert isinstance(photo, Photo)
    assert type(photo.width) is int
    assert 1 <= photo.orientation <= 8
    json.dumps(vars(photo.capture), ensure_ascii=False).encode("utf-8")


DETAILS = {"tags": {"Make": "x"}, "likeness": "same", "thumb_said": "", "thumb_width": 2, "thumb_height": 2}


@given(st.dictionaries(st.sampled_from([*DETAILS, "ok", "problem"]), json_values), st.binary(max_size=12))
def test_no_answer_about_details_is_a_fault_of_the_program(told, pixels):
    handed = HashedContent("0" * 64, 9, True)
    try:
        found = answers.parse_answer(written(json.dumps({"ok": True, **DETAILS, **told})))
    except answers.ProtocolViolation:
        return
    details = ask_for_details(handed, lambda _request: (found, pixels))
    assert details.sha256 == handed.sha256
    json.dumps([dict(details.tags), details.said], ensure_ascii=False).encode("utf-8")
    thumbnail = details.thumbnail
    assert thumbnail is None or len(thumbnail.pixels) == 3 * thumbnail.width * thumbnail.height


LISTED = {"files": 1, "photographs": 0, "size": 5, "names": [["a", 5]], "is_whole": True}


@given(
    st.dictionaries(st.sampled_from(["refused", "ok", "bytes"]), json_values),
    st.dictionaries(st.sampled_from([*LISTED]), json_values).map(lambda told: json.dumps({**LISTED, **told}))
    | st.text(max_size=20)
    | st.sampled_from(HOSTILE),
)
def test_no_list_of_an_archive_is_a_fault_of_the_program(told, content):
    try:
        found = answers.parse_answer(written(json.dumps(told)))
        listing = _listing_from_answer(found, content.encode("utf-8", "surrogatepass"))
    except (answers.ProtocolViolation, KnownError):
        return
    for name, size in listing.names:
        name.encode("utf-8")
        assert 0 <= size < 1 << 54
    assert 0 <= listing.files < 1 << 32


@given(st.dictionaries(st.sampled_from(["kind", "media_type"]), json_values) | json_values)
def test_no_kind_that_is_told_is_a_fault_of_the_program(told):
    try:
        found = answers.parse_answer(written(json.dumps({"ok": True, "content": told})))
    except answers.ProtocolViolation:
        return
    content = content_from_answer(found)
    assert isinstance(content.kind, ContentKind)
    content.media_type.encode("utf-8")


TALKING = [
    "import sys; sys.stdout.reconfigure(errors='surrogatepass')",
    "print('{\"ok\": true}', flush=True)",
    "for line in sys.stdin:",
    "    print(open(sys.argv[1], encoding='utf-8', errors='surrogatepass').read(), end='', flush=True)",
]


def talking(folder, answer):
    path = folder / "answer"
    path.write_bytes(answer)
    return [sys.executable, "-c", "\n".join(TALKING), str(path)]


@pytest.mark.parametrize(
    "answer",
    [
        written(json.dumps({**FACTS, "small_width": 3})),
        written(json.dumps({**FACTS, "width": True})),
        written("[" * 100_000),
        written('{"ok": true}') * 400_000,
        b'{"ok": true, "damage": "' + b"x" * (3 << 20),
    ],
    ids=["honest but for its bytes", "true", "brackets", "without end", "one line without end"],
)
def test_a_worker_that_says_anything_costs_one_file(tmp_path, answer):
    """No pixels of this size come with it, so nothing of it can be right, and none of it is kept."""
    (tmp_path / "photo.jpg").write_bytes(jpeg())
    pool = DecoderPool(1, seconds=20, command=talking(tmp_path, answer))
    try:
        assert pool.examine_file(tmp_path / "photo.jpg").problem.kind is ProblemKind.DAMAGED
        assert pool.render_file(tmp_path / "photo.jpg", (10, 10)).problem.kind is ProblemKind.DAMAGED
    finally:
        pool.close()
