"""CASE/UCO: each file conforms by itself, and a query over the graph finds every photograph, every finding
and who said it."""

import hashlib
import json
import os
import re

import pytest
from rdflib import RDF, Namespace

from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.services.case.enrolment import enrol
from reviewer.services.export.formats import case_uco
from reviewer.services.export.media_types import find_media_type
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from tests.faults.keep_case import photos_of
from tests.support.case_ontology import complaints, graph_of
from tests.support.cases import opened_copy
from tests.support.exports import content, made

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
_UCO = "https://ontology.unifiedcyberontology.org/uco"
ACTION, CORE, OBSERVABLE, TYPES = (
    Namespace(f"{_UCO}/{name}/") for name in ("action", "core", "observable", "types")
)
INVESTIGATION = Namespace("https://ontology.caseontology.org/case/investigation/")
PREFIXES = f"""
    PREFIX action: <{ACTION}> PREFIX core: <{CORE}> PREFIX observable: <{OBSERVABLE}>
    PREFIX types: <{TYPES}> PREFIX investigation: <{INVESTIGATION}>
    PREFIX tool: <{_UCO}/tool/> PREFIX identity: <{_UCO}/identity/>
"""


@pytest.fixture(scope="module")
def made_once(marked_folder, tmp_path_factory):
    """Photographs of one source, read by two examiners; the second looked at two of them."""
    with opened_copy(marked_folder, tmp_path_factory.mktemp("case-uco")) as case:
        enrol(case, "Dr Hansen")
        second = ActQueue(case, case.examiners()[-1], post_at_once)
        for number, photo in enumerate(photos_of(case)[:2]):
            finding = Finding(
                f"f-second-{number}", "blunt.bruise", case.vocabulary.version, FindingAnswer.ABSENT
            )
            second.submit(finding_commands.add_finding(second.reading(photo), finding)).result()
        case.writer.drain()
        second.detach()
    return case.folder


@pytest.fixture
def case(made_once, tmp_path):
    with opened_copy(made_once, tmp_path) as found:
        yield found


@pytest.fixture
def files(case, tmp_path, monkeypatch):
    """case.jsonld first, then several files of photographs, with tags."""
    monkeypatch.setattr(case_uco, "PHOTOS_PER_FILE", 6)
    found = sorted(made(case, "case-uco-tags", tmp_path / "out").glob("*.jsonld"))
    assert [path.name for path in found[:3]] == [
        "case.jsonld",
        "photographs-00001.jsonld",
        "photographs-00002.jsonld",
    ]
    return found


def on_disk(folder):
    """(Path below the source, SHA-256) of what lies there, by no code of the program."""
    root = os.fsencode(folder)
    for place, _folders, names in os.walk(root):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                told = os.path.relpath(path, root).decode("utf-8", "backslashreplace")
                yield told, hashlib.sha256(file.read()).hexdigest()


def findings_of(case):
    """(SHA-256, name of the examiner, id of the finding, its term) as the desk of each examiner has them."""
    for examiner in case.examiners():
        desk = ActQueue(case, examiner, post_at_once)
        for photo in photos_of(case):
            for finding in desk.reading(photo).findings:
                yield photo, examiner.name, finding.id, finding.term
        desk.detach()


def answers(graph, query):
    return [tuple(str(value) for value in row) for row in graph.query(PREFIXES + query)]


def test_each_file_conforms_alone_and_all_do_together(files):
    for path in files:
        assert complaints(graph_of(path)) == "", path.name
    assert complaints(graph_of(*files)) == ""


def test_what_does_not_conform_is_seen(files, tmp_path):
    text = files[0].read_text("utf-8")
    record = '"@type":"case-investigation:ProvenanceRecord"'
    assert record in text
    for broken, complaint in (
        (text.replace("uco-tool:toolType", "uco-tool:kindOfTool"), "kindOfTool"),
        (text.replace(record, '"uco-core:tag":"x"'), "class core:UcoObject"),
    ):
        file = tmp_path / "broken.jsonld"
        file.write_text(broken, "utf-8")
        assert complaint in complaints(graph_of(file))


def test_every_file_of_a_photograph_is_found_with_its_hash(case, files, marked_folder):
    graph = graph_of(*files)
    rows = answers(
        graph,
        """SELECT ?path ?hash WHERE { ?file a observable:RasterPicture, observable:File ;
            core:hasFacet [ a observable:FileFacet ; observable:filePath ?path ] ;
            core:hasFacet [ a observable:ContentDataFacet ; observable:hash ?value ] .
            ?value types:hashMethod "SHA256" ; types:hashValue ?hash }""",
    )
    photos = set(photos_of(case))
    lies_there = [
        (path, hash_) for path, hash_ in on_disk(marked_folder.parent / "=drive") if hash_ in photos
    ]
    assert sorted(rows) == sorted((path, hash_) for path, hash_ in lies_there)
    assert {hash_ for _path, hash_ in rows} == photos
    assert len(set(graph.subjects(RDF.type, TYPES.Hash))) == len(photos) < len(rows), "duplicates share one"


def test_every_finding_is_found_with_its_photograph_and_who_said_it(case, files):
    rows = answers(
        graph_of(*files),
        """SELECT DISTINCT ?hash ?name ?said WHERE { ?note a core:Annotation ; core:statement ?said ;
            core:createdBy [ a identity:Person ; core:name ?name ] ; core:object ?file .
            ?file core:hasFacet/observable:hash/types:hashValue ?hash .
            FILTER(STRSTARTS(?said, "finding ")) }""",
    )
    told = [(hash_, name, *re.match(r"finding (\S+): (\S+) ", said).groups()) for hash_, name, said in rows]
    assert sorted(told) == sorted(findings_of(case))
    assert {name for _hash, name, *_finding in told} == {"Dr Okoye", "Dr Hansen"}
    assert "finding f-absent: elec.mark (electrical mark); absent" in {said for *_which, said in rows}


def test_the_chain_leads_from_the_source_to_each_annotation(case, files):
    """By ingest, provenance record and examination; from case.jsonld alone as far as the records."""
    rows = answers(
        graph_of(*files),
        """SELECT ?examiner ?note WHERE { ?ingest a investigation:InvestigativeAction ;
            action:object [ a observable:Directory ] ; action:performer [ core:name ?ingested ] ;
            action:instrument [ core:name "reviewer" ] ; action:result ?record .
            ?record a investigation:ProvenanceRecord ; core:object ?file .
            ?read investigation:wasInformedBy ?ingest ; action:object ?record ; action:result ?note ;
            action:performer ?person ; action:instrument [ core:name "reviewer" ] .
            ?person core:name ?examiner . ?note core:createdBy ?person ; core:object ?file ;
            core:objectCreatedTime ?began ; core:modifiedTime ?changed . FILTER(?began <= ?changed) }""",
    )
    read = {(photo, name) for photo, name, *_finding in findings_of(case)}
    assert sorted(name for name, _note in set(rows)) == sorted(name for _photo, name in read)
    frame = graph_of(files[0])
    records = set(frame.subjects(RDF.type, INVESTIGATION.ProvenanceRecord))
    assert set(frame.objects(None, ACTION.result)) == records
    whole = graph_of(*files)
    told = [file for record in records for file in whole.objects(record, CORE.object)]
    assert sorted(told) == sorted(whole.subjects(RDF.type, OBSERVABLE.RasterPicture))


def test_a_time_says_its_offset_and_an_examination_spans_its_readings(files):
    whole = graph_of(*files)
    times = [str(value) for value in whole.objects(None, ACTION.startTime)]
    times += [str(value) for value in whole.objects(None, OBSERVABLE.modifiedTime)]
    assert all(time.endswith("+00:00") for time in times)
    (spans,) = answers(
        whole,
        """SELECT ?start ?end (MIN(?began) AS ?first) (MAX(?changed) AS ?last) WHERE {
            ?read core:name "examination" ; action:startTime ?start ; action:endTime ?end ;
            action:performer [ core:name "Dr Okoye" ] ; action:result ?note .
            ?note core:objectCreatedTime ?began ; core:modifiedTime ?changed } GROUP BY ?start ?end""",
    )
    start, end, first, last = spans
    assert (start, end) == (first, last)


def test_a_photograph_takes_three_nodes_and_the_same_tag_is_one(case, files):
    """The validator looks at each node several times: with more of them it takes longer, not with triples."""
    whole = graph_of(*files)
    tags = [
        (str(whole.value(entry, TYPES.key)), str(whole.value(entry, TYPES.value)))
        for entry in whole.subjects(RDF.type, TYPES.ControlledDictionaryEntry)
    ]
    assert len(tags) == len(set(tags)) > 3
    used = list(whole.objects(None, TYPES.entry))
    assert len(used) > len(tags), "photographs share tags"
    plain = graph_of(*made(case, "case-uco", files[0].parent.with_name("plain")).glob("photographs-*.jsonld"))
    of_photographs = {OBSERVABLE.File, OBSERVABLE.FileFacet, TYPES.Hash}
    nodes = {node for kind in of_photographs for node in plain.subjects(RDF.type, kind)}
    others = set(plain.subjects()) - nodes
    kinds = {kind for node in others for kind in plain.objects(node, RDF.type)}
    assert {str(kind).rpartition("/")[2] for kind in kinds} == {
        "Annotation",
        "InvestigativeAction",
        "Person",
        "ProvenanceRecord",
    }


def test_tags_stand_in_the_format_that_has_them_only(case, files, tmp_path):
    said = {str(value) for value in graph_of(*files).objects(None, TYPES.value)}
    assert {"Norda", "N300"} <= said
    plain = graph_of(*made(case, "case-uco", tmp_path / "plain").glob("*.jsonld"))
    assert not list(plain.objects(None, TYPES.value))
    assert not list(plain.subjects(RDF.type, OBSERVABLE.EXIFFacet))


def test_damage_is_told(files):
    described = {str(text) for text in graph_of(*files).objects(None, CORE.description)}
    assert any(text.startswith("damaged: ") for text in described)


@pytest.mark.parametrize("key", ["case-uco", "case-uco-tags"])
def test_the_same_state_gives_the_same_bytes(case, tmp_path, key):
    told = content(made(case, key, tmp_path / "a"))
    assert told == content(made(case, key, tmp_path / "b"))
    for name, text in told.items():
        assert json.loads(text)["@graph"], name


def test_a_media_type_is_said_where_there_is_one():
    assert [find_media_type(name) for name in ("JPEG", "HEIF")] == ["image/jpeg", "image/heif"]
    assert [find_media_type(name) for name in ("RAW", "JPEG2000", "DIB")] == ["", "", ""]
