"""A process that has loaded every decoder once, and of which each decoding process is a copy.

    python -m reviewer.media.workers.fork_server CHANNEL

Loading takes half a second, a copy some thousandths. It is sent the words of a worker and four descriptors
(standard input, standard output, the worker's channel, where to answer), and answers with a descriptor of the
copy's process. It sees no byte of evidence and gives nothing up; each copy does, before it reads its first
request (`worker.main`). It ends when the program does.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys

from reviewer.media.workers import channels
from reviewer.media.workers.channels import Channel

MOST_WORDS = 4096
DESCRIPTORS = 4
_INPUT, _OUTPUT = 0, 1

assert sys.platform == "linux"  # noqa: S101 (as type checkers understand it)


def main(channel: int) -> None:
    """Answer until the other end is closed: then the program is gone."""
    from reviewer.media.workers import worker
    from reviewer.media.workers.confinement import warm_up

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for copies: the program watches them
    worker.load_operations()
    warm_up()
    gc.collect()
    gc.freeze()  # what is there is not touched, so that it need not be copied
    asked = channels.open_inherited(channel)
    while True:
        said, given = channels.receive(asked, MOST_WORDS, DESCRIPTORS)
        if not said:
            return
        if len(given) == DESCRIPTORS:
            _fork_worker(asked, json.loads(said), *given)
        for descriptor in given:
            os.close(descriptor)


def _fork_worker(
    asked: Channel, words: list[str], reading: int, writing: int, channel: int, told: int
) -> None:
    child = os.fork()
    if child == 0:
        _become_worker(asked, words, reading, writing, channel, told)
    with channels.open_inherited(os.dup(told)) as answer:
        try:
            process = os.pidfd_open(child)
        except ProcessLookupError:  # it ended already; whoever asked sees that its pipes are closed
            return
        try:
            channels.send(answer, str(child).encode("ascii"), [process])
        except OSError:  # whoever asked has gone on
            pass
        finally:
            os.close(process)


def _become_worker(
    asked: Channel, words: list[str], reading: int, writing: int, channel: int, told: int
) -> None:
    """In the copy: be a worker with the descriptors given and no others, and end whatever happens."""
    from reviewer.media.workers import worker

    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(reading, _INPUT)
        os.dup2(writing, _OUTPUT)
        for descriptor in (reading, writing, told, asked.detach()):
            os.close(descriptor)
        sys.stdin = os.fdopen(_INPUT, encoding="utf-8", closefd=False)
        worker.main([*words, "--channel", str(channel)], is_warm=True)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(int(sys.argv[1]))
