"""The bundles for macOS start the Python of the Mac with their own packages and nothing else."""

import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHELL = pytest.mark.skipif(sys.platform == "win32", reason="the starters are shell scripts")


@pytest.fixture
def macos(installers):
    return installers("macos")


@pytest.fixture
def bundles(macos, tmp_path):
    for name, starter in (("Reviewer", "reviewer"), ("Reviewer, viewing only", "view-only")):
        macos._write_bundle(tmp_path / f"{name}.app" / "Contents", starter, name)
        (tmp_path / f"{name}.app" / "Contents" / "MacOS" / starter).chmod(0o755)
    return tmp_path


@pytest.fixture
def python(tmp_path):
    """What says how it was called; it passes for Python 3.13."""
    path = tmp_path / "python3.13"
    path.write_text('#!/bin/sh\n[ "$1" = -I ] && exit 0\necho "$PYTHONPATH|$PYTHONNOUSERSITE|$*"\n')
    path.chmod(0o755)
    return path


def _start(path, python, *arguments):
    environment = {**os.environ, "REVIEWER_PYTHON": str(python), "HOME": str(path.parent)}
    return subprocess.run([path, *arguments], env=environment, capture_output=True, text=True, check=False)


@SHELL
def test_a_bundle_starts_the_program_with_its_own_packages(bundles, python):
    contents = bundles / "Reviewer.app" / "Contents"
    done = _start(contents / "MacOS" / "reviewer", python, "open", "a b.case")
    assert done.stdout == f"{contents}/Resources/site-packages|1|-m reviewer open a b.case\n"


@SHELL
def test_the_bundle_for_viewing_takes_the_packages_of_the_one_beside_it(bundles, python):
    done = _start(bundles / "Reviewer, viewing only.app" / "Contents" / "MacOS" / "view-only", python)
    assert (
        done.stdout == f"{bundles}/Reviewer.app/Contents/Resources/site-packages|1|-m reviewer --view-only\n"
    )


@SHELL
@pytest.mark.skipif(
    any(Path(name).exists() for name in ("/opt/homebrew", "/Library")),
    reason="there may be a Python 3.13 here",
)
def test_without_python_it_says_in_a_sentence_what_is_missing(bundles, tmp_path):
    (tmp_path / "osascript").write_text("#!/bin/sh\n")
    (tmp_path / "osascript").chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    starter = bundles / "Reviewer.app" / "Contents" / "MacOS" / "reviewer"
    done = subprocess.run([starter], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith("Reviewer needs Python 3.13 from python.org, which is not on this Mac.")


def test_each_bundle_names_its_starter_and_the_oldest_system(macos, bundles, installers):
    tags = installers("lock").find_platform(macos.PLATFORM).tags
    oldest = next(tag for tag in tags if tag.startswith("macosx"))
    for folder in bundles.glob("*.app"):
        told = plistlib.loads((folder / "Contents" / "Info.plist").read_bytes())
        assert (folder / "Contents" / "MacOS" / told["CFBundleExecutable"]).is_file()
        assert (folder / "Contents" / "Resources" / told["CFBundleIconFile"]).is_file()
        assert f"macosx_{told['LSMinimumSystemVersion'].replace('.', '_')}_arm64" == oldest


@SHELL
@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell")
def test_the_starters_are_correct_for_a_plain_shell():
    for path in (ROOT / "packaging" / "macos").iterdir():
        if not path.suffix:
            assert subprocess.run(["sh", "-n", path], check=False).returncode == 0
            assert path.stat().st_mode & 0o100


def test_what_may_not_be_handed_out_is_not_built_but_for_ones_own_mac(macos, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(macos, "_find_refused", lambda: ["a.whl: it holds parts under the GPL."])
    monkeypatch.setattr(macos, "lay_out_macos", lambda tree: tree.mkdir() or macos.RemovedSizes(1, 1))
    monkeypatch.delenv("REVIEWER_FOR_OWN_MAC", raising=False)
    assert macos.build_macos(tmp_path) is None
    assert "left out: a.whl: it holds parts" in capsys.readouterr().out
    monkeypatch.setenv("REVIEWER_FOR_OWN_MAC", "1")
    assert macos.build_macos(tmp_path).is_file()
