"""Readings for tests of what is counted."""

from reviewer.domain import intents
from reviewer.domain.reading import Answer, Certainty, Finding
from reviewer.services.worklist import Worklist

BRUISE, CHEST = "blunt.bruise", ("chest.L",)


def photos_of(case):
    return [item.sha256 for item in Worklist(case, "").load().items]


def finds(
    desk, photo, answer=Answer.PRESENT, certainty=Certainty.DEFINITE, term=BRUISE, regions=("chest.L",)
):
    found = Finding(f"{term} {photo}", term, "1", answer=answer, certainty=certainty, regions=regions)
    desk.do(intents.add_finding(desk.reading(photo), found)).result()


def completes(desk, photo):
    desk.do(intents.complete(desk.reading(photo))).result()


def completes_with_nothing(desk, photo):
    desk.do(intents.nothing_visible(desk.reading(photo))).result()
    completes(desk, photo)
