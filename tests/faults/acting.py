"""A program that makes acts and says each one only after it was saved; for being killed.

python acting.py CASE SEED: prints "saved ID" for each Finding that was committed, for ever.
"""

import random
import sys
from pathlib import Path

from reviewer.domain import intents
from reviewer.domain.reading import Certainty, Finding
from reviewer.services.desk import Desk
from reviewer.services.jobs import at_once
from reviewer.services.opening import open_case


def main(folder: str, seed: str) -> None:
    rng = random.Random(seed)
    case = open_case(Path(folder))
    desk = Desk(case, case.examiners()[0], at_once)
    number = case.counts().entries
    while True:
        number += 1
        photo = f"{rng.randrange(20):064x}"
        finding = Finding(f"{seed}-{number}", rng.choice(["elec.mark", "blunt.bruise"]), "1.0.0")
        desk.do(intents.add_finding(desk.reading(photo), finding)).result()
        print("saved", finding.id, flush=True)
        if number % 3 == 0:
            desk.do(intents.set_certainty(desk.reading(photo), finding, Certainty.DEFINITE)).result()


main(*sys.argv[1:])
