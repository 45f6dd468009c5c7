"""Makes programs that change the key of a case while they write, or go on with a change that a kill cut off,
and kills them.

python nursery_keys.py CASE HOW ROUNDS SEED: HOW is "steps" (a program is killed before the first thing it
does to a file, the next one ROUNDS things later, until one comes through) or "random" (ROUNDS times, some
time after it began, within as long as the first one took). What it was told is saved comes through a pipe.
After each kill another process opens the case and looks. Prints JSON: `kills`, `changed` (how many of them
were over the point of no return), `lost` (acts that were told as saved and are gone), `faults`, `seconds` of
a whole change, and `gaps`: the longest time in seconds that a reader, and an act, had to wait while nothing
was killed.
"""

import json
import os
import random
import select
import signal
import sys
import threading
import time
from pathlib import Path

from nursery import in_a_child  # beside this file

from reviewer.domain.commands import finding_commands
from reviewer.keys import passphrase
from reviewer.services.case.case_key import KeyChangeReason
from reviewer.services.case.key_changing import KeyChangePhase, KeyChanging
from reviewer.services.case.opening import open_case
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.storage.engine.kept_copies import is_opened_by, list_kept_copies

PASSPHRASE = "correct horse battery staple"
MOST_STEPS, LOOK_WHOLE_EVERY = 300, 10
PAUSE = 0.02
"""Seconds between two acts or two looks: somebody works in the window, faster than anybody does."""


def opened(folder):
    return open_case(Path(folder), PASSPHRASE)


def die_before_step(number):
    """Kill this process before the `number`th thing that it does to a file by its name, or to a drive."""
    counted = [0]

    def counting(call):
        def run(*arguments, **named):
            counted[0] += 1
            if counted[0] >= number:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return run

    os.replace, os.fsync, os.unlink = map(counting, (os.replace, os.fsync, os.unlink))


def change_as_the_window_does(case):
    """What was cut off goes on by itself; where nothing was, a new change is begun."""
    changing, ended = KeyChanging(case, case.readers()[0], post_at_once), threading.Event()
    changing.on_changed.connect(lambda: None if changing.state.is_going else ended.set())
    changing.go_on()
    if changing.state.phase is KeyChangePhase.IDLE:
        changing.change(KeyChangeReason.ASKED)
    ended.wait()
    if changing.state.phase is not KeyChangePhase.CHANGED:
        raise AssertionError(changing.state.said)


def work(folder, seed, say, step):
    """Change the key while another thread reads and this one writes; say what was saved, and the end."""
    case = opened(folder)
    queue = ActQueue(case, case.readers()[0], post_at_once)
    gaps, over = {"read": 0.0, "write": 0.0}, threading.Event()

    def measure(name, run):
        began = time.monotonic()
        result = run()
        gaps[name] = max(gaps[name], time.monotonic() - began)
        return result

    def look():
        with case.store.read() as connection:
            connection.exec_driver_sql("SELECT hash FROM ledger ORDER BY position DESC LIMIT 1").fetchall()

    def look_on():
        while not over.wait(PAUSE):
            measure("read", look)

    def change():
        try:
            change_as_the_window_does(case)
        finally:
            over.set()

    def write(number):
        draft = finding_commands.write_note(queue.reading(f"{number % 50:064x}"), f"{seed} {number}")
        return queue.submit(draft).result().entry.hash

    say("begin")
    if step:
        die_before_step(step)
    threads = [threading.Thread(target=run, daemon=True) for run in (look_on, change)]
    for thread in threads:
        thread.start()
    number = 0
    while not over.wait(PAUSE):
        say("saved " + measure("write", lambda number=number: write(number)))
        number += 1
    say(f"gaps {json.dumps(gaps)}")
    case.close()
    say("end")


def born(folder, seed, step=0, seconds=None):
    """A child that works until it is killed, `seconds` after its first word, or to its end; its words."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            work(folder, seed, lambda word: os.write(theirs, f"{word}\n".encode()), step)
        except BaseException as error:
            os.write(2, f"{error!r}\n".encode())
            os._exit(9)
        os._exit(0)
    os.close(theirs)
    said = os.read(ours, 1 << 16)
    if seconds is not None:
        until, more = time.monotonic() + seconds, b"-"
        while more and select.select([ours], [], [], max(0.0, until - time.monotonic()))[0]:
            more = os.read(ours, 1 << 16)  # a full pipe would stop the child before it is killed
            said += more
        os.kill(pid, signal.SIGKILL)
    while more := os.read(ours, 1 << 16):
        said += more
    os.close(ours)
    os.waitpid(pid, 0)
    return said.decode().split("\n")[:-1]


def looked_at(folder, saved, verify, pages):
    """From a process of its own: the number of changes of the key, acts that are gone, and faults."""

    def look():
        try:
            return look_at(folder, saved, verify, pages)
        except BaseException as error:
            return [-1, [], [repr(error)]]

    return in_a_child(look)


def look_at(folder, saved, verify, pages):
    case = opened(folder)
    try:
        faults = [f"left behind: {path.name}" for path in Path(folder).glob("*chang*")]
        for path in list_kept_copies(Path(folder)):
            if not is_opened_by(path, case.keys.database_key()):
                faults.append(f"not under the key of the case: {path.name}")
        if verify:
            faults += [f"{fault.where}: {fault.what}" for fault in verify_case(case, JobControl()).faults]
        elif pages:
            faults += case.store.find_damaged_pages()
        if saved:
            there = newest(case)
            saved = [hash_ for hash_ in saved if hash_ not in there]
        return case.keys.file.changes, saved, faults
    finally:
        case.close()


def newest(case, most=20_000):
    with case.store.read() as connection:
        query = f"SELECT hash FROM ledger ORDER BY position DESC LIMIT {most}"
        return {hash_ for (hash_,) in connection.exec_driver_sql(query)}


def main(folder, how, rounds, seed):
    passphrase.make_stretching = lambda: passphrase.KeyStretching(1, 1, 64)
    rng, told = random.Random(seed), {"kills": 0, "changed": 0, "lost": [], "faults": [], "gaps": {}}
    began = time.monotonic()
    words = born(folder, f"{seed}-whole")
    told["seconds"] = time.monotonic() - began
    if words[-1:] != ["end"]:
        told["faults"].append("the first change did not come to its end")
    told["gaps"] = next((json.loads(word[5:]) for word in words if word.startswith("gaps ")), {})
    changes, _lost, _faults = looked_at(folder, [], False, False)
    stepwise, longest, number = how == "steps", told["seconds"], 1
    while number < MOST_STEPS if stepwise else told["kills"] < int(rounds):
        place = {"step": number} if stepwise else {"seconds": rng.random() * longest}
        began = time.monotonic()
        words = born(folder, f"{seed}-{number}", **place)
        saved = [word[6:] for word in words if word.startswith("saved ")]
        now, lost, faults = looked_at(folder, saved, stepwise, number % LOOK_WHOLE_EVERY == 0)
        told["lost"] += lost
        told["faults"] += [f"round {number}: {fault}" for fault in faults]
        if now not in (changes, changes + 1):
            told["faults"].append(f"round {number}: {now} changes, before {changes}")
        told["changed"] += now - changes
        changes = now
        if words[-1:] == ["end"]:
            if stepwise:
                break
            longest = min(longest, time.monotonic() - began)
        else:
            told["kills"] += 1
        number += int(rounds) if stepwise else 1
        print(number, words[-1:], changes, told["faults"], file=sys.stderr, flush=True)
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
