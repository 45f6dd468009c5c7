"""How a Finding and a Scale stand in the body of an act, and are read from it again."""

from __future__ import annotations

import json
from typing import Any

from reviewer.domain.geometry.mark import page_from_body, page_to_body
from reviewer.domain.geometry.measuring import Scale
from reviewer.domain.ledger.entry import EntryBody, to_canonical_json
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer


def finding_to_body(finding: Finding) -> dict[str, Any]:
    """A Finding as it stands in the body of an act; Marks are acts of their own."""
    return {
        "id": finding.id,
        "term": finding.term,
        "vocabulary": finding.vocabulary,
        "answer": str(finding.answer),
        "reason": finding.reason,
        "certainty": str(finding.certainty),
        "certainty_stated": finding.certainty_stated,
        "regions": list(finding.regions),
        "qualifiers": {key: list(values) for key, values in finding.qualifiers},
        "degree": finding.degree,
        "mechanism": finding.mechanism,
        "copied_from": finding.copied_from,
        "confirmed": finding.confirmed,
        "recipe": json.loads(finding.recipe) if finding.recipe else {},
        "seen_as_is": finding.seen_as_is,
        **({"alleged_by": finding.alleged_by} if finding.alleged_by else {}),
    }


def finding_from_body(body: EntryBody) -> Finding:
    return Finding(
        id=body["id"],
        term=body["term"],
        vocabulary=body["vocabulary"],
        answer=FindingAnswer(body["answer"]),
        reason=body["reason"],
        certainty=Certainty(body["certainty"]),
        certainty_stated=body["certainty_stated"],
        regions=tuple(body["regions"]),
        qualifiers=tuple(sorted((key, tuple(values)) for key, values in body["qualifiers"].items())),
        degree=body["degree"],
        mechanism=body["mechanism"],
        copied_from=body["copied_from"],
        confirmed=body["confirmed"],
        recipe=_recipe_to_text(body.get("recipe")),  # acts of case format 1.0 have neither
        seen_as_is=body.get("seen_as_is", True),
        alleged_by=body.get("alleged_by", ""),
    )


def _recipe_to_text(recipe: object) -> str:
    return to_canonical_json(recipe).decode("utf-8") if recipe else ""


def points_from_body(body: EntryBody) -> tuple[tuple[int, int], ...]:
    """The corners of a Mark, Scale or Take, in pixels of the recorded grid."""
    return tuple((int(x), int(y)) for x, y in body["points"])


def scale_to_body(scale: Scale) -> dict[str, Any]:
    """A Scale as it stands in the body of an act."""
    return {
        "id": scale.id,
        "points": [list(point) for point in scale.points],
        "micrometres": list(scale.micrometres),
        "source": scale.source,
        "tilt": scale.tilt,
        "curved": scale.curved,
        "hand": scale.hand,
        **({"known_by": scale.known_by} if scale.known_by else {}),
        **({"off_plane": scale.off_plane} if scale.off_plane else {}),
        **page_to_body(scale.page),
    }


def scale_from_body(body: EntryBody) -> Scale:
    return Scale(
        id=body["id"],
        points=points_from_body(body),
        micrometres=tuple(body["micrometres"]),
        source=body["source"],
        tilt=body["tilt"],
        curved=body["curved"],
        hand=body["hand"],
        page=page_from_body(body),
        known_by=body.get("known_by", ""),
        off_plane=body.get("off_plane", 0),
    )
