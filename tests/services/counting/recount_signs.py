"""Figures counted again from individuals-by-signs.csv alone, by whoever has nothing but that table.

Plain Python on a plain file: nothing of the program is imported, and nothing is known but what the codebook
says: rows with `all_read` yes count, a heading is the first of its signs' results in an order, a part of the
body has a column.
"""

import csv
from collections import defaultdict

RESULTS = ("present", "absent", "conflict", "after death", "certainty not stated", "cannot tell")


def recount_signs(path):
    """(table, key) -> result -> ids of individuals, of the tables findings, headings and parts."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["all_read"] == "yes"]
    figures = defaultdict(lambda: defaultdict(set))
    under = defaultdict(lambda: defaultdict(set))
    for row in rows:
        figures["findings", row["term"]][row["result"]].add(row["individual"])
        for heading in filter(None, row["headings"].split(";")):
            under[heading][row["individual"]].add(row["result"])
        for column in (name for name in row if name.startswith("part_") and row[name]):
            key = "parts", f"{row['term']}@{column.removeprefix('part_')}"
            figures[key][row[column]].add(row["individual"])
    for heading, of in under.items():
        for individual, results in of.items():
            figures["headings", heading][rolled_up(results)].add(individual)
    everybody = {row["individual"] for row in rows}
    for found in figures.values():
        # a term of another version has rows of those only of whom it was said
        found["cannot tell"] |= everybody - set().union(*found.values())
    return figures


def rolled_up(results):
    for each in ("present", "conflict", "after death", "certainty not stated"):
        if each in results:
            return each
    return "absent" if results == {"absent"} else "cannot tell"
