"""A case with many entries verified, against the limit of 60 s for 100,000.

    python packaging/bench verifying [--entries 100000] [--runs 3] [--only-findings] [--case FOLDER]

The case is encrypted, and two examiners read it in turns: what a photograph shows, findings with regions and
certainties, marks, lists gone through, completed, now and then undone; individuals are made of every seven
photographs. `--only-findings` makes the plainest ledger instead, three findings a photograph. The limit goes
with the number of entries. `--case` keeps the case there, and uses it again. Exit status 1 if the case is not
sound or the limit is not kept. Ten million additions by Python are timed as well: how fast the machine was.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path

from measuring import Watch, finish, in_folder, make_parser, median, time_additions

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.ledger.entry import (
    ACT_TAKEN_BACK,
    ChainSlot,
    Draft,
    Entry,
    Signer,
    compute_seen_head,
    seal_entry,
)
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.opening import create_case, open_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl
from reviewer.storage import ledger
from reviewer.storage.replay.replay import replay_entries
from reviewer.storage.store import Connection
from reviewer.system.clock import current_time, format_timestamp

PASSPHRASES = "correct horse battery staple", "another lighthouse over quiet water"
LIMIT_SECONDS, LIMIT_ENTRIES = 60, 100_000
_TERMS = "blunt.bruise", "elec.mark", "sharp.incised", "burn.flame"
_REGIONS = "chest.L", "wrist.L", "nape", "back.upper.L"
_MORE = "nape", "chest.L", "back.upper.L", "wrist.L"
_BODY = 7
_AT_ONCE = 10_000


def make_case(folder: Path, entries: int, *, only_findings: bool = False) -> None:
    """A case with so many entries, closed: sealed and signed as when somebody reads, then replayed."""
    case = create_case(folder, "Measured", "Dr Measure", PASSPHRASES[0])
    enrol(case, "Dr Second", PASSPHRASES[1])
    case.close()
    acts_of_reading = _read_everything(random.Random(1), () if only_findings else _MORE)
    there = 0
    while there < entries:
        for passphrase in PASSPHRASES:
            with closing(open_case(folder, passphrase)) as case:
                with case.store.read() as connection:
                    there, _head = ledger.load_size_and_head(connection)
                wanted = list(islice(acts_of_reading, max(0, min(_AT_ONCE, entries - there))))
                signer = case.signer(case.keys.examiner)
                case.writer.enqueue_batch(partial(_write_all, wanted, signer)).result()


def _write_all(wanted: Sequence[Draft | None], signer: Signer, connection: Connection) -> None:
    """Seal one after the other, None taking back the one before, and bring the tables to where they lead."""
    ends = {row.chain: row for _position, row in ledger.iterate_entries(connection)}
    position = ledger.find_last_position(connection)
    tick = max(end.tick for end in ends.values())
    sealed: list[tuple[int, Entry]] = []
    for draft in wanted:
        last = ends.get((signer.author, signer.station))
        if draft is None:
            before = sealed[-1][1]
            draft = Draft(ACT_TAKEN_BACK, before.subject, takes_back=before.hash)
        position, tick = position + 1, tick + 1
        seen = compute_seen_head((*chain, end.seq, end.hash) for chain, end in ends.items())
        slot = ChainSlot(signer.author, signer.station, tick=tick, seen=seen)
        if last is not None:
            slot = replace(slot, seq=last.seq + 1, prev=last.hash)
        entry = seal_entry(draft, slot, format_timestamp(current_time()), signer.sign)
        ends[entry.chain] = entry
        sealed.append((position, entry))
    replay_entries(connection, lambda: sealed)


def _read_everything(rng: random.Random, more: Sequence[str]) -> Iterator[Draft | None]:
    """What is done with one photograph after the other; None undoes what was done last."""
    for number in count():
        photo = hashlib.sha256(str(number).encode("ascii")).hexdigest()
        findings = [_find(rng, f"{number:07}-{place}") for place in range(3)]
        reading = Reading("", photo, findings=tuple(findings))
        added = [finding_commands.add_finding(reading, finding) for finding in findings]
        if not more:
            yield from added
            continue
        yield Draft(acts.COVERAGE_SET, photo, {"regions": dict.fromkeys(more, "assessable")})
        yield from added
        yield finding_commands.set_certainty(reading, findings[0], Certainty.DEFINITE)
        mark = Mark(f"{number:07}-mark", MarkShape.ELLIPSE, ((120, 340), (260, 480)))
        yield finding_commands.add_mark(reading, findings[1], mark)
        if number % 10 == 0:
            yield None
        yield finding_commands.state_certainty(reading, Certainty.PROBABLE)
        yield Draft(acts.LOOKED_FOR, photo, {"lists": [["torture", "1.0.0"]]})
        yield Draft(acts.COMPLETED, photo)
        if number % _BODY == _BODY - 1:
            body = [hashlib.sha256(str(n).encode("ascii")).hexdigest() for n in range(number - 6, number + 1)]
            yield Draft(shared_acts.PHOTOS_CATEGORISED, "", {"photos": body, "category": "detainee"})
            yield _make_individual(number // _BODY, body)


def _find(rng: random.Random, id_: str) -> Finding:
    return Finding(id_, rng.choice(_TERMS), "1.0.0", regions=(rng.choice(_REGIONS),))


def _make_individual(number: int, photos: list[str]) -> Draft:
    id_ = f"individual-{number:06}"
    said = {"fact": "number.examination", "value": str(number), "certainty": "probable", "kind": "folder"}
    statement = {"id": f"{id_}-number", **said, "source": "", "detail": ""}
    made = {"id": id_, "photos": photos, "reason": "same folder", "statements": [statement]}
    return Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": [made]})


def measure(folder: Path) -> dict[str, float | int | str]:
    """Seconds of one verification, by the clock and of the processor, and what it found.

    `thread` is what one core has to do after the other; what goes beside it is in `processor` as well.
    """
    with closing(open_case(folder, PASSPHRASES[0], read_only=True)) as case:
        clock, thread, processor = time.perf_counter(), time.thread_time(), _spend()
        verdict = verify_case(case, JobControl())
        clock, thread, processor = (
            time.perf_counter() - clock,
            time.thread_time() - thread,
            _spend() - processor,
        )
    return {
        "entries": verdict.entries,
        "faults": len(verdict.faults),
        "clock": clock,
        "thread": thread,
        "processor": processor,
    }


def _spend() -> float:
    """Seconds of the processor that this process and the processes it waited for have taken."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--entries", type=int, default=LIMIT_ENTRIES)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only-findings", action="store_true")
    parser.add_argument("--case", type=Path, help="kept, and used again")
    options = parser.parse_args()
    additions = [time_additions()]
    with in_folder(options.case) as within:
        folder = within / "measured.case"
        if not folder.exists():
            make_case(folder, options.entries, only_findings=options.only_findings)
        with Watch() as memory:
            found = []
            for _run in range(options.runs):
                found.append(measure(folder))
                additions.append(time_additions())
    if not found:
        return
    seconds = median([float(run["clock"]) for run in found])
    entries, limit = int(found[0]["entries"]), LIMIT_SECONDS * int(found[0]["entries"]) / LIMIT_ENTRIES
    figures: dict[str, float | int | str] = {
        "entries": entries,
        "faults": int(found[0]["faults"]),
        "verified, by the clock (s)": seconds,
        "of its thread, without waiting (s)": median([float(run["thread"]) for run in found]),
        "of the processor, all together (s)": median([float(run["processor"]) for run in found]),
        "the limit (s)": limit,
        "of the limit": seconds / limit,
        "peak memory, all processes (MiB)": memory.peak,
        "ten million additions (s)": median(additions),
        "verified, in times of ten million additions": seconds / median(additions),
    }
    lost = [f"{seconds:.0f} s, the bound is {limit:.0f}"] if seconds > limit else []
    finish("verifying", figures, options, lost + (["it is not sound"] if figures["faults"] else []))


if __name__ == "__main__":
    main()
