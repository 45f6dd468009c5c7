"""One door to the building of installers:  python packaging/installers [COMMAND | PART...]

PART: wheel | stick       built into dist/; without any part all are built
COMMAND: renew-lock       asks the registry what is newest and writes requirements.lock and tools.lock
         fetch            lays all wheels of the lock into the cache, for building without a network
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from lock import PLATFORMS, PYTHONS, LockError
from own_wheel import ROOT, build_own_wheel
from wheelhouse import fetch_wheels

DIST = ROOT / "dist"


def fetch_all() -> None:
    """Fetches the wheels of every platform and Python into the cache."""
    for platform in PLATFORMS:
        for python_version in PYTHONS:
            with TemporaryDirectory() as folder:
                fetch_wheels(platform.name, python_version, Path(folder))


def renew() -> None:
    """Renews the locks."""
    from renewing import renew_locks

    renew_locks()


def build_stick(dist: Path) -> Path:
    """Builds the stick from what lies in dist/."""
    from stick import build_stick

    return build_stick(dist)


PARTS: dict[str, Callable[[Path], object]] = {
    "wheel": build_own_wheel,
    "stick": build_stick,
}
"""What can be built: each is given the folder it builds into. Parts are built in this order."""
COMMANDS: dict[str, Callable[[], None]] = {"renew-lock": renew, "fetch": fetch_all}


def main(arguments: list[str]) -> None:
    """Runs a command, or builds the parts named (all without a name)."""
    if arguments and arguments[0] in COMMANDS:
        COMMANDS[arguments[0]]()
        return
    unknown = [name for name in arguments if name not in PARTS]
    if unknown:
        sys.exit(f'There is no part or command "{unknown[0]}".\n\n{__doc__}')
    DIST.mkdir(exist_ok=True)
    for name, build in PARTS.items():
        if not arguments or name in arguments:
            print(f"building: {name}", flush=True)
            build(DIST)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except LockError as error:
        sys.exit(str(error))
