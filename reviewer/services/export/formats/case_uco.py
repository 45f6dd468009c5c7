"""CASE/UCO export: the photographs as observable files with hashes, where they came from and who ingested
and read them (CASE 1.5.0 on UCO 1.5.0, https://caseontology.org), as JSON-LD; their tags only if asked for.

Every file is a graph that conforms by itself: it says of what class each thing is that it refers to. Things
have the same IRIs in all of them, so that they can be read one by one or all together.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from typing import Any

from reviewer.domain.acts.finding_times import compute_reading_times
from reviewer.domain.ledger.entry import Entry
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat, Standard
from reviewer.services.export.formats.case_uco_frame import Part, Span, make_frame_nodes
from reviewer.services.export.formats.case_uco_names import (
    CONTEXT,
    make_examination_iri,
    make_person_node,
    make_record_iri,
    make_references,
)
from reviewer.services.export.formats.case_uco_photos import (
    make_annotation,
    make_entry_nodes,
    make_file_iri,
    make_file_node,
)
from reviewer.services.export.json_stream import JsonListWriter
from reviewer.services.export.photo_acts import find_reading_start, iterate_photos_with_acts
from reviewer.services.jobs import JobControl
from reviewer.storage.whole_photos import ExportedPhoto

PHOTOS_PER_FILE = 2_000


def make(found: Contents, folder: ExportFolder, control: JobControl) -> None:
    """Make the graphs without tags, which name places, people and cameras."""
    write_graphs(found, folder, control, with_tags=False)


def write_graphs(found: Contents, folder: ExportFolder, control: JobControl, *, with_tags: bool) -> None:
    graphs = _GraphFiles(found, folder, with_tags=with_tags)
    with graphs:
        for whole, entries in iterate_photos_with_acts(found, control):
            if whole.files:
                graphs.add(whole, entries)
        graphs.finish()
    with folder.file("case.jsonld") as file:
        graph = JsonListWriter(file, {"@context": CONTEXT}, "@graph")
        for node in make_frame_nodes(found, graphs.parts, graphs.spans):
            graph.add(node)
        graph.end()


class _GraphFiles:
    """One file for each PER_FILE photographs, closed by the provenance records of what is in it and by what
    each examiner said in it. `parts` and `spans` are what case.jsonld tells of all of them."""

    def __init__(self, found: Contents, folder: ExportFolder, *, with_tags: bool) -> None:
        self._found, self._folder, self._with_tags = found, folder, with_tags
        self._open = ExitStack()
        self._graph: JsonListWriter | None = None
        self._number = self._photos = 0
        self._of_source: dict[str, list[str]] = defaultdict(list)
        self._of_examiner: dict[str, list[str]] = defaultdict(list)
        self._written: set[str] = set()
        self.parts: list[Part] = []
        self.spans: dict[str, Span] = {}

    def __enter__(self) -> _GraphFiles:
        return self

    def __exit__(self, *told: Any) -> None:
        self._open.__exit__(*told)

    def add(self, whole: ExportedPhoto, entries: list[Entry]) -> None:
        """Add a photograph, with the acts on it that are not taken back."""
        graph = self._take_graph()
        tags = make_entry_nodes(self._found, whole) if self._with_tags else []
        for node in tags:
            if node["@id"] not in self._written:
                self._written.add(node["@id"])
                graph.add(node)
        files = [make_file_iri(self._found, place) for place in whole.files]
        for place, file in zip(whole.files, files, strict=True):
            graph.add(make_file_node(self._found, whole, place, file, tags))
            self._of_source[place.source].append(file)
        times = compute_reading_times(entries)
        for reading in whole.readings:
            began = find_reading_start(self._found, reading, times)
            node = make_annotation(self._found, reading, files, began)
            graph.add(node)
            self._of_examiner[reading.examiner].append(node["@id"])
            span = self.spans.setdefault(reading.examiner, Span(began, began))
            span.widen(began, reading.changed_at or began)
            span.of.update((place.source, self._number) for place in whole.files)

    def _take_graph(self) -> JsonListWriter:
        """The graph for one more photograph."""
        if self._graph is None or self._photos >= PHOTOS_PER_FILE:
            self.finish()
            self._number, self._photos = self._number + 1, 0
            file = self._open.enter_context(self._folder.file(_make_file_name(self._number)))
            self._graph = JsonListWriter(file, {"@context": CONTEXT}, "@graph")
        self._photos += 1
        return self._graph

    def finish(self) -> None:
        """Finish the file that is being written."""
        if self._graph is None:
            return
        for source, files in self._of_source.items():
            self.parts.append(Part(source, self._number, _make_file_name(self._number), len(files)))
            node = {"@id": make_record_iri(self._found, source, self._number)}
            node |= {"@type": "case-investigation:ProvenanceRecord"}
            self._graph.add({**node, "uco-core:object": make_references(files)})
        for examiner, notes in self._of_examiner.items():
            self._graph.add(make_person_node(self._found, examiner))
            node = {"@id": make_examination_iri(self._found, examiner)}
            node |= {"@type": "case-investigation:InvestigativeAction"}
            self._graph.add({**node, "uco-action:result": make_references(notes)})
        self._of_source.clear()
        self._of_examiner.clear()
        self._written.clear()
        self._graph.end()
        self._graph = None
        self._open.close()


def _make_file_name(number: int) -> str:
    return f"photographs-{number:05}.jsonld"


LOSSES = (
    "files that are no photographs; marks, measurements, coverage, individuals; the history of acts; "
    "findings are sentences, since the ontologies have no words for them"
)
STANDARDS = (Standard(".jsonld", "https://ontology.caseontology.org/case/case/1.5.0", "CASE 1.5.0"),)
FORMAT = ExportFormat(
    "case-uco",
    "CASE/UCO graph",
    "JSON-LD of the CASE 1.5.0 and UCO 1.5.0 ontologies: photographs-NNNNN.jsonld (each file with path, "
    "size, time, SHA-256, pixels; one annotation for each reading with its findings as sentences; provenance "
    "records) and case.jsonld (investigation, examiners, sources, the ingest of each and the examination by "
    "each examiner as investigative actions); each file conforms by itself",
    "the tags of the files (position, serial numbers, software, dates of the camera); " + LOSSES,
    make,
    standards=STANDARDS,
)
