"""The nine quick tags of a person: those of the vocabulary, or own ones, kept in the account by its place.

A key is only quick where it is the same every day: so they are the person's, in whatever case.
"""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.errors import NotAllowed
from reviewer.domain.vocabulary.vocabulary import Vocabulary
from reviewer.services.account.account_file import AccountFile, hash_person

_FILE = AccountFile("quick_tags.json", "the quick tags")


def load_quick_tags(person: str, vocabulary: Vocabulary) -> list[str]:
    """Return the keys of nine Terms, in the order of their digits. Where none was chosen, or the vocabulary
    does not offer it, the vocabulary's own stands; no Term stands twice."""
    chosen = _load_tags().get(hash_person(person), {})
    usual = list(vocabulary.quick_tags)
    found = []
    for place, term in enumerate(usual, start=1):
        own = vocabulary.term(chosen.get(str(place), ""))
        found.append(own.key if own is not None and not own.retired else term)
    return found if len(set(found)) == len(found) else usual


def set_quick_tag(person: str, vocabulary: Vocabulary, number: int, term: str) -> list[str]:
    """Put a Term on a digit, 1 to 9, and save all nine. NotAllowed if the Term is on another digit."""
    now = load_quick_tags(person, vocabulary)
    if term in now:
        place = now.index(term) + 1
        if place == number:
            return now
        raise NotAllowed(f"{vocabulary.term_name(term).capitalize()} is quick tag {place} already.")
    now[number - 1] = term
    _save_tags(person, now, vocabulary.quick_tags)
    return now


def put_quick_tag(person: str, vocabulary: Vocabulary, number: int, term: str) -> list[str]:
    """Put a Term on a digit, 1 to 9, and save all nine. One that is on another digit changes places with what
    is on this one."""
    now = load_quick_tags(person, vocabulary)
    if term in now:
        now[now.index(term)] = now[number - 1]
    now[number - 1] = term
    _save_tags(person, now, vocabulary.quick_tags)
    return now


def move_quick_tag(person: str, vocabulary: Vocabulary, number: int, there: int) -> list[str]:
    """Move the Term of a digit to another digit, and those between by one; save all nine."""
    now = load_quick_tags(person, vocabulary)
    now.insert(there - 1, now.pop(number - 1))
    _save_tags(person, now, vocabulary.quick_tags)
    return now


def reset_quick_tags(person: str, vocabulary: Vocabulary) -> list[str]:
    """Go back to the quick tags of the vocabulary."""
    _save_tags(person, vocabulary.quick_tags, vocabulary.quick_tags)
    return list(vocabulary.quick_tags)


def _save_tags(person: str, tags: Sequence[str], usual: Sequence[str]) -> None:
    """Save only the tags that differ, so that the others follow the vocabulary."""
    pairs = enumerate(zip(tags, usual, strict=True), start=1)
    own = {str(place): term for place, (term, other) in pairs if term != other}
    _FILE.keep({**_load_tags(), hash_person(person): own})


def _load_tags() -> dict[str, dict[str, str]]:
    return {
        who: {place: term for place, term in tags.items() if isinstance(term, str)}
        for who, tags in _FILE.read_by_person().items()
    }
