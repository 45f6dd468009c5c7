"""Readings for tests of what is counted."""

from reviewer.domain.acts import acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding
from reviewer.domain.reading.sign_lists import find_checked_lists_for_coverage
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason
from reviewer.services.worklist.worklist import Worklist

BRUISE, CHEST = "blunt.bruise", ("chest.L",)


def photos_of(case):
    return [item.sha256 for item in Worklist(case, "").load().items]


def finds(
    desk,
    photo,
    answer=FindingAnswer.PRESENT,
    certainty=Certainty.DEFINITE,
    term=BRUISE,
    regions=("chest.L",),
    *,
    stated=True,
    complete=True,
    **more,
):
    """A finding whose certainty is stated, on a reading that is completed, unless said otherwise."""
    found = Finding(
        f"{term} {photo}",
        term,
        "1",
        answer=answer,
        certainty=certainty,
        certainty_stated=stated,
        regions=regions,
        **more,
    )
    desk.submit(finding_commands.add_finding(desk.reading(photo), found)).result()
    if complete:
        completes(desk, photo)


def completes(desk, photo):
    """Complete it as earlier programs did, which let a certainty stay unstated."""
    desk.submit(Draft(acts.COMPLETED, photo)).result()


def completes_with_nothing(desk, photo):
    """Nothing visible, with the lists of signs that belong to what the photograph shows."""
    reading = desk.reading(photo)
    lists = find_checked_lists_for_coverage(desk.case.vocabulary, reading.coverage)
    desk.submit(finding_commands.conclude_nothing_visible(reading, lists)).result()
    completes(desk, photo)


def ends(desk, photos):
    """Every photograph that was not read is completed as not assessable."""
    for photo in photos:
        reading = desk.reading(photo)
        if not reading.says_something:
            desk.submit(
                finding_commands.conclude_not_assessable(reading, NotAssessableReason.BLURRED)
            ).result()
        if str(desk.reading(photo).state) != "complete":
            completes(desk, photo)
