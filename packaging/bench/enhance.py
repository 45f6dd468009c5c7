"""How long a view through steps takes to compute, at screen size and whole.

    python packaging/bench enhance [--json]

A slider has to be answered within 50 ms; the screen-size view is what answers. Exits 1 if a chain of six
steps needs longer than that on a photograph of 12 megapixels shown at 1440 x 1080.
"""

from __future__ import annotations

import argparse
import sys
import time

from measuring import in_folder, median, report
from photographs import make_photographs

from reviewer.domain.reading.enhancement import TOOLS, EnhancementChain, make_default_step
from reviewer.media.pictures import views
from reviewer.media.workers.pool import DecoderPool, Picture

LIMIT_MS = 50.0
SIX = ("exposure", "contrast", "levels", "white-balance", "clahe", "unsharp")


def took(picture: Picture, chain: EnhancementChain, width: int) -> float:
    """Milliseconds, the median of five."""
    found = []
    for _time in range(5):
        began = time.perf_counter()
        views.apply_view(picture, chain, "", width)
        found.append((time.perf_counter() - began) * 1000)
    return median(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with in_folder(None) as folder:
        make_photographs(folder, 1, 4000, 3000)
        path = next(folder.iterdir())
        pool = DecoderPool(1)
        screen, whole = pool.render_file(path, (1440, 1080)).picture, pool.render_file(path, None).picture
        pool.close()
    if screen is None or whole is None:
        raise RuntimeError("the photograph could not be decoded")
    figures: dict[str, float | int | str] = {}
    for tool in TOOLS:
        chain = EnhancementChain((make_default_step(tool.key),))
        figures[f"{tool.name}, screen size (ms)"] = took(screen, chain, 4000)
        figures[f"{tool.name}, 12 megapixels (ms)"] = took(whole, chain, 4000)
    chain = EnhancementChain(tuple(map(make_default_step, SIX)))
    six = took(screen, chain, 4000)
    figures["six steps, screen size (ms)"] = six
    figures["six steps, 12 megapixels (ms)"] = took(whole, chain, 4000)
    figures["six steps, screen size, as a share of the limit"] = six / LIMIT_MS
    report("enhance", figures, options.json)
    sys.exit(six > LIMIT_MS)


if __name__ == "__main__":
    main()
