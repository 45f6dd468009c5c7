"""The rules a vocabulary must keep; each breach is named by its key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason
from reviewer.domain.vocabulary.vocabulary import EXCLUDED_LOOK_ALIKES, Vocabulary, VocabularyError

QUALIFIER_KINDS = frozenset({"choice", "several", "text"})
REGION_GROUPS = 9
QUICK_TAGS = 9
ASPECT = "aspect"
"""The Qualifier that says on which side of its Region a Finding lies."""
WAYS_OF_TELLING = frozenset({"colour", "surface", "contour"})
"""What tells a sign, and what the state of a body may hide."""
DESCRIBED_KINDS = frozenset({"choice", "several"})
MOST_CHOICES = 9
SEXES = frozenset({"", "male", "female"})


def check_vocabulary(vocabulary: Vocabulary, versions: tuple[str, str, str]) -> None:
    """Raise VocabularyError at the first breach."""
    if len(set(versions)) != 1:
        _refuse(f"the three files have different versions: {', '.join(versions)}")
    _check_unique_keys(vocabulary)
    _check_terms(vocabulary)
    _check_kinds(vocabulary)
    _check_absence(vocabulary)
    _check_look_alikes(vocabulary)
    _check_lists(vocabulary)
    _check_mechanisms(vocabulary)
    _check_qualifiers(vocabulary)
    _check_regions(vocabulary)
    _check_scales(vocabulary)
    _check_described(vocabulary)
    _check_views(vocabulary)


def _check_unique_keys(vocabulary: Vocabulary) -> None:
    for things in (
        vocabulary.terms,
        vocabulary.regions,
        vocabulary.qualifiers,
        vocabulary.degrees,
        vocabulary.described,
        vocabulary.described_groups,
    ):
        _refuse_repeated_keys([thing.key for thing in things])


def _refuse_repeated_keys(keys: Iterable[str]) -> None:
    for key, count in Counter(keys).items():
        if count > 1:
            _refuse(f"{key} stands {count} times")


def _check_terms(vocabulary: Vocabulary) -> None:
    groups = {group.key for group in vocabulary.term_groups}
    stems = {region.stem for region in vocabulary.regions}
    for term in vocabulary.terms:
        if term.group not in groups:
            _refuse(f"{term.key}: there is no group {term.group}")
        if not term.name.strip() or not term.definition.strip():
            _refuse(f"{term.key}: needs a name and a definition")
        _check_known(
            term.key, term.qualifiers, {qualifier.key for qualifier in vocabulary.qualifiers}, "qualifier"
        )
        _check_known(term.key, term.usual_regions, stems, "region")
        _check_known(term.key, term.groups, groups, "group")
        if term.group in term.groups:
            _refuse(f"{term.key}: {term.group} is its group already")


def _check_kinds(vocabulary: Vocabulary) -> None:
    """Every kind is a kind of a Term that is offered, and of nothing that is a kind of itself."""
    terms = {term.key: term for term in vocabulary.terms}
    for term in vocabulary.terms:
        above, seen = term, {term.key}
        while above.kind_of:
            _check_known(above.key, [above.kind_of], _collect_offered_terms(vocabulary), "term")
            above = terms[above.kind_of]
            if above.key in seen:
                _refuse(f"{term.key} is a kind of itself")
            seen.add(above.key)


def _check_absence(vocabulary: Vocabulary) -> None:
    """What absence needs are places that Coverage knows; what can never be absent needs nothing."""
    places = {
        place
        for region in vocabulary.regions
        if not region.retired
        for place in _iterate_stems(region.shown_as)
    }
    places -= {region.stem for region in vocabulary.regions if region.pseudo}
    for term in vocabulary.terms:
        needed = (*term.absence_needs, *term.absence_needs_of_women)
        _check_known(term.key, needed, places, "region or aspect")
        if needed and term.never_absent:
            _refuse(f"{term.key} is never absent, so that absence needs nothing")
        if term.absence_needs_of_women and not term.absence_needs:
            _refuse(f"{term.key}: what absence needs of women takes the place of what it needs of others")
        for value in (*term.told_by, *term.hides):
            if value not in WAYS_OF_TELLING:
                _refuse(f"{term.key}: nothing is told by {value}")


def _iterate_stems(shown_as: Iterable[str]) -> Iterable[str]:
    """ "wrist.L/back" without its side is "wrist/back"."""
    for place in shown_as:
        region, slash, aspect = place.partition("/")
        yield region.removesuffix(".L").removesuffix(".R") + slash + aspect


def _check_look_alikes(vocabulary: Vocabulary) -> None:
    """Look-alikes are Terms, so that they can be tagged, and each names the other."""
    consider = {term.key: term.consider for term in vocabulary.terms}
    for term in vocabulary.terms:
        if EXCLUDED_LOOK_ALIKES in term.qualifiers and not term.consider:
            _refuse(f"{term.key}: asks which look-alikes were excluded, and has none")
    for key, others in consider.items():
        _check_known(key, others, _collect_offered_terms(vocabulary), "term")
        for other in others:
            if other == key:
                _refuse(f"{key} is its own look-alike")
            if key not in consider[other]:
                _refuse(f"{key} looks like {other}, which does not name {key}")


def _check_lists(vocabulary: Vocabulary) -> None:
    groups = {group.key for group in vocabulary.term_groups}
    stems = {region.stem for region in vocabulary.regions if not region.retired}
    offered = {
        key: term for key in _collect_offered_terms(vocabulary) if (term := vocabulary.term(key)) is not None
    }
    _refuse_repeated_keys([sign_list.key for sign_list in vocabulary.lists])
    _refuse_repeated_keys([roll_up.key for roll_up in vocabulary.roll_ups])
    for listed in vocabulary.lists:
        _check_known(listed.key, listed.terms, set(offered), "term")
        _check_known(listed.key, listed.regions, stems, "region")
        for term in (offered[key] for key in listed.terms):
            if term.never_absent:
                _refuse(f"{listed.key}: a photograph never excludes {term.key}")
    for heading in vocabulary.roll_ups:
        _check_known(heading.key, heading.groups, groups, "group")
        _check_known(
            heading.key, (*heading.terms, *heading.but), {known.key for known in vocabulary.terms}, "term"
        )


def _check_mechanisms(vocabulary: Vocabulary) -> None:
    """A mechanism offers several signs, so that none is chosen by it, and no sign is called like it."""
    _refuse_repeated_keys([word for known in vocabulary.mechanisms for word in known.words])
    names = {text.casefold() for term in vocabulary.terms for text in (term.name, *term.synonyms)}
    for mechanism in vocabulary.mechanisms:
        _check_known(mechanism.words[0], mechanism.look_for, _collect_offered_terms(vocabulary), "term")
        if len(set(mechanism.look_for)) < 2:
            _refuse(f"{mechanism.words[0]}: one sign is no choice")
        for word in mechanism.words:
            if word in names:
                _refuse(f"{word} is a mechanism and the name or a synonym of a sign")


def _collect_offered_terms(vocabulary: Vocabulary) -> set[str]:
    return {term.key for term in vocabulary.terms if not term.retired}


def _check_qualifiers(vocabulary: Vocabulary) -> None:
    for qualifier in vocabulary.qualifiers:
        if qualifier.kind not in QUALIFIER_KINDS:
            _refuse(f"{qualifier.key}: {qualifier.kind} is no kind of qualifier")
        if (qualifier.kind == "text") == bool(qualifier.choices):
            _refuse(f"{qualifier.key}: a text has no choices, everything else has")
        for choice in qualifier.choices:
            _check_known(qualifier.key, choice.not_of, {term.key for term in vocabulary.terms}, "term")


def _check_regions(vocabulary: Vocabulary) -> None:
    groups = {group.key for group in vocabulary.region_groups}
    if len(groups) != REGION_GROUPS:
        _refuse(f"there are {len(groups)} groups of regions instead of {REGION_GROUPS}")
    for region in vocabulary.regions:
        if region.pseudo == bool(region.group):
            _refuse(f"{region.key}: every region of the body has a group, and no other")
        if region.group and region.group not in groups:
            _refuse(f"{region.key}: there is no group {region.group}")
        if region.side not in {"", "L", "R"} or (region.side and not region.key.endswith(f".{region.side}")):
            _refuse(f"{region.key}: its side does not fit its key")

    aspects = {aspect.key for aspect in vocabulary.aspects}
    asked = vocabulary.qualifier(ASPECT)
    sides = {choice.key for choice in asked.choices} if asked is not None else set()
    for region in vocabulary.regions:
        _check_known(region.key, region.aspects, aspects, "aspect")
        _check_known(region.key, region.sides, sides, "aspect of a finding")
        if region.sex not in SEXES:
            _refuse(f"{region.key}: there is no sex {region.sex}")


def _check_views(vocabulary: Vocabulary) -> None:
    """A view claims what can stand in Coverage, each once: no Region whose sides are shown apart."""
    known = {key for region in vocabulary.body for key in region.shown_as}
    for view in vocabulary.views:
        for way in view.ways:
            _check_known(view.key, way.regions, known, "region to be shown")
            if len(set(way.regions)) != len(way.regions):
                _refuse(f"{view.key}: shows a region twice")
        if view.bands and {key for band in view.bands for key in band.regions} != set(view.regions):
            _refuse(f"{view.key}: its bands are not what it shows")
        if not view.regions:
            _refuse(f"{view.key}: shows nothing")


def _check_scales(vocabulary: Vocabulary) -> None:
    for steps, known in (
        (vocabulary.answers, list(FindingAnswer)),
        (vocabulary.certainties, list(Certainty)),
        (vocabulary.reasons, list(NotAssessableReason)),
    ):
        if [step.key for step in steps] != [str(key) for key in known]:
            _refuse(f"the scale {', '.join(step.key for step in steps)} is not the one Readings are made of")
    if len(vocabulary.quick_tags) != QUICK_TAGS:
        _refuse(f"there are {len(vocabulary.quick_tags)} quick tags instead of {QUICK_TAGS}")
    _check_known("quick_tags", vocabulary.quick_tags, _collect_offered_terms(vocabulary), "term")


def _check_described(vocabulary: Vocabulary) -> None:
    """Every question has a letter of its own, and a digit for each of its answers."""
    groups = {group.key for group in vocabulary.described_groups}
    letters = Counter(question.letter for question in vocabulary.described)
    for question in vocabulary.described:
        if question.kind not in DESCRIBED_KINDS:
            _refuse(f"{question.key}: {question.kind} is no kind of description")
        if question.group not in groups:
            _refuse(f"{question.key}: there is no group {question.group}")
        if not (len(question.letter) == 1 and "a" <= question.letter <= "z"):
            _refuse(f"{question.key}: its letter is {question.letter!r} instead of one of a to z")
        if letters[question.letter] > 1:
            _refuse(f"{question.key}: its letter {question.letter} stands {letters[question.letter]} times")
        keys = [choice.key for choice in question.choices]
        if not 2 <= len(set(keys)) == len(keys) <= MOST_CHOICES:
            _refuse(f"{question.key}: needs two to nine different choices")
        for value, hidden in question.hides:
            _check_known(
                f"{question.key}:{value}", hidden, set(WAYS_OF_TELLING), "way of telling a sign named"
            )


def _check_known(where: str, wanted: Iterable[str], known: set[str], what: str) -> None:
    for key in wanted:
        if key not in known:
            _refuse(f"{where}: there is no {what} {key}")


def _refuse(reason: str) -> None:
    raise VocabularyError(reason)
