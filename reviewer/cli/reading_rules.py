"""`reviewer rules CASE [--draw] [--seed TEXT] [--mask yes|no]`: the order of reading, and what is masked."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from reviewer.cli.case import find_acting_examiner, open_for_verb
from reviewer.domain.errors import EXIT_DONE
from reviewer.domain.names import make_printable
from reviewer.domain.worklist.reading_order import masking_in_words, reading_order_in_words
from reviewer.services.case.open_case import OpenCase
from reviewer.services.case.reading_rules import (
    count_in_context,
    load_lead,
    load_rules,
    make_masking_act,
    make_order_act,
)


def set_and_print_rules(options: argparse.Namespace) -> int:
    """Print the rules of reading, after setting what was asked for."""
    wanted = options.draw or bool(options.seed) or options.mask is not None
    with open_for_verb(options, read_only=not wanted) as case:
        if wanted:
            _set_rules(case, options)
        now = load_rules(case)
        names = {examiner.id: examiner.name for examiner in case.examiners()}
        lead = names.get(load_lead(case), "")
        context = count_in_context(case, list(names))
    if options.json:
        told = {"order": now.order, "seed": now.seed, "masked": now.masked, "lead": lead}
        print(json.dumps({**told, "in_context": asdict(context)}, ensure_ascii=False))
        return EXIT_DONE
    print(reading_order_in_words(now))
    print(masking_in_words(now))
    print(f"Who sets these rules: {make_printable(lead)}, who made the case.")
    print(context.describe_counts())
    return EXIT_DONE


def _set_rules(case: OpenCase, options: argparse.Namespace) -> None:
    who = find_acting_examiner(case, options.examiner)
    if options.draw or options.seed:
        case.record(make_order_act(case, who, options.seed), who.id)
    if options.mask is not None:
        case.record(make_masking_act(case, who, options.mask == "yes"), who.id)
