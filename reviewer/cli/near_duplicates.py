"""`reviewer duplicates CASE [--find] [--json]`."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.lines import print_lines
from reviewer.cli.progress import run_with_progress
from reviewer.domain.commands.near_duplicate_commands import DETECTION_LIMIT
from reviewer.domain.errors import EXIT_DONE
from reviewer.domain.names import make_printable
from reviewer.services.case.open_case import OpenCase
from reviewer.services.reading.act_words import format_count
from reviewer.services.worklist.worklist import Worklist

if TYPE_CHECKING:
    from reviewer.services.pictures.near_duplicates import DuplicateSearchResult


def list_duplicates(options: argparse.Namespace) -> int:
    """List the groups of the case; with --find look for new ones first and record them."""
    from reviewer.services.pictures import (
        near_duplicates,  # it brings numpy: nobody else should wait for that
    )

    with open_for_verb(options, read_only=not options.find) as case:
        found = _search_with_progress(case, options.examiner) if options.find else None
        groups = near_duplicates.load_groups(case)
        items = Worklist(case, "").load().items
        files = {item.sha256: f"{item.folder}/{item.name}".partition("/")[2] for item in items}
    named = [{"name": name, "photos": photos} for name, photos in groups.items()]
    if options.jsonl:
        print_lines(named)
        return EXIT_DONE
    if options.json:
        answer: dict[str, object] = {"groups": named}
        if found is not None:
            answer["found"] = {
                "photos": found.photos,
                "without_small_picture": found.unseen,
                "groups": len(found.groups),
                "recorded": len(found.new),
            }
        print(json.dumps(answer))
        return EXIT_DONE
    if found is not None:
        print(f"{format_count(found.photos, 'photo')} looked at; groups new or different: {len(found.new):,}")
        if found.unseen:
            print(f"{found.unseen:,} photos have no small picture and were not looked at: ingest again")
    for name, photos in groups.items():
        print(f"{name[:12]}: {len(photos)} photos. {DETECTION_LIMIT}")
        for photo in photos:
            print(f"  {photo[:12]}  {make_printable(files.get(photo, ''))}")
    together = sum(map(len, groups.values()))
    print(f"{format_count(len(groups), 'group')} of near-duplicates, {format_count(together, 'photo')}")
    return EXIT_DONE


def _search_with_progress(case: OpenCase, examiner: str | None) -> DuplicateSearchResult:
    from reviewer.services.pictures import near_duplicates

    author = find_acting_examiner(case, examiner).id
    with run_with_progress("duplicates") as control:
        found = near_duplicates.find_near_duplicates(case, control)
    if found.new:
        case.record(found.make_draft(), author)
    return found
