"""Workflows that a fork runs: they call what is there, and ask for no rights."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from reviewer.cli.parser import make_parser

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
KNOWN_ACTIONS = {
    "actions/checkout@v4",
    "actions/setup-python@v5",
    "actions/upload-artifact@v4",
    "actions/download-artifact@v4",
}
SYSTEMS = {"ubuntu", "windows", "macos"}


def load(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps_of(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def find_wrong_commands(workflow):
    """Commands of a workflow that name a script, a verb or a mark that is not there."""
    runs = "\n".join(step.get("run", "") for step in steps_of(workflow))
    (verbs,) = (action.choices for action in make_parser()._actions if hasattr(action.choices, "items"))
    marks = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]
    known_marks = {mark.partition(":")[0] for mark in marks["ini_options"]["markers"]}
    scripts = re.findall(r"(?:\./|python )(packaging/[\w/.]+)", runs)
    asked = re.findall(r'(?:reviewer|reviewer\.cmd"|-m reviewer) ([a-z][\w-]+)', runs)
    yield from (name for name in scripts if not (ROOT / name).exists())
    yield from (verb for verb in asked if verb not in verbs and "purge" not in verb)
    yield from (mark for mark in re.findall(r'-m "not (\w+)"', runs) if mark not in known_marks)


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def workflow(request):
    return load(request.param)


def test_there_are_workflows():
    assert [path.name for path in WORKFLOWS] == ["systems.yml"]


def test_a_workflow_asks_for_no_rights_and_no_secrets(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in workflow["jobs"].values())
    assert "secrets." not in yaml.safe_dump(workflow)


def test_actions_are_those_that_are_known_and_leave_no_credentials(workflow):
    for step in steps_of(workflow):
        assert ("uses" in step) != ("run" in step)
        if "uses" in step:
            assert step["uses"] in KNOWN_ACTIONS
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


def test_each_job_ends_by_itself(workflow):
    assert all(0 < job["timeout-minutes"] <= 180 for job in workflow["jobs"].values())


def test_what_a_workflow_calls_is_there(workflow):
    assert list(find_wrong_commands(workflow)) == []


def test_what_is_not_there_is_seen():
    runs = [
        "./packaging/biuld",
        "python packaging/nothing.py",
        "python -m reviewer self-tset",
        'pytest -m "not sceen"',
        "reviewer self-test",
    ]
    jobs = {"a": {"steps": [{"run": run} for run in runs]}}
    wrong = list(find_wrong_commands({"jobs": jobs}))
    assert wrong == ["packaging/biuld", "packaging/nothing.py", "self-tset", "sceen"]


def test_tests_run_on_each_system_with_each_python():
    matrix = load(ROOT / ".github" / "workflows" / "systems.yml")["jobs"]["tests"]["strategy"]["matrix"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first, behind = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", project["requires-python"]).groups()
    assert matrix["python"] == [f"3.{minor}" for minor in range(int(first), int(behind))]
    assert {system.partition("-")[0] for system in matrix["system"]} == SYSTEMS


@pytest.mark.parametrize(("script", "job"), [("test", "check"), ("build", "build")])
def test_packages_that_a_script_needs_are_installed_before_it(script, job):
    """Who is not root is told by the scripts what is missing, and nothing is installed."""
    text = (ROOT / "packaging" / script).read_text(encoding="utf-8")
    libraries = (ROOT / "packaging" / "environment.sh").read_text(encoding="utf-8")
    listed = re.search(r"<<'LIST'\n(.*?)\nLIST", text, re.DOTALL)[1]
    needed = {package for line in listed.splitlines() for package in line.split()[1:]}
    if "need_system_libraries" in text:
        needed |= set(re.findall(r"(?m)^lib\S+\.so\S* (\S+)$", libraries)) | {"fontconfig"}
    steps = load(ROOT / ".github" / "workflows" / "systems.yml")["jobs"][job]["steps"]
    installed = set(" ".join(step.get("run", "") for step in steps).split())
    assert sorted(needed - installed) == []
