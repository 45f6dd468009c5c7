"""A file of settings in the account: JSON that is whole or not there, and what cannot be read is nothing."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from typing import Any

from reviewer.domain import plain_json
from reviewer.system.files import make_private_folder, read_at_most, write_atomically
from reviewer.system.paths import data_folder

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class AccountFile:
    """A file of the account: `name` is its name, `what` what the log calls its content."""

    name: str
    what: str

    def read(self) -> Any:
        """Return the value the file holds; None if it is missing or unreadable."""
        content = read_account_file(self.name, plain_json.MOST_BYTES)
        try:
            return None if content is None else plain_json.parse_untrusted_json(content)
        except ValueError:
            return None

    def read_values(self) -> dict[str, Any]:
        """Return the values the file holds by name; empty if it holds something else."""
        found = self.read()
        return found if isinstance(found, dict) else {}

    def read_by_person(self) -> dict[str, dict[str, Any]]:
        """Return the values of each person, by `hash_person`."""
        return {who: values for who, values in self.read_values().items() if isinstance(values, dict)}

    def write(self, content: object) -> None:
        """Write the file, unless it holds just that: then nobody waits for the drive. OSError if that
        fails."""
        encoded = json.dumps(content, indent=1).encode("ascii")
        if read_account_file(self.name, len(encoded)) != encoded:
            make_private_folder(data_folder())
            write_atomically(data_folder() / self.name, encoded)

    def keep(self, content: object) -> None:
        """Write the file; a failure is only logged."""
        try:
            self.write(content)
        except OSError as error:
            logger.info("%s could not be kept: %s", self.what, error.strerror)


def read_account_file(name: str, most: int) -> bytes | None:
    """Read a file of the account; None if it is missing, unreadable or longer than `most` bytes."""
    try:
        return read_at_most(data_folder() / name, most)
    except (OSError, ValueError):
        return None


class PersonHash(str):
    """A person known only by the hash that `hash_person` makes of the name; it stands wherever a name can."""

    __slots__ = ()


def hash_person(person: str) -> str:
    """Return the hash under which these files keep a person's values; they hold no names."""
    if isinstance(person, PersonHash):
        return str(person)
    return hashlib.sha256(person.encode("utf-8", "replace")).hexdigest()[:16]
