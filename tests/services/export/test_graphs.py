"""Web annotations: conforming, photographs named by their hash, silent where nobody read."""

import json
import re

import pytest
from rdflib import Graph

from reviewer.domain.commands import finding_commands
from reviewer.domain.geometry.mark import MarkShape
from reviewer.services.case.history import iterate_entries
from reviewer.services.export import said_bodies
from reviewer.services.export.formats import web_annotations
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.worklist.worklist import Worklist
from tests.support.exports import SHAPES, content, made

MOTIVATIONS = {"assessing", "classifying", "commenting", "describing", "identifying", "tagging"}


def annotations(case, out):
    """The collection, and every annotation on its way from page to page."""
    folder = made(case, "annotations", out)
    collection = json.loads((folder / "collection.jsonld").read_bytes())
    files = {each["id"]: each["schema:contentUrl"] for each in collection["schema:hasPart"]}
    assert set(files.values()) == {path.name for path in folder.glob("page-*.jsonld")}
    id_, found = collection["first"], []
    before = None
    while id_:
        page = json.loads((folder / files[id_]).read_bytes())
        assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        assert (page["id"], page["type"], page["partOf"]) == (id_, "AnnotationPage", collection["id"])
        assert (page["startIndex"], page.get("prev")) == (len(found), before)
        found += page["items"]
        before, id_ = id_, page.get("next")
    assert before == collection["last"]
    assert len(found) == collection["total"]
    return collection, found


def values_of(annotation):
    """The one body of values."""
    (said,) = [each for each in annotation["body"] if each["type"] == "Dataset"]
    return {name.removeprefix("said:"): value for name, value in said.items()}


def finding_of(annotation):
    return values_of(annotation).get("finding", "")


def ids_in(told):
    if isinstance(told, dict):
        yield from (value for name, value in told.items() if name in {"id", "partOf", "next", "prev"})
        told = list(told.values())
    for each in told if isinstance(told, list) else ():
        yield from ids_in(each)


def test_each_annotation_keeps_the_rules_of_the_model(case, tmp_path):
    _collection, found = annotations(case, tmp_path / "out")
    assert len({each["id"] for each in found}) == len(found) == 3 + 4, "readings and findings"
    for each in found:
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each["id"])
        assert each["type"] == "Annotation"
        assert each["motivation"] in MOTIVATIONS
        assert each["creator"]["name"] == "Dr Okoye"
        for moment in (each["created"], each["modified"]):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", moment)
        assert each["created"] <= each["modified"]
        texts = [body for body in each["body"] if body["type"] == "TextualBody"]
        assert {body["purpose"] for body in texts} <= MOTIVATIONS
        assert len(texts) + 1 == len(each["body"])
        assert "purpose" not in values_of(each), "the model has it for texts and specific resources only"
        for target in each["target"] if isinstance(each["target"], list) else [each["target"]]:
            source = target.get("source", target)
            assert re.fullmatch("urn:sha256:[0-9a-f]{64}", source["id"])
            assert source["dc:title"]


def test_a_finding_is_tagged_placed_and_told_as_it_stands(case, tmp_path):
    _collection, found = annotations(case, tmp_path / "out")
    by_finding = {finding_of(each): each for each in found if finding_of(each)}
    marked = by_finding["f-marked"]
    assert [(body["purpose"], body["value"]) for body in marked["body"] if "purpose" in body] == [
        ("tagging", "ligature mark")
    ]
    said = values_of(marked)
    assert (said["term"], said["answer"], said["certainty"]) == (
        "neck.ligature_mark",
        "present",
        "not stated",
    )
    assert (said["certaintyStated"], said["confirmed"]) == (False, True)
    assert (said["region"], said["regionName"]) == (["neck.front"], ["neck, front"])
    assert not {"reason", "mechanism", "copiedFrom", "carriedFrom"} & set(said), "nothing of it was said"
    source = marked["target"][0]["source"]
    assert source["dc:title"] == ["a side.jpg", "z copy.jpg"]
    assert source["schema:exifData"]["schema:value"] == 6
    values = {
        str(mark.shape): target["selector"] for mark, target in zip(SHAPES, marked["target"], strict=True)
    }
    assert values["rectangle"]["value"] == "xywh=pixel:10,12,20,8"
    assert values["rectangle"]["type"] == "FragmentSelector"
    assert '<ellipse cx="15" cy="10" rx="10" ry="5"/>' in values["ellipse"]["value"]
    assert 'polygon points="1,1 20,2 10,30"' in values["polygon"]["value"]
    assert 'polyline points="2,2 9,4 14,3"' in values[MarkShape.FREEHAND]["value"]
    assert '<circle cx="7" cy="8"' in values["point"]["value"]
    said = values_of(by_finding["f-copied"])
    assert (said["confirmed"], said["copiedFrom"]) == (False, {"id": f"urn:sha256:{'0' * 64}"})
    assert values_of(by_finding["f-absent"])["answer"] == "absent"
    assert by_finding["f-absent"]["target"][0]["source"]["dc:description"].startswith("damaged: ")
    said = values_of(by_finding["f-other"])
    assert (said["term"], said["vocabulary"], said["answer"]) == ("old.term", "0.9.0", "non-specific")
    (noted,) = [
        body["value"] for each in found for body in each["body"] if body.get("purpose") == "commenting"
    ]
    assert noted == '<b>"ملاحظة"</b>\n=1'


def test_every_id_is_absolute(case, tmp_path, monkeypatch):
    monkeypatch.setattr(web_annotations, "PER_PAGE", 3)
    folder = made(case, "annotations", tmp_path / "out")
    ids = [id_ for path in folder.glob("*.jsonld") for id_ in ids_in(json.loads(path.read_bytes()))]
    assert len(ids) > 30
    for id_ in ids:
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}|urn:sha256:[0-9a-f]{64}", id_), id_


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_what_was_said_is_found_by_a_query_over_the_graph(case, tmp_path):
    """With the part of the context of the model that says what a body is: nothing is fetched in a test."""
    folder = made(case, "annotations", tmp_path / "out")
    page = json.loads((folder / "page-00001.jsonld").read_bytes())
    words = {"oa": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"}
    words |= {"body": {"@id": "oa:hasBody", "@type": "@id"}, "items": "oa:items", "Dataset": "oa:Dataset"}
    graph = Graph()
    graph.parse(data=json.dumps({**page, "@context": [words, page["@context"][1]]}), format="json-ld")
    asked = f"""
        PREFIX said: <{said_bodies.NAMESPACE}>
        SELECT ?term WHERE {{ ?note <http://www.w3.org/ns/oa#hasBody> ?body .
            ?body said:answer "absent" ; said:term ?term ; said:confirmed true }}"""
    assert [str(row.term) for row in graph.query(asked)] == ["elec.mark"]


def test_a_finding_no_act_names_any_more_has_the_times_of_its_reading(case, tmp_path, monkeypatch):
    monkeypatch.setattr(web_annotations, "compute_finding_times", lambda _entries: {})
    _collection, found = annotations(case, tmp_path / "out")
    of_readings = {each["target"]["id"]: each for each in found if not finding_of(each)}
    for each in found:
        if finding_of(each):
            target = each["target"][0] if isinstance(each["target"], list) else each["target"]
            source = target.get("source", target)["id"]
            for moment in ("created", "modified"):
                assert each[moment] == of_readings[source][moment]


def test_times_are_those_of_the_acts_that_stand(case, tmp_path):
    items = Worklist(case, "").load().items
    (photo,) = [each.sha256 for each in items if each.name == "a side.jpg"]
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    reading = desk.reading(photo)
    finding = reading.findings[0]
    desk.submit(finding_commands.toggle_region(reading, finding, "neck.back"))
    desk.undo()
    case.writer.drain()
    desk.detach()
    acts = [each for each in iterate_entries(case) if each.subject == photo and each.act != "act.taken_back"]
    _collection, found = annotations(case, tmp_path / "out")
    (told,) = [each for each in found if finding_of(each) == finding.id]
    assert told["created"] == acts[0].at.replace("+00:00", "Z")
    last_mark = [each.at for each in acts if each.act == "mark.added"][-1]
    assert told["modified"] == last_mark.replace("+00:00", "Z")


def test_photographs_nobody_read_have_no_annotation_and_the_label_says_how_many_were(case, tmp_path):
    collection, found = annotations(case, tmp_path / "out")
    assert "3 photographs with a reading" in collection["label"]
    read = {(t.get("source", t))["id"] for e in found for t in [e["target"]] if isinstance(t, dict)}
    assert len(read) == 3


def test_annotations_go_on_from_page_to_page(case, tmp_path, monkeypatch):
    monkeypatch.setattr(web_annotations, "PER_PAGE", 3)
    _collection, found = annotations(case, tmp_path / "out")
    assert len(found) == 7
    assert len(list((tmp_path / "out").glob("page-*.jsonld"))) == 3


def test_the_same_state_gives_the_same_bytes(case, tmp_path):
    told = [content(made(case, "annotations", tmp_path / name)) for name in "ab"]
    assert told[0] == told[1]
