"""Names and literals that all graphs of the CASE/UCO export share."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.services.export.contents import Contents
from reviewer.services.export.json_stream import JsonObject

_UCO = "https://ontology.unifiedcyberontology.org/uco"
CONTEXT: JsonObject = {
    "kb": "http://example.org/kb/",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    **{f"uco-{name}": f"{_UCO}/{name}/" for name in ("action", "core", "identity", "observable")},
    **{f"uco-{name}": f"{_UCO}/{name}/" for name in ("tool", "types")},
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def make_iri(found: Contents, kind: str, of: str) -> str:
    """Return the IRI of a thing of this Case, the same in every file of every export: it ends with a UUID, as
    UCO asks (uco-core:UcoThing-identifier-regex-shape)."""
    return f"kb:{kind}-{found.uuid(kind, of)}"


def make_references(iris: Iterable[str]) -> list[JsonObject]:
    return [{"@id": name} for name in iris]


def make_moment(at: str) -> JsonObject:
    """Return an xsd:dateTime; `at` is ISO 8601 with its offset from UTC."""
    return {"@type": "xsd:dateTime", "@value": at}


def make_person_node(found: Contents, examiner: str) -> JsonObject:
    """Return the whole node of an examiner (an id), written into each file that names them."""
    node = {"@id": make_iri(found, "person", examiner), "@type": "uco-identity:Person"}
    return {**node, "uco-core:name": found.examiner_name(examiner)}


def make_record_iri(found: Contents, source: str, number: int) -> str:
    """Return the IRI of the ProvenanceRecord for the files of a Source in file `number` of photographs."""
    return make_iri(found, "provenance-record", f"{source} {number}")


def make_examination_iri(found: Contents, examiner: str) -> str:
    """Return the IRI of the action in which an examiner (an id) read photographs."""
    return make_iri(found, "examination", examiner)
