"""Whether every entry is signed with the key that its author had at that time.

The ledger states the keys itself: with the enrolment of an Examiner, or where a key is set anew. A ledger
that began without signatures may have unsigned entries before its author's first key, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.domain.acts import acts
from reviewer.domain.acts.key_history import KeyHistory, SignatureVerifier
from reviewer.domain.ledger.entry import Entry, LedgerFault, describe_place


class SignatureCheck:
    """Is given the entries in the order they were kept; `holds(public, hash, signature)` checks one.

    `history` has every key that they state. `of_entries` checks the signatures of the entries themselves, if
    that is not to be done by `holds`: there are as many of them as entries. What is asked of it, and in which
    order, does not depend on its answers.
    """

    def __init__(self, holds: SignatureVerifier, of_entries: SignatureVerifier | None = None) -> None:
        self._holds = of_entries or holds
        self.history = KeyHistory(holds)
        self._keys: dict[str, str] = {}
        self._before_key: dict[str, list[Entry]] = {}
        self._from_the_start = False
        self._removed: set[str] = set()

    def check_entry(self, entry: Entry) -> Iterator[LedgerFault]:
        """What is wrong with this entry, or with those that waited for the key it states."""
        if entry.act == acts.CASE_CREATED and entry.body.get("signed"):
            self._from_the_start = True
        yield from self.history.note_entry(entry)
        if entry.author in self._removed:
            yield LedgerFault(describe_place(entry), "its author was removed before")
        if entry.act == acts.EXAMINER_REMOVED:
            self._removed.add(entry.subject)
        if entry.act == acts.EXAMINER_KEY_SET and entry.author != entry.subject:
            yield LedgerFault(describe_place(entry), "sets the key of another examiner")
        elif entry.act in {acts.EXAMINER_ENROLLED, acts.EXAMINER_KEY_SET} and entry.body.get("key"):
            yield from self._note_key(entry.subject, str(entry.body["key"]))
        if entry.author in self._keys:
            yield from self._check_signature(entry, may_be_unsigned=False)
        else:
            self._before_key.setdefault(entry.author, []).append(entry)

    def find_entries_without_key(self) -> Iterator[LedgerFault]:
        """At the end: entries of authors whose key was never stated."""
        for entries in self._before_key.values():
            for entry in entries:
                if entry.signature or self._from_the_start:
                    yield LedgerFault(describe_place(entry), "its author has no key in this ledger")

    def _note_key(self, examiner: str, key: str) -> Iterator[LedgerFault]:
        self._keys[examiner] = key
        for entry in self._before_key.pop(examiner, []):
            yield from self._check_signature(entry, may_be_unsigned=not self._from_the_start)

    def _check_signature(self, entry: Entry, may_be_unsigned: bool) -> Iterator[LedgerFault]:
        if not entry.signature:
            if not may_be_unsigned:
                yield LedgerFault(describe_place(entry), "is not signed")
        elif not self._holds(self._keys[entry.author], entry.hash, entry.signature):
            yield LedgerFault(describe_place(entry), "its signature is not that of its author")
