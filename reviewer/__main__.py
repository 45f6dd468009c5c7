"""`python -m reviewer` and the command `reviewer`."""

from __future__ import annotations

import sys


def run() -> None:
    """Start the program and end with its exit status."""
    from reviewer.main import main

    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
