"""Court packs for tests: a case with something of everything, packs, and hands that change them."""

import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands, near_duplicate_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.evidence import pack_format
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.measuring import Measurement, Quantity, Scale, Take
from reviewer.domain.ledger.entry import Draft, to_canonical_json
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.pack.check import check_pack
from reviewer.services.pack.run import make_pack
from reviewer.services.reading.act_queue import ActQueue
from tests.support.shared import CARD, made_individual, saved_list

VERIFY = Path(__file__).parents[2] / "resources" / "pack" / "verify.py"
WHEN = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
SOUND, NOT_SOUND, UNREADABLE = 0, 1, 2


def photos_of(case):
    with case.store.read() as connection:
        return [sha256 for (sha256,) in connection.exec_driver_sql("SELECT sha256 FROM photos ORDER BY id")]


def fill(case):
    """Readings of every state, every kind of act that a pack's tables follow from, undo and redo."""
    desk = ActQueue(case, case.readers()[0], post_at_once)
    first, second, third, fourth, *_rest = photos_of(case)
    numbers = iter(range(1000))
    made = [Finding(f"f{n}", term, case.vocabulary.version) for n, term in enumerate(_TERMS)]

    def does(draft):
        desk.submit(draft).result()

    for finding in made:
        does(finding_commands.add_finding(desk.reading(first), finding))
    one, two, three, four = made
    does(finding_commands.set_certainty(desk.reading(first), one, Certainty.DEFINITE, False))
    does(finding_commands.toggle_region(desk.reading(first), one, "neck.front"))
    does(finding_commands.toggle_region(desk.reading(first), desk.reading(first).findings[0], "nape"))
    does(finding_commands.set_qualifier(desk.reading(first), one, "lig_turns", ["2"]))
    does(finding_commands.set_qualifier(desk.reading(first), two, "count", ["2-5"]))
    does(finding_commands.set_qualifier(desk.reading(first), two, "count", []))
    does(finding_commands.set_certainty(desk.reading(first), two, Certainty.PROBABLE))
    (stated,) = desk.reading(first).findings_of(two.term)
    does(
        finding_commands.set_degree(desk.reading(first), stated, "blunt", "consistent", "=a blow", "witness")
    )
    does(
        finding_commands.set_answer(
            desk.reading(first), three, FindingAnswer.NOT_ASSESSABLE, NotAssessableReason.DARK
        )
    )
    does(finding_commands.set_answer(desk.reading(first), four, FindingAnswer.ABSENT))
    does(finding_commands.add_mark(desk.reading(first), one, Mark("m1", MarkShape.LINE, ((1, 2), (30, 40)))))
    does(finding_commands.reshape_mark(desk.reading(first), "m1", ((2, 2), (30, 40))))
    does(finding_commands.add_mark(desk.reading(first), one, Mark("m2", MarkShape.POINT, ((1, 2),))))
    does(finding_commands.remove_mark(desk.reading(first), "m2"))
    scale = Scale("s", ((0, 0), (50, 0)), (100_000,), "ruler", 10, known_by="printed")
    does(finding_commands.mark_scale(desk.reading(first), scale))
    does(
        finding_commands.take_measurement(
            desk.reading(first), Measurement("q", Quantity.LENGTH, (Take(((0, 0), (9, 9))),), "s")
        )
    )
    does(Draft(acts.COVERAGE_SET, first, {"regions": {"nape": "assessable", "chest.L": "limited"}}))
    does(finding_commands.write_note(desk.reading(first), '=1+1\nملاحظة, "quoted"\u2028'))
    does(finding_commands.remove_findings(desk.reading(first), ["f2"]))
    does(finding_commands.complete_reading(desk.reading(first)))
    does(
        finding_commands.copy_findings(desk.reading(second), desk.reading(first), lambda: f"c{next(numbers)}")
    )
    desk.undo()
    desk.redo()
    desk.undo()
    desk.redo()
    does(finding_commands.confirm_findings(desk.reading(second)))
    does(finding_commands.conclude_nothing_visible(desk.reading(third)))
    does(finding_commands.complete_reading(desk.reading(third)))
    does(finding_commands.conclude_not_assessable(desk.reading(fourth), NotAssessableReason.BLURRED))
    does(finding_commands.set_reading_aside(desk.reading(fourth)))
    does(finding_commands.write_note(desk.reading(fourth), "a word too many"))
    desk.undo()
    for draft in (
        Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": [first, second], "category": "detainee"}),
        Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": [third], "category": "scene"}),
        Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made_individual("one", [first, second])]}),
        Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made_individual("two", [third])]}),
        Draft(shared_acts.INDIVIDUALS_MERGED, "one", {"merged": ["two"], "photos": [third]}),
        Draft(shared_acts.PHOTOS_ASSIGNED, "", {"photos": [second]}),
        Draft(shared_acts.CARD_TRANSCRIBED, first, CARD),
        Draft(shared_acts.DUPLICATES_GROUPED, "", {"groups": [[first, second, fourth]], "method": "m"}),
        Draft(shared_acts.DUPLICATES_PARTED, "", {"photos": [fourth]}),
        Draft(shared_acts.LIST_SAVED, "list", saved_list([first])),
        Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": [first], "category": "soldier"}),
    ):
        desk.submit(draft).result()
    desk.undo()
    fifth = photos_of(case)[4]
    does(
        near_duplicate_commands.carry_over_reading(
            desk.reading(first), desk.reading(fifth), lambda: f"k{next(numbers)}"
        )
    )
    desk.detach()


_TERMS = ("neck.ligature_mark", "blunt.bruise", "elec.mark", "blunt.abrasion")


def packed(case, out, wish=None):
    return make_pack(case, case.readers()[0].id, out, JobControl(), wish)


def verified(folder):
    """What verify.py says as a program of its own: its exit status and its words."""
    ran = subprocess.run(
        [sys.executable, "-I", str(VERIFY), str(folder)], capture_output=True, check=False, timeout=120
    )
    assert not ran.stderr, ran.stderr
    return ran.returncode, ran.stdout.decode("utf-8", "replace")


def own_verdict(folder):
    """What the program's own code says of a pack, as the exit status of verify.py would be."""
    try:
        verdict = check_pack(folder)
    except KnownError:
        return UNREADABLE, ""
    return (SOUND if verdict.sound else NOT_SOUND), "\n".join(verdict.faults)


def hashed_anew(folder):
    """Write both manifests and the number of bytes anew, as somebody would who changed something."""
    payload = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "data").rglob("*")
        if path.is_file()
    }
    info = (folder / pack_format.BAG_INFO).read_bytes().split(b"\n")
    counted = pack_format.format_payload_oxum(sum(map(len, payload.values())), len(payload)).encode()
    kept = [counted if line.startswith(b"Payload-Oxum") else line for line in info]
    (folder / pack_format.BAG_INFO).write_bytes(b"\n".join(kept))
    (folder / pack_format.MANIFEST).write_bytes(
        pack_format.format_pack_manifest({path: _sha(c) for path, c in payload.items()})
    )
    tags = {
        name: _sha((folder / name).read_bytes()) for name in pack_format.TAG_FILES if (folder / name).exists()
    }
    (folder / pack_format.TAG_MANIFEST).write_bytes(pack_format.format_pack_manifest(tags))


def signed_anew(folder, sign, examiner):
    """Sign the pack as a whole anew: only somebody with an examiner's key can."""
    hash_ = pack_format.compute_pack_hash((folder / pack_format.TAG_MANIFEST).read_bytes())
    (folder / pack_format.SIGNATURE).write_bytes(
        to_canonical_json({"examiner": examiner, "signature": sign(hash_)}) + b"\n"
    )


def ledger_lines(folder):
    return (folder / pack_format.LEDGER).read_bytes().split(b"\n")[:-1]


def put_ledger(folder, lines):
    (folder / pack_format.LEDGER).write_bytes(b"".join(line + b"\n" for line in lines))


def resealed(line, **changes):
    """An entry with other content and the hash that fits it; its signature is the old one."""
    entry = {**json.loads(line), **changes}
    content = {name: value for name, value in entry.items() if name not in {"prev", "hash", "signature"}}
    entry["hash"] = _sha(entry["prev"].encode() + b"\n" + to_canonical_json(content))
    return to_canonical_json(entry)


def _sha(content):
    return hashlib.sha256(content).hexdigest()
