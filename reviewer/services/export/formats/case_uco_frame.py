"""case.jsonld of the CASE/UCO export: the investigation, the tool, the examiners, the sources, how they were
ingested, and who read them. The files of photographs tell what the actions and records hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reviewer import __version__
from reviewer.domain.acts import acts
from reviewer.services.export.contents import Contents
from reviewer.services.export.formats.case_uco_names import (
    examination,
    iri,
    moment,
    person,
    record,
    references,
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


def frame(found: Contents, parts: Sequence[Part], spans: Mapping[str, Span]) -> Iterator[JsonObject]:
    """Every node of case.jsonld, the Investigation last: it holds all others."""
    iris = []
    for node in _content(found, parts, spans):
        iris.append(node["@id"])
        yield node
    yield {
        "@id": iri(found, "investigation", found.id),
        "@type": "case-investigation:Investigation",
        "uco-core:name": found.name,
        "uco-core:description": [f"{name}: {value}" for name, value in found.about_facts().items()],
        "uco-core:object": references(iris),
    }


def _content(found: Contents, parts: Sequence[Part], spans: Mapping[str, Span]) -> Iterator[JsonObject]:
    yield {
        "@id": _tool(found),
        "@type": "uco-tool:AnalyticTool",
        "uco-core:name": "reviewer",
        "uco-tool:version": __version__,
        "uco-tool:toolType": "review of photograph collections",
    }
    for examiner in found.examiners:
        yield person(found, examiner)
    for source in found.sources.values():
        facet = {
            "@id": iri(found, "source-facet", source.id),
            "@type": "uco-observable:FileFacet",
            "uco-observable:filePath": source.path,
            "uco-observable:isDirectory": True,
        }
        node = {"@id": iri(found, "source", source.id), "@type": "uco-observable:Directory"}
        yield {**node, "uco-core:hasFacet": [facet]}
    for part in parts:
        yield {
            "@id": record(found, part.source, part.number),
            "@type": "case-investigation:ProvenanceRecord",
            "uco-core:description": f"{part.files} files with photographs of "
            f"{found.sources[part.source].path}, listed in {part.name}",
        }
    for id_ in found.sources:
        yield _ingest(found, id_, [part for part in parts if part.source == id_])
    for examiner, span in sorted(spans.items()):
        yield _examination(found, examiner, span)


def _ingest(found: Contents, source: str, parts: Sequence[Part]) -> JsonObject:
    told = found.sources[source]
    node: JsonObject = {
        "@id": iri(found, "ingest", source),
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": "ingest",
        "uco-core:description": f"manifest SHA-256: {told.manifest}; files: {told.files}",
        "uco-action:startTime": moment(told.added_at),
        "uco-action:instrument": {"@id": _tool(found)},
        "uco-action:object": {"@id": iri(found, "source", source)},
    }
    if told.ingested_at:
        node["uco-action:endTime"] = moment(told.ingested_at)
    sealed = ledger.find_latest(found.connection, acts.SOURCE_INGESTED, source)
    if sealed is not None:
        node["uco-action:performer"] = {"@id": iri(found, "person", sealed[1].author)}
    results = references(record(found, part.source, part.number) for part in parts)
    return {**node, "uco-action:result": results} if results else node


def _examination(found: Contents, examiner: str, span: Span) -> JsonObject:
    """What one examiner read: its results, the annotations, are named by the files of photographs."""
    sources = sorted({source for source, _number in span.of})
    return {
        "@id": examination(found, examiner),
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": "examination",
        "uco-action:startTime": moment(span.began),
        "uco-action:endTime": moment(span.ended),
        "uco-action:performer": {"@id": iri(found, "person", examiner)},
        "uco-action:instrument": {"@id": _tool(found)},
        "uco-action:object": references(record(found, *part) for part in sorted(span.of)),
        "case-investigation:wasInformedBy": references(iri(found, "ingest", source) for source in sources),
    }


def _tool(found: Contents) -> str:
    return iri(found, "tool", __version__)
