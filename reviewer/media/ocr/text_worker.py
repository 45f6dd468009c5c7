"""The process that reads text in pixels. It is given pixels in shared memory and nothing else.

    python -m reviewer.media.ocr.text_worker [--channel N] [--unfiltered]

One JSON line in, one JSON line out:
  {"op": "read", "input": NAME, "output": NAME, "width": W, "height": H}     rows of blue, green, red, unused
An answer has "ok": true and "texts", or a "reason" in one sentence. The first answer tells the layers of
confinement, or "state": "unfit" if reading does not work within them. A process that has no text reader, or
one with other models, says so to each request. It never reaches for a network: models are verified before
anything of the reader is imported, each is named by its path, and no connection is let through.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from reviewer.media.ocr import text_models
from reviewer.media.workers.serving import Work, WorkerMessage, run_worker

MOST_TEXTS, LONGEST_TEXT = 40, 80
ReadText = Callable[[Any], list[str]]
_NETWORK_EVENTS = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostby", "socket.sendto")
_THREADS_BEGUN = "The text reader began threads before it was confined, so it is not used."
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main(arguments: list[str]) -> None:
    """Answer until standard input ends."""
    run_worker(arguments, _prepare)


def _prepare() -> Work:
    sys.addaudithook(_refuse_network)
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # the versions taken have none; should one come, it is off
    read, reason = _load_reader()
    if read is None:
        return Work(lambda *_request: {"ok": False, "reason": reason}, lambda: None, confined=False)
    return Work(partial(_answer_request, read), partial(_warm_up, read), is_warm=True)


def _load_reader() -> tuple[ReadText | None, str]:
    """Load the text reader with all that it loads late; None and the reason if that fails."""
    folder = text_models.find_models_folder()
    reason = text_models.find_trouble() or (text_models.find_changed_model(folder) if folder else "")
    if reason or folder is None:
        return None, reason
    try:
        read = _make_reader(folder)
        _warm_up(read)
    except Exception as error:
        return None, f"The text reader could not be loaded ({error.__class__.__name__})."
    return (read, "") if _is_one_thread() else (None, _THREADS_BEGUN)


def _is_one_thread() -> bool:
    """What confines a process confines the thread that asks for it and those begun later, so there is one."""
    return sys.platform != "linux" or len(os.listdir("/proc/self/task")) == 1


def _refuse_network(event: str, _arguments: object) -> None:
    if event.startswith(_NETWORK_EVENTS):
        raise PermissionError("the process that reads text has no network")


def _make_reader(folder: Path) -> ReadText:
    """The text reader with its three models, each named by its path, on one thread."""
    import cv2
    import onnxruntime
    import rapidocr

    cv2.setNumThreads(1)
    onnxruntime.disable_telemetry_events()
    paths = {f"{part}.model_path": str(folder / name) for part, (name, _sha256) in text_models.MODELS.items()}
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    reader = rapidocr.RapidOCR(params={"Global.log_level": "critical", **paths, **threads})

    def read(pixels: Any) -> list[str]:
        return [str(text) for text in reader(pixels).txts or ()]

    return read


def _warm_up(read: ReadText) -> None:
    """Read a small picture: the models and whatever else comes late are loaded."""
    import cv2
    import numpy as np

    paper = np.full((120, 320, 3), 255, np.uint8)
    cv2.putText(paper, "0123456", (20, 80), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (0, 0, 0), 4)
    if not read(paper):
        raise RuntimeError("the text reader does not read")


def _answer_request(
    read: ReadText, request: WorkerMessage, data: memoryview, _room: memoryview
) -> WorkerMessage:
    import numpy as np

    width, height = int(request["width"]), int(request["height"])
    try:
        with data[: 4 * width * height] as content:
            pixels = np.frombuffer(content, np.uint8).reshape(height, width, 4)[:, :, :3].copy()
        texts = read(pixels)[:MOST_TEXTS]
    except MemoryError:
        return {"ok": False, "reason": "There is not enough memory to read the text."}
    except Exception as error:
        return {"ok": False, "reason": f"The text could not be read ({error.__class__.__name__})."}
    return {"ok": True, "texts": [text[:LONGEST_TEXT] for text in texts]}


if __name__ == "__main__":
    main(sys.argv[1:])
