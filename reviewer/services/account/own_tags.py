"""The nine quick tags of a person: those of the vocabulary, or own ones, kept in the account by its place.

A key is only quick where it is the same every day: so they are the person's, in whatever case.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence

from reviewer.domain import plain_json
from reviewer.domain.errors import NotAllowed
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.system.files import make_private_folder, read_at_most, write_atomically
from reviewer.system.paths import data_folder

logger = logging.getLogger(__name__)
_FILE = "quick_tags.json"


def load_quick_tags(person: str, vocabulary: Vocabulary) -> list[str]:
    """The keys of nine Terms, in the order of their digits. Where nothing was chosen, or what this vocabulary
    does not offer, that of the vocabulary stands; no Term stands twice."""
    chosen = _load_file().get(_hash_person(person), {})
    usual = list(vocabulary.quick_tags)
    found = []
    for place, term in enumerate(usual, start=1):
        own = vocabulary.term(chosen.get(str(place), ""))
        found.append(own.key if own is not None and not own.retired else term)
    return found if len(set(found)) == len(found) else usual


def set_quick_tag(person: str, vocabulary: Vocabulary, number: int, term: str) -> list[str]:
    """Put a Term on a digit, 1 to 9, and keep it; NotAllowed if it is on another. All nine, then."""
    now = load_quick_tags(person, vocabulary)
    if term in now:
        place = now.index(term) + 1
        if place == number:
            return now
        raise NotAllowed(f"{vocabulary.term_name(term).capitalize()} is quick tag {place} already.")
    now[number - 1] = term
    _save_tags(person, now, vocabulary.quick_tags)
    return now


def reset_quick_tags(person: str, vocabulary: Vocabulary) -> list[str]:
    """Back to those of the vocabulary."""
    _save_tags(person, vocabulary.quick_tags, vocabulary.quick_tags)
    return list(vocabulary.quick_tags)


def _save_tags(person: str, tags: Sequence[str], usual: Sequence[str]) -> None:
    """Only what differs is kept: the others follow the vocabulary."""
    pairs = enumerate(zip(tags, usual, strict=True), start=1)
    own = {str(place): term for place, (term, other) in pairs if term != other}
    kept = {**_load_file(), _hash_person(person): own}
    try:
        make_private_folder(data_folder())
        write_atomically(data_folder() / _FILE, json.dumps(kept, indent=1).encode("ascii"))
    except OSError as error:
        logger.info("the quick tags could not be kept: %s", error.strerror)


def _hash_person(person: str) -> str:
    """No name stands in the file."""
    return hashlib.sha256(person.encode("utf-8", "replace")).hexdigest()[:16]


def _load_file() -> dict[str, dict[str, str]]:
    try:
        found = plain_json.parse_untrusted_json(read_at_most(data_folder() / _FILE, plain_json.MOST_BYTES))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(person): {str(place): term for place, term in tags.items() if isinstance(term, str)}
        for person, tags in found.items()
        if isinstance(tags, dict)
    }
