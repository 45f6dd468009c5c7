"""A program for Windows that is on this machine, whatever the machine is."""

import importlib.util
from pathlib import Path


def find_small_program():
    """A small program for Windows that the machine has: pip brings one, which Debian takes away, and
    setuptools brings one, which not every Python has."""
    for package, name in (("pip", "_vendor/distlib/t64.exe"), ("setuptools", "cli-64.exe")):
        found = importlib.util.find_spec(package)
        for folder in (found.submodule_search_locations or ()) if found is not None else ():
            if (Path(folder) / name).is_file():
                return Path(folder) / name
    raise FileNotFoundError("neither pip nor setuptools has a program for Windows")
