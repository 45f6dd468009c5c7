"""ro-crate-metadata.json describes each export truly, and the library of RO-Crate opens it."""

import hashlib
import json
from urllib.parse import unquote

import pytest
from rocrate.rocrate import ROCrate
from rocrate.vocabs import RO_CRATE

from reviewer import __version__
from reviewer.services.case.history import load_last_entries
from reviewer.services.export import run
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.export.choice import ExportChoice
from reviewer.services.export.contents import open_contents
from reviewer.services.export.crate import NAME, About, describe_export, put_crate
from reviewer.services.export.folder import new_folder
from reviewer.services.export.format import Standard
from reviewer.services.export.redacted import FORMAT_KEY as REDACTED
from reviewer.services.export.redacted import RedactedCopiesChoice as RedactedWish
from reviewer.services.export.redacted import export_redacted
from reviewer.services.export.run import CHECKSUM_LIST, export
from reviewer.services.jobs import JobControl
from tests.support.exports import content

KEYS = [each.key for each in EXPORT_FORMATS]
TERMS = RO_CRATE["@context"]
STANDARDS = {
    "annotations": {"https://www.w3.org/TR/annotation-model/"},
    "case-uco": {"https://ontology.caseontology.org/case/case/1.5.0"},
    "case-uco-tags": {"https://ontology.caseontology.org/case/case/1.5.0"},
    "csv": {"https://www.rfc-editor.org/rfc/rfc4180"},
    "xmp": {"https://www.iso.org/standard/75163.html"},
    "xlsx": {"https://ecma-international.org/publications-and-standards/standards/ecma-376/"},
}


def me(case):
    return case.examiners()[0].id


def made(case, key, out, wish=None):
    """The folder of an export as anybody makes it, its note in the ledger included."""
    if key == REDACTED:
        export_redacted(case, me(case), out, RedactedWish(everything=True), JobControl())
    else:
        export(case, me(case), key, out, JobControl(), wish or ExportChoice())
    return out


def entities(folder):
    """Every entity of a crate by its id. Each id is there once, and nothing lies within anything else."""
    told = json.loads((folder / NAME).read_text(encoding="utf-8"))
    assert set(told) == {"@context", "@graph"}
    assert told["@context"] == "https://w3id.org/ro/crate/1.2/context"
    by_id = {each["@id"]: each for each in told["@graph"]}
    assert len(by_id) == len(told["@graph"])
    for each in told["@graph"]:
        for name, value in each.items():
            for one in value if isinstance(value, list) else [value]:
                assert isinstance(one, str) or set(one) == {"@id"}, (each["@id"], name)
    return by_id


def ids(value):
    return [each["@id"] for each in (value if isinstance(value, list) else [value])]


def facts(by_id):
    return {each["name"]: each["value"] for each in by_id.values() if each["@type"] == "PropertyValue"}


@pytest.mark.parametrize("key", [*KEYS, REDACTED])
def test_every_file_is_there_with_its_size_and_hash_and_nothing_else(case, tmp_path, key):
    folder = made(case, key, tmp_path / "out")
    files, by_id = content(folder), entities(folder)
    root = by_id[by_id[NAME]["about"]["@id"]]
    told = {unquote(id_): by_id[id_] for id_ in ids(root["hasPart"])}
    assert set(told) == set(files) - {NAME}
    for name, entity in told.items():
        assert entity["@type"] == "File"
        assert entity["contentSize"] == str(len(files[name]))
        assert entity["sha256"] == hashlib.sha256(files[name]).hexdigest()
    assert load_last_entries(case, 1)[0].body["files"][NAME] == hashlib.sha256(files[NAME]).hexdigest()


@pytest.mark.parametrize("key", [*KEYS, REDACTED])
def test_what_it_says_of_itself_is_there_and_in_words_that_the_context_knows(case, tmp_path, key):
    by_id = entities(made(case, key, tmp_path / "out"))
    root, act = by_id["./"], by_id["#export"]
    assert (root["@type"], act["@type"]) == ("Dataset", "CreateAction")
    for name in ("name", "description", "datePublished", "license"):
        assert root[name]
    assert by_id[root["license"]["@id"]]["name"] == "No licence is given: contains evidence"
    program = by_id[act["instrument"]["@id"]]
    assert (program["@type"], program["name"], program["version"]) == (
        "SoftwareApplication",
        "reviewer",
        __version__,
    )
    assert root["datePublished"] == facts(by_id)["last_entry_at"]
    used = set()
    for each in by_id.values():
        types = each["@type"] if isinstance(each["@type"], list) else [each["@type"]]
        assert {name for name in (*each, *types) if not name.startswith("@")} <= set(TERMS)
        for value in each.values():
            told = value if isinstance(value, list) else [value]
            used |= {one["@id"] for one in told if isinstance(one, dict)}
    own = {id_ for id_ in used if not id_.startswith("https://w3id.org/ro/crate/")}
    assert own == set(by_id) - {NAME}, "each reference leads to an entity, and each entity is referred to"
    assert {each for each in by_id if "Profile" in by_id[each]["@type"]} >= STANDARDS.get(key, set())


@pytest.mark.parametrize("key", [*KEYS, REDACTED])
def test_the_library_of_ro_crate_opens_it(case, tmp_path, key):
    folder = made(case, key, tmp_path / "out")
    crate = ROCrate(folder)
    assert crate.metadata.version == "1.2"
    assert crate.name == entities(folder)["./"]["name"]
    assert len(crate.data_entities) == len(content(folder)) - 1
    for entity in crate.data_entities:
        assert (folder / unquote(entity.id)).is_file()
        assert str(entity.source) == str(folder / unquote(entity.id))
    assert crate.license["name"].startswith("No licence is given")


def test_what_was_chosen_is_said(case, tmp_path):
    wish = ExportChoice("term:neck.ligature_mark", (me(case),), 17)
    folder = made(case, "csv", tmp_path / "out", wish)
    told = facts(entities(folder))
    assert told["query"] == "term:neck.ligature_mark"
    assert told["readings_of"] == case.examiners()[0].name
    assert told["ledger_entries"] == "17"
    with (folder / "about.csv").open(encoding="utf-8") as file:
        about = dict(line.rstrip("\r\n").split(",", 1) for line in file)
    assert {name: value for name, value in told.items() if name != "case"} == {
        name: about[name] for name in told if name != "case"
    }, "what the crate says is what the export says"


def test_who_exports_and_where_changes_no_byte(case, tmp_path):
    told = []
    for author in (me(case), "somebody else"):
        with new_folder(tmp_path / author) as folder, open_contents(case, author, JobControl()) as found:
            folder.put("a.csv", b"a")
            put_crate(folder, describe_export(found, EXPORT_FORMATS[0], CHECKSUM_LIST), 200)
        told.append((tmp_path / author / NAME).read_bytes())
    assert told[0] == told[1]
    for key in (*KEYS, REDACTED):
        text = (made(case, key, tmp_path / key) / NAME).read_text(encoding="utf-8")
        assert str(tmp_path) not in text
        assert case.examiners()[0].name not in text


def test_redacted_copies_do_not_name_the_case(case, tmp_path):
    by_id = entities(made(case, REDACTED, tmp_path / "out"))
    assert set(facts(by_id)) == {"ledger_head", "ledger_entries", "last_entry_at", "program"}
    assert case.name not in json.dumps(by_id)


def test_of_very_many_files_folders_are_told_and_the_list_that_has_each(case, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "MOST_IN_ENTRY", 2)
    folder = made(case, "labelme", tmp_path / "out")
    by_id, files = entities(folder), content(folder)
    assert ids(by_id["./"]["hasPart"]) == ["source-1/", "SHA256SUMS", "about.json"]
    inside = [len(file) for name, file in files.items() if name.startswith("source-1/")]
    assert by_id["source-1/"]["description"] == (
        f"A folder of {len(inside)} files with {sum(inside):,} bytes. SHA256SUMS lists each of them with its "
        "SHA-256."
    )
    assert by_id[CHECKSUM_LIST]["sha256"] == hashlib.sha256(files[CHECKSUM_LIST]).hexdigest()
    assert {entity.id for entity in ROCrate(folder).data_entities} == {
        "source-1/",
        CHECKSUM_LIST,
        "about.json",
    }
    entry = load_last_entries(case, 1)[0]
    assert entry.body["files"] == {
        name: hashlib.sha256(files[name]).hexdigest() for name in (CHECKSUM_LIST, NAME)
    }


def described(folder_, names, most):
    about = About(
        "A title", "what", "losses", "2026-11-29T12:00:00.000+00:00", {"ledger_entries": 3}, (), "list.csv"
    )
    with new_folder(folder_) as folder:
        for name in names:
            folder.put(name, name.encode())
        put_crate(folder, about, most)
    return entities(folder_)


def test_many_files_that_lie_flat_are_told_by_their_ending(tmp_path):
    pictures = [f"{number:03}.png" for number in range(40)]
    by_id = described(tmp_path / "out", [*pictures, "list.csv", "about.csv"], 30)
    assert ids(by_id["./"]["hasPart"]) == ["#files.png", "about.csv", "list.csv"]
    assert by_id["#files.png"]["description"] == (
        "The 40 files here with the ending .png, with 280 bytes. list.csv lists each of them with its "
        "SHA-256."
    )


def test_names_of_every_kind_are_references_that_lead_to_the_file(tmp_path):
    names = [
        "a b/50%.txt",
        "جثة/صورة 1.json",
        "面试.csv",
        "x#y&z.txt",
        "it's [1].txt",
        "e\u0301\U0001f600.txt",
    ]
    by_id = described(tmp_path / "out", names, 100)
    told = ids(by_id["./"]["hasPart"])
    assert sorted(map(unquote, told)) == sorted(names)
    assert "a%20b/50%25.txt" in told
    assert "جثة/صورة%201.json" in told, "letters of other scripts stand as they are"
    assert {unquote(each.id) for each in ROCrate(tmp_path / "out").data_entities} == set(names)


def test_a_standard_is_told_where_a_file_has_its_ending(tmp_path):
    standards = (
        Standard(".xml", "https://example.org/x", "Example"),
        Standard(".abc", "https://example.org/y", "None"),
    )
    about = About(
        "t", "w", "l", "2026-11-29T12:00:00.000+00:00", {"ledger_entries": 1}, standards, CHECKSUM_LIST
    )
    with new_folder(tmp_path / "out") as folder:
        folder.put("a.xml", b"<a/>")
        folder.put("a.json", b"{}")
        put_crate(folder, about, 10)
    by_id = entities(tmp_path / "out")
    assert by_id["a.xml"]["conformsTo"] == {"@id": "https://example.org/x"}
    assert by_id["https://example.org/x"]["name"] == "Example"
    assert "conformsTo" not in by_id["a.json"]
    assert "https://example.org/y" not in by_id
    assert (by_id["a.xml"]["encodingFormat"], by_id["a.json"]["encodingFormat"]) == (
        "application/xml",
        "application/json",
    )
