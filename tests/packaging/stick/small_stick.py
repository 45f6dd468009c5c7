"""A stick with nothing on it but pip and a tiny `reviewer`, laid out as the real one; made in a moment."""

import base64
import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

INSTALLER = Path(__file__).parents[3] / "packaging" / "stick" / "install.py"
PYTHON = "{}.{}".format(*sys.version_info[:2])
PASSES = "self-test ok: tiny"


def hash_bytes(content):
    return hashlib.sha256(content).hexdigest()


def write_wheel(path, name, version, files, metadata=()):
    """A wheel of files, path -> bytes, with more lines of metadata."""
    info = f"{name}-{version}.dist-info"
    whole = {
        **files,
        f"{info}/METADATA": "".join(
            f"{line}\n"
            for line in ("Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *metadata)
        ).encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = []
    for inside, content in whole.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.append(f"{inside},sha256={digest},{len(content)}\n")
    whole[f"{info}/RECORD"] = "".join([*rows, f"{info}/RECORD,,\n"]).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for inside, content in sorted(whole.items()):
            archive.writestr(zipfile.ZipInfo(inside), content)


def write_pip(folder):
    """The pip of this environment as a wheel, from which it runs without being installed."""
    pip = importlib.metadata.distribution("pip")
    files = {
        str(path): path.locate().read_bytes()
        for path in pip.files or ()
        if str(path).startswith("pip/") and path.suffix != ".pyc" and path.locate().is_file()
    }
    if not files:
        pytest.skip("This environment has no pip to make a wheel of.")
    write_wheel(folder / f"pip-{pip.version}-py3-none-any.whl", "pip", pip.version, files)
    return f"pip-{pip.version}-py3-none-any.whl"


QUICK_PIP = """
import glob, sys, sysconfig, zipfile
wheels = sys.argv[sys.argv.index("--find-links") + 1]
assert {"--no-index", "--require-hashes"} <= set(sys.argv)
for wheel in glob.glob(wheels + "/reviewer-*.whl"):
    zipfile.ZipFile(wheel).extractall(sysconfig.get_path("purelib"))
"""
"""What stands for pip where nothing is asked of it: the real one takes a second each time."""


def write_quick_pip(folder):
    write_wheel(folder / "pip-0-py3-none-any.whl", "pip", "0", {"pip/__main__.py": QUICK_PIP.encode()})
    return "pip-0-py3-none-any.whl"


def write_reviewer(folder, version, body):
    main = f"import sys\n{body}\n"
    name = f"reviewer-{version}-py3-none-any.whl"
    write_wheel(
        folder / name,
        "reviewer",
        version,
        {"reviewer/__init__.py": b"", "reviewer/__main__.py": main.encode()},
    )
    return name


class SmallStick:
    """The stick, a home beside it, and what an installation from it says."""

    def __init__(self, base, system, pip=write_quick_pip):
        self.folder, self.home, self.system = base / "stick", base / "home", system
        self.program = self.home / "data" / "reviewer-program"
        (self.folder / "wheels").mkdir(parents=True)
        self.home.mkdir()
        shutil.copy(INSTALLER, self.folder / "install.py")
        self.pip = pip(self.folder / "wheels")

    def fill(self, version, body=f"print('{PASSES}')"):
        """Put a reviewer of a version on the stick, in the place of the one there; what it does is Python."""
        for old in (self.folder / "wheels").glob("reviewer-*"):
            old.unlink()
        wheel = write_reviewer(self.folder / "wheels", version, body)
        self.pin("requirements.lock", "reviewer", version, wheel)
        self.pin("pip.lock", "pip", self.pip.split("-")[1], self.pip)
        entry = {"system": self.system, "python": PYTHON, "needs": {}, "unpacked": 1000, "wheels": [wheel]}
        described = {"format": 1, "version": version, "systems": [{**entry, "pip": self.pip}]}
        (self.folder / "systems.json").write_text(json.dumps(described))
        self.sum_up()

    def pin(self, lock, name, version, wheel):
        content = (self.folder / "wheels" / wheel).read_bytes()
        digest = hash_bytes(content)
        named = f"# {digest[:12]}  {len(content)}  {wheel}\n"
        (self.folder / lock).write_text(f"{named}{name}=={version} \\\n    --hash=sha256:{digest}\n")

    def sum_up(self):
        files = sorted(
            path for path in self.folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"
        )
        lines = [f"{hash_bytes(p.read_bytes())}  {p.relative_to(self.folder).as_posix()}\n" for p in files]
        (self.folder / "SHA256SUMS").write_text("".join(lines))

    def run(self, *arguments):
        environment = {**os.environ, "HOME": str(self.home), "XDG_DATA_HOME": str(self.home / "data")}
        command = [sys.executable, "-B", str(self.folder / "install.py"), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def list_home(self):
        """Every file of the home with its bytes."""
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in self.home.rglob("*")
            if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts
        }
