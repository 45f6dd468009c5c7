"""The tools of enhancement as data: what can be done to the view of a photograph, with which numbers.

View only: nothing here touches a file. All parameters are whole numbers, so that a chain has one
written form and the same chain gives the same pixels. A tool's version is raised whenever the same
parameters would give other pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reviewer.domain.errors import NotAllowed

MOST_STEPS = 12


@dataclass(frozen=True)
class ToolParameter:
    """A whole number from `low` to `high`; shown divided by `per` with `unit`, or as one of `choices`."""

    key: str
    name: str
    low: int
    high: int
    default: int
    per: int = 1
    unit: str = ""
    choices: tuple[str, ...] = ()

    def shown(self, value: int) -> str:
        if self.choices:
            return self.choices[value]
        number = f"{value}" if self.per == 1 else f"{value / self.per:.{len(str(self.per)) - 1}f}"
        return f"{number} {self.unit}".rstrip()


@dataclass(frozen=True)
class EnhancementTool:
    """`note` is what the reader must know. A tool with a `warning` (what it makes look like what) is for
    exploring: a finding seen only through it is flagged wherever it is shown."""

    key: str
    name: str
    version: int
    parameters: tuple[ToolParameter, ...]
    note: str = ""
    warning: str = ""

    @property
    def exploring(self) -> bool:
        return bool(self.warning)

    def parameter(self, key: str) -> ToolParameter:
        return next(parameter for parameter in self.parameters if parameter.key == key)


CHANNELS = (
    "red",
    "green",
    "blue",
    "Lab L (lightness)",
    "Lab a (green to red)",
    "Lab b (blue to yellow)",
    "HSV hue",
    "HSV saturation",
    "HSV value",
)
_CHANNEL_NOTE = "A channel of an ordinary photograph, not alternate light."

TOOLS: tuple[EnhancementTool, ...] = (
    EnhancementTool("exposure", "Exposure", 1, (ToolParameter("ev", "Stops", -300, 300, 50, 100, "EV"),)),
    EnhancementTool("contrast", "Contrast", 1, (ToolParameter("amount", "Amount", -100, 100, 20, 1, "%"),)),
    EnhancementTool("gamma", "Gamma", 1, (ToolParameter("gamma", "Gamma", 20, 500, 130, 100),)),
    EnhancementTool(
        "levels",
        "Levels",
        1,
        (ToolParameter("black", "Black at", 0, 254, 10), ToolParameter("white", "White at", 1, 255, 245)),
    ),
    EnhancementTool(
        "white-balance",
        "White balance",
        1,
        (
            ToolParameter("red", "Red", 200, 5000, 1000, 1000),
            ToolParameter("green", "Green", 200, 5000, 1000, 1000),
            ToolParameter("blue", "Blue", 200, 5000, 1000, 1000),
        ),
        "Press Shift+W and click something that is grey or white.",
    ),
    EnhancementTool(
        "channel",
        "Single channel",
        1,
        (ToolParameter("channel", "Channel", 0, len(CHANNELS) - 1, 2, choices=CHANNELS),),
        _CHANNEL_NOTE,
        "no alternate light",
    ),
    EnhancementTool(
        "red-free", "Red-free", 1, (), "Mean of green and blue. " + _CHANNEL_NOTE, "no alternate light"
    ),
    EnhancementTool(
        "erythema",
        "Red against green",
        1,
        (ToolParameter("range", "Range", 10, 200, 60),),
        "100 log(R/G) in linear light, after the erythema index of skin reflectance. Uncalibrated here.",
        "not calibrated",
    ),
    EnhancementTool(
        "clahe",
        "Local contrast (CLAHE)",
        1,
        (
            ToolParameter("clip", "Clip limit", 10, 80, 20, 10),
            ToolParameter("tiles", "Tiles across", 2, 24, 8),
        ),
        "Makes compression blocks look like marks: compare with the original.",
        "compression blocks look like marks",
    ),
    EnhancementTool(
        "decorrelation",
        "Decorrelation stretch",
        1,
        (ToolParameter("spread", "Spread", 20, 80, 45),),
        "Exploration only: false colours, not validated for bruises.",
        "false colours",
    ),
    EnhancementTool(
        "unsharp",
        "Unsharp mask",
        1,
        (
            ToolParameter("amount", "Amount", 0, 100, 40, 1, "%"),
            ToolParameter("radius", "Radius", 5, 30, 12, 10, "px"),
        ),
        "Mild. Halos can look like tramlines.",
        "halos look like tramlines",
    ),
)
"""In the order in which they are offered. No upscaling, no denoising, no imitation of UV or IR."""


def find_tool(key: str) -> EnhancementTool:
    """Return the tool with this key; KeyError if it is not known."""
    found = next((tool for tool in TOOLS if tool.key == key), None)
    if found is None:
        raise KeyError(key)
    return found


@dataclass(frozen=True)
class EnhancementStep:
    """One tool with its numbers. A step that is off stays in the chain and does nothing."""

    tool: str
    values: tuple[tuple[str, int], ...]
    version: int = 1
    on: bool = True

    def value(self, key: str) -> int:
        return dict(self.values)[key]

    def with_value(self, key: str, value: int) -> EnhancementStep:
        """The same Step with one number changed, kept within its limits."""
        limits = find_tool(self.tool).parameter(key)
        kept = min(limits.high, max(limits.low, value))
        return replace(self, values=tuple((k, kept if k == key else v) for k, v in self.values))

    def in_words(self) -> str:
        tool = find_tool(self.tool)
        shown = [(tool.parameter(key), value) for key, value in self.values]
        several = len(shown) > 1
        said = ", ".join(f"{p.name.lower()} {p.shown(v)}" if several else p.shown(v) for p, v in shown)
        return f"{tool.name} {said}" if said else tool.name


def make_default_step(key: str) -> EnhancementStep:
    """A Step with the tool's defaults."""
    tool = find_tool(key)
    return EnhancementStep(
        key, tuple((parameter.key, parameter.default) for parameter in tool.parameters), tool.version
    )


@dataclass(frozen=True)
class EnhancementChain:
    """Steps in the order in which they are applied."""

    steps: tuple[EnhancementStep, ...] = field(default=())

    @property
    def active(self) -> tuple[EnhancementStep, ...]:
        return tuple(step for step in self.steps if step.on)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What its exploring steps make look like what, each once."""
        found = (find_tool(step.tool).warning for step in self.active)
        return tuple(dict.fromkeys(warning for warning in found if warning))

    def add_step(self, step: EnhancementStep) -> EnhancementChain:
        if len(self.steps) >= MOST_STEPS:
            raise NotAllowed(f"A chain can have {MOST_STEPS} steps.")
        return EnhancementChain((*self.steps, step))

    def replace_step(self, place: int, step: EnhancementStep) -> EnhancementChain:
        return EnhancementChain((*self.steps[:place], step, *self.steps[place + 1 :]))

    def remove_step(self, place: int) -> EnhancementChain:
        return EnhancementChain((*self.steps[:place], *self.steps[place + 1 :]))

    def move_step(self, place: int, by: int) -> EnhancementChain:
        """The step at `place` one up (-1) or down (+1); the same chain at its ends."""
        other = place + by
        if not 0 <= other < len(self.steps):
            return self
        steps = list(self.steps)
        steps[place], steps[other] = steps[other], steps[place]
        return EnhancementChain(tuple(steps))

    def in_words(self) -> str:
        return "; ".join(step.in_words() for step in self.active)

    def as_body(self) -> list[dict[str, Any]]:
        """As it stands in acts and presets: text, whole numbers, truth values only."""
        return [
            {"tool": step.tool, "version": step.version, "on": step.on, "values": dict(step.values)}
            for step in self.steps
        ]


def name_exploring_steps(body: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Names of the steps of a body that are on and for exploring, each once, whatever their version.

    A tool that this program does not know is named by its key: nobody can say here what it does.
    """
    on = [str(step.get("tool", "")) for step in body if step.get("on")]
    known = {tool.key: tool for tool in TOOLS}
    names = (
        known[key].name if key in known else key for key in on if key not in known or known[key].exploring
    )
    return tuple(dict.fromkeys(names))


def chain_from_body(body: Sequence[Mapping[str, Any]]) -> EnhancementChain:
    """The chain of a body; NotAllowed, with a sentence, if this program does not know a step of it."""
    steps = []
    for row in body:
        try:
            tool = find_tool(row["tool"])
            values = tuple((p.key, _check_within_limits(p, row["values"][p.key])) for p in tool.parameters)
            step = EnhancementStep(tool.key, values, int(row["version"]), bool(row["on"]))
        except (KeyError, TypeError, ValueError) as error:
            raise NotAllowed(
                "This chain has a step that this version of the program does not know."
            ) from error
        if step.version != tool.version:
            raise NotAllowed(
                f"{tool.name} was made by version {step.version}; this program has {tool.version}."
            )
        steps.append(step)
    return EnhancementChain(tuple(steps[:MOST_STEPS]))


def _check_within_limits(parameter: ToolParameter, value: object) -> int:
    if not isinstance(value, int) or not parameter.low <= value <= parameter.high:
        raise ValueError(parameter.key)
    return value
