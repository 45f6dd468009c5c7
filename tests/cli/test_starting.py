"""What the command line imports: of a verb its own module when it runs, of the others nothing."""

import argparse
import inspect
import json
import subprocess
import sys

import pytest

from reviewer.cli import choices
from reviewer.cli.options import VerbFunction
from reviewer.cli.parser import make_parser
from reviewer.domain.acts.roles import Role
from reviewer.services.people.individuals import PROPOSAL_FINDERS
from reviewer.services.report.run import SheetPhotographs
from reviewer.services.search.sampling import STRATUM_FIELDS, SampleUnit
from reviewer.services.search.search import HitOrder

_SAY_WHAT_IS_IMPORTED = """
import json, sys
from reviewer.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)))
"""
_TAKES_LONG = {"PySide6", "cv2", "numpy", "PIL", "sqlalchemy", "sqlcipher3", "cryptography", "rawpy", "typst"}
_MOST_OWN = 40


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["self-test", "--help"], ["export", "--help"]]
)
def test_what_only_tells_something_imports_neither_libraries_nor_verbs(arguments):
    done = subprocess.run(
        [sys.executable, "-c", _SAY_WHAT_IS_IMPORTED, *arguments], capture_output=True, text=True, check=True
    )
    names = json.loads(done.stdout.splitlines()[-1])
    assert not {name.partition(".")[0] for name in names} & _TAKES_LONG
    own = [name for name in names if name.partition(".")[0] == "reviewer"]
    assert len(own) <= _MOST_OWN, own
    assert not [
        name
        for name in own
        if name.startswith(("reviewer.services.", "reviewer.storage", "reviewer.qt"))
        and name != "reviewer.services.jobs"
    ]


def verb_functions(parser):
    """Every verb's function of a parser and of those below it."""
    run = parser.get_default("run")
    if run is not None:
        yield run
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from verb_functions(below)


def test_every_verb_has_its_function():
    functions = list(verb_functions(make_parser()))
    assert len({function.name for function in functions}) > 40
    for function in functions:
        assert isinstance(function, VerbFunction)
        assert list(inspect.signature(function.find()).parameters) == ["options"], function.name


def test_choices_are_what_the_modules_that_mean_them_know():
    assert tuple(map(str, HitOrder)) == choices.HIT_ORDERS
    assert choices.HIT_ORDERS[0] == HitOrder.INGEST
    assert tuple(map(str, SampleUnit)) == choices.SAMPLE_UNITS
    assert choices.SAMPLE_UNITS[0] == SampleUnit.INDIVIDUALS
    assert tuple(STRATUM_FIELDS) == choices.STRATUM_FIELDS
    assert tuple(map(str, SheetPhotographs)) == choices.SHEET_PHOTOGRAPHS
    assert tuple(sorted(PROPOSAL_FINDERS)) == choices.PROPOSAL_GROUNDS
    assert tuple(map(str, Role)) == choices.ROLES
