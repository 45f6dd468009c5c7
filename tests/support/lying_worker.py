"""The decoding process as somebody has it who took it over: after its first file it lies.

    python lying_worker.py facts | previous | pixels  [the arguments of the worker]

`facts` names another camera, `previous` tells of each file what it told of the one before, `pixels` shows
each picture darker than it is.
"""

import sys
from pathlib import Path

from reviewer.media.workers import worker

PROGRAM = [sys.executable, str(Path(__file__))]
_real = worker._answer_request
_seen = []


def command(how):
    return [*PROGRAM, how]


def lie(how, operation, request, data, room):
    told = _real(operation, request, data, room)
    _seen.append((told, bytes(room[: told.get("bytes", 0)])))
    if len(_seen) == 1 or not told["ok"]:
        return told
    if how == "facts" and request["op"] == "examine":
        return {**told, "capture": {**told["capture"], "model": "another"}}
    if how == "previous":
        told, pixels = _seen[-2]
        room[: len(pixels)] = pixels
    if how == "pixels" and request["op"] == "render":
        room[: told["bytes"]] = bytes(each // 2 for each in room[: told["bytes"]])
    return told


if __name__ == "__main__":
    how = sys.argv[1]
    worker._answer_request = lambda *arguments: lie(how, *arguments)
    worker.main(sys.argv[2:])
