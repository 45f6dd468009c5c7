"""Court packs for tests: a case with something of everything, packs, and hands that change them."""

import contextlib
import csv
import hashlib
import importlib.util
import io
import json
import subprocess
import sys
import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands, near_duplicate_commands
from reviewer.domain.errors import KnownError
from reviewer.domain.evidence import pack_format
from reviewer.domain.evidence.load_files import format_dat
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.geometry.measuring import Measurement, Quantity, Scale, Take
from reviewer.domain.ledger.entry import (
    ChainSlot,
    Draft,
    compute_entry_hash,
    compute_head_hash,
    compute_seen_head,
    to_canonical_json,
)
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer, NotAssessableReason
from reviewer.keys.signing import SigningKey
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.pack.check import check_pack
from reviewer.services.pack.run import make_pack
from reviewer.services.reading.act_queue import ActQueue
from tests.support.archives import unpack
from tests.support.patience import PATIENCE
from tests.support.shared import CARD, made_individual, saved_list

VERIFY = Path(__file__).parents[2] / "resources" / "pack" / "verify.py"
WHEN = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
SOUND, NOT_SOUND, UNREADABLE = 0, 1, 2
PNG = b"\x89PNG\r\n\x1a\n"
"""How a redacted copy begins."""


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
        [sys.executable, "-I", str(VERIFY), str(folder)], capture_output=True, check=False, timeout=PATIENCE
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
        pack_format.format_pack_manifest({path: sha(c) for path, c in payload.items()})
    )
    tags = {
        name: sha((folder / name).read_bytes()) for name in pack_format.TAG_FILES if (folder / name).exists()
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
    entry["hash"] = sha(entry["prev"].encode() + b"\n" + to_canonical_json(content))
    return to_canonical_json(entry)


def sha(content):
    return hashlib.sha256(content).hexdigest()


def stated_anew(folder, sign, examiner, name):
    """All that another examiner can do in her own name: what the pack holds is stated anew, in her chain, the
    method statement names her, and the pack is signed by her. Whoever reads the ledger sees that she did."""
    entries = [pack_format.entry_from_line(line) for line in ledger_lines(folder)]
    *kept, old = entries
    assert old.act == acts.PACK_STATED
    method = (folder / pack_format.METHOD).read_text(encoding="utf-8")
    before = next(line for line in method.split("\n") if line.startswith("Pack made by: "))
    method = method.replace(before, f"Pack made by: {name}")
    head_line = pack_format.format_spoken_head(_head_of(entries))
    files = {
        path.relative_to(folder).as_posix(): sha(path.read_bytes())
        for path in (folder / "data").rglob("*")
        if path.is_file() and not path.is_relative_to(folder / "data/exhibits")
    }
    del files[pack_format.LEDGER]
    rest = "\n".join(line for line in method.split("\n") if line != head_line)
    files[pack_format.METHOD] = sha(rest.encode("utf-8"))
    chain = [entry for entry in kept if (entry.author, entry.station) == (examiner, old.station)]
    slot = ChainSlot(
        examiner,
        old.station,
        len(chain) + 1,
        chain[-1].hash if chain else "0" * 64,
        old.tick,
        compute_seen_head(_ends_of(kept)),
    )
    body = {**old.body, "files": files}
    hash_ = compute_entry_hash(slot, old.at, old.act, old.subject, body, "")
    new = replace(
        old,
        author=examiner,
        seq=slot.seq,
        prev=slot.prev,
        seen=slot.seen,
        body=body,
        hash=hash_,
        signature=sign(hash_),
    )
    put_ledger(folder, [pack_format.entry_to_line(entry)[:-1] for entry in (*kept, new)])
    info = (folder / pack_format.BAG_INFO).read_text(encoding="utf-8")
    heads = _head_of(entries), _head_of([*kept, new])
    (folder / pack_format.BAG_INFO).write_text(info.replace(*heads), encoding="utf-8", newline="")
    spoken = map(pack_format.format_spoken_head, heads)
    (folder / pack_format.METHOD).write_text(method.replace(*spoken), encoding="utf-8", newline="")
    hashed_anew(folder)
    signed_anew(folder, sign, examiner)


def made_to_fit(folder, pack):
    """Make anew what a careful hand would make anew after a change of a table or list: about.csv, the load
    files for platforms, the lists of sources; as far as they are still those of `pack`."""

    def is_same(name):
        return (folder / name).exists() and (folder / name).read_bytes() == (pack / name).read_bytes()

    with contextlib.suppress(KeyError, ValueError, TypeError):
        made = [*_made_load_files(folder), *_made_lists(folder), *_made_about(folder)]
        for name, content in made:
            if is_same(name):
                (folder / name).write_bytes(content)


def _rows(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _made_load_files(folder):
    rows = _rows(folder, pack_format.LOAD_FILE)
    pictures = {r["photo_sha256"]: r["pictures"] for r in _rows(folder, "data/tables/photographs.csv")}
    native = [row["file"].removeprefix("data/").replace("/", "\\") for row in rows]
    cells = [(*map(row.get, pack_format.LOAD_COLUMNS), path) for row, path in zip(rows, native, strict=True)]
    yield pack_format.LOAD_DAT, format_dat((*pack_format.LOAD_COLUMNS, pack_format.NATIVE_PATH), cells)
    pages = (pictures.get(row["sha256"], "1") if row["copy"] == "original" else "1" for row in rows)
    lines = [
        f"{row['exhibit']},VOL001,{path},Y,,,{count}\r\n"
        for row, path, count in zip(rows, native, pages, strict=True)
        if path
    ]
    yield pack_format.LOAD_OPT, "".join(lines).encode()


def _made_lists(folder):
    rows = [row for row in _rows(folder, pack_format.FILES) if row["sha256"] != "-"]
    told = [(row["sha256"], int(row["size"]), bytes.fromhex(row["path_hex"])) for row in rows]
    sums = b"".join(pack_format.format_checksum_line(sha256, path) for sha256, _size, path in told)
    deep = b"".join(pack_format.format_hashdeep_line(*row) for row in told)
    yield "data/evidence/source-1.sha256", sums
    yield "data/evidence/source-1.hashdeep.txt", pack_format.HASHDEEP_HEADER + deep


def _made_about(folder):
    text = io.StringIO(newline="")
    written = csv.writer(text, lineterminator="\r\n")
    written.writerow(["fact", "value"])
    for row in _rows(folder, "data/tables/about.csv"):
        table = folder / "data/tables" / row["fact"].removeprefix("sha256 of ")
        written.writerow([row["fact"], sha(table.read_bytes()) if table.is_file() else row["value"]])
    yield "data/tables/about.csv", text.getvalue().encode()


def kept_pack(folder):
    """A pack of the first format as an earlier version made it, and the examiner's id and hand."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(VERIFY.parents[2] / "tests" / "faults" / "kept" / "packs" / "1.tar.xz") as archive:
        unpack(archive, folder)
    told = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    return folder / "pack", SigningKey(bytes.fromhex(told["secret"])).sign, told["examiner"]


def _ends_of(entries):
    last = {entry.chain: entry for entry in entries}
    return [(entry.author, entry.station, entry.seq, entry.hash) for entry in last.values()]


def _head_of(entries):
    return compute_head_hash(_ends_of(entries))


def verified_here(folder):
    """What verify.py says, in this process: its exit status and its words."""
    spec = importlib.util.spec_from_file_location("verify_here", VERIFY)
    checker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checker)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            status = checker.main(folder)
        except (OSError, ValueError):
            return UNREADABLE, ""
    return status, said.getvalue()
