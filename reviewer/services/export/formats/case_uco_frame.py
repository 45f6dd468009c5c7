"""case.jsonld of the CASE/UCO export: the investigation, the tool, the examiners, the sources, how they were
ingested, and who read them. The files of photographs tell what the actions and records hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reviewer import __version__
from reviewer.domain.acts import acts
from reviewer.services.export.contents import Contents
from reviewer.services.export.formats.case_uco_names import (
    make_examination_iri,
    make_iri,
    make_moment,
    make_person_node,
    make_record_iri,
    make_references,
)
from reviewer.services.export.json_stream import JsonObject
from reviewer.storage import ledger


@dataclass(frozen=True)
class Part:
    """What one file of photographs tells of one Source (an id): `name` and `number` are of that file, `files`
    is how many files of the Source are in it."""

    source: str
    number: int
    name: str
    files: int


@dataclass
class Span:
    """When one examiner's Readings that are told began and last changed (ISO 8601), and the (Source,
    number of the file of photographs) that they are of."""

    began: str
    ended: str
    of: set[tuple[str, int]] = field(default_factory=set)

    def widen(self, began: str, ended: str) -> None:
        self.began, self.ended = min(self.began, began), max(self.ended, ended)


def make_frame_nodes(
    found: Contents, parts: Sequence[Part], spans: Mapping[str, Span]
) -> Iterator[JsonObject]:
    """Yield every node of case.jsonld, the Investigation last: it refers to all others."""
    iris = []
    for node in _make_content(found, parts, spans):
        iris.append(node["@id"])
        yield node
    yield {
        "@id": make_iri(found, "investigation", found.id),
        "@type": "case-investigation:Investigation",
        "uco-core:name": found.name,
        "uco-core:description": [f"{name}: {value}" for name, value in found.about_facts().items()],
        "uco-core:object": make_references(iris),
    }


def _make_content(found: Contents, parts: Sequence[Part], spans: Mapping[str, Span]) -> Iterator[JsonObject]:
    yield {
        "@id": _make_tool_iri(found),
        "@type": "uco-tool:AnalyticTool",
        "uco-core:name": "reviewer",
        "uco-tool:version": __version__,
        "uco-tool:toolType": "review of photograph collections",
    }
    for examiner in found.examiners:
        yield make_person_node(found, examiner)
    for source in found.sources.values():
        facet = {
            "@id": make_iri(found, "source-facet", source.id),
            "@type": "uco-observable:FileFacet",
            "uco-observable:filePath": source.path,
            "uco-observable:isDirectory": True,
        }
        node = {"@id": make_iri(found, "source", source.id), "@type": "uco-observable:Directory"}
        yield {**node, "uco-core:hasFacet": [facet]}
    for part in parts:
        yield {
            "@id": make_record_iri(found, part.source, part.number),
            "@type": "case-investigation:ProvenanceRecord",
            "uco-core:description": f"{part.files} files with photographs of "
            f"{found.sources[part.source].path}, listed in {part.name}",
        }
    for id_ in found.sources:
        yield _make_ingest_nodes(found, id_, [part for part in parts if part.source == id_])
    for examiner, span in sorted(spans.items()):
        yield _make_examination_node(found, examiner, span)


def _make_ingest_nodes(found: Contents, source: str, parts: Sequence[Part]) -> JsonObject:
    ingested = found.sources[source]
    node: JsonObject = {
        "@id": make_iri(found, "ingest", source),
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": "ingest",
        "uco-core:description": f"manifest SHA-256: {ingested.manifest}; files: {ingested.files}",
        "uco-action:startTime": make_moment(ingested.added_at),
        "uco-action:instrument": {"@id": _make_tool_iri(found)},
        "uco-action:object": {"@id": make_iri(found, "source", source)},
    }
    if ingested.ingested_at:
        node["uco-action:endTime"] = make_moment(ingested.ingested_at)
    sealed = ledger.find_latest(found.connection, acts.SOURCE_INGESTED, source)
    if sealed is not None:
        node["uco-action:performer"] = {"@id": make_iri(found, "person", sealed[1].author)}
    results = make_references(make_record_iri(found, part.source, part.number) for part in parts)
    return {**node, "uco-action:result": results} if results else node


def _make_examination_node(found: Contents, examiner: str, span: Span) -> JsonObject:
    """What one examiner read: its results, the annotations, are named by the files of photographs."""
    sources = sorted({source for source, _number in span.of})
    return {
        "@id": make_examination_iri(found, examiner),
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": "examination",
        "uco-action:startTime": make_moment(span.began),
        "uco-action:endTime": make_moment(span.ended),
        "uco-action:performer": {"@id": make_iri(found, "person", examiner)},
        "uco-action:instrument": {"@id": _make_tool_iri(found)},
        "uco-action:object": make_references(make_record_iri(found, *part) for part in sorted(span.of)),
        "case-investigation:wasInformedBy": make_references(
            make_iri(found, "ingest", source) for source in sources
        ),
    }


def _make_tool_iri(found: Contents) -> str:
    return make_iri(found, "tool", __version__)
