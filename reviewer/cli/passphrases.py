"""Where the command line takes a passphrase from: a file or the terminal, never the arguments."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path

from reviewer.domain.errors import EXIT_DONE, KnownError, NeedsPassphrase
from reviewer.domain.names import make_printable
from reviewer.domain.typed_letters import CAPS_LOCK, find_foreign_script, is_all_capitals
from reviewer.services.case.opening import needs_passphrase
from reviewer.services.case.passphrases import suggest_passphrase
from reviewer.system.caps_lock import is_caps_lock_on

LARGEST_FILE = 4096


def read_passphrase_for_opening(options: argparse.Namespace) -> str | None:
    """Return the passphrase or recovery key for the case of these options, None if it needs none."""
    if not needs_passphrase(options.case):
        return None
    if options.passphrase_file is not None:
        return _read_first_line(options.passphrase_file)
    if not sys.stdin.isatty():
        raise NeedsPassphrase(
            "This case is encrypted and needs a passphrase.",
            "Name a file that holds it: --passphrase-file F.",
        )
    return _ask_at_terminal("Passphrase, or the recovery key: ")


def read_passphrase_for_new_case(options: argparse.Namespace) -> str | None:
    """Return the passphrase of a new case, None for an unencrypted one."""
    if options.unencrypted:
        return None
    return read_new_passphrase(options.passphrase_file, "--passphrase-file F, or --unencrypted to do without")


def read_new_passphrase(file: Path | None, hint: str) -> str:
    """Return a new passphrase: from a file, or typed twice."""
    if file is not None:
        return _read_first_line(file)
    if not sys.stdin.isatty():
        raise NeedsPassphrase("A new passphrase is needed.", f"Give {hint}.")
    first = _ask_at_terminal("New passphrase: ")
    if _ask_at_terminal("Repeat the passphrase: ") != first:
        raise KnownError("The two passphrases are not the same.", "Try again.", code="bad-passphrase")
    return first


def print_suggestion(options: argparse.Namespace) -> int:
    """`reviewer suggest-passphrase`."""
    suggested = suggest_passphrase(options.words)
    if options.json:
        print(json.dumps({"passphrase": suggested.text, "bits": round(suggested.bits, 1)}))
    else:
        print(suggested.text)
    return EXIT_DONE


def _ask_at_terminal(prompt: str) -> str:
    """Ask at the terminal without echo, and warn of what cannot be seen there."""
    if is_caps_lock_on():
        print(f"reviewer: {CAPS_LOCK}", file=sys.stderr)
    words = getpass.getpass(prompt)
    script = find_foreign_script(words)
    if script:
        print(f"reviewer: {script} letters were typed.", file=sys.stderr)
    if is_all_capitals(words):
        print("reviewer: All letters that were typed are capitals: Caps Lock may be on.", file=sys.stderr)
    return words


def _read_first_line(path: Path) -> str:
    """The first line of a file, without its end."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE)
        return content.split(b"\n")[0].rstrip(b"\r").decode("utf-8")
    except OSError as error:
        raise KnownError(
            f"The passphrase file {make_printable(str(path))} cannot be read: {error.strerror}.",
            code="bad-passphrase",
        ) from error
    except UnicodeDecodeError as error:
        raise KnownError("The passphrase file is not UTF-8 text.", code="bad-passphrase") from error
