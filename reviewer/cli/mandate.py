"""`reviewer mandate CASE [--text TEXT | --file FILE] [--limits TEXT | --limits-file FILE]`: what the lead
writes once of who asked for what, and of what could not be done; it stands on page 1 of every report."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.domain.commands.mandate import LONGEST_MANDATE
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.services.case.mandate import load_mandate, make_mandate_act
from reviewer.services.case.reading_rules import load_lead

_MOST_BYTES = 4 * LONGEST_MANDATE + 3
"""Of a file in UTF-8 with its mark."""


def write_and_print_mandate(options: argparse.Namespace) -> int:
    """Print the mandate, after writing what was asked for."""
    text = options.text if options.file is None else _read_text(options.file)
    limits = options.limits if options.limits_file is None else _read_text(options.limits_file)
    wanted = text is not None or limits is not None
    with open_for_verb(options, read_only=not wanted) as case:
        if wanted:
            who = find_acting_examiner(case, options.examiner)
            case.record(make_mandate_act(case, who, text, limits), who.id)
        now = load_mandate(case)
        names = {examiner.id: examiner.name for examiner in case.examiners()}
        lead = names.get(load_lead(case), "")
    author = names.get(now.author, now.author)
    if options.json:
        print(json.dumps({**asdict(now), "author": author, "lead": lead}, ensure_ascii=False))
        return EXIT_DONE
    for title, said in (("Mandate", now.text), ("Limits of the mandate", now.limits)):
        print(f"{title}:")
        for line in said.splitlines() or ["None is written."]:
            print(f"  {make_printable(line)}")
    print(
        f"Written by {make_printable(author)} on {now.at[:10]}."
        if now.is_written
        else f"Who writes it: {make_printable(lead)}, who made the case."
    )
    return EXIT_DONE


def _read_text(file: Path) -> str:
    try:
        with file.open("rb") as opened_file:
            content = opened_file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise KnownError(
                f"{make_printable(str(file))} is longer than {LONGEST_MANDATE:,} characters.", code="bad-text"
            )
        return content.decode("utf-8-sig")
    except OSError as error:
        raise KnownError(
            f"{make_printable(str(file))} cannot be read: {error.strerror}.", code="bad-text"
        ) from error
    except UnicodeDecodeError as error:
        raise KnownError(
            f"{make_printable(str(file))} is no text in UTF-8.", "Save it as UTF-8.", code="bad-text"
        ) from error
