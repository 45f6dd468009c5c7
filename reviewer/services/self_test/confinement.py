"""Which layers confine the processes that decode evidence here, and whether they hold what they say."""

from __future__ import annotations

import sys
from pathlib import Path

from reviewer.domain.errors import KnownError
from reviewer.media.workers import probe
from reviewer.media.workers.answers import UntrustedFields
from reviewer.media.workers.worker_process import WorkerLost, WorkerProcess
from reviewer.services.self_test.part import PartFailed, PartResult

_SECONDS = 20.0
LIMITS, LANDLOCK, SECCOMP, JOB_OBJECT = "limits", "landlock", "seccomp", "job object"
_WORDS = {LIMITS: "GB of memory", LANDLOCK: "landlock", SECCOMP: "seccomp", JOB_OBJECT: "job object"}
"""How each layer is known in what a process says of its confinement."""
LAYERS_OF_SYSTEMS = {
    "linux": (LIMITS, LANDLOCK, SECCOMP),
    "win32": (JOB_OBJECT,),
    "darwin": (LIMITS,),
}
"""The layers that the program has for each system. There are no others."""
REFUSED_BY = {
    LIMITS: ("writing files",),
    LANDLOCK: ("reading files", "writing files", "the network"),
    SECCOMP: ("reading files", "writing files", "the network", "starting programs"),
    JOB_OBJECT: ("starting programs",),
}
"""What must be refused where a layer is active; landlock refuses TCP from its version 4 on."""
_SEEN_WITH = "Update the system; until then open photographs of unknown origin on another machine."


def check_confinement(folder: Path) -> PartResult:
    """Start a confined process that tries what it must not be able to do."""
    layers, refused = ask_probe(folder)
    wanted = LAYERS_OF_SYSTEMS.get(sys.platform, (LIMITS,))
    active = [name for name in wanted if any(_WORDS[name] in layer for layer in layers)]
    for name in active:
        let_through = [what for what in _list_refused(name, layers) if what not in refused]
        if let_through:
            raise PartFailed(
                f"the layer {name} is active and lets through: {', '.join(let_through)}.", _SEEN_WITH
            )
    if not active:
        raise PartFailed("no layer of confinement is active.", _SEEN_WITH)
    absent = [name for name in wanted if name not in active]
    others = [name for name in _WORDS if name not in wanted]
    return PartResult(
        f"active: {', '.join(active)}; "
        + (f"NOT active on this machine: {', '.join(absent)}; " if absent else "")
        + f"not on this system: {', '.join(others)}; refused: {', '.join(refused) or 'nothing'}"
    )


def _list_refused(name: str, layers: tuple[str, ...]) -> tuple[str, ...]:
    old = any(f"landlock {version})" in layer for version in (1, 2, 3) for layer in layers)
    return tuple(
        what for what in REFUSED_BY[name] if not (old and name == LANDLOCK and what == "the network")
    )


def ask_probe(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the layers that confine the probe, in its words, and which of its attempts were refused."""
    worker = WorkerProcess(probe.COMMAND)
    try:
        worker.provide_room(1)
        untrusted, _content = worker.ask({"folder": str(folder)}, _SECONDS, 0)
        return worker.layers, UntrustedFields(untrusted).texts("refused", len(probe.ATTEMPTS), 40)
    except WorkerLost as lost:
        raise KnownError(f"The confined process {lost}.", code="self-test") from lost
    finally:
        worker.close()
