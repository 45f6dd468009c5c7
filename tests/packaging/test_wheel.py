"""The wheel holds everything that is not code as well."""

import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]


def test_the_wheel_holds_the_resources_and_the_licence(tmp_path):
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "resources").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:  # a test that ran verify.py may leave one
            assert f"reviewer/_resources/{path.relative_to(ROOT / 'resources').as_posix()}" in names
    assert any(name.endswith("LICENSE") for name in names)
    assert not any("tests" in name for name in names)
