"""Proves the setup program under Wine, as far as it goes:  python packaging/installers prove-windows

Installs silently into a machine of its own, compares every file, runs Python, goes over an older version,
refuses while the program is open, uninstalls and leaves a case. What Wine cannot load is listed, not hidden:
it says nothing of Windows. A release is tried on a real Windows as well (docs/platforms.md).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lock import LockError
from own_wheel import ROOT, read_build_time, read_version
from windows import build_setup
from windows_imports import find_unmet_imports

FOLDER = "AppData/Local/Programs/reviewer"
UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\reviewer"
FOLDERS_KEY = r"HKCU\Software\Classes\Directory\shell\reviewer"
LIBRARIES = (
    *("PIL.Image", "simplejpeg", "pi_heif", "rawpy", "numpy", "cv2", "sqlcipher3"),
    *("cryptography.hazmat.bindings._rust", "rfc3161_client", "lxml.etree", "chardet"),
    *("sqlalchemy", "typst", "psutil", "Cryptodome.Cipher.AES", "brotli", "backports.zstd"),
    *("pyppmd", "bcj", "inflate64", "_cffi_backend", "openpyxl", "docx", "py7zr", "rarfile"),
    *("puremagic", "hijridate", "persiantools", "zxcvbn", "appdirs", "PySide6.QtCore"),
    *("PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtSvg", "PySide6.QtPrintSupport"),
)
STANDARD = (
    *("ctypes", "ssl", "hashlib", "lzma", "bz2", "zoneinfo", "decimal", "multiprocessing"),
    *("sqlite3", "asyncio", "socket", "uuid"),
)
_IMPORT_DOMAIN = (
    "import importlib, pkgutil, reviewer.domain as d; "
    "names = [m.name for m in pkgutil.walk_packages(d.__path__, 'reviewer.domain.')]; "
    "[importlib.import_module(n) for n in names]; print(len(names))"
)


class NotProved(Exception):
    """A step that did not go as it must, in a sentence."""


class WineMachine:
    """A Windows of Wine with nothing on it, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "DISPLAY"},
            **{"WINEPREFIX": str(folder), "WINEDEBUG": "-all", "WINEARCH": "win64"},
            **{"WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d", "REVIEWER_SETUP_NO_SELF_TEST": "1"},
        }
        self.run("wineboot", "-i")
        self.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")

    def run(self, *command: object, timeout: float = 300) -> tuple[int, str, str]:
        """Runs a program; its exit status, what it printed, what was said on standard error."""
        words = ["wine", *map(str, command)]
        try:
            done = subprocess.run(
                words,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return -1, "", "no answer"
        printed, said = (
            stream.decode("utf-8", "replace").replace("\r\n", "\n") for stream in (done.stdout, done.stderr)
        )
        return done.returncode, printed, said

    @contextmanager
    def keep_running(self, *command: object) -> Iterator[None]:
        """Runs a program that waits for its input until the block ends."""
        pipe = subprocess.PIPE
        with subprocess.Popen(
            ["wine", *map(str, command)],
            env=self._environment,
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdout is not None and process.stdin is not None  # noqa: S101
            process.stdout.readline()
            yield
            process.stdin.close()

    def find_home(self) -> Path:
        """The folder of the account."""
        homes = [path for path in (self.folder / "drive_c" / "users").iterdir() if path.name != "Public"]
        return homes[0]

    def list_files(self) -> set[str]:
        """All files below drive C, but for what Wine keeps of itself."""
        top = self.folder / "drive_c"
        names = {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}
        return {name for name in names if not name.startswith("windows/") and "/Temp/" not in name}

    def stop(self) -> None:
        """Ends all programs of this machine."""
        subprocess.run(["wineserver", "-k"], env=self._environment, check=False)


def prove_windows() -> None:
    """Proves what lies in dist/; prints a line for each step; `LockError` at the first that fails."""
    version = read_version()
    setup = ROOT / "dist" / f"reviewer-{version}-win64-setup.exe"
    portable = ROOT / "dist" / f"reviewer-{version}-win64-portable.zip"
    if not setup.is_file() or not portable.is_file():
        raise LockError("There is no setup program in dist; build it first: packaging/build windows")
    with TemporaryDirectory() as name:
        machine = WineMachine(Path(name) / "machine")
        try:
            _prove_imports(portable, Path(name) / "files")
            before = machine.list_files()
            _prove_install(machine, setup, portable)
            _prove_python(machine)
            _list_loading(machine)
            _prove_refusal(machine, setup)
            _prove_uninstall(machine, before)
            _prove_upgrade(machine, setup, portable, Path(name))
        except NotProved as error:
            raise LockError(f"NOT PROVED: {error}") from error
        finally:
            machine.stop()
    print("proved: all of the above, under", _name_wine())


def _say(sentence: str) -> None:
    print(f"ok: {sentence}", flush=True)


def _require(is_so: bool, sentence: str) -> None:
    if not is_so:
        raise NotProved(sentence)


def _name_wine() -> str:
    return subprocess.run(["wine", "--version"], capture_output=True, text=True, check=False).stdout.strip()


def _prove_imports(portable: Path, folder: Path) -> None:
    with zipfile.ZipFile(portable) as archive:
        archive.extractall(folder)
    (tree,) = folder.iterdir()
    unmet = find_unmet_imports(tree)
    _require(
        not unmet, "these imports are met neither by a shipped file nor by Windows 10: " + "; ".join(unmet)
    )
    _say("what each shipped file asks for is shipped or part of Windows 10, down to single functions")


def _prove_install(machine: WineMachine, setup: Path, portable: Path) -> None:
    status, _, said = machine.run(setup, "/S")
    _require(status == 0, f"the setup ended with {status}: {said[-500:]}")
    count = _compare_files(machine, portable)
    _say(f"the setup installs silently, without administrator: {count} files, each equal to the one packed")
    menu = sorted(path.name for path in machine.find_home().rglob("*.lnk") if path.parent.name == "Reviewer")
    _require(len(menu) == 2, f"the Start menu has {menu}")
    for key in (FOLDERS_KEY, FOLDERS_KEY + ".view", UNINSTALL_KEY):
        _require(machine.run("reg", "query", key)[0] == 0, f"there is no key {key}")
    _say("Start menu, lines in the menu of folders and the entry among installed programs are there")


def _compare_files(machine: WineMachine, portable: Path) -> int:
    installed = machine.find_home() / FOLDER
    with zipfile.ZipFile(portable) as archive:
        packed = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    found = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    _require(found - {"uninstall.exe"} == set(packed), f"other files: {sorted(found ^ set(packed))[:5]}")
    changed = [name for name, content in packed.items() if (installed / name).read_bytes() != content]
    _require(not changed, f"not equal: {changed[:5]}")
    return len(packed)


def _prove_python(machine: WineMachine) -> None:
    python = machine.find_home() / FOLDER / "python.exe"
    status, printed, _ = machine.run(python, "-VV")
    _require(status == 0 and printed.startswith("Python 3.13"), f"python.exe said {printed!r}")
    _say(printed.strip())
    status, printed, said = machine.run(python, "-c", f"import {', '.join(STANDARD)}; print('all')")
    _require(status == 0 and printed.strip() == "all", f"the standard library: {said[-500:]}")
    status, printed, said = machine.run(python, "-c", _IMPORT_DOMAIN)
    _require(status == 0 and printed.strip().isdigit(), f"the domain: {said[-500:]}")
    _say(f"Python runs {', '.join(STANDARD)} and loads all {printed.strip()} modules of the domain")
    _, printed, _ = machine.run(python, "-c", "import sys; print(sys.path)")
    _require("drive_c" not in printed and printed.count(",") == 2, f"it looks for modules in {printed}")
    _say("Python looks for modules in the folder of the installation and nowhere else")


def _list_loading(machine: WineMachine) -> None:
    """Says which libraries Wine loads, and what of Wine the others miss."""
    python = machine.find_home() / FOLDER / "python.exe"
    loaded = []
    for name in LIBRARIES:
        status, _, said = machine.run(python, "-c", f"import {name}", timeout=60)
        if status == 0:
            loaded.append(name)
        else:
            told = [line for line in said.splitlines() if "unimplemented function" in line or "Error" in line]
            print(
                f"not under Wine: {name}: {told[0].strip()[:160] if told else f'status {status}'}", flush=True
            )
    _say(f"Wine loads {len(loaded)} of {len(LIBRARIES)} libraries: {', '.join(loaded)}")


def _prove_refusal(machine: WineMachine, setup: Path) -> None:
    folder = machine.find_home() / FOLDER
    own_name = "C:\\" + folder.relative_to(machine.folder / "drive_c").as_posix().replace("/", "\\")
    waiting = "print('up', flush=True); input()"
    with machine.keep_running(folder / "python.exe", "-c", waiting):
        for program in (setup, folder / "uninstall.exe"):
            status, _, _ = machine.run(program, "/S", *([] if program == setup else [f"_?={own_name}"]))
            _require(status == 3, f"{program.name} ended with {status} while the program was open")
    _say("while the program is open, setup and uninstaller change nothing and end with status 3")


def _prove_uninstall(machine: WineMachine, before: set[str]) -> None:
    folder = machine.find_home() / FOLDER
    case = folder / "kept.case"
    case.mkdir()
    (case / "case.db").write_bytes(b"a case")
    machine.run(folder / "uninstall.exe", "/S")
    for _ in range(600):
        if not (folder / "uninstall.exe").exists() and not (folder / "Lib").exists():
            break
        time.sleep(0.1)
    left = machine.list_files() - before
    _require({Path(name).name for name in left} == {"case.db"}, f"left behind: {sorted(left)[:5]}")
    _require((case / "case.db").read_bytes() == b"a case", "the case was touched")
    for key in (FOLDERS_KEY, FOLDERS_KEY + ".view", UNINSTALL_KEY):
        _require(machine.run("reg", "query", key)[0] != 0, f"the key {key} is left")
    (case / "case.db").unlink()
    case.rmdir()
    _say("the uninstaller removes all that was installed or compiled, and leaves a case in its folder")


def _prove_upgrade(machine: WineMachine, setup: Path, portable: Path, folder: Path) -> None:
    older = folder / "older"
    (older / "Lib" / "site-packages" / "reviewer").mkdir(parents=True)
    (older / "Lib" / "site-packages" / "reviewer" / "gone_since.py").write_text("")
    build_setup(older, folder / "older.exe", "0.0.1", read_build_time())
    for program in (folder / "older.exe", setup):
        status, _, said = machine.run(program, "/S", *([] if program == setup else ["/VIEWONLY"]))
        _require(status == 0, f"{program.name} ended with {status}: {said[-500:]}")
    count = _compare_files(machine, portable)
    _, told, _ = machine.run("reg", "query", UNINSTALL_KEY, "/v", "DisplayVersion")
    _require(read_version() in told, f"the version is said to be {told}")
    menu = [path.name for path in machine.find_home().rglob("*.lnk") if path.parent.name == "Reviewer"]
    _require(menu == ["Reviewer, viewing only.lnk"], f"the Start menu has {menu}")
    _say(
        f"over an older version: its files are gone, {count} are there, and an edition for viewing stays one"
    )


if __name__ == "__main__":
    sys.exit("Run it by: python packaging/installers prove-windows")
