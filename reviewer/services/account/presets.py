"""Chains a person has named and kept, in a file of the account; nothing of any case."""

from __future__ import annotations

import json

from reviewer.domain import plain_json
from reviewer.domain.errors import KnownError
from reviewer.domain.reading.enhancement import EnhancementChain, chain_from_body
from reviewer.system.files import make_private_folder, read_at_most, write_atomically
from reviewer.system.paths import data_folder

_FILE = "enhancement_presets.json"
LONGEST_NAME = 60


def load_presets() -> dict[str, EnhancementChain]:
    """By name, in alphabetical order; what this program does not know is left out and stays in the file."""
    found = {}
    for name, body in sorted(_load_file().items()):
        try:
            found[str(name)] = chain_from_body(body)
        except KnownError:
            continue
    return found


def save_preset(name: str, chain: EnhancementChain) -> None:
    """Keep a chain under a name, in place of one of the same name; KnownError if it cannot be kept."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise KnownError("A preset needs a name.")
    if not chain.steps:
        raise KnownError("There is no step to keep.")
    _save_file({**_load_file(), name: chain.as_body()})


def remove_preset(name: str) -> None:
    _save_file({each: body for each, body in _load_file().items() if each != name})


def _load_file() -> dict[str, list[dict[str, object]]]:
    try:
        found = plain_json.parse_untrusted_json(read_at_most(data_folder() / _FILE, plain_json.MOST_BYTES))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _save_file(presets: dict[str, list[dict[str, object]]]) -> None:
    try:
        make_private_folder(data_folder())
        text = json.dumps(presets, ensure_ascii=False, indent=1)
        write_atomically(data_folder() / _FILE, text.encode("utf-8"))
    except OSError as error:
        raise KnownError(f"The preset could not be kept: {error.strerror}.") from error
