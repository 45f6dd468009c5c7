"""`reviewer find CASE QUERY`, `reviewer lists CASE` and `reviewer sample CASE --from QUERY`."""

from __future__ import annotations

import argparse
import json

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.cli.lines import print_lines, refuse_count
from reviewer.domain.errors import EXIT_DONE, KnownError
from reviewer.domain.names import make_printable
from reviewer.domain.people.individual import SavedList
from reviewer.services.search import search
from reviewer.services.search.explain import explain_match
from reviewer.services.search.finding_places import find_paths
from reviewer.services.search.sampling import SampleRequest, SampleUnit, draw_sample
from reviewer.services.search.search import HitOrder, SearchResult


def print_found(options: argparse.Namespace) -> int:
    refuse_count(options)
    with open_for_verb(options, read_only=True) as case:
        examiner = None if options.all_examiners else find_acting_examiner(case, options.examiner).id
        query = " ".join(options.query)
        if options.count:
            found = search.count_photos(case, query, examiner)
        else:
            found = search.find_photos(case, query, examiner, HitOrder(options.order), options.limit)
        rows = find_paths(case, found.photos)
        reasons = ((photo, explain_match(case, query, examiner, photo)) for photo in found.photos)
        if options.jsonl:
            told = reasons if options.why else ((photo, None) for photo in found.photos)
            print_lines(_photo_to_json(photo, rows, why) for photo, why in told)
            return EXIT_DONE
        why = dict(reasons) if options.why else {}
    if options.json:
        print(json.dumps(_result_to_json(found, rows, why), ensure_ascii=False))
        return EXIT_DONE
    for photo in found.photos:
        print(f"{photo} {rows.get(photo, '')}")
        for line in why.get(photo, ()):
            print(f"    {make_printable(line)}")
    shown = "" if len(found.photos) in {0, found.count} else f", the first {len(found.photos):,} shown"
    words = "photograph" if found.count == 1 else "photographs"
    print(f"{found.count:,} {words}{shown}; {found.canonical or 'everything'}")
    return EXIT_DONE


def _result_to_json(
    found: SearchResult, rows: dict[str, str], why: dict[str, list[str]]
) -> dict[str, object]:
    photos = [_photo_to_json(photo, rows, why.get(photo)) for photo in found.photos]
    return {
        "query": found.canonical,
        "count": found.count,
        "milliseconds": round(found.seconds * 1000),
        "photos": photos,
    }


def _photo_to_json(photo: str, rows: dict[str, str], why: list[str] | None) -> dict[str, object]:
    said = {} if why is None else {"why": why}
    return {"sha256": photo, "file": rows.get(photo, ""), **said}


def print_lists(options: argparse.Namespace) -> int:
    with open_for_verb(options, read_only=True) as case:
        found = search.load_lists(case)
    if options.jsonl:
        print_lines(map(_list_to_json, found))
        return EXIT_DONE
    if options.json:
        print(json.dumps({"lists": [_list_to_json(saved) for saved in found]}, ensure_ascii=False))
        return EXIT_DONE
    for saved in found:
        what = f"sample of {len(saved.photos):,} photographs from: " if saved.details else ""
        print(f"{saved.name}: {what}{make_printable(saved.query) or 'everything'}")
    print(f"{len(found):,} lists")
    return EXIT_DONE


def _list_to_json(found: SavedList) -> dict[str, object]:
    details = json.loads(found.details) if found.details else {}
    return {"name": found.name, "query": found.query, "photos": list(found.photos), "details": details}


def draw_and_save_sample(options: argparse.Namespace) -> int:
    wish = SampleRequest(
        query=options.query,
        size=options.size,
        within=None if options.within is None else options.within / 100,
        expected=options.expected / 100,
        by=options.by or "",
        equal=options.equal,
        of=SampleUnit(options.of),
        seed=options.seed,
    )
    with open_for_verb(options) as case:
        examiner = find_acting_examiner(case, options.examiner).id
        sampled = draw_sample(case, examiner, wish)
        if not options.name:
            raise KnownError("A sample is kept under a name.", "Add --name NAME.", code="usage")
        case.record(sampled.make_draft(case, options.name), examiner)
    if options.json:
        told = {"name": options.name, "photos": list(sampled.photos), "left_out": sampled.left_out}
        print(json.dumps({**told, "query": sampled.query, **sampled.details}, ensure_ascii=False))
        return EXIT_DONE
    print(f"{options.name}: {sampled.units:,} of {sampled.population:,} {wish.of}, ", end="")
    print(f"{len(sampled.photos):,} photographs, seed {sampled.seed}")
    for stratum in sampled.strata:
        print(f"    {make_printable(stratum.value)}: {stratum.drawn:,} of {stratum.there:,}")
    if sampled.left_out:
        print(f"    {sampled.left_out:,} photographs found have no individual and were left out")
    return EXIT_DONE
