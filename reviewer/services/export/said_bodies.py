"""What a Finding and a Reading say, as bodies of web annotations: values by name, and text where it is text.

The model has words for tags and comments only. What an examiner says beside them stands in one body of
values, whose names are absolute IRIs of a namespace of this program (`said:`), so that a query finds an
answer without taking sentences apart. A value that was not said is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reviewer.domain.reading.descriptions import in_words
from reviewer.domain.reading.look_alikes import excluded_names
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.services.export.contents import Contents

NAMESPACE = "urn:uuid:6a1f2c1e-6c0b-5f0e-9d3a-3f4f5f0f9b51#"
"""Of the names of values; fixed for ever."""
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"said": NAMESPACE}]
Json = dict[str, Any]


def finding_bodies(found: Contents, reading: Reading, finding: Finding) -> Iterator[Json]:
    """The name of the Term as a tag, and everything that was said as values."""
    vocabulary = found.vocabulary
    name = vocabulary.term_name(finding.term)
    yield {**_text("tagging", name), "language": "en"}
    yield _values(
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
        lookAlikeExcluded=list(excluded_names(vocabulary, finding)),
        degreeOfConsistency=finding.degree,
        mechanism=finding.mechanism,
        allegedBy=finding.alleged_by,
        confirmed=finding.confirmed,
        copiedFrom=_photo(finding.copied_from),
        madeInContext=finding.in_context,
        neverStatedAsIs=finding.is_only_enhanced,
        seenOnlyThrough=list(finding.explored_by),
        carriedFrom=_photo(reading.carried_from),
        readingState=str(reading.state),
    )


def reading_bodies(found: Contents, reading: Reading) -> Iterator[Json]:
    """What is said of the photograph as a whole as values; the description in words, and the note."""
    yield _values(
        f"urn:uuid:{found.uuid('reading said', f'{reading.examiner} {reading.photo}')}",
        readingState=str(reading.state),
        conclusion=str(reading.conclusion),
        reason=reading.reason,
        carriedFrom=_photo(reading.carried_from),
        nothingElseOfList=[
            {"said:list": key, "said:vocabulary": version} for key, version in reading.looked_for
        ],
        coverage=[{"said:region": region, "said:level": str(level)} for region, level in reading.coverage],
        description=[{"said:key": key, "said:value": list(values)} for key, values in reading.description],
        contextSeen=list(reading.context_seen),
    )
    for said in in_words(found.vocabulary, reading.description):
        yield _text("describing", said)
    if reading.note:
        yield _text("commenting", reading.note)


def _values(id_: str, **said: Any) -> Json:
    told = {f"said:{name}": value for name, value in said.items() if value not in ("", [], {})}
    return {"id": id_, "type": "Dataset", **told}


def _photo(sha256: str) -> Json:
    return {"id": f"urn:sha256:{sha256}"} if sha256 else {}


def _text(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}
