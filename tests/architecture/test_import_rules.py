"""The import rules hold, and each of them has been seen to fail."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}
# contract -> (file in the package, line planted at its end)
BREACHES = {
    "layers": ("domain/photos/photo.py", "import reviewer.services.jobs"),
    "domain-shelves": ("domain/geometry/mark.py", "import reviewer.domain.reading.reading"),
    "services-shelves": ("services/case/history.py", "import reviewer.services.reading.reader"),
    "storage-shelves": ("storage/engine/tables.py", "import reviewer.storage.people.people"),
    "media-shelves": ("media/decoding/formats.py", "import reviewer.media.workers.pool"),
    "qt-shelves": ("qt/look/theme.py", "import reviewer.qt.main_window.session"),
    "only-qt": ("services/jobs.py", "import PySide6.QtCore"),
    "only-storage": ("services/jobs.py", "import sqlalchemy"),
    "only-media": ("services/jobs.py", "import PIL.Image"),
    "only-paths": ("system/files.py", "import appdirs"),
    "only-keys": ("storage/store.py", "import cryptography"),
    "only-cipher": ("services/jobs.py", "import sqlcipher3"),
    "only-spreadsheet": ("media/records/table_reader.py", "import openpyxl"),
    "only-typst": ("services/report/pdf.py", "import typst"),
    "only-parquet": ("services/export/csv_files.py", "import pyarrow"),
    "only-documents": ("media/records/spreadsheet.py", "import lxml.etree"),
    "faces": ("cli/case.py", "import reviewer.storage.store"),
    "api": ("api/opened.py", "import reviewer.services.reading.act_queue"),
    "domain": ("domain/photos/photo.py", "import numpy"),
    "worker": ("media/workers/pool.py", "import reviewer.system.files"),
    "migrations": ("storage/migrations/v1_000.py", "import reviewer.storage.engine.tables"),
    "siblings": ("domain/errors.py", "import reviewer.domain.commands.finding_commands"),
}
MORE_OF_ONLY_MEDIA = ("import rapidocr", "import onnxruntime", "import cv2")


def lint(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for name in names for word in ("--contract", name)]
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", *chosen]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "reviewer", tmp_path / "reviewer", ignore=ignored)
    return tmp_path


def test_every_contract_has_a_breach_that_was_tried():
    assert set(BREACHES) == set(CONTRACTS)


def test_the_rule_about_appdirs_names_every_module_of_system():
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (rule,) = [contract for contract in rules["contracts"] if contract["id"] == "only-paths"]
    modules = {f"reviewer.system.{path.stem}" for path in (ROOT / "reviewer" / "system").glob("[!_]*.py")}
    assert modules - {"reviewer.system.paths"} <= set(rule["source_modules"])


def test_the_copy_that_breaches_are_planted_in_keeps_all_contracts(copy):
    result = lint(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_caught(contract, copy):
    file, line = BREACHES[contract]
    path = copy / "reviewer" / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = lint(copy, contract)
    assert result.returncode == 1, result.stdout
    assert f"{CONTRACTS[contract]} BROKEN" in result.stdout


@pytest.mark.parametrize("line", MORE_OF_ONLY_MEDIA)
def test_what_only_media_may_import_is_caught_elsewhere(line, copy):
    path = copy / "reviewer" / "services" / "cards" / "ocr_suggestions.py"
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = lint(copy, "only-media")
    assert result.returncode == 1, result.stdout
    assert f"{CONTRACTS['only-media']} BROKEN" in result.stdout


@pytest.mark.parametrize(
    ("contract", "line"),
    [("faces", "import reviewer.storage.store"), ("layers", "import reviewer.cli.case")],
)
def test_the_interface_for_scripts_is_a_face_like_the_others(contract, line, copy):
    path = copy / "reviewer" / "api" / "made.py"
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = lint(copy, contract)
    assert result.returncode == 1, result.stdout
    assert f"{CONTRACTS[contract]} BROKEN" in result.stdout
