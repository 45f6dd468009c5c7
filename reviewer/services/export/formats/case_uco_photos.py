"""What CASE/UCO graphs say of one photograph: the files it was found as, and what examiners say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from reviewer.domain.reading.descriptions import description_in_words
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.export.contents import Contents
from reviewer.services.export.formats.case_uco_names import make_iri, make_moment, make_references
from reviewer.services.export.json_stream import JsonObject
from reviewer.services.export.media_types import find_media_type
from reviewer.storage.whole_photos import ExportedPhoto, FileLocation


def make_file_iri(found: Contents, place: FileLocation) -> str:
    return make_iri(found, "file", _format_location(place))


def make_file_node(
    found: Contents, whole: ExportedPhoto, place: FileLocation, id_: str, entries: Sequence[JsonObject] = ()
) -> JsonObject:
    """One place at which the photograph was found (`id_` is its IRI), with one Facet that is a FileFacet, a
    ContentDataFacet and a RasterPictureFacet, and an EXIFFacet if there are `entries` of tags.

    Validators look at each node several times, and a Facet may belong to one object only
    (uco-core:hasFacet-shape), so that none can be shared."""
    photo = whole.photo
    _root, path = found.source_and_path(place)
    name = path.rpartition("/")[2]
    kinds = ["FileFacet", "ContentDataFacet", "RasterPictureFacet"]
    facet: JsonObject = {
        "@id": make_iri(found, "facet", _format_location(place)),
        "@type": [f"uco-observable:{kind}" for kind in kinds],
        "uco-observable:fileName": name,
        "uco-observable:filePath": path,
        "uco-observable:sizeInBytes": photo.size,
        "uco-observable:modifiedTime": make_moment(_format_nanoseconds(place.modified_ns)),
        "uco-observable:hash": _make_hash_node(found, photo.sha256),
        "uco-observable:pictureType": photo.format,
        "uco-observable:pictureHeight": photo.height,
        "uco-observable:pictureWidth": photo.width,
    }
    if find_media_type(photo.format):
        facet["uco-observable:mimeType"] = find_media_type(photo.format)
    if entries:
        facet["@type"].append("uco-observable:EXIFFacet")
        facet["uco-observable:exifData"] = {
            "@id": make_iri(found, "dictionary", photo.sha256),
            "@type": "uco-types:ControlledDictionary",
            "uco-types:entry": make_references(entry["@id"] for entry in entries),
        }
    node: JsonObject = {
        "@id": id_,
        "@type": ["uco-observable:File", "uco-observable:RasterPicture"],
        "uco-core:name": name,
        "uco-core:hasFacet": [facet],
    }
    odd = [f"damaged: {photo.damage}"] if photo.damage else []
    odd += [f"date: {photo.capture.taken_doubt}"] if photo.capture.taken_doubt else []
    if odd:
        node["uco-core:description"] = "; ".join(odd)
    return node


def make_entry_nodes(found: Contents, whole: ExportedPhoto) -> list[JsonObject]:
    """Return a node for each recorded tag with a value. Photographs with the same value of the same tag share
    its node."""
    return [
        {
            "@id": make_iri(found, "entry", f"{len(key)} {key} {value}"),
            "@type": "uco-types:ControlledDictionaryEntry",
            "uco-types:key": key,
            "uco-types:value": value,
        }
        for key, value in sorted(whole.photo.capture.tags.items())
        if value
    ]


def make_annotation(found: Contents, reading: Reading, files: list[str], began: str) -> JsonObject:
    """Return what one examiner recorded of the photograph, one sentence for each item; `began` is the moment
    of the first act, `files` are the IRIs of the photograph."""
    return {
        "@id": make_iri(found, "annotation", f"{reading.examiner} {reading.photo}"),
        "@type": "uco-core:Annotation",
        "uco-core:createdBy": {"@id": make_iri(found, "person", reading.examiner)},
        "uco-core:objectCreatedTime": make_moment(began),
        "uco-core:modifiedTime": make_moment(reading.changed_at or began),
        "uco-core:statement": list(_make_statements(found, reading)),
        "uco-core:object": make_references(files),
    }


def _format_location(place: FileLocation) -> str:
    return f"{place.source} {place.path.hex()}"


def _make_hash_node(found: Contents, sha256: str) -> JsonObject:
    """Named by the content: two files with the same have the same Hash."""
    return {
        "@id": make_iri(found, "hash", sha256),
        "@type": "uco-types:Hash",
        "uco-types:hashMethod": "SHA256",
        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": sha256},
    }


def _make_statements(found: Contents, reading: Reading) -> Iterator[str]:
    yield f"reading: {reading.state}"
    if reading.conclusion:
        yield f"conclusion: {reading.conclusion}" + (f" ({reading.reason})" if reading.reason else "")
    if reading.carried_from:
        yield f"carried over from: {reading.carried_from}"
    for key, version in reading.looked_for:
        yield f"nothing else visible of the list: {key} (vocabulary {version})"
    yield from description_in_words(found.vocabulary, reading.description)
    for finding in reading.findings:
        yield _make_sentence(found, finding)
    if reading.note:
        yield f"note: {reading.note}"


def _make_sentence(found: Contents, finding: Finding) -> str:
    parts = [
        f"finding {finding.id}: {finding.term} ({found.vocabulary.term_name(finding.term)})",
        f"{finding.answer}" + (f" ({finding.reason})" if finding.reason else ""),
        finding.certainty_in_words,
        " ".join(finding.regions),
        "" if finding.confirmed else f"not confirmed, copied from {finding.copied_from}",
    ]
    return "; ".join(filter(None, parts))


def _format_nanoseconds(nanoseconds: int) -> str:
    """Nanoseconds since 1970 as UTC with microseconds."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=nanoseconds // 1000)
    return at.isoformat(timespec="microseconds")
