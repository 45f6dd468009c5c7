"""The verbs `problems`, `seen-elsewhere`, `archive`: what could not be used, what it is, what was seen."""

from __future__ import annotations

import argparse
import json
from typing import Any

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.lines import print_lines, refuse_count
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.domain.photos.seen_elsewhere import mark_open_again, mark_seen_elsewhere
from reviewer.services.case import history
from reviewer.services.evidence.archives import list_archive_file
from reviewer.services.evidence.problems import (
    ProblemFile,
    count_problems,
    filter_files,
    load_problem_files,
)
from reviewer.services.reading.act_words import format_count

_SHORTEST_HASH = 8


def print_problems(options: argparse.Namespace) -> int:
    """`reviewer problems CASE`."""
    refuse_count(options)
    with open_for_verb(options, read_only=True) as case:
        every = load_problem_files(case)
        sources = history.load_sources_by_id(case)
        names = {examiner.id: examiner.name for examiner in case.examiners()}
    rows, found = _filter_by_options(every, options), count_problems(every)
    if options.jsonl:
        print_lines(_file_to_json(row, sources, names) for row in rows)
        return EXIT_DONE
    if options.json:
        counts = {
            "files": found.files,
            "by_kind": found.by_kind,
            "may_hold_photographs": found.may_hold,
            "seen_elsewhere": found.seen_elsewhere,
            "open": found.open,
        }
        told = [] if options.count else [_file_to_json(row, sources, names) for row in rows]
        print(json.dumps({"problems": told, "counts": counts}, ensure_ascii=False))
        return EXIT_DONE
    for row in () if options.count else rows:
        print(_format_file(row, sources, names))
    print(f"{len(rows):,} problems")
    for name, count in found.by_kind.items():
        print(f"  {count:,} {name}")
    print(found.sentence)
    return EXIT_DONE


def _filter_by_options(every: list[ProblemFile], options: argparse.Namespace) -> list[ProblemFile]:
    return filter_files(every, may_hold=options.may_hold, only_open=options.open, kind=options.kind)


def _file_to_json(
    problem_file: ProblemFile, sources: dict[str, str], names: dict[str, str]
) -> dict[str, Any]:
    file, seen = problem_file.file, problem_file.seen
    return {
        "source": sources.get(file.source, ""),
        "path": file.path,
        "bytes": file.size,
        "sha256": file.sha256,
        "kind": str(file.problem.kind) if file.problem else "",
        "reason": file.problem.reason if file.problem else "",
        "same_shot": list(problem_file.shot),
        "content": str(problem_file.kind),
        "media_type": file.media_type,
        "may_hold_photographs": problem_file.may_hold,
        "seen_elsewhere": {"reason": seen.reason, "examiner": names.get(seen.author, ""), "at": seen.at}
        if seen
        else None,
    }


def _format_file(problem_file: ProblemFile, sources: dict[str, str], names: dict[str, str]) -> str:
    problem, seen = problem_file.file.problem, problem_file.seen
    kind = problem.kind if problem else ""
    said = f" Seen elsewhere by {names.get(seen.author, '')}: {seen.reason}" if seen else ""
    path = f"{sources.get(problem_file.file.source, '')}/{problem_file.file.path}"
    return make_printable(f"{path}: {kind}: {problem_file.reason}{said}")


def record_seen_elsewhere(options: argparse.Namespace) -> int:
    """`reviewer seen-elsewhere CASE FILE... --reason TEXT`."""
    with open_for_verb(options) as case:
        rows = _select_files(load_problem_files(case), history.load_sources_by_id(case), options)
        if options.open_again:
            draft = mark_open_again([row.id for row in rows if row.seen])
        else:
            draft = mark_seen_elsewhere([row.id for row in rows], options.reason)
        case.record(draft, find_acting_examiner(case, options.examiner).id)
        found = count_problems(load_problem_files(case))
    count = len(draft.body["files"])
    if options.json:
        told = {"files": count, "may_hold_photographs": found.may_hold, "open": found.open}
        print(json.dumps({**told, "seen_elsewhere": found.seen_elsewhere}, ensure_ascii=False))
    else:
        print(f"{format_count(count, 'file')} {'open again' if options.open_again else 'seen elsewhere'}.")
        print(found.sentence)
    return EXIT_DONE


def print_archive_names(options: argparse.Namespace) -> int:
    """`reviewer archive CASE FILE`."""
    with open_for_verb(options, read_only=True) as case:
        chosen = _find_by_name(load_problem_files(case), history.load_sources_by_id(case), options.file)[0]
        found = list_archive_file(case, chosen)
    names = [{"name": name, "bytes": size} for name, size in found.names]
    if options.jsonl:
        print_lines(names)
        return EXIT_DONE
    if options.json:
        told = {"files": found.files, "photographs": found.photographs, "bytes": found.size}
        print(json.dumps({**told, "whole": found.is_whole, "names": names}, ensure_ascii=False))
        return EXIT_DONE
    for name, size in found.names:
        print(f"{size:>14,} {name}")
    print(found.sentence)
    return EXIT_DONE


def _select_files(
    every: list[ProblemFile], sources: dict[str, str], options: argparse.Namespace
) -> list[ProblemFile]:
    """Return the files named, or all that the options choose. KnownError for an unknown name."""
    if not options.files:
        if not (options.kind or options.may_hold or options.open):
            raise KnownError(
                "Say which files: by their paths, or with --kind, --may-hold or --open.", code="no-files"
            )
        return _filter_by_options(every, options)
    found = []
    for name in options.files:
        found += _find_by_name(every, sources, name)
    return _filter_by_options(found, options)


def _find_by_name(every: list[ProblemFile], sources: dict[str, str], name: str) -> list[ProblemFile]:
    fitting = [file for file in every if _is_called(file, sources.get(file.file.source, ""), name)]
    if not fitting:
        raise KnownError(
            f"No file of the list of problems is called {make_printable(name)}.",
            "reviewer problems CASE lists them.",
            code="no-files",
        )
    return fitting


def _is_called(file: ProblemFile, root: str, name: str) -> bool:
    by_hash = len(name) >= _SHORTEST_HASH and file.file.sha256.startswith(name)
    return by_hash or name in {file.file.path, f"{root}/{file.file.path}"}
