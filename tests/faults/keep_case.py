"""Makes the kept case of the present case format: python -m tests.faults.keep_case

Run once before the format is released; what is kept is never made anew afterwards.
"""

import sys
import tarfile
import tempfile
from pathlib import Path

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.people.evaluations import INDIVIDUAL_EVALUATED
from reviewer.domain.photos.redaction import REDACTION_DRAWN
from reviewer.domain.reading.reading import Finding
from reviewer.domain.summary.decisions import SUMMARY_DECIDED
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.keys import passphrase
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.opening import create_case
from reviewer.services.jobs import post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.engine import database
from reviewer.storage.migrations import runner
from tests.support.cases import KEPT, PASSPHRASE, ingested
from tests.support.photos import jpeg
from tests.support.shared import CARD, DECISION, EVALUATION, REDACTION, made_individual, saved_list

FINDINGS = 8


def fill(case):
    """Two photographs, eight findings, and one act of each kind that the format knows."""
    desk = ActQueue(case, case.readers()[0], post_at_once)
    first, second = sorted(photos_of(case))
    for number in range(FINDINGS):
        reading = desk.reading((first, second)[number % 2])
        desk.submit(
            finding_commands.add_finding(reading, Finding(f"f{number}", "elec.mark", "1.1.0"))
        ).result()
    desk.submit(
        finding_commands.set_certainty(
            desk.reading(first), desk.reading(first).findings[0], Certainty.DEFINITE
        )
    )
    desk.submit(Draft(acts.COVERAGE_SET, first, {"regions": {"nape": "assessable"}})).result()
    desk.submit(finding_commands.write_note(desk.reading(first), "a note")).result()
    desk.submit(finding_commands.set_description(desk.reading(first), "stage", ["early"])).result()
    desk.submit(Draft(acts.CONTEXT_SEEN, first, {"what": "card"})).result()
    desk.submit(finding_commands.record_lists_looked_for(desk.reading(first), [("skin", "2.0.0")])).result()
    desk.submit(finding_commands.state_certainty(desk.reading(first), Certainty.PROBABLE)).result()
    desk.submit(finding_commands.complete_reading(desk.reading(first))).result()
    for draft in (
        Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": [first, second], "category": "detainee"}),
        Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made_individual("one", [first, second])]}),
        Draft(shared_acts.CARD_TRANSCRIBED, first, CARD),
        Draft(shared_acts.DUPLICATES_GROUPED, "", {"groups": [[first, second]], "method": "m"}),
        Draft(SUMMARY_DECIDED, "one", DECISION),
        Draft(INDIVIDUAL_EVALUATED, "one", EVALUATION),
        Draft(REDACTION_DRAWN, first, REDACTION),
        Draft(shared_acts.LIST_SAVED, "list", saved_list([first])),
    ):
        desk.submit(draft).result()
    desk.undo()
    desk.detach()


def photos_of(case):
    with case.store.read() as connection:
        return [sha256 for (sha256,) in connection.exec_driver_sql("SELECT sha256 FROM photos ORDER BY id")]


def main():
    passphrase.make_stretching = lambda: passphrase.KeyStretching(1, 1, 64)
    target = KEPT / f"{runner.format_version(database.LATEST_VERSION)}.tar.xz"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "drive").mkdir()
        case = create_case(folder / "kept.case", "Kept case", "Dr Okoye", PASSPHRASE)
        for number in (1, 2):
            (folder / "drive" / f"{number}.jpg").write_bytes(jpeg(seed=number))
        ingested(case, folder / "drive")
        enrol(case, "Dr Hansen", PASSPHRASE + " 2")
        fill(case)
        case.close()
        with tarfile.open(target, "w:xz") as archive:
            for path in sorted((folder / "kept.case").iterdir()):
                archive.add(path, path.name)
    print(f"kept {target.name}")


if __name__ == "__main__":
    sys.exit(main())
