"""The folder that is `/opt/reviewer` and, under another name, the portable archive: a Python, the wheels of
the lock unpacked, and what starts them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from elf import check_versions, list_elf_files
from licences import collect_parts, write_licences
from lock import PACKAGING, LockError
from own_wheel import build_own_wheel
from private_python import GLIBC, MINOR, build_private_python
from unpacking import unpack_wheels
from unused import RemovedSizes, remove_unused_qt
from wheelhouse import fetch_wheels

LINUX = PACKAGING / "linux"
PLACE = "/opt/reviewer"
"""Where the .deb lays it; in compiled files it stands as their source, wherever they lie."""
STARTERS = ("reviewer", "reviewer-open")


def build_linux_tree(into: Path, own_wheel: Path | None = None) -> RemovedSizes:
    """Lays everything into a folder that does not exist yet; says what leaving out unused Qt saved.

    Raises `LockError` if something in it asks for a newer glibc than `private_python.GLIBC`.
    """
    into.mkdir(parents=True)
    build_private_python(into / "python")
    site_packages = into / "python" / "lib" / f"python{MINOR}" / "site-packages"
    with TemporaryDirectory() as name:
        folder = Path(name)
        wheels = fetch_wheels("linux-x86_64", MINOR, folder / "wheels")
        unpack_wheels([*wheels, own_wheel or build_own_wheel(folder / "own")], site_packages)
        write_licences(collect_parts(wheels), into / "licences")
    saved = remove_unused_qt(site_packages)
    for starter in STARTERS:
        shutil.copyfile(LINUX / starter, into / starter)
        (into / starter).chmod(0o755)
    compile_all(into)
    _set_modes(into)
    if problems := check_versions(list_elf_files(into), GLIBC):
        raise LockError("\n".join(problems))
    return saved


def compile_all(tree: Path) -> None:
    """Compiles every module with the Python of the tree, so that nobody has to write there later.

    What is compiled names its source below `/opt/reviewer` and no time, so it is the same on every day and
    serves in any folder.
    """
    command = [
        *(tree / "python" / "bin" / f"python{MINOR}", "-IB", "-m", "compileall", "-qf"),
        *("--invalidation-mode", "unchecked-hash", "-s", tree, "-p", PLACE),
        tree / "python" / "lib" / f"python{MINOR}",
    ]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    subprocess.run(list(map(str, command)), check=True, env=environment)


def _set_modes(tree: Path) -> None:
    """0755 for folders and what can be run, 0644 for the rest, whatever the account's umask is."""
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def measure(tree: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
