"""The program starts on every system: no code reaches for what a system does not have.

A pretended `sys.platform` would not show it, since the modules of this system stay there to be imported. The
imports and names of all modules are walked instead. `packaging/test` also checks the types once for each
system; what this walk adds is imports, which type checkers do not follow into functions by system, folders of
one system, and own modules that run on one system alone.
"""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.support.platform_walk import SYSTEMS, Walk, systems_of_module

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "reviewer").rglob("*.py"))
TESTS = [
    path
    for path in sorted((ROOT / "tests").rglob("*.py"))
    if path.parent.name != "faults" and path.name not in {"test_locked_means_gone.py"}
]
"""Those that are collected on every system, see tests/conftest.py."""
LEFT_OUT = ("mark.linux", "mark.screen", "sys.platform", "os.name", "CAN_FORK")
ASKED_AND_DONE_WITHOUT = {
    "reviewer/system/caps_lock.py": "the lamps of Linux; only asked there",
    "reviewer/system/mounts.py": "lists of drives: what is not there is no drive",
}
"""Modules in which folders of one system are named, and do no harm on others."""


def name_module(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def packages_of_some_systems():
    """Packages that pyproject.toml wants on some systems only."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"]:
        if told := re.fullmatch(r"([\w-]+).*; sys_platform == '(\w+)'", requirement):
            yield told[1].replace("-", "_"), frozenset({told[2]})


@cache
def only_on():
    """Packages and own modules that run on some systems only."""
    found = dict(packages_of_some_systems())
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        if "assert sys.platform" in text:
            found[name_module(path)] = Walk(text, {}).find_systems()
    return found


def find_foreign(text, known):
    return [what for _line, what in Walk(text, known).find_foreign()]


def test_no_module_reaches_for_what_a_system_does_not_have():
    known = only_on()
    assert set(known) >= {"pyseccomp", "reviewer.media.workers.forked", "reviewer.media.workers.fork_server"}
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path in FILES
        for line, what in Walk(path.read_text(encoding="utf-8"), known).find_foreign()
        if path.relative_to(ROOT).as_posix() not in ASKED_AND_DONE_WITHOUT
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import fcntl", "fcntl is not there on win32"),
        ("def f():\n    import resource", "resource is not there on win32"),
        ("def f():\n    from pwd import getpwuid", "pwd is not there on win32"),
        ("import winreg", "winreg is not there on darwin, linux"),
        ("from os import getuid", "os.getuid is not there on win32"),
        ("import os\nos.fork()", "os.fork is not there on win32"),
        ("import os\nos.sched_setaffinity(0, [1])", "os.sched_setaffinity is not there on darwin, win32"),
        ("import os\nflags = os.O_DIRECTORY", "os.O_DIRECTORY is not there on win32"),
        ("import signal\nsignal.SIGKILL", "signal.SIGKILL is not there on win32"),
        ("import socket\nsocket.AF_UNIX", "socket.AF_UNIX is not there on win32"),
        ("import select\nselect.poll()", "select.poll is not there on win32"),
        ("import ctypes\nctypes.windll.user32", "ctypes.windll is not there on darwin, linux"),
        ("import ctypes\nctypes.CDLL(None)", "ctypes.CDLL(None) is not there on win32"),
        ("library.prctl(4, 0)", "prctl is not there on darwin, win32"),
        ("open('/proc/self/stat')", "/proc/self/stat is not there on darwin, win32"),
        ("place = f'/dev/shm/{name}'", "/dev/shm/ is not there on darwin, win32"),
        ("import pyseccomp", "pyseccomp is not there on darwin, win32"),
        ("from reviewer.media.workers import forked", "workers.forked is not there on darwin, win32"),
        ("import os\nif os.name == 'posix':\n    f()\nelse:\n    os.fork()", "os.fork is not there on win32"),
        ("import os, sys\nx = sys.platform == 'win32' and os.fork()", "os.fork is not there on win32"),
        ("import os\ndef f(x):\n    if x:\n        return\n    os.fork()", "os.fork is not there on win32"),
        ("import os\ntry:\n    os.fork()\nexcept OSError:\n    pass", "os.fork is not there on win32"),
    ],
)  # fmt: skip
def test_what_a_system_does_not_have_is_seen(text, told):
    assert any(found.endswith(told) for found in find_foreign(text, only_on()))


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nif sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl",
        "import os, sys\ndef f():\n    if sys.platform == 'win32':\n        return\n    os.fork()",
        "import os, sys\nx = os.fork() if sys.platform.startswith('linux') else 0",
        "import os\nif hasattr(os, 'sync') and later():\n    os.sync()",
        "import os\nx = getattr(os, 'O_NOATIME', 0)",
        "import os\nHAS: bool = os.name == 'posix'\nif not HAS:\n    pass\nelse:\n    os.getuid()",
        "try:\n    import fcntl\nexcept ImportError:\n    fcntl = None",
        "import os, sys\nassert sys.platform == 'linux'\nos.memfd_create('a')",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import fcntl",
    ],
)
def test_what_is_asked_for_where_it_is_there_is_let_be(text):
    assert find_foreign(text, only_on()) == []


def test_each_test_that_the_page_on_platforms_names_is_there():
    page = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/.]+)`", page)
    assert len(named) >= 5
    assert [name for name in named if not (ROOT / name).exists()] == []


def is_marked(body):
    """Whether a module, a class or a function says by its marks that it does not run everywhere."""
    marks = [
        node.value for node in body if isinstance(node, ast.Assign) and "pytestmark" in ast.unparse(node)
    ]
    return any(word in ast.unparse(mark) for mark in marks for word in LEFT_OUT)


def list_lines_left_out(tree):
    """The lines of functions that are marked, all of a module that is."""
    if is_marked(tree.body):
        return set(range(1, 10_000))
    lines = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            marks = " ".join(map(ast.unparse, node.decorator_list))
            if any(word in marks for word in LEFT_OUT):
                lines |= set(range(node.lineno, node.end_lineno + 1))
    return lines


def test_tests_that_need_one_system_are_left_out_on_the_others():
    """As far as names of the standard library tell; folders of one system are mere text in many a test."""
    wrong = []
    for path in TESTS:
        text = path.read_text(encoding="utf-8")
        left_out = list_lines_left_out(ast.parse(text))
        wrong += [
            f"{path.relative_to(ROOT)}:{line}: {what}"
            for line, what in Walk(text, only_on()).find_foreign()
            if line not in left_out and not what.startswith("/")
        ]
    assert wrong == []


def test_what_systems_have_is_read_from_the_stubs():
    assert systems_of_module("fcntl") == systems_of_module("termios") == SYSTEMS - {"win32"}
    assert systems_of_module("msvcrt") == {"win32"}
    assert systems_of_module("os") == systems_of_module("socket") == systems_of_module("os.path") == SYSTEMS
