"""Where the command line takes a passphrase from: a file or the terminal, never the arguments."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from reviewer.domain.errors import KnownError, NeedsPassphrase
from reviewer.domain.names import printable
from reviewer.domain.typed_letters import CAPS_LOCK, all_capitals, foreign_script
from reviewer.services.case.opening import needs_passphrase
from reviewer.system.caps_lock import caps_lock_is_on

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
    return _typed("Passphrase, or the recovery key: ")


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
    first = _typed("New passphrase: ")
    if _typed("The same again: ") != first:
        raise KnownError("The two passphrases are not the same.", "Try again.", code="bad-passphrase")
    return first


def _typed(prompt: str) -> str:
    """Asked at the terminal, which shows nothing: what it cannot show of the keyboard is said."""
    if caps_lock_is_on():
        print(f"reviewer: {CAPS_LOCK}", file=sys.stderr)
    words = getpass.getpass(prompt)
    script = foreign_script(words)
    if script:
        print(f"reviewer: {script} letters were typed.", file=sys.stderr)
    if all_capitals(words):
        print("reviewer: All letters that were typed are capitals: Caps Lock may be on.", file=sys.stderr)
    return words


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
