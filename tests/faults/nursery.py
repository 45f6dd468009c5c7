"""Makes programs that work on a case, and kills them at random instants; the parent keeps what they said.

python nursery.py CASE WHAT ROUNDS SEED [SOURCE]: WHAT is reading, undo, ingest or export. Each child is
forked from this process, which has loaded everything and has no thread, says through a pipe what it was told
is saved, and gets SIGKILL some time after its first word. Prints {"acked", "lost", "faults"} as JSON.
"""

import itertools
import json
import os
import random
import select
import shutil
import signal
import sys
from pathlib import Path

from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.reading import Finding
from reviewer.keys import passphrase
from reviewer.services.case import history
from reviewer.services.case.opening import open_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.export.run import export
from reviewer.services.ingest.run import ingest
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.store import redo_latest_act, undo_latest_act
from reviewer.system.clock import current_time, format_timestamp

PASSPHRASE = "correct horse battery staple"
LONGEST = {"reading": 0.08, "undo": 0.08, "ingest": 0.5, "export": 0.08}
"""Up to so many seconds after its first word a child is killed."""
CHECK_EVERY = 25
EXPORTED = 18  # files of an export as CSV: seventeen tables, and the crate that describes them


def opened(folder, **options):
    return open_case(Path(folder), PASSPHRASE, **options)


def reading(case, say, seed, _source):
    desk = ActQueue(case, case.readers()[0], post_at_once)
    rng = random.Random(seed)
    for number in itertools.count():
        photo = f"{rng.randrange(20):064x}"
        finding = Finding(f"{seed}-{number}", "elec.mark", "1.0.0")
        say(desk.submit(finding_commands.add_finding(desk.reading(photo), finding)).result().entry.hash)


def undo(case, say, seed, _source):
    desk = ActQueue(case, case.readers()[0], post_at_once)
    pen = case.signer(desk.examiner.id)
    for number in itertools.count():
        finding = Finding(f"{seed}-{number}", "elec.mark", "1.0.0")
        say(desk.submit(finding_commands.add_finding(desk.reading("a" * 64), finding)).result().entry.hash)
        for step in (undo_latest_act, redo_latest_act, undo_latest_act):
            done = case.writer.enqueue_act(
                lambda c, step=step: step(c, pen, format_timestamp(current_time()))
            ).result()
            say(done[0].hash)


def ingesting(case, say, _seed, source):
    pool = new_pool()
    ingest(
        case, pool, case.readers()[0].id, Path(source), JobControl(), lambda: say(str(case.counts().files))
    )


def exporting(case, say, seed, source):
    for number in itertools.count():
        say(f"begin {number}")
        out = Path(source) / f"{seed}-{number}"
        export(case, case.readers()[0].id, "csv", out, JobControl())
        say(str(out))


WORK = {"reading": reading, "undo": undo, "ingest": ingesting, "export": exporting}


def child(what, folder, seed, source, pipe):
    os.setsid()  # so that its decoding processes are killed with it
    case = opened(folder)
    WORK[what](case, lambda word: os.write(pipe, f"{word}\n".encode()), seed, source)
    os._exit(0)


def killed(what, folder, seed, source, seconds):
    """Fork a child, kill it `seconds` after its first word; the words that came whole."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            child(what, folder, seed, source, theirs)
        except BaseException as error:
            os.write(2, f"{error!r}\n".encode())
        finally:
            os._exit(9)
    os.close(theirs)
    said = os.read(ours, 1 << 16)
    select.select([], [], [], seconds)
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while more := os.read(ours, 1 << 16):
        said += more
    os.close(ours)
    return said.decode().split("\n")[:-1]


def in_a_child(work):
    """The answer of a function, from a process of its own: threads it starts do not stay here."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(theirs, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(theirs)
    answer = b""
    while more := os.read(ours, 1 << 16):
        answer += more
    os.close(ours)
    os.waitpid(pid, 0)
    return json.loads(answer)


def checked(what, folder, acked):
    """What verify finds, and which of the words are not true."""
    case = opened(folder)
    try:
        faults = [f"{fault.where}: {fault.what}" for fault in verify_case(case, JobControl()).faults]
        if what in {"reading", "undo"}:
            there = {entry.hash for entry in history.iterate_entries(case)}
            lost = [word for word in acked if word not in there]
        elif what == "ingest":
            lost = [word for word in acked if int(word) > case.counts().files]
        else:
            done = [Path(word) for word in acked if not word.startswith("begin ")]
            lost = [str(out) for out in done if len(list(out.iterdir())) != EXPORTED]
    finally:
        case.close()
    return {"faults": faults, "lost": lost}


def half_made(source):
    """Exports that have their name and not all of their files."""
    return [
        str(out)
        for out in Path(source).iterdir()
        if not out.name.endswith(".unfinished") and len(list(out.iterdir())) != EXPORTED
    ]


def main(folder, what, rounds, seed, source=""):
    passphrase.make_stretching = lambda: passphrase.KeyStretching(1, 1, 64)
    rng = random.Random(seed)
    acked, lost, faults, waiting = 0, [], [], []
    place = folder
    for number in range(int(rounds)):
        if what == "ingest":
            place = f"{folder}.{number}"
            shutil.rmtree(Path(os.environ["REVIEWER_DATA"]) / "receipts", ignore_errors=True)
            shutil.copytree(folder, place)
        words = killed(what, place, f"{seed}-{number}", source, rng.random() * LONGEST[what])
        waiting += words
        acked += len(words)
        if what == "ingest" or number % CHECK_EVERY == CHECK_EVERY - 1 or number == int(rounds) - 1:
            found = in_a_child(lambda words=tuple(waiting), at=place: checked(what, at, words))
            lost += found["lost"]
            faults += found["faults"]
            waiting = []
        if what == "ingest":
            shutil.rmtree(place)
    if what == "export":
        lost += half_made(source)
    print(json.dumps({"acked": acked, "lost": lost, "faults": faults}))


if __name__ == "__main__":
    main(*sys.argv[1:])
