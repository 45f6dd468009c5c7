"""What photographs can say of nutrition: no wasting, wasting, extreme wasting visible, or nothing.

No scale for photographs was ever validated, so there are three words and no grades, and the highest is hard
to reach (docs/rules.md, section 6). Grades E0 to E3 of earlier versions are read by a table that never
raises them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reviewer.domain.reading.reading import Finding
from reviewer.domain.summary.looks import WASTING, IndependentReading
from reviewer.domain.summary.summary import Nutrition, TermResult, TermSummary, Wasting
from reviewer.domain.vocabulary.body_places import BodyPlaces

_TRUNK = frozenset({"chest", "abdomen"})
_ARMS, _THIGHS = frozenset({"upper_arm", "forearm"}), frozenset({"thigh.front"})
_BLOAT = "pm.bloat"
_PHOTOS_OF_EXTREME = 2


def compute_nutrition(
    terms: Sequence[TermSummary],
    looks: Iterable[IndependentReading],
    body: BodyPlaces,
    alike: Mapping[str, str],
) -> Nutrition:
    """The word for an Individual, from the result for the sign of wasting and what stands behind it."""
    found = next((term for term in terms if term.term == WASTING), None)
    if found is None or found.result not in {TermResult.PRESENT, TermResult.ABSENT}:
        return Nutrition()
    photos = tuple(dict.fromkeys(ground.photo for ground in found.grounds))
    behind = [look for look in looks if look.reading.photo in photos]
    supine = tuple(look.reading.photo for look in behind if _is_supine(look))
    bloated = tuple(look.reading.photo for look in behind if _is_bloated(look))
    if found.result is TermResult.ABSENT:
        wasting = Wasting.NONE
    else:
        ids = {ground.finding for ground in found.grounds}
        extreme = [
            look for look in behind if any(f.id in ids and _says_extreme(f) for f in look.reading.findings)
        ]
        wasting = Wasting.EXTREME if _is_extreme_shown_enough(extreme, body, alike) else Wasting.VISIBLE
    return Nutrition(wasting, photos, tuple(dict.fromkeys(supine)), tuple(dict.fromkeys(bloated)))


def _says_extreme(finding: Finding) -> bool:
    said = dict(finding.qualifiers)
    if "wasting" in said:
        return "extreme" in said["wasting"]
    return "E3" in said.get("grade_e", ())


def _is_extreme_shown_enough(
    looks: Sequence[IndependentReading], body: BodyPlaces, alike: Mapping[str, str]
) -> bool:
    """Whether extreme wasting was seen on two photographs that show trunk, arms and thighs between them."""
    pictures = {alike.get(look.reading.photo) or look.reading.photo for look in looks}
    shown = {body.region_of(place) for look in looks for place in look.shown}
    parts = (
        any(body.group_of(region) in _TRUNK for region in shown),
        any(body.stem_of(region) in _ARMS for region in shown),
        any(body.stem_of(region) in _THIGHS for region in shown),
    )
    return len(pictures) >= _PHOTOS_OF_EXTREME and all(parts)


def _is_supine(look: IndependentReading) -> bool:
    return "supine" in dict(look.reading.description).get("posture", ())


def _is_bloated(look: IndependentReading) -> bool:
    return any(finding.confirmed for finding in look.reading.findings_of(_BLOAT)) or "contour" in look.hidden
