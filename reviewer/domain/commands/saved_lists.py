"""Saved lists: a query under a name, or Photos that were drawn, with how they were drawn."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.domain.acts.shared_acts import LIST_REMOVED, LIST_SAVED
from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.entry import Draft, to_canonical_json
from reviewer.domain.names import validate_name
from reviewer.domain.people.individual import SavedList


def save_list(
    there: Sequence[SavedList],
    id_: str,
    name: str,
    query: str,
    *,
    details: dict[str, object] | None = None,
    photos: Sequence[str] = (),
) -> Draft:
    """Keep a query, or a sample with its `details`, under a name. A query saved under a name that is there
    takes that list's place; a sample never does: what was drawn stays what was drawn."""
    name = validate_name(name, "list")
    same = next((saved for saved in there if saved.name.casefold() == name.casefold()), None)
    if same is not None and (same.photos or same.details or details):
        raise KnownError(
            f"There is a list {name} already, and a sample is not replaced.",
            "Choose another name.",
            code="list",
        )
    body = {
        "name": name,
        "query": query,
        "sorting": "",
        "details": to_canonical_json(details).decode("utf-8") if details else "",
        "photos": list(photos),
    }
    return Draft(LIST_SAVED, same.id if same else id_, body)


def remove_list(there: Sequence[SavedList], name: str) -> Draft:
    """Take a list away; the Photos in it are not touched, and it can be undone."""
    return Draft(LIST_REMOVED, find_list(there, name).id)


def find_list(there: Sequence[SavedList], name: str) -> SavedList:
    """The list of that name or id. KnownError names those there are."""
    wanted = name.casefold()
    found = next((saved for saved in there if wanted in {saved.name.casefold(), saved.id}), None)
    if found is None:
        names = ", ".join(saved.name for saved in there[:8])
        hint = f"There are: {names}." if names else "No list was saved yet."
        raise KnownError(f"There is no list {name}.", hint, code="list")
    return found
