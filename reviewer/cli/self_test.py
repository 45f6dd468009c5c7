"""`reviewer self-test`: does this copy of the program work, on this machine."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from reviewer.domain.errors import EXIT_DONE, EXIT_FAULT
from reviewer.services.demo.self_check import run_checks


def run_self_test(options: argparse.Namespace) -> int:
    results: dict[str, bool] = {}
    with tempfile.TemporaryDirectory(prefix="reviewer-self-test-") as folder:
        for name, well in run_checks(Path(folder)):
            results[name] = well
            if not options.json:
                print(f"{'ok  ' if well else 'FAIL'}  {name}")
    if options.json:
        print(json.dumps({"ok": all(results.values()), "checks": results}))
    return EXIT_DONE if all(results.values()) else EXIT_FAULT
