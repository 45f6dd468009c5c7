"""The decoding process as a file has it that brings it down, or keeps it busy for ever.

python failing_worker.py [the arguments of the worker]
"""

import os
import sys
import time
from pathlib import Path

from reviewer.media.workers import worker

DIES, SLEEPS = b"It dies of this.", b"It falls asleep over this."
_real = worker._answer_request


def command():
    return [sys.executable, str(Path(__file__))]


def answer(operation, request, data, room):
    content = bytes(data[: request["size"]])
    if content == DIES:
        os._exit(1)
    if content == SLEEPS:
        time.sleep(3600)
    return _real(operation, request, data, room)


if __name__ == "__main__":
    worker._answer_request = answer
    worker.main(sys.argv[1:])
