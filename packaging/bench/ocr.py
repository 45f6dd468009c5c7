"""Whether the optional text reader (reviewer[ocr]) reads drawn cards, and how long a card takes.

    python packaging/bench ocr [--photos N] [--json]

This is also the check of the real reader, which the tests do without. Exits 1 if it is not installed as it
should be, is not confined, or misses a number that stands on a card in 0 to 9. Cards in Arabic digits are
counted apart: its models do not know them.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from measuring import finish, in_folder, make_parser, median

from reviewer.media.demo.demo_photo import DemoShot, draw_photograph
from reviewer.media.ocr import text_models
from reviewer.media.ocr.text_process import TextArea, TextProcess
from reviewer.media.workers.pool import DecoderPool, Picture
from reviewer.services.demo.plan import plan_photos

_EVERY = 10  # so that many individuals, with cards in both kinds of digits, are among them


def card_area(shot: DemoShot, picture: Picture) -> TextArea:
    """Where the card is drawn, as a person would draw a rectangle around it."""
    tall = picture.height * (0.16 if shot.figure else 0.5)
    wide = tall * 1.7
    left = picture.width - wide - 36 if shot.figure else (picture.width - wide) / 2
    top = 36 if shot.figure else (picture.height - tall) / 2
    return int(left), int(top), int(wide), int(tall)


def processor_seconds(pid: int | None) -> float:
    """What the process has used of a processor so far (Linux), whoever else was busy."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--photos", type=int, default=12)
    options = parser.parse_args()
    if why_not := text_models.find_trouble():
        sys.exit(why_not)
    reader, pool = TextProcess(), DecoderPool(1)
    seconds: dict[str, list[float]] = {"card": [], "whole": [], "processor": []}
    found = {False: [0, 0], True: [0, 0]}
    try:
        began = time.perf_counter()
        reader.read(Picture(64, 64, 256, bytes(64 * 256)))
        first = time.perf_counter() - began
        with in_folder(None) as folder:
            for number, each in enumerate(list(plan_photos(_EVERY * options.photos, seed=3))[::_EVERY]):
                path = folder / f"{number}.jpg"
                path.write_bytes(draw_photograph(each.shot))
                whole = pool.render_file(path, None).picture
                screen = pool.render_file(path, (2000, 2000)).picture
                if whole is None or screen is None:
                    raise RuntimeError("a drawn photograph could not be decoded")
                for kind, picture, area in (
                    ("card", whole, card_area(each.shot, whole)),
                    ("whole", screen, None),
                ):
                    began, used = time.perf_counter(), processor_seconds(reader.pid)
                    texts = reader.read(picture, area)
                    seconds[kind].append(time.perf_counter() - began)
                    if kind == "card":
                        seconds["processor"].append(processor_seconds(reader.pid) - used)
                        found[each.shot.arabic][0] += sum(number in texts for number in each.shot.card)
                        found[each.shot.arabic][1] += len(each.shot.card)
        layers = reader.layers
    finally:
        reader.close()
        pool.close()
    figures: dict[str, float | int | str] = {
        "process started, models verified and loaded (s)": first,
        "a card with a rectangle around it (s)": median(seconds["card"]),
        "the same, of one processor (s)": median(seconds["processor"]),
        "a whole photograph (s)": median(seconds["whole"]),
        "numbers read, 0 to 9": "{} of {}".format(*found[False]),
        "numbers read, Arabic digits": "{} of {}".format(*found[True]),
        "confined by": "; ".join(layers),
    }
    lost = ["a number in 0 to 9 was not read"] if found[False][0] < found[False][1] else []
    finish("ocr", figures, options, lost + ([] if layers else ["the reader is not confined"]))


if __name__ == "__main__":
    main()
