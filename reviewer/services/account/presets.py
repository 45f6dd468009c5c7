"""Chains a person has named and kept, in a file of the account; nothing of any case."""

from __future__ import annotations

from typing import Any

from reviewer.domain.errors import KnownError
from reviewer.domain.reading.enhancement import EnhancementChain, chain_from_body
from reviewer.services.account.account_file import AccountFile

_FILE = AccountFile("enhancement_presets.json", "the presets")
LONGEST_NAME = 60


def load_presets() -> dict[str, EnhancementChain]:
    """Return the presets by name, in alphabetical order; those this program cannot read stay in the file."""
    found = {}
    for name, body in sorted(_FILE.read_values().items()):
        try:
            found[name] = chain_from_body(body)
        except (KnownError, TypeError, ValueError, AttributeError, LookupError):
            continue
    return found


def save_preset(name: str, chain: EnhancementChain) -> None:
    """Save a chain under a name, replacing one of the same name. KnownError if that fails."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise KnownError("A preset needs a name.")
    if not chain.steps:
        raise KnownError("There is no step to keep.")
    _save_presets({**_FILE.read_values(), name: chain.as_body()})


def remove_preset(name: str) -> None:
    _save_presets({key: body for key, body in _FILE.read_values().items() if key != name})


def _save_presets(presets: dict[str, Any]) -> None:
    try:
        _FILE.write(presets)
    except OSError as error:
        raise KnownError(f"The preset could not be kept: {error.strerror}.") from error
