"""The one door to the building of installers knows what it names."""

import inspect
import runpy
from pathlib import Path

import pytest

DOOR = Path(__file__).parents[3] / "packaging" / "installers" / "__main__.py"


@pytest.fixture
def door(installers):
    return runpy.run_path(str(DOOR))


def test_every_part_is_built_into_a_folder_and_every_command_needs_nothing(door, installers):
    for count, table in ((1, door["PARTS"]), (0, door["COMMANDS"])):
        for module, function in table.values():
            needed = [
                parameter
                for parameter in inspect.signature(getattr(installers(module), function)).parameters.values()
                if parameter.default is inspect.Parameter.empty
            ]
            assert len(needed) == count


def test_what_it_can_do_stands_in_its_help(door):
    for name in (*door["PARTS"], *door["COMMANDS"]):
        assert name in door["__doc__"]


def test_an_unknown_part_is_named(door):
    with pytest.raises(SystemExit, match='There is no part or command "windoze"'):
        door["main"](["windoze"])
