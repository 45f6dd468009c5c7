"""How much is drawn at random: some in the ordinary run, all of it in the long one.

REVIEWER_FAULTS=full draws all, 0.1 a tenth of it (`packaging/test --faults`).
"""

import os


def share():
    """How much of the full number is tried: 1 for "full", 0 for the short form, or a number between."""
    wished = os.environ.get("REVIEWER_FAULTS", "")
    return 1.0 if wished == "full" else float(wished or 0)


def count(short, full):
    """How often to draw; never less than in the short form."""
    return max(short, round(full * share()))
