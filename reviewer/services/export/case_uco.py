"""CASE/UCO export: the photographs as observable files with hashes, where they came from and who ingested
and read them (https://caseontology.org, CASE 1.x on UCO 1.x), as JSON-LD; their tags only if asked for.

Every file is a graph of its own that names things of the others by the same IRIs, so that they can be read
one by one or all together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

from reviewer import __version__
from reviewer.domain import acts
from reviewer.domain.descriptions import in_words
from reviewer.domain.reading import Finding, Reading
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import Folder
from reviewer.services.export.format import Format
from reviewer.services.export.json_stream import ListWriter
from reviewer.services.jobs import JobControl
from reviewer.storage import ledger
from reviewer.storage.whole_photos import FoundAt, WholePhoto

PER_FILE = 2_000
_UCO = "https://ontology.unifiedcyberontology.org/uco"
_CONTEXT = {
    "kb": "http://example.org/kb/",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    **{f"uco-{name}": f"{_UCO}/{name}/" for name in ("action", "core", "identity", "observable")},
    **{f"uco-{name}": f"{_UCO}/{name}/" for name in ("tool", "types")},
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Json = dict[str, Any]


def make(found: Contents, folder: Folder, control: JobControl) -> None:
    """Without the tags: they name places, people and cameras, and nobody asked for them."""
    write(found, folder, control, with_tags=False)


def write(found: Contents, folder: Folder, control: JobControl, *, with_tags: bool) -> None:
    records: dict[str, list[str]] = defaultdict(list)
    files = _Graphs(folder)
    with files:
        for whole in found.photos(control):
            graph = files.next(found, records)
            ids = []
            for place in whole.files:
                for node in _file_nodes(found, whole, place, with_tags=with_tags):
                    graph.add(node)
                ids.append(_id(found, "file", f"{place.source} {place.path.hex()}"))
                files.of_source[place.source].append(ids[-1])
            for reading in whole.readings if ids else ():
                graph.add(_annotation(found, reading, ids))
        files.finish(found, records)
    with folder.file("case.jsonld") as file:
        graph = ListWriter(file, {"@context": _CONTEXT}, "@graph")
        for node in _frame(found, records):
            graph.add(node)
        graph.end()


class _Graphs:
    """One file for each PER_FILE photographs, closed by the provenance records of what is in it."""

    def __init__(self, folder: Folder) -> None:
        self._folder, self._open = folder, ExitStack()
        self._number = self._photos = 0
        self._graph: ListWriter | None = None
        self.of_source: dict[str, list[str]] = defaultdict(list)

    def __enter__(self) -> _Graphs:
        return self

    def __exit__(self, *told: Any) -> None:
        self._open.__exit__(*told)

    def next(self, found: Contents, records: dict[str, list[str]]) -> ListWriter:
        """The graph for one more photograph."""
        if self._graph is None or self._photos >= PER_FILE:
            self.finish(found, records)
            self._number, self._photos = self._number + 1, 0
            name = f"photographs-{self._number:05}.jsonld"
            file = self._open.enter_context(self._folder.file(name))
            self._graph = ListWriter(file, {"@context": _CONTEXT}, "@graph")
        self._photos += 1
        return self._graph

    def finish(self, found: Contents, records: dict[str, list[str]]) -> None:
        if self._graph is None:
            return
        for source, ids in self.of_source.items():
            record = _id(found, "provenance-record", f"{source} {self._number}")
            records[source].append(record)
            node = {"@id": record, "@type": "case-investigation:ProvenanceRecord"}
            self._graph.add({**node, "uco-core:object": _named(ids)})
        self.of_source.clear()
        self._graph.end()
        self._graph = None
        self._open.close()


def _file_nodes(found: Contents, whole: WholePhoto, place: FoundAt, *, with_tags: bool) -> Iterator[Json]:
    """One place at which the photograph was found: what it is, and its facets."""
    photo = whole.photo
    of = f"{place.source} {place.path.hex()}"
    _root, path = found.place(place)
    name = path.rpartition("/")[2]
    facets: list[Json] = [
        {
            "@id": _id(found, "file-facet", of),
            "@type": "uco-observable:FileFacet",
            "uco-observable:fileName": name,
            "uco-observable:filePath": path,
            "uco-observable:sizeInBytes": photo.size,
            "uco-observable:modifiedTime": _moment(_of_ns(place.modified_ns)),
        },
        {
            "@id": _id(found, "content-data-facet", of),
            "@type": "uco-observable:ContentDataFacet",
            "uco-observable:mimeType": f"image/{photo.format.lower()}",
            "uco-observable:sizeInBytes": photo.size,
            "uco-observable:hash": {
                "@id": _id(found, "hash", of),
                "@type": "uco-types:Hash",
                "uco-types:hashMethod": "SHA256",
                "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": photo.sha256},
            },
        },
        {
            "@id": _id(found, "raster-picture-facet", of),
            "@type": "uco-observable:RasterPictureFacet",
            "uco-observable:pictureType": photo.format,
            "uco-observable:pictureHeight": photo.height,
            "uco-observable:pictureWidth": photo.width,
        },
        *(_exif(found, whole, of) if with_tags else ()),
    ]
    node: Json = {
        "@id": _id(found, "file", of),
        "@type": ["uco-observable:File", "uco-observable:RasterPicture"],
        "uco-core:name": name,
        "uco-core:hasFacet": facets,
    }
    odd = [f"damaged: {photo.damage}"] if photo.damage else []
    odd += [f"date: {photo.capture.taken_doubt}"] if photo.capture.taken_doubt else []
    if odd:
        node["uco-core:description"] = "; ".join(odd)
    yield node


def _exif(found: Contents, whole: WholePhoto, of: str) -> Iterator[Json]:
    """The tags as they are recorded; "" tells nothing and is left out."""
    entries = [
        {
            "@id": _id(found, "entry", f"{of} {key}"),
            "@type": "uco-types:ControlledDictionaryEntry",
            "uco-types:key": key,
            "uco-types:value": value,
        }
        for key, value in sorted(whole.photo.capture.tags.items())
        if value
    ]
    if entries:
        dictionary = {"@id": _id(found, "dictionary", of), "@type": "uco-types:ControlledDictionary"}
        yield {
            "@id": _id(found, "exif-facet", of),
            "@type": "uco-observable:EXIFFacet",
            "uco-observable:exifData": {**dictionary, "uco-types:entry": entries},
        }


def _annotation(found: Contents, reading: Reading, files: list[str]) -> Json:
    """What one examiner says of the photograph, a sentence for each thing said."""
    said = [f"reading: {reading.state}"]
    if reading.conclusion:
        said.append(f"conclusion: {reading.conclusion}" + (f" ({reading.reason})" if reading.reason else ""))
    if reading.carried_from:
        said.append(f"carried over from: {reading.carried_from}")
    said += [
        f"nothing else visible of the list: {key} (vocabulary {version})"
        for key, version in reading.looked_for
    ]
    said += in_words(found.vocabulary, reading.description)
    said += [_sentence(found, finding) for finding in reading.findings]
    if reading.note:
        said.append(f"note: {reading.note}")
    return {
        "@id": _id(found, "annotation", f"{reading.examiner} {reading.photo}"),
        "@type": "uco-core:Annotation",
        "uco-core:createdBy": {"@id": _id(found, "person", reading.examiner)},
        "uco-core:modifiedTime": [_moment(reading.changed_at)],
        "uco-core:statement": said,
        "uco-core:object": _named(files),
    }


def _sentence(found: Contents, finding: Finding) -> str:
    parts = [
        f"finding {finding.id}: {finding.term} ({found.vocabulary.term_name(finding.term)})",
        f"{finding.answer}" + (f" ({finding.reason})" if finding.reason else ""),
        finding.certainty_in_words,
        " ".join(finding.regions),
        "" if finding.confirmed else f"not confirmed, copied from {finding.copied_from}",
    ]
    return "; ".join(filter(None, parts))


def _frame(found: Contents, records: dict[str, list[str]]) -> Iterator[Json]:
    """The investigation, the tool, the examiners, the sources and how they were ingested."""
    tool, ingests = _id(found, "tool", __version__), []
    yield {
        "@id": tool,
        "@type": "uco-tool:AnalyticTool",
        "uco-core:name": "reviewer",
        "uco-tool:version": __version__,
        "uco-tool:toolType": "review of photograph collections",
    }
    for examiner in found.examiners.values():
        person = {"@id": _id(found, "person", examiner.id), "@type": "uco-identity:Person"}
        yield {**person, "uco-core:name": examiner.name}
    for source in found.sources.values():
        facet = {
            "@id": _id(found, "source-facet", source.id),
            "@type": "uco-observable:FileFacet",
            "uco-observable:filePath": source.path,
            "uco-observable:isDirectory": True,
        }
        directory = _id(found, "source", source.id)
        yield {"@id": directory, "@type": "uco-observable:Directory", "uco-core:hasFacet": [facet]}
        ingests.append(_ingest(found, source.id, tool, directory, records[source.id]))
    yield from ingests
    about = [f"{name}: {value}" for name, value in found.facts().items()]
    yield {
        "@id": _id(found, "investigation", found.id),
        "@type": "case-investigation:Investigation",
        "uco-core:name": found.name,
        "uco-core:description": about,
        "uco-core:object": _named([tool, *(each["@id"] for each in ingests)]),
    }


def _ingest(found: Contents, source: str, tool: str, directory: str, records: Iterable[str]) -> Json:
    told = found.sources[source]
    node: Json = {
        "@id": _id(found, "ingest", source),
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": "ingest",
        "uco-core:description": f"manifest SHA-256: {told.manifest}; files: {told.files}",
        "uco-action:startTime": _moment(told.added_at),
        "uco-action:instrument": {"@id": tool},
        "uco-action:object": {"@id": directory},
    }
    if told.ingested_at:
        node["uco-action:endTime"] = _moment(told.ingested_at)
    sealed = ledger.latest(found.connection, acts.SOURCE_INGESTED, source)
    if sealed is not None:
        node["uco-action:performer"] = {"@id": _id(found, "person", sealed[1].author)}
    results = _named(records)
    return {**node, "uco-action:result": results} if results else node


def _named(ids: Iterable[str]) -> list[Json]:
    return [{"@id": each} for each in ids]


def _id(found: Contents, kind: str, of: str) -> str:
    return f"kb:{kind}-{found.uuid(kind, of)}"


def _moment(at: str) -> Json:
    return {"@type": "xsd:dateTime", "@value": at}


def _of_ns(nanoseconds: int) -> str:
    """Nanoseconds since 1970 as UTC with microseconds."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=nanoseconds // 1000)
    return moment.isoformat(timespec="microseconds")


LOSSES = (
    "files that are no photographs; marks, measurements, coverage, individuals; the history of acts; "
    "findings are sentences, since the ontologies have no words for them"
)
FORMAT = Format(
    "case-uco",
    "CASE/UCO graph",
    "JSON-LD of the CASE and UCO ontologies: photographs-NNNNN.jsonld (each file with path, size, time, "
    "SHA-256, pixels; one annotation for each reading with its findings as sentences; provenance "
    "records) and case.jsonld (investigation, examiners, sources, the ingest of each as an investigative "
    "action)",
    "the tags of the files (position, serial numbers, software, dates of the camera); " + LOSSES,
    make,
)
