"""`reviewer duplicates CASE [--find] [--json]`."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from reviewer.cli.case import opened, who_acts
from reviewer.cli.ingest import interrupting
from reviewer.cli.lines import print_lines
from reviewer.cli.progress import ProgressLine
from reviewer.domain.commands.near_duplicate_commands import LIMIT
from reviewer.domain.errors import EXIT_DONE
from reviewer.domain.names import printable
from reviewer.services.case.open_case import OpenCase
from reviewer.services.jobs import Cancelled, JobControl
from reviewer.services.reading.act_words import counted
from reviewer.services.worklist.worklist import Worklist

if TYPE_CHECKING:
    from reviewer.services.pictures.near_duplicates import Found


def duplicates(options: argparse.Namespace) -> int:
    """List the groups of the case; with --find look for new ones first and record them."""
    from reviewer.services.pictures import (
        near_duplicates,  # it brings numpy: nobody else should wait for that
    )

    with opened(options, read_only=not options.find) as case:
        found = _found(case, options.examiner) if options.find else None
        groups = near_duplicates.groups_of(case)
        files = {item.sha256: f"{item.folder}/{item.name}" for item in Worklist(case, "").load().items}
    named = [{"name": name, "photos": photos} for name, photos in groups.items()]
    if options.jsonl:
        print_lines(named)
        return EXIT_DONE
    if options.json:
        told: dict[str, object] = {"groups": named}
        if found is not None:
            told["found"] = {
                "photos": found.photos,
                "without_small_picture": found.unseen,
                "groups": len(found.groups),
                "recorded": len(found.new),
            }
        print(json.dumps(told))
        return EXIT_DONE
    if found is not None:
        print(f"{counted(found.photos, 'photo')} looked at; groups new or different: {len(found.new):,}")
        if found.unseen:
            print(f"{found.unseen:,} photos have no small picture and were not looked at: ingest again")
    for name, photos in groups.items():
        print(f"{name[:12]}: {len(photos)} photos. {LIMIT}")
        for photo in photos:
            print(f"  {photo[:12]}  {printable(_below(files.get(photo, '')))}")
    together = sum(map(len, groups.values()))
    print(f"{counted(len(groups), 'group')} of near-duplicates, {counted(together, 'photo')}")
    return EXIT_DONE


def _found(case: OpenCase, examiner: str | None) -> Found:
    from reviewer.services.pictures import near_duplicates

    author = who_acts(case, examiner).id
    line = ProgressLine("duplicates")
    try:
        with interrupting(JobControl(line)) as control:
            found = near_duplicates.find(case, control)
    except Cancelled:
        raise KeyboardInterrupt from None
    finally:
        line.end()
    if found.new:
        case.record(found.draft(), author)
    return found


def _below(path: str) -> str:
    """A path without the id of its source."""
    return path.partition("/")[2]
