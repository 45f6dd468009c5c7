"""What an act has changed in a Reading, in the fewest words: to be seen at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.reading.degrees import describe_account
from reviewer.domain.reading.descriptions import description_in_words as in_words_of_description
from reviewer.domain.reading.reading import Conclusion, Finding, Reading
from reviewer.domain.reading.sign_lists import lists_in_few_words
from reviewer.domain.vocabulary.coverage import find_views_shown
from reviewer.domain.vocabulary.coverage_gaps import describe_framing
from reviewer.domain.vocabulary.region_words import regions_in_words
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.domain.vocabulary.vocabulary import Vocabulary

_MOST_CHANGES = 3


def describe_changes(before: Reading, after: Reading, vocabulary: Vocabulary) -> list[str]:
    """ "chest, left" "bruise: removed"; nothing of notes, marks and measurements, which are seen as drawn."""
    found = [
        *_describe_finding_changes(before, after, vocabulary),
        *_describe_photo_changes(before, after, vocabulary),
    ]
    if len(found) > _MOST_CHANGES:
        return [*found[: _MOST_CHANGES - 1], f"and {len(found) - _MOST_CHANGES + 1} more"]
    return found


def _describe_finding_changes(before: Reading, after: Reading, vocabulary: Vocabulary) -> Iterator[str]:
    for finding in before.findings:
        if after.finding(finding.id) is None:
            yield f"{vocabulary.term_name(finding.term)}: removed"
    for finding in after.findings:
        earlier = before.finding(finding.id)
        if earlier is None:
            yield vocabulary.term_name(finding.term)
            earlier = Finding(finding.id, finding.term, finding.vocabulary)
        yield from _describe_one_finding(earlier, finding, vocabulary)


def _describe_one_finding(before: Finding, after: Finding, vocabulary: Vocabulary) -> Iterator[str]:
    for region in after.regions:
        if region not in before.regions:
            yield vocabulary.region_name(region)
    for region in before.regions:
        if region not in after.regions:
            yield f"{vocabulary.region_name(region)}: removed"
    if (after.answer, after.reason) != (before.answer, before.reason):
        yield (
            f"{after.answer}: {after.reason}"
            if after.answer is FindingAnswer.NOT_ASSESSABLE
            else after.answer
        )
    if after.certainty_stated and after.certainty_told != before.certainty_told:
        yield after.certainty
    said = dict(before.qualifiers)
    for key, values in after.qualifiers:
        qualifier = vocabulary.qualifier(key)
        if values != said.get(key, ()) and qualifier is not None:
            yield f"{qualifier.name}: {', '.join(vocabulary.value_name(key, value) for value in values)}"
    degree = vocabulary.degree(after.degree)
    if _make_degree_key(after) != _make_degree_key(before):
        yield (
            f"{degree.name} {after.mechanism}, {describe_account(after.alleged_by)}"
            if degree
            else "no degree"
        )


def _make_degree_key(finding: Finding) -> tuple[str, str, str]:
    return finding.degree, finding.mechanism, finding.alleged_by


def _describe_coverage_changes(before: Reading, after: Reading, vocabulary: Vocabulary) -> Iterator[str]:
    """What is marked as shown now and was not, views by their names; one that was cut as it is now."""
    earlier, now = dict(before.coverage), dict(after.coverage)
    shown_before = find_views_shown(vocabulary.views, before.coverage)
    views = [
        framed for framed in find_views_shown(vocabulary.views, after.coverage) if framed not in shown_before
    ]
    within = {key for framed in views for way in framed.view.ways for key in way.regions}
    shown = [key for key, level in now.items() if earlier.get(key) != level and key not in within]
    gone = [key for key in earlier if key not in now and key not in within]
    said = [describe_framing(framed) for framed in views] + (
        [regions_in_words(vocabulary, shown)] if shown else []
    )
    if said:
        yield f"shown: {', '.join(said)}"
    if gone:
        yield f"no longer marked as shown: {regions_in_words(vocabulary, gone)}"


def _describe_photo_changes(before: Reading, after: Reading, vocabulary: Vocabulary) -> Iterator[str]:
    """What is said of the Photo itself."""
    yield from _describe_coverage_changes(before, after, vocabulary)
    if after.looked_for and after.looked_for != before.looked_for:
        yield f"looked for: {lists_in_few_words(vocabulary, after.looked_for)}"
    elif before.looked_for and not after.looked_for:
        yield "no list looked for any more"
    yield from _describe_description_changes(before, after, vocabulary)
    if (after.conclusion, after.reason) != (before.conclusion, before.reason):
        if after.conclusion is Conclusion.NOTHING_VISIBLE:
            yield "nothing visible"
        elif after.conclusion is Conclusion.NOT_ASSESSABLE:
            yield f"not assessable: {after.reason}"


def _describe_description_changes(before: Reading, after: Reading, vocabulary: Vocabulary) -> Iterator[str]:
    """What is said of the state of the body and the scene."""
    earlier, now = dict(before.description), dict(after.description)
    changed = tuple(answer for answer in after.description if earlier.get(answer[0]) != answer[1])
    gone = tuple(answer for answer in before.description if answer[0] not in now)
    yield from in_words_of_description(vocabulary, changed)
    yield from (f"{line}: taken back" for line in in_words_of_description(vocabulary, gone))
