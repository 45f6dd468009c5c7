"""What a Finding and a Reading say, as bodies of web annotations: values by name, and text where it is text.

The model has words for tags and comments only. What an examiner says beside them stands in one body of
values, whose names are absolute IRIs of a namespace of this program (`said:`), so that a query finds an
answer without taking sentences apart. A value that was not said is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reviewer.domain.reading.descriptions import description_in_words
from reviewer.domain.reading.look_alikes import name_excluded_look_alikes
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.export.contents import Contents
from reviewer.services.export.json_stream import JsonObject

NAMESPACE = "urn:uuid:6a1f2c1e-6c0b-5f0e-9d3a-3f4f5f0f9b51#"
"""Of the names of values; fixed for ever."""
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"said": NAMESPACE}]


def make_finding_bodies(found: Contents, reading: Reading, finding: Finding) -> Iterator[JsonObject]:
    """Yield the name of the Term as a tag, and everything recorded as values."""
    vocabulary = found.vocabulary
    name = vocabulary.term_name(finding.term)
    yield {**_make_text_body("tagging", name), "language": "en"}
    yield _make_values_body(
        f"urn:uuid:{found.uuid('finding said', f'{reading.examiner} {finding.id}')}",
        finding=finding.id,
        term=finding.term,
        termName=name,
        vocabulary=finding.vocabulary,
        answer=str(finding.answer),
        reason=finding.reason,
        certainty=finding.certainty_told,
        certaintyStated=finding.certainty_stated,
        region=list(finding.regions),
        regionName=[vocabulary.region_name(region) for region in finding.regions],
        qualifier=[
            {"said:key": key, "said:value": list(values)} for key, values in finding.qualifiers if values
        ],
        lookAlikeExcluded=list(name_excluded_look_alikes(vocabulary, finding)),
        degreeOfConsistency=finding.degree,
        mechanism=finding.mechanism,
        allegedBy=finding.alleged_by,
        confirmed=finding.confirmed,
        copiedFrom=_make_photo_reference(finding.copied_from),
        madeInContext=finding.in_context,
        neverStatedAsIs=finding.is_only_enhanced,
        seenOnlyThrough=list(finding.explored_by),
        carriedFrom=_make_photo_reference(reading.carried_from),
        readingState=str(reading.state),
    )


def make_reading_bodies(found: Contents, reading: Reading) -> Iterator[JsonObject]:
    """Yield the values recorded of the photograph as a whole, the description in words, and the note."""
    yield _make_values_body(
        f"urn:uuid:{found.uuid('reading said', f'{reading.examiner} {reading.photo}')}",
        readingState=str(reading.state),
        conclusion=str(reading.conclusion),
        reason=reading.reason,
        carriedFrom=_make_photo_reference(reading.carried_from),
        nothingElseOfList=[
            {"said:list": key, "said:vocabulary": version} for key, version in reading.looked_for
        ],
        coverage=[{"said:region": region, "said:level": str(level)} for region, level in reading.coverage],
        description=[{"said:key": key, "said:value": list(values)} for key, values in reading.description],
        contextSeen=list(reading.context_seen),
    )
    for said in description_in_words(found.vocabulary, reading.description):
        yield _make_text_body("describing", said)
    if reading.note:
        yield _make_text_body("commenting", reading.note)


def _make_values_body(id_: str, **said: Any) -> JsonObject:
    told = {f"said:{name}": value for name, value in said.items() if value not in ("", [], {})}
    return {"id": id_, "type": "Dataset", **told}


def _make_photo_reference(sha256: str) -> JsonObject:
    return {"id": f"urn:sha256:{sha256}"} if sha256 else {}


def _make_text_body(purpose: str, value: str) -> JsonObject:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}
