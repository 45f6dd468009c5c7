"""Names of exported files: whatever photographs are called, every system can keep each, and none is lost."""

import hashlib
import json
import os
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.commands import finding_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.names import fold_file_name, make_portable_path
from reviewer.domain.reading.reading import Finding
from reviewer.main import main
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.export.folder import new_folder
from reviewer.services.export.run import ExportResult
from reviewer.services.export.source_locations import SourcePathAllocator
from reviewer.services.jobs import post_at_once
from reviewer.services.pack.bag import Bag
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.whole_photos import FileLocation
from tests.support.cases import ingested, made_case
from tests.support.exports import content, made
from tests.support.photos import jpeg

AWKWARD = {
    "Con.jpg": "_Con.jpg",
    "con.jpg": "HASH",
    "nul": "_nul",
    "a:b.jpg": "a_b.jpg",
    "a?b.jpg": "HASH",
    "PLAIN.JPG": "PLAIN.JPG",
    "plain.jpg": "HASH",
    "e\u0301.jpg": "e\u0301.jpg",
    "\u00e9.jpg": "HASH",
    "ends.": "ends.",
    "ends ": "ends ",
    "a dir./in it.jpg": "a dir_/in it.jpg",
    "aux/in it.jpg": "_aux/in it.jpg",
    "x": "x",
    "x.xmp/below.jpg": "x.xmp_/below.jpg",
    "ط" * 120 + ".jpg": "HASH",
}
"""Path below the source -> the name of its sidecar before .xmp; HASH where another has the name already (they
are met in the order of their bytes), or it is too long."""


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A case of photographs with awkward names, each with a mark and a note."""
    folder = tmp_path_factory.mktemp("awkward")
    for number, name in enumerate(AWKWARD):
        path = folder / "drive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(jpeg(seed=500 + number))
    case = made_case(folder)
    ingested(case, folder / "drive")
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    for number, item in enumerate(Worklist(case, "").load().items):
        finding = Finding(f"f{number}", "blunt.bruise", case.vocabulary.version, regions=("chest.L",))
        desk.submit(finding_commands.add_finding(desk.reading(item.sha256), finding)).result()
        mark = Mark(f"m{number}", MarkShape.RECTANGLE, ((1, 1), (20, 20)))
        desk.submit(finding_commands.add_mark(desk.reading(item.sha256), finding, mark)).result()
    desk.detach()
    yield case
    case.close()


@pytest.mark.linux
def test_sidecars_are_called_as_their_photographs_where_every_system_can_keep_that(case, tmp_path):
    out = made(case, "xmp", tmp_path / "out")
    listed = {told["path"]: told for told in json.loads((out / "sidecars.json").read_bytes())["sidecars"]}
    assert set(listed) == set(AWKWARD)
    for path, name in AWKWARD.items():
        told = listed[path]
        folder = f"{path.rpartition('/')[0]}/".lstrip("/")
        expected = f"{folder}{told['sha256']}" if name == "HASH" else name
        assert told["file"] == f"source-1/{expected}.xmp"
        assert told.get("renamed", False) == (path != name), path
        assert told["sha256"].encode() in (out / told["file"]).read_bytes()


@pytest.mark.linux
def test_labelme_says_which_files_are_called_otherwise(case, tmp_path):
    out = made(case, "labelme", tmp_path / "out")
    renamed = json.loads((out / "about.json").read_bytes())["renamed"]
    by_path = {told["path"]: told for told in renamed}
    assert by_path["Con.jpg"]["file"] == "source-1/_Con.json"
    assert "PLAIN.JPG" not in by_path
    files = [path for path in content(out) if path.startswith("source-1")]
    assert len(files) == len(AWKWARD), "none took the place of another"
    for told in renamed:
        assert json.loads((out / told["file"]).read_bytes())["sha256"] == told["sha256"]


@pytest.mark.linux
@pytest.mark.parametrize("key", [known.key for known in EXPORT_FORMATS])
def test_every_system_can_keep_the_files_of_each_format(case, tmp_path, key):
    try:
        names = list(content(made(case, key, tmp_path / "out")))
    except KnownError as error:
        pytest.skip(str(error))
    assert [name for name in names if make_portable_path(name) != name] == []
    assert len({fold_file_name(name) for name in names}) == len(names)


def test_it_is_said_how_many_are_called_otherwise():
    assert ExportResult([]).renamed_in_words == ""
    assert ExportResult([], 1).renamed_in_words.startswith("1 file is called otherwise than its photograph;")
    assert ExportResult([], 2000).renamed_in_words.startswith("2,000 files are called otherwise than their")


@pytest.mark.linux
def test_the_command_line_says_it_as_well(tmp_path, capsys):
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "aux.jpg").write_bytes(jpeg(seed=3))
    case = made_case(tmp_path)
    ingested(case, tmp_path / "drive")
    (item,) = Worklist(case, "").load().items
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    desk.submit(finding_commands.write_note(desk.reading(item.sha256), "seen")).result()
    desk.detach()
    case.close()
    assert main(["export", str(case.folder), "xmp", str(tmp_path / "out")]) == 0
    assert "1 file is called otherwise than its photograph" in capsys.readouterr().out
    assert main(["export", str(case.folder), "xmp", str(tmp_path / "json"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["renamed"] == 1


NAMES = st.one_of(
    st.binary(min_size=1, max_size=12).map(lambda name: name.replace(b"/", b"-").replace(b"\0", b"-")),
    st.sampled_from(
        [b"con", b"con.jpg", b"CON.JPG", b"a", b"A", b"a.xmp", b"a.", b"a ", b"a:", b"a?", b"x" * 250]
    ),
    st.sampled_from(["é", "e\u0301", "É", "ß", "SS", "ı"]).map(str.encode),
)


@given(st.lists(st.tuples(st.lists(NAMES, max_size=2), NAMES), max_size=12))
def test_whatever_photographs_are_called_each_has_a_place_of_its_own(paths):
    places = SourcePathAllocator(SimpleNamespace(sources={"s": None}))
    made_paths = []
    for folders, name in paths:
        path = b"/".join((*folders, name))
        file = FileLocation("s", path, 0)
        sha256 = hashlib.sha256(path).hexdigest()
        below, shown = places.split(file)
        place = places.take(below, (shown,), sha256, ".xmp")
        assert make_portable_path(place.path) == place.path
        made_paths.append(fold_file_name(place.path))
    assert len(set(made_paths)) == len(made_paths)
    folders = {path.rpartition("/")[0] for path in made_paths}
    assert not folders & set(made_paths)


SAFE = st.text("abcdeXYZ0123 é-صو_.", min_size=1, max_size=12).map(lambda name: f"n{name}n")


@given(
    st.lists(
        st.tuples(st.lists(SAFE, max_size=2), SAFE), max_size=12, unique_by=lambda path: str(path).casefold()
    )
)
def test_names_that_every_system_keeps_stay_exactly_as_they_are(paths):
    places = SourcePathAllocator(SimpleNamespace(sources={"s": None}))
    for folders, name in paths:
        path = "/".join((*folders, name))
        below, shown = places.split(FileLocation("s", path.encode(), 0))
        place = places.take(below, (shown,), "h", ".xmp")
        assert place == (f"source-1/{path}.xmp", False)


def test_no_format_can_write_what_some_system_cannot_keep(tmp_path):
    with new_folder(tmp_path / "out") as folder:
        folder.put("a.txt", b"")
        for name in ("A.TXT", "con.txt", "a.txt/b", "b:c"):
            with pytest.raises(ValueError, match="cannot be the name of a file"):
                folder.put(name, b"")
    assert os.listdir(tmp_path / "out") == ["a.txt"]
    bag = Bag(tmp_path / "bag")
    bag.add("data/a.txt", [b""])
    with pytest.raises(ValueError, match="cannot be the name of a file"):
        bag.add("data/A.txt", [b""])
