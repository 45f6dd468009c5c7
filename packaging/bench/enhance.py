"""How long a view through steps takes to compute, at screen size and whole.

    python packaging/bench enhance [--size 0.2|2|12|24] [--times 5]

Milliseconds of the processors, which a machine that does other work too does not change much. A slider has to
be answered within 50 ms; the screen-size view is what answers. Exits 1 if a chain of six
steps needs longer than that on a photograph of 12 megapixels shown at 1440 x 1080.
"""

from __future__ import annotations

import time

from measuring import finish, in_folder, make_parser, median
from photographs import SIZES, make_photographs

from reviewer.domain.reading.enhancement import TOOLS, EnhancementChain, make_default_step
from reviewer.media.pictures import views
from reviewer.media.workers.pool import DecoderPool, Picture

LIMIT_MS = 50.0
_WIDEST = 4000
SIX = ("exposure", "contrast", "levels", "white-balance", "clahe", "unsharp")


def took(picture: Picture, chain: EnhancementChain, times: int) -> float:
    """Milliseconds of the processors, the median of so many times."""
    found = []
    for _time in range(times):
        began = time.process_time()
        views.apply_view(picture, chain, "", _WIDEST)
        found.append((time.process_time() - began) * 1000)
    return median(found)


def main() -> None:
    parser = make_parser(__doc__)
    parser.add_argument("--size", type=float, choices=sorted(SIZES), default=12, help="megapixels")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with in_folder(None) as folder:
        make_photographs(folder, 1, *SIZES[options.size])
        path = next(folder.iterdir())
        pool = DecoderPool(1)
        screen, whole = pool.render_file(path, (1440, 1080)).picture, pool.render_file(path, None).picture
        pool.close()
    if screen is None or whole is None:
        raise RuntimeError("the photograph could not be decoded")
    figures: dict[str, float | int | str] = {}
    for tool in TOOLS:
        chain = EnhancementChain((make_default_step(tool.key),))
        figures[f"{tool.name}, screen size (ms)"] = took(screen, chain, options.times)
        figures[f"{tool.name}, whole (ms)"] = took(whole, chain, options.times)
    chain = EnhancementChain(tuple(map(make_default_step, SIX)))
    six = took(screen, chain, options.times)
    figures["six steps, screen size (ms)"] = six
    figures["six steps, whole (ms)"] = took(whole, chain, options.times)
    figures["six steps, screen size, as a share of the limit"] = six / LIMIT_MS
    lost = [f"six steps, screen size: {six:.0f} ms, the bound is {LIMIT_MS:.0f}"] if six > LIMIT_MS else []
    finish("enhance", figures, options, lost)


if __name__ == "__main__":
    main()
