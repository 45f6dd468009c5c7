"""Acts in words, for the message line and the history."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.ledger.entry import ACT_TAKEN_BACK, Entry, EntryBody
from reviewer.domain.ledger.vouching import format_fingerprint
from reviewer.domain.people.evaluations import INDIVIDUAL_EVALUATED
from reviewer.domain.people.individual import FACT_NAMES, Fact
from reviewer.domain.photos.redaction import REDACTION_DRAWN, REDACTION_REMOVED
from reviewer.domain.photos.seen_elsewhere import FILES_OPEN_AGAIN, FILES_SEEN_ELSEWHERE
from reviewer.domain.reading.degrees import describe_account
from reviewer.domain.reading.descriptions import description_in_words as described_in_words
from reviewer.domain.reading.sign_lists import lists_in_words
from reviewer.domain.summary.decisions import SUMMARY_DECIDED
from reviewer.domain.vocabulary.vocabulary import Vocabulary

ActPhrase = str | Callable[[EntryBody, Vocabulary], str]

ACT_PHRASES: dict[str, ActPhrase] = {
    acts.FINDINGS_CONFIRMED: "copied findings confirmed",
    acts.FINDINGS_REMOVED: "finding removed",
    acts.REGIONS_SET: "regions changed",
    acts.QUALIFIER_SET: "qualifier changed",
    acts.MARK_ADDED: "mark drawn",
    acts.MARK_RESHAPED: "mark changed",
    acts.MARK_REMOVED: "mark removed",
    acts.SCALE_MARKED: "scale marked",
    acts.SCALE_REMOVED: "scale removed",
    acts.MEASUREMENT_TAKEN: "measurement taken",
    acts.MEASUREMENT_REPEATED: "measurement repeated",
    acts.MEASUREMENT_REMOVED: "measurement removed",
    acts.NOTE_WRITTEN: "note written",
    acts.CONCLUSION_WITHDRAWN: "conclusion withdrawn",
    acts.COMPLETED: "reading complete",
    acts.SET_ASIDE: "set aside",
    acts.REOPENED: "reading opened again",
    acts.SOURCE_ADDED: "source added",
    acts.INGEST_BEGUN: "ingest begun",
    acts.SOURCE_MOVED: "source found in another place",
    acts.EXPORT_MADE: "export made",
    acts.EVIDENCE_VERIFIED: "originals verified",
    acts.MANIFEST_COMPARED: "compared with a manifest",
    acts.BACKUP_MADE: "backup made",
    acts.PASSPHRASE_CHANGED: "passphrase changed",
    acts.RECOVERY_KEY_MADE: "recovery key made",
    acts.COVERAGE_SET: "coverage changed",
    acts.READING_RULES_SET: "rules of reading set",
    acts.MANDATE_WRITTEN: "mandate written",
    acts.CARD_ORDER_SET: "order of the numbers on the cards set",
    shared_acts.INDIVIDUALS_MERGED: "individuals merged",
    REDACTION_REMOVED: "area to redact removed",
    shared_acts.STATEMENT_WITHDRAWN: "statement withdrawn",
    acts.LEDGER_SEEN: "what others wrote was seen",
    acts.HEAD_STAMPED: lambda body, _vocabulary: (
        f"time stamp of {body['time'][:10]} stored, over {body['entries']:,} entries"
    ),
    acts.RECEIPT_JUDGED: lambda body, _vocabulary: (
        f"{format_count(len(body['receipts']), 'kept receipt')} judged that contradict the ledger: "
        f"{body['reason']}"
    ),
    acts.DEFINITIONS_STATED: "vocabulary, rules and templates of the program stated",
    acts.PACK_STATED: "what a court pack holds stated",
    acts.CLOCK_SET_BACK: "the clock of the machine stands before the latest entry",
    acts.EXAMINER_REMOVED: lambda body, _vocabulary: f"examiner removed: {body['why']}",
    acts.CASE_KEY_CHANGE_WANTED: lambda body, _vocabulary: (
        f"key of the case is to be changed: {body['because']}"
        if body["because"]
        else "key of the case is not to be changed any more"
    ),
    acts.CASE_KEY_CHANGED: lambda body, _vocabulary: f"key of the case changed: {body['because']}",
    ACT_TAKEN_BACK: "an act taken back",
    acts.RECORDS_LOADED: lambda body, _vocabulary: f"records loaded: {body['name']}, {body['rows']:,} rows",
    shared_acts.PHOTOS_CATEGORISED: lambda body, _vocabulary: (
        f"{format_count(len(body['photos']), 'photo')} sorted as {body['category'] or 'nothing'}"
    ),
    shared_acts.INDIVIDUALS_MADE: lambda body, _vocabulary: (
        f"{format_count(len(body['individuals']), 'individual')} accepted"
        + (f", {body['individuals'][0]['reason']}" if len(body["individuals"]) == 1 else "")
    ),
    shared_acts.PHOTOS_ASSIGNED: lambda body, _vocabulary: (
        f"{format_count(len(body['photos']), 'photo')} moved to another individual"
    ),
    shared_acts.STATEMENT_MADE: lambda body, _vocabulary: _describe_statement(body),
    shared_acts.CARD_TRANSCRIBED: lambda body, _vocabulary: f"card transcribed, {body['pass']} pass",
    shared_acts.DUPLICATES_GROUPED: lambda body, _vocabulary: (
        f"{format_count(len(body['groups']), 'group')} of near-duplicates"
    ),
    shared_acts.DUPLICATES_PARTED: lambda body, _vocabulary: (
        f"{format_count(len(body['photos']), 'photo')} parted from near-duplicates"
    ),
    shared_acts.RECORDS_SETTLED: lambda body, _vocabulary: (
        f"{format_count(len(body['records']), 'row')} of records settled"
    ),
    shared_acts.LIST_SAVED: lambda body, _vocabulary: f"list saved: {body['name']}",
    INDIVIDUAL_EVALUATED: lambda body, _vocabulary: (
        "overall evaluation signed" if body["text"] else "overall evaluation withdrawn"
    ),
    SUMMARY_DECIDED: lambda body, vocabulary: (
        f"contradiction of {vocabulary.term_name(body['term'])} decided"
    ),
    REDACTION_DRAWN: lambda body, _vocabulary: f"area to redact drawn: {body['purpose']}",
    FILES_SEEN_ELSEWHERE: lambda body, _vocabulary: (
        f"{format_count(len(body['files']), 'file')} seen elsewhere: {body['reason']}"
    ),
    FILES_OPEN_AGAIN: lambda body, _vocabulary: f"{format_count(len(body['files']), 'file')} open again",
    shared_acts.LIST_REMOVED: lambda _body, _vocabulary: "list removed",
    acts.FINDING_ADDED: lambda body, vocabulary: f"{vocabulary.term_name(body['term'])} added",
    acts.CARRIED_OVER: lambda body, _vocabulary: f"reading carried over from {body['from'][:12]}",
    acts.FINDINGS_COPIED: lambda body, _vocabulary: f"{len(body['findings'])} findings copied",
    acts.NOTHING_VISIBLE: lambda body, vocabulary: _describe_nothing_visible(body, vocabulary),
    acts.LOOKED_FOR: lambda body, vocabulary: _describe_looked_for(body, vocabulary),
    acts.CERTAINTY_SET: lambda body, _vocabulary: f"certainty: {body['certainty']}",
    acts.CERTAINTY_STATED: lambda body, _vocabulary: (
        f"certainty of {format_count(len(body['ids']), 'finding')} that had none: {body['certainty']}"
    ),
    acts.DESCRIBED: lambda body, vocabulary: _describe_answers(body, vocabulary),
    acts.CONTEXT_SEEN: lambda body, _vocabulary: f"context seen: {body['what']}",
    acts.DEGREE_SET: lambda body, vocabulary: _describe_degree(body, vocabulary),
    acts.ANSWER_SET: lambda body, _vocabulary: f"answer: {body['answer']}",
    acts.NOT_ASSESSABLE: lambda body, _vocabulary: f"not assessable: {body['reason']}",
    acts.SOURCE_INGESTED: lambda body, _vocabulary: _describe_ingest(body),
    acts.CHANGED_FILES_FOUND: lambda body, _vocabulary: f"files found changed: {body['files']:,} in all",
    acts.CASE_CREATED: lambda body, _vocabulary: f"case created: {body['name']}",
    acts.EXAMINER_ENROLLED: lambda body, _vocabulary: f"examiner enrolled: {body['name']}",
    acts.EXAMINER_KEY_SET: lambda body, _vocabulary: _describe_key(body),
    acts.EXAMINER_ROLE_SET: lambda body, _vocabulary: f"role of an examiner set: {body['role']}",
    acts.EXAMINER_KEY_VOUCHED: lambda body, _vocabulary: (
        f"vouched for the key {format_fingerprint(body['key'])} of another examiner"
    ),
}
"""What is said of each act: a phrase, or how it is made from the body."""


def _describe_key(body: EntryBody) -> str:
    if not body.get("answer"):
        return f"signing key set: {body['why']}"
    return f"signing key set: {body['why']}, and answered: {body['answer']}"


def _describe_degree(body: EntryBody, vocabulary: Vocabulary) -> str:
    """Entries of case formats before 1.5 do not say whose account the degree measures."""
    degree = vocabulary.degree(body["degree"])
    if not body["degree"]:
        return "degree of consistency taken away"
    name = degree.name if degree else body["degree"]
    return (
        f"degree of consistency: {name} {body['mechanism']}, {describe_account(body.get('alleged_by', ''))}"
    )


def _describe_statement(body: EntryBody) -> str:
    """A photograph and another individual are named as they were when it was stated."""
    name, value = FACT_NAMES[Fact(body["fact"])].lower(), body["detail"] or body["value"]
    if Fact(body["fact"]) not in {Fact.BEST_FACE, Fact.SAME_PERSON}:
        value = body["value"]
    return f"stated: {name} {value}"


def _describe_answers(body: EntryBody, vocabulary: Vocabulary) -> str:
    if body["values"]:
        return described_in_words(vocabulary, ((body["what"], tuple(body["values"])),))[0]
    described = vocabulary.description_question(body["what"])
    return f"{described.name if described is not None else body['what']}: taken back"


def _describe_ingest(body: EntryBody) -> str:
    replaced = body.get("replaced")
    beside = f"; rows that stand beside an earlier one: {replaced['rows']:,}" if replaced else ""
    return f"source ingested{beside}"


def _describe_nothing_visible(body: EntryBody, vocabulary: Vocabulary) -> str:
    """Before case format 1.5 no lists were named."""
    named = lists_in_words(vocabulary, body.get("lists", ()))
    nothing = "nothing visible in the assessable regions"
    return f"{nothing}, looked for: {named}" if named else nothing


def _describe_looked_for(body: EntryBody, vocabulary: Vocabulary) -> str:
    named = lists_in_words(vocabulary, body["lists"])
    return f"nothing else visible of: {named}" if named else "no list of signs gone through any more"


def format_count(number: int, what: str) -> str:
    """ "1 photo", "2 photos"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def describe_entry(entry: Entry, vocabulary: Vocabulary) -> str:
    """Describe an entry in a short phrase without a full stop; an unknown act by its name."""
    phrase = ACT_PHRASES.get(entry.act, entry.act)
    return phrase if isinstance(phrase, str) else phrase(entry.body, vocabulary)
