"""Who read last on this account: the hash under which the account keeps that person's values, no name.

So that settings which are a person's own can be changed before a case is open.
"""

from __future__ import annotations

from reviewer.services.account.account_file import AccountFile, PersonHash, hash_person

_FILE = AccountFile("last_person.json", "who read last")
_LENGTH = len(hash_person(""))


def remember_person(person: str) -> None:
    """Remember that the person of this name reads now; a failure to save it is ignored."""
    _FILE.keep({"person": hash_person(person)})


def find_last_person() -> PersonHash | None:
    """Return the person who read last on this account, None if nobody did."""
    found = _FILE.read_values().get("person")
    return PersonHash(found) if isinstance(found, str) and len(found) == _LENGTH else None
