"""Installs reviewer from this stick for the account that runs it: no network, no administrator.

    python3 install.py                    installs, or installs a newer version over an older one
    python3 install.py --where FOLDER     installs into FOLDER instead of the folder of the account
    python3 install.py --remove           takes away what it installed, and nothing else

Every file that is used is compared with SHA256SUMS before anything is written, and every wheel with the lock.
The new environment must prove itself (`reviewer self-test`) before the start entry points at it; until then
the environment that was there stays. Cases, settings and logs are elsewhere and are never touched.
It needs nothing but Python 3.11 to 3.13 and only reads the stick.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import platform
import re
import shlex
import shutil
import struct
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

STICK = Path(__file__).resolve().parent
SUMS, SYSTEMS, WHEELS = "SHA256SUMS", "systems.json", "wheels"
LOCK, PIP_LOCK = "requirements.lock", "pip.lock"
NOTE, ENVIRONMENTS = "installed.json", "environments"
_FOLDER = "reviewer-program"
_SELF_TEST_SECONDS = 900
_MARK = "# made by install.py of reviewer"


class InstallRefused(Exception):
    """Why nothing was installed or removed, as one sentence for the person."""


# What is on the stick


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_sums(stick: Path) -> dict[str, str]:
    """Read SHA256SUMS: path below the stick -> SHA-256."""
    try:
        lines = (stick / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InstallRefused(
            f"The file {SUMS} on the stick cannot be read, so nothing can be checked."
        ) from None
    sums = {}
    for line in lines:
        found = re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line)
        if found is None:
            raise InstallRefused(f"The file {SUMS} on the stick is damaged: it has the line “{line[:80]}”.")
        sums[found.group(2)] = found.group(1)
    return sums


def check_file(stick: Path, name: str, sums: dict[str, str]) -> None:
    """Refuse a file whose bytes are not those that SHA256SUMS states."""
    if name not in sums:
        raise InstallRefused(f"The file {name} is not listed in {SUMS}, so it is not used.")
    try:
        found = hash_file(stick / name)
    except OSError as error:
        raise InstallRefused(f"The file {name} of the stick cannot be read: {error.strerror}.") from None
    if found != sums[name]:
        raise InstallRefused(
            f"The file {name} was changed: its SHA-256 is {found}, and {SUMS} states {sums[name]}."
        )


def read_locks(texts: list[str]) -> dict[str, set[str]]:
    """Read locks of pip: the file that a comment names, or the distribution -> the SHA-256 it may have."""
    allowed: dict[str, set[str]] = {}
    for text in texts:
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", text)
        for start, name in re.findall(r"^# ([0-9a-f]{12})  \d+  (\S+)$", text, re.MULTILINE):
            allowed.setdefault(name, set()).update(digest for digest in hashes if digest.startswith(start))
    return allowed


def check_locked(name: str, digest: str, allowed: dict[str, set[str]]) -> None:
    """Refuse a wheel that the lock does not know, even where SHA256SUMS agrees with it."""
    if digest not in allowed.get(name, set()):
        stated = ", ".join(sorted(allowed.get(name, set()))) or "no file of that name"
        raise InstallRefused(
            f"The file {WHEELS}/{name} is not the locked one: its SHA-256 is {digest}, "
            f"and {LOCK} allows {stated}."
        )


# Which wheels are for here


def name_system() -> str:
    """What the stick calls the system of this Python, e.g. `linux-x86_64`."""
    if sys.platform == "win32":
        machine = sysconfig.get_platform().removeprefix("win-")
        return f"windows-{'x86_64' if machine == 'amd64' else machine}"
    system = {"darwin": "macos"}.get(sys.platform, sys.platform)
    return f"{system}-{platform.machine().lower()}"


def find_system(described: dict, system: str, python: str) -> dict:
    """Find what the stick holds for a system and a Python, as `3.12`."""
    if sys.implementation.name != "cpython" or struct.calcsize("P") != 8:
        raise InstallRefused("This is not a 64-bit CPython, and the stick has wheels for no other.")
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        raise InstallRefused("This is a free-threaded Python, for which the stick has no wheels.")
    here = [entry for entry in described["systems"] if entry["system"] == system]
    for entry in here:
        if entry["python"] == python:
            return entry
    if here:
        pythons = ", ".join(entry["python"] for entry in here)
        raise InstallRefused(
            f"This is Python {python}; the stick has wheels for Python {pythons} on {system}."
        )
    reasons = {entry["system"]: entry["reason"] for entry in described.get("without", [])}
    because = f" {reasons[system]}" if system in reasons else ""
    known = ", ".join(sorted({entry["system"] for entry in described["systems"]}))
    raise InstallRefused(f"The stick has no wheels for {system}, only for {known}.{because}")


def check_needs(needs: dict[str, str]) -> None:
    """Refuse a system that is older than the wheels: `glibc` or `macos`, each a version."""
    if "glibc" in needs:
        try:
            found = os.confstr("CS_GNU_LIBC_VERSION") or ""
        except (ValueError, OSError, AttributeError):
            found = ""
        if not found.startswith("glibc "):
            raise InstallRefused("This Linux has no glibc, and the wheels of the stick need one.")
        refuse_older("glibc", found.split()[1], needs["glibc"])
    if "macos" in needs:
        refuse_older("macOS", platform.mac_ver()[0], needs["macos"])


def refuse_older(what: str, found: str, needed: str) -> None:
    """Refuse a version that is older than the needed one."""
    numbers = [[int(part) for part in re.findall(r"\d+", version)] for version in (found, needed)]
    if numbers[0] < numbers[1]:
        raise InstallRefused(
            f"This system has {what} {found}, and the wheels of the stick need {what} {needed}."
        )


def check_stick(stick: Path) -> tuple[dict, dict]:
    """Check every file that an installation here uses; return what is described and what is for here."""
    sums = read_sums(stick)
    for name in (Path(__file__).name, SYSTEMS, LOCK, PIP_LOCK):
        check_file(stick, name, sums)
    described = json.loads((stick / SYSTEMS).read_text(encoding="utf-8"))
    entry = find_system(described, name_system(), "{}.{}".format(*sys.version_info[:2]))
    check_needs(entry["needs"])
    allowed = read_locks([(stick / name).read_text(encoding="utf-8") for name in (LOCK, PIP_LOCK)])
    for wheel in [entry["pip"], *entry["wheels"]]:
        check_file(stick, f"{WHEELS}/{wheel}", sums)
        check_locked(wheel, sums[f"{WHEELS}/{wheel}"], allowed)
    return described, entry


# The environment


def make_environment(stick: Path, environment: Path, entry: dict) -> Path:
    """Make an environment and install the wheels into it; return its Python."""
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(environment)
    python = find_python(environment)
    command = [
        str(python),
        "-I",
        str(stick / WHEELS / entry["pip"] / "pip"),
        "install",
        "--no-index",
        "--no-deps",
    ]
    command += [
        "--no-cache-dir",
        "--no-input",
        "--disable-pip-version-check",
        "--only-binary",
        ":all:",
        "--quiet",
    ]
    command += ["--find-links", str(stick / WHEELS), "--require-hashes", "--requirement", str(stick / LOCK)]
    # Without a search path pip asks no other program what this system is.
    quiet = {**clean_environment(), "PATH": str(python.parent)}
    done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallRefused(f"The wheels could not be installed: {say_last(done.stderr or done.stdout)}")
    return python


def leave_mark(python: Path, sums: str) -> None:
    """Let the program say in reports and packs what it was installed by: the stick, by its one hash."""
    ask = "import os, reviewer; print(os.path.dirname(reviewer.__file__))"
    command = [str(python), "-I", "-c", ask]
    done = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallRefused(f"The program that was installed cannot be found: {say_last(done.stderr)}")
    (Path(done.stdout.strip()) / "installed_by.txt").write_text(f"stick with sums {sums}\n", encoding="ascii")


def find_python(environment: Path, windowed: bool = False) -> Path:
    """The Python of an environment; with `windowed`, the one that opens no console on Windows."""
    if os.name == "nt":
        return environment / "Scripts" / ("pythonw.exe" if windowed else "python.exe")
    return environment / "bin" / "python"


def clean_environment() -> dict[str, str]:
    """The environment of a process that nobody's settings of pip and Python reach."""
    kept = {
        name: value for name, value in os.environ.items() if not name.upper().startswith(("PIP_", "PYTHON"))
    }
    return {**kept, "PIP_CONFIG_FILE": os.devnull}


def run_self_test(python: Path) -> str:
    """Run the self-test; return the line it says. Raises InstallRefused where it fails."""
    command = [str(python), "-I", "-m", "reviewer", "self-test"]
    try:
        done = subprocess.run(
            command,
            env=clean_environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SELF_TEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InstallRefused(f"The self-test did not end within {_SELF_TEST_SECONDS} seconds.") from None
    if done.returncode != 0:
        raise InstallRefused(f"The self-test failed: {say_last(done.stdout or done.stderr)}")
    return say_last(done.stdout)


def say_last(text: str) -> str:
    """The last line that says something, or where there is none, that there is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."


# The folder of the installation


def find_default_folder() -> Path:
    """Where the program goes for this account when no folder is named; its data is elsewhere."""
    if (Path(__file__).resolve().parent / NOTE).is_file():
        return Path(__file__).resolve().parent
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / _FOLDER
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _FOLDER
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / _FOLDER


def read_note(folder: Path) -> dict | None:
    """What stands in the folder about the installation there; None where there is none."""
    try:
        note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        names = [note["environment"], *note.get("unfinished", [])]
        whole = all(isinstance(name, str) and re.fullmatch(r"[0-9A-Za-z.+-]*", name) for name in names)
        if not whole or not isinstance(note["written"], dict) or {"..", "."} & set(names):
            raise ValueError
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InstallRefused(
            f"The note {folder / NOTE} of an earlier installation cannot be read; "
            "name another folder with --where, or take that folder away yourself."
        ) from None
    return note


def check_folder(folder: Path, note: dict | None, unpacked: int) -> None:
    """Refuse a folder that holds somebody else's files, or has too little room."""
    if note is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InstallRefused(
            f"{folder} holds other files; name an empty folder, or one that is not there yet."
        )
    present = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(present).free
    if free < unpacked:
        raise InstallRefused(
            f"{present} has {free / 1e9:.1f} GB free, and the program needs {unpacked / 1e9:.1f} GB there."
        )


def choose_name(folder: Path, version: str) -> str:
    """A name for the new environment that nothing in the folder has."""
    number = 1
    while (folder / ENVIRONMENTS / f"{version}-{number}").exists():
        number += 1
    return f"{version}-{number}"


def write_note(folder: Path, note: dict) -> None:
    replace_file(folder / NOTE, (json.dumps(note, indent=1, sort_keys=True) + "\n").encode())


def replace_file(path: Path, content: bytes, runs: bool = False) -> None:
    """Put a whole file in the place of another, so that there is always one or the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.chmod(0o755 if runs else 0o644)
    beside.replace(path)


# Start entries


def list_entries(folder: Path, environment: Path) -> list[tuple[Path, bytes, bool]]:
    """The files by which a person starts the program: where, what is in it, whether it is run itself."""
    python = find_python(environment)
    if sys.platform == "win32":
        # Only ASCII: cmd reads it in the code page of the machine, and the folder may have any letters.
        start = f'@"%~dp0{python.relative_to(folder)}" -I -m reviewer %*\r\n'
        return [(folder / "reviewer.cmd", start.encode("ascii"), False)]
    start = f'#!/bin/sh\n{_MARK}\nexec {shlex.quote(str(python))} -I -m reviewer "$@"\n'.encode()
    looking = start.replace(b'"$@"', b"--view-only")
    entries = [(folder / "reviewer", start, True)]
    if sys.platform == "darwin":
        home = Path.home() / "Applications"
        looked = (home / "reviewer (view only).command", looking, True)
        return [*entries, (home / "reviewer.command", start, True), looked]
    applications = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "applications"
    icon = find_icon(environment)
    for name, named, added in (
        ("reviewer-from-stick", "reviewer", ""),
        ("reviewer-from-stick-view-only", "reviewer (view only)", " --view-only"),
    ):
        desktop = write_desktop_entry(named, folder / "reviewer", added, icon)
        entries.append((applications / f"{name}.desktop", desktop, False))
    return entries


def find_icon(environment: Path) -> Path | None:
    """The picture of the program, if its wheel has one."""
    found = sorted(environment.glob("lib/python*/site-packages/reviewer/_resources/icons/reviewer.*"))
    return found[-1] if found else None


def write_desktop_entry(name: str, start: Path, added: str, icon: Path | None) -> bytes:
    """A desktop entry (freedesktop.org, Desktop Entry Specification 1.5)."""
    quoted = re.sub(r'(["`$\\])', r"\\\1", str(start)).replace("%", "%%")
    # Values of type string undo backslashes once more before the command line is read.
    command = f'"{quoted}"'.replace("\\", "\\\\")
    lines = [_MARK, "[Desktop Entry]", "Type=Application", f"Name={name}", f"Exec={command}{added}"]
    lines += ["Comment=Forensic review of photographs", "Categories=Science;", "Terminal=false"]
    lines += ["StartupWMClass=reviewer"]
    if icon is not None:
        lines.append("Icon={}".format(str(icon).replace("\\", "\\\\")))
    return ("\n".join(lines) + "\n").encode()


_SHORTCUT = """
$ErrorActionPreference = 'Stop'
$link = (New-Object -ComObject WScript.Shell).CreateShortcut($env:REVIEWER_LINK)
$link.TargetPath = $env:REVIEWER_TARGET
$link.Arguments = $env:REVIEWER_ARGUMENTS
$link.Description = 'Forensic review of photographs'
$link.Save()
"""


def make_shortcuts(environment: Path) -> list[Path]:
    """On Windows, make the entries of the Start menu; none where PowerShell may not do it."""
    if sys.platform != "win32":
        return []
    menu = Path(os.environ["APPDATA"]) / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    command = ["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _SHORTCUT]
    target = {"REVIEWER_TARGET": str(find_python(environment, windowed=True))}
    made = []
    for name, added in (
        ("reviewer (from the stick)", ""),
        ("reviewer (from the stick, view only)", " --view-only"),
    ):
        link = menu / f"{name}.lnk"
        told = {**target, "REVIEWER_LINK": str(link), "REVIEWER_ARGUMENTS": f"-I -m reviewer{added}"}
        with contextlib.suppress(OSError):
            done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, check=False)
            if done.returncode == 0 and link.is_file():
                made.append(link)
    return made


def write_entries(entries: list[tuple[Path, bytes, bool]]) -> dict[str, str]:
    """Write all entries or, where one fails, leave all as they were; return path -> SHA-256."""
    before = [(path, path.read_bytes() if path.is_file() else None) for path, _content, _runs in entries]
    for path, content in before:
        if path.suffix in (".desktop", ".command") and content is not None and _MARK.encode() not in content:
            raise InstallRefused(f"The start entry {path} is somebody else's; move it away first.")
    try:
        for path, content, runs in entries:
            replace_file(path, content, runs)
    except OSError as error:
        for (path, content), (_path, _content, runs) in zip(before, entries, strict=True):
            with contextlib.suppress(OSError):
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    replace_file(path, content, runs)
        raise InstallRefused(
            f"The start entry {error.filename} cannot be written: {error.strerror}."
        ) from None
    return {str(path): hashlib.sha256(content).hexdigest() for path, content, _runs in entries}


# Installing and removing


def install(stick: Path, folder: Path) -> str:
    """Install from a stick into a folder; return the line of the self-test."""
    described, entry = check_stick(stick)
    say(f"The stick is as it was made: {len(entry['wheels']) + 5} files compared with {SUMS}.")
    say(f"SHA-256 of {SUMS}, to be compared with the printed sheet: {hash_file(stick / SUMS)}")
    note = read_note(folder)
    check_folder(folder, note, entry["unpacked"])
    fresh = not folder.exists()
    try:
        return install_checked(stick, folder, described["version"], entry, note)
    except OSError as error:
        raise InstallRefused(f"{error.filename or folder} cannot be written: {error.strerror}.") from None
    finally:
        if fresh and not (folder / NOTE).exists():
            shutil.rmtree(folder, ignore_errors=True)


def install_checked(stick: Path, folder: Path, version: str, entry: dict, note: dict | None) -> str:
    """Make the new environment beside the old one, let it prove itself, and only then let it be started."""
    folder.mkdir(parents=True, exist_ok=True)
    drop_unfinished(folder, note)
    name = choose_name(folder, version)
    standing = note or {"format": 1, "version": "", "environment": "", "written": {}}
    write_note(folder, {**standing, "unfinished": [name]})
    environment = folder / ENVIRONMENTS / name
    finished = False
    try:
        say(f"Installing reviewer {version} into {environment}; this takes about a minute.")
        python = make_environment(stick, environment, entry)
        leave_mark(python, hash_file(stick / SUMS))
        line = run_self_test(python)
        entries = list_entries(folder, environment)
        entries.append((folder / "install.py", Path(__file__).read_bytes(), False))
        written = write_entries(entries)
        for link in make_shortcuts(environment):
            written[str(link)] = hash_file(link)
        write_note(folder, {"format": 1, "version": version, "environment": name, "written": written})
        finished = True
    finally:
        if not finished:
            shutil.rmtree(environment, ignore_errors=True)
            if note is not None:
                write_note(folder, note)
            elif not any((folder / ENVIRONMENTS).glob("*")):
                shutil.rmtree(folder / ENVIRONMENTS, ignore_errors=True)
                (folder / NOTE).unlink(missing_ok=True)
    if standing["environment"]:
        shutil.rmtree(folder / ENVIRONMENTS / standing["environment"], ignore_errors=True)
    return line


def drop_unfinished(folder: Path, note: dict | None) -> None:
    """Take away environments of attempts that were cut off, e.g. by a loss of power."""
    for name in (note or {}).get("unfinished", []):
        shutil.rmtree(folder / ENVIRONMENTS / name, ignore_errors=True)


def remove(folder: Path) -> list[str]:
    """Remove what was installed into a folder; return what was left there because it is not ours."""
    note = read_note(folder)
    if note is None:
        raise InstallRefused(f"{folder} has no installation that this program made; nothing was removed.")
    kept = []
    try:
        for name in [note["environment"], *note.get("unfinished", [])]:
            if name and (folder / ENVIRONMENTS / name).is_dir():
                shutil.rmtree(folder / ENVIRONMENTS / name)
        for named, digest in note["written"].items():
            path = Path(named)
            if path.is_file() and hash_file(path) == digest:
                path.unlink()
            elif path.exists():
                kept.append(named)
        (folder / NOTE).unlink()
    except OSError as error:
        raise InstallRefused(
            f"{error.filename} cannot be removed: {error.strerror}. Is reviewer open?"
        ) from None
    for emptied in (folder / ENVIRONMENTS, folder):
        with contextlib.suppress(OSError):
            emptied.rmdir()
    kept += [str(path) for path in sorted(folder.iterdir())] if folder.is_dir() else []
    return sorted(set(kept))


def say(sentence: str) -> None:
    print(sentence, flush=True)


def main(arguments: list[str]) -> int:
    """Return 0 when it is done, 1 when it was refused with a sentence, 2 for wrong arguments."""
    parser = argparse.ArgumentParser(description="Installs reviewer from this stick, without a network.")
    parser.add_argument("--where", metavar="FOLDER", type=Path, help="the folder of the program")
    parser.add_argument("--remove", action="store_true", help="take away what was installed")
    options = parser.parse_args(arguments)
    folder = (options.where or find_default_folder()).expanduser().absolute()
    try:
        if options.remove:
            kept = remove(folder)
            say(f"reviewer was removed from {folder}; cases, settings and logs are where they were.")
            for path in kept:
                say(f"{path} was left: it was not made by the installation, or was changed since.")
            return 0
        line = install(STICK, folder)
        say(line)
        say(
            "reviewer is installed and stands in the menu of programs; "
            f"a terminal starts it with: {folder / 'reviewer'}"
        )
    except InstallRefused as refusal:
        print(
            f"{refusal}" if options.remove else f"{refusal} What was there before is as it was.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.exit(
            "This is Python {}.{}; reviewer needs Python 3.11, 3.12 or 3.13.".format(*sys.version_info[:2])
        )
    sys.exit(main(sys.argv[1:]))
