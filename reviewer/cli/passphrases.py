"""Where the command line takes a passphrase from: a file or the terminal, never the arguments."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from reviewer.domain.errors import KnownError, NeedsPassphrase
from reviewer.domain.names import printable
from reviewer.services.opening import needs_passphrase

LARGEST = 4096


def for_opening(options: argparse.Namespace) -> str | None:
    """The passphrase or recovery key that the case of these options needs, None if it needs none."""
    if not needs_passphrase(options.case):
        return None
    if options.passphrase_file is not None:
        return _of_file(options.passphrase_file)
    if not sys.stdin.isatty():
        raise NeedsPassphrase(
            "This case is encrypted and needs a passphrase.",
            "Name a file that holds it: --passphrase-file F.",
        )
    return getpass.getpass("Passphrase: ")


def for_making(options: argparse.Namespace) -> str | None:
    """The passphrase of a new case, None for one that is not to be encrypted."""
    if options.unencrypted:
        return None
    return new_one(options.passphrase_file, "--passphrase-file F, or --unencrypted to do without")


def new_one(file: Path | None, hint: str) -> str:
    """A passphrase that does not exist yet: from a file, or typed twice."""
    if file is not None:
        return _of_file(file)
    if not sys.stdin.isatty():
        raise NeedsPassphrase("A new passphrase is needed.", f"Give {hint}.")
    first = getpass.getpass("New passphrase: ")
    if getpass.getpass("The same again: ") != first:
        raise KnownError("The two passphrases are not the same.", "Try again.", code="bad-passphrase")
    return first


def _of_file(path: Path) -> str:
    """The first line of a file, without its end."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST)
        return content.split(b"\n")[0].rstrip(b"\r").decode("utf-8")
    except OSError as error:
        raise KnownError(
            f"The passphrase file {printable(str(path))} cannot be read: {error.strerror}.",
            code="bad-passphrase",
        ) from error
    except UnicodeDecodeError as error:
        raise KnownError("The passphrase file is not UTF-8 text.", code="bad-passphrase") from error
