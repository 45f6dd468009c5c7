"""One door to the building of installers:  python packaging/installers [COMMAND | PART...]

PART: wheel | windows | macos | linux | stick
                          built into dist/, in this order; without any part all are built
COMMAND: renew-lock       asks the registry what is newest and writes requirements.lock and tools.lock
         fetch            lays all wheels of the lock into the cache, for building without a network
         prove-windows    installs what `windows` built under Wine, and says what holds
         prove-linux      installs what `linux` built into fresh systems, and uses it there; as root
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

DIST = HERE.parents[1] / "dist"
PARTS = {
    "wheel": ("own_wheel", "build_own_wheel"),
    "windows": ("windows", "build_windows"),
    "macos": ("macos", "build_macos"),
    "linux": ("linux", "build_linux"),
    "stick": ("stick", "build_stick"),
}
"""What can be built, in this order: module and function, which is given the folder it builds into."""
COMMANDS = {
    "renew-lock": ("renewing", "renew_locks"),
    "fetch": ("wheelhouse", "fetch_all_wheels"),
    "prove-windows": ("prove_windows", "prove_windows"),
    "prove-linux": ("prove_linux", "prove_linux"),
}
"""Module and function, which is given nothing."""


def main(arguments: list[str]) -> None:
    """Runs a command, or builds the parts named (all without a name)."""
    if arguments and arguments[0] in COMMANDS:
        module, function = COMMANDS[arguments[0]]
        getattr(import_module(module), function)()
        return
    unknown = [name for name in arguments if name not in PARTS]
    if unknown:
        sys.exit(f'There is no part or command "{unknown[0]}".\n\n{__doc__}')
    DIST.mkdir(exist_ok=True)
    for name, (module, function) in PARTS.items():
        if not arguments or name in arguments:
            print(f"building: {name}", flush=True)
            getattr(import_module(module), function)(DIST)


if __name__ == "__main__":
    from lock import LockError

    try:
        main(sys.argv[1:])
    except LockError as error:
        sys.exit(str(error))
