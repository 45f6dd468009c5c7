"""The verb about number cards."""

from __future__ import annotations

import argparse
import json

from reviewer.cli.case import open_for_verb
from reviewer.cli.lines import print_lines
from reviewer.domain.errors import EXIT_DONE
from reviewer.domain.people.individual import PhotoFacts
from reviewer.services.cards.transcription import count_by_state, find_mismatches


def print_cards(options: argparse.Namespace) -> int:
    """Print how many cards stand where, or those on which somebody has to decide."""
    with open_for_verb(options, read_only=True) as case:
        counts = {str(state): number for state, number in count_by_state(case).items()}
        open_ = find_mismatches(case) if options.mismatches else []
    if options.jsonl:
        states = ({"state": state, "cards": number} for state, number in counts.items())
        print_lines(map(_passes_to_json, open_) if options.mismatches else states)
        return EXIT_DONE
    if options.json:
        print(
            json.dumps(
                {"cards": counts, "mismatches": [_passes_to_json(card) for card in open_]}, ensure_ascii=False
            )
        )
        return EXIT_DONE
    for state, number in counts.items():
        print(f"{number:>8,}  {state}")
    for facts in open_:
        print(facts.photo)
        for card in facts.cards:
            print(f"  {card.number:<8} branch {card.branch}, detainee {card.detainee}, ", end="")
            print(f"examination {card.examination}, date {card.date}, legible: {card.legible}")
    return EXIT_DONE


def _passes_to_json(facts: PhotoFacts) -> dict[str, object]:
    return {
        "photo": facts.photo,
        "passes": [
            {
                "pass": str(card.number),
                "branch": card.branch,
                "detainee": card.detainee,
                "examination": card.examination,
                "date": card.date,
                "legible": card.legible,
            }
            for card in facts.cards
        ],
    }
