"""The display recipe: how a photograph was shown when something was found, enough to show it so again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reviewer.domain.geometry.mark import page_from_body, page_to_body
from reviewer.domain.reading.enhancement import EnhancementChain, chain_from_body

COMFORTS_CHANGING_PIXELS = frozenset({"grey", "blur"})


@dataclass(frozen=True)
class ViewSettings:
    """All numbers are whole, so that a recipe has one written form.

    `scale`: device pixels per photo pixel, in millionths. `x`, `y`: the photo point in the middle of the
    viewport, upright, in thousandths of a pixel. `angle`: turn of the view, hundredths of a degree.
    `viewport` and `picture`: device pixels of the view, and of the decoded picture that was shown.
    `ratio`: device pixels per window pixel, thousandths. `care`: what softened the view ("", "grey", "blur").
    `seen`: share of the photograph that had been on screen at 100 %, thousandths. `engine`: what computed.
    `page`: which picture of the file, counted from 1.
    """

    scale: int
    x: int
    y: int
    angle: int
    viewport: tuple[int, int]
    picture: tuple[int, int]
    ratio: int
    chain: EnhancementChain = field(default_factory=EnhancementChain)
    care: str = ""
    seen: int = 0
    engine: str = ""
    page: int = 1

    @property
    def is_as_it_is(self) -> bool:
        """Whether the pixels were those of the photograph: no step on, nothing softened."""
        return not self.chain.active and self.care not in COMFORTS_CHANGING_PIXELS

    def as_body(self) -> dict[str, Any]:
        return {
            "scale": self.scale,
            "centre": [self.x, self.y],
            "angle": self.angle,
            "viewport": list(self.viewport),
            "picture": list(self.picture),
            "ratio": self.ratio,
            "chain": self.chain.as_body(),
            "care": self.care,
            "seen": self.seen,
            "engine": self.engine,
            **page_to_body(self.page),
        }

    def in_words(self) -> str:
        """One line: what was shown and how."""
        said = [self.chain.in_words() or "the photograph as it is", f"{self.scale / 10_000:.0f} %"]
        said += [f"picture {self.page} of the file"] if self.page > 1 else []
        said += [f"turned {self.angle / 100:.0f}°"] if self.angle else []
        said += [f"{self.care} view"] if self.care else []
        return ", ".join(said)


def view_settings_from_body(body: Mapping[str, Any] | None) -> ViewSettings | None:
    """Read the recipe of a body, None if it has none; NotAllowed if its chain is not known here."""
    if not body:
        return None
    (x, y), viewport, picture = body["centre"], body["viewport"], body["picture"]
    return ViewSettings(
        scale=body["scale"],
        x=x,
        y=y,
        angle=body["angle"],
        viewport=(viewport[0], viewport[1]),
        picture=(picture[0], picture[1]),
        ratio=body["ratio"],
        chain=chain_from_body(body["chain"]),
        care=body["care"],
        seen=body["seen"],
        engine=body["engine"],
        page=page_from_body(body),
    )
