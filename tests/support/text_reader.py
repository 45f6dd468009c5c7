"""Stands in for the process that reads text: the same protocol, no reader behind it.

    python text_reader.py telling TEXT,TEXT | pixels | stuck | dying | lying ANSWER  [--channel N]

`telling` answers the same texts to everything, `pixels` the size and the bytes it was given.
"""

import json
import sys
import time
from pathlib import Path

PROGRAM = [sys.executable, str(Path(__file__))]


def command(*words):
    return [*PROGRAM, *words]


def say(**answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main(mode, *words):
    from reviewer.media.workers.buffers import ReceivedBuffers

    buffers = ReceivedBuffers(int(words[words.index("--channel") + 1]) if "--channel" in words else None)
    say(ok=True, state="ready", layers=["none, it stands in"])
    for line in sys.stdin:
        request = json.loads(line)
        if mode == "stuck":
            time.sleep(3600)
        if mode == "dying":
            return
        if mode == "lying":
            sys.stdout.write(words[0] + "\n")
            sys.stdout.flush()
            continue
        width, height = request["width"], request["height"]
        data, _room = buffers.get(request["input"], request["output"])
        given = bytes(data[: 4 * width * height]).hex()
        data.release()
        texts = words[0].split(",") if mode == "telling" else [f"{width}x{height}", given[:70], given[70:]]
        say(ok=True, texts=[text for text in texts if text])


if __name__ == "__main__":
    main(*sys.argv[1:])
