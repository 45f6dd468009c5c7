"""What describes an export to programs that know nothing of this one: a Research Object Crate.

RO-Crate 1.2 (https://w3id.org/ro/crate/1.2), flattened JSON-LD, one entity in a line. The hash of a file is
`sha256` of schema.org, which the context of 1.2 knows. It says neither who exported nor when: the same state
gives the same bytes, and the ledger has both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from reviewer import __version__
from reviewer.domain.grouping import group_pairs
from reviewer.services.export.contents import Contents
from reviewer.services.export.folder import ExportFolder
from reviewer.services.export.format import ExportFormat, Standard
from reviewer.services.export.json_stream import JsonListWriter, JsonObject

NAME = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_PROGRAM = "urn:uuid:6a1f2c1e-6c0b-5f0e-9d3a-3f4f5f0f9b51"
"""A SoftwareApplication must have a `url`. This program has no page of its own; it names what it exports by
this URN."""
_FEW = 20
"""So many files of one ending, at the top of a folder with very many files, are told of one by one."""
_RFC_4180 = Standard(
    ".csv", "https://www.rfc-editor.org/rfc/rfc4180", "Common Format and MIME Type for CSV Files (RFC 4180)"
)
_ECMA_376 = Standard(
    ".xlsx",
    "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
    "Office Open XML file formats (ECMA-376)",
)
_ALWAYS = (_RFC_4180, _ECMA_376)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAPER = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".docx": _PAPER,
    ".geojson": "application/geo+json",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".txt": "text/plain",
    ".xlsx": _SHEET,
    ".xml": "application/xml",
    ".xmp": "application/rdf+xml",
    ".yaml": "application/yaml",
    ".zip": "application/zip",
}
"""Registered with IANA; a list of its own, since that of the system is another one on each machine. What has
no registered type (lines of JSON, lists of hashes, scripts) has none here."""
_AS_IT_IS = re.compile(r"[A-Za-z0-9._~/\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef-]")


@dataclass(frozen=True)
class About:
    """What is said of an export as a whole. `facts` are what its own files say of it, and no more;
    `moment` is the time of the last entry it is made from. `hashes_in` names the file that lists the hashes
    of the others where there are too many to tell of each."""

    title: str
    what: str
    losses: str
    moment: str
    facts: Mapping[str, str | int]
    standards: Sequence[Standard]
    hashes_in: str


def describe_export(found: Contents, format_: ExportFormat, hashes_in: str) -> About:
    """Return the description of an export in this format."""
    return About(
        f"{format_.name} ({found.name})",
        format_.what,
        format_.losses,
        found.moment,
        found.about_facts(),
        format_.standards,
        hashes_in,
    )


def put_crate(folder: ExportFolder, about: About, most: int) -> None:
    """Write the crate beside the files that are complete; every one has an entity of its own if there are not
    more than `most`. Else folders, and files of one ending, are told of together (RO-Crate 1.2, "Referencing
    files and folders from the Root Data Entity")."""
    standards = (*about.standards, *_ALWAYS)
    if len(folder.hashes) <= most:
        parts = [_make_file_entity(folder, name, standards) for name in sorted(folder.hashes)]
    else:
        parts = list(_make_group_entities(folder, about.hashes_in, standards))
    met = {PurePosixPath(part["@id"]).suffix for part in parts if "conformsTo" in part}
    with folder.file(NAME) as file:
        graph = JsonListWriter(file, {"@context": f"{_SPECIFICATION}/context"}, "@graph")
        for entity in (
            _make_descriptor(),
            _make_root_entity(about, parts),
            *parts,
            *_make_context_entities(about),
        ):
            graph.add(entity)
        for iri, name in {
            standard.iri: standard.name for standard in standards if standard.ending in met
        }.items():
            graph.add({"@id": iri, "@type": ["CreativeWork", "Profile"], "name": name})
        graph.end()


def _make_descriptor() -> JsonObject:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "name": "Description of this folder",
        "conformsTo": {"@id": _SPECIFICATION},
        "about": {"@id": "./"},
    }


def _make_root_entity(about: About, parts: Iterable[JsonObject]) -> JsonObject:
    entries = int(about.facts["ledger_entries"])
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title,
        "description": (
            f"Held: {about.what}. Lost: {about.losses}. The case is told as it was after the first "
            f"{entries:,} entries of its ledger; datePublished is the time of the last of these, not that of "
            "the export."
        ),
        "datePublished": about.moment,
        "license": {"@id": "#no-licence"},
        "identifier": _make_references(_make_fact_id(name) for name in _IDENTIFIERS if name in about.facts),
        "mentions": {"@id": "#export"},
        "hasPart": _make_references(part["@id"] for part in parts),
    }


_IDENTIFIERS = ("case_id", "ledger_head")


def _make_context_entities(about: About) -> Iterator[JsonObject]:
    """What cannot be opened: the act, the program, the facts, that there is no licence."""
    yield {
        "@id": "#export",
        "@type": "CreateAction",
        "name": "Export",
        "description": "Who exported, and when, is an entry of the ledger with the hash of this file.",
        "instrument": {"@id": "#program"},
        "object": _make_references(map(_make_fact_id, about.facts)),
        "result": {"@id": "./"},
    }
    yield {
        "@id": "#program",
        "@type": "SoftwareApplication",
        "name": "reviewer",
        "version": __version__,
        "url": _PROGRAM,
    }
    for name, value in about.facts.items():
        yield {"@id": _make_fact_id(name), "@type": "PropertyValue", "name": name, "value": str(value)}
    yield {
        "@id": "#no-licence",
        "@type": "CreativeWork",
        "name": "No licence is given: contains evidence",
        "description": (
            "These files contain evidence about people who died. The program gives nobody leave to publish "
            "them or to pass them on."
        ),
    }


def _make_file_entity(folder: ExportFolder, name: str, standards: Sequence[Standard]) -> JsonObject:
    ending = PurePosixPath(name).suffix
    entity: JsonObject = {
        "@id": _make_iri(name),
        "@type": "File",
        "name": name,
        "contentSize": str(folder.sizes[name]),
        "sha256": folder.hashes[name],
    }
    if ending in _MEDIA_TYPES:
        entity["encodingFormat"] = _MEDIA_TYPES[ending]
    met = [standard.iri for standard in standards if standard.ending == ending]
    if met:
        entity["conformsTo"] = _make_references(met)
    return entity


def _make_group_entities(
    folder: ExportFolder, hashes_in: str, standards: Sequence[Standard]
) -> Iterator[JsonObject]:
    """Folders at the top, files at the top by their ending; files of an ending that few have one by one."""
    listed = f"{hashes_in} lists each of them with its SHA-256."
    deep = _group_names(folder.hashes, lambda name: name.partition("/")[0] if "/" in name else None)
    for name, files in deep.items():
        size = sum(folder.sizes[file] for file in files)
        description = f"A folder of {len(files):,} files with {size:,} bytes. {listed}"
        yield {"@id": f"{_make_iri(name)}/", "@type": "Dataset", "name": name, "description": description}
    flat = _group_names(folder.hashes, lambda name: None if "/" in name else PurePosixPath(name).suffix)
    for ending, files in flat.items():
        if len(files) <= _FEW:
            yield from (_make_file_entity(folder, name, standards) for name in files)
            continue
        size = sum(folder.sizes[file] for file in files)
        description = f"The {len(files):,} files here with the ending {ending}, with {size:,} bytes. {listed}"
        yield {
            "@id": f"#files{_make_iri(ending)}",
            "@type": "Dataset",
            "name": f"files with the ending {ending}",
            "description": description,
        }


def _group_names(names: Iterable[str], key: Callable[[str], str | None]) -> dict[str, list[str]]:
    """The names by their keys, sorted; those without one left out."""
    keyed = ((key(name), name) for name in sorted(names))
    return group_pairs((found, name) for found, name in keyed if found is not None)


def _make_references(ids: Iterable[str]) -> JsonObject | list[JsonObject]:
    """One reference, or a list of several: a list of one is not the form that RO-Crate 1.2 asks for."""
    told: list[JsonObject] = [{"@id": id_} for id_ in ids]
    return told[0] if len(told) == 1 else told


def _make_fact_id(name: str) -> str:
    return f"#fact-{name}"


def _make_iri(name: str) -> str:
    """Make a relative IRI (RFC 3987): letters of other scripts are kept, everything else is escaped. The
    ranges are those of the RFC, since the Unicode tables differ between versions of Python."""
    return "".join(c if _AS_IT_IS.fullmatch(c) else quote(c, safe="") for c in name)
