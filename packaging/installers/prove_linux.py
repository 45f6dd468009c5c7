"""Installs what was built for Linux into fresh systems (chroots), uses it and removes it again.

Needs root, debootstrap and a network; the systems are kept in the cache. What is proved of each system:
the .deb installs with the packages that it names and no others; the self-test passes at the end of the
installation and as an ordinary examiner; a case is made and verified; a purge leaves
nothing but the case, unchanged.
On the oldest, whose Python is too old, the portable archive is unpacked and does the same.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from debian_sources import list_mirrors
from own_wheel import ROOT, read_version
from wheelhouse import find_cache

HOME = "/home/examiner"
CASE = f"{HOME}/kept.case"
DEMO = f"{HOME}/demo"


_SCRIPTS = Path("/usr/share/debootstrap/scripts")
_KEYS_OF_UBUNTU = Path("/usr/share/keyrings/ubuntu-archive-keyring.gpg")


@dataclass(frozen=True)
class LinuxSystem:
    """A release of a distribution; `archive` is the label of its mirror, None for debootstrap's own."""

    name: str
    release: str
    archive: str | None
    portable: bool = False
    """Whether the portable archive is tried instead of the package."""


SYSTEMS = (
    LinuxSystem("debian-11", "bullseye", "Debian", portable=True),
    LinuxSystem("debian-12", "bookworm", "Debian"),
    LinuxSystem("debian-13", "trixie", "Debian"),
    LinuxSystem("ubuntu-22.04", "jammy", None),
    LinuxSystem("ubuntu-24.04", "noble", None),
)


class ProofError(Exception):
    """What did not hold, in a sentence."""


def prove_linux() -> None:
    """Proves what lies in dist/ on every system, or on those of REVIEWER_PROVE; exits with 1 if one fails."""
    if os.geteuid() != 0:
        sys.exit("This makes chroots, and must be run as root.")
    wanted = os.environ.get("REVIEWER_PROVE", "").split()
    failed = 0
    for system in SYSTEMS:
        if wanted and system.name not in wanted:
            continue
        try:
            for line in prove_on(system, ROOT / "dist"):
                print(f"{system.name}: {line}", flush=True)
        except (ProofError, subprocess.CalledProcessError) as error:
            failed += 1
            print(f"{system.name}: FAILED: {error}", flush=True)
    if failed:
        sys.exit(1)


def prove_on(system: LinuxSystem, dist: Path) -> Iterator[str]:
    """Yields what was proved on a system, a line each; raises `ProofError` for what does not hold."""
    base = make_base(system)
    with TemporaryDirectory(dir=find_cache(), prefix=f"{system.name}-") as name:
        root = Path(name) / "root"
        subprocess.run(["cp", "-a", "--reflink=auto", str(base), str(root)], check=True)
        chroot = Chroot(root)
        chroot.run("useradd --create-home examiner")
        yield f"glibc {chroot.run('ldd --version').splitlines()[0].split()[-1]}"
        yield from _prove_portable(chroot, dist) if system.portable else _prove_package(chroot, dist)


@dataclass(frozen=True)
class Chroot:
    """A system in a folder."""

    root: Path

    def run(self, script: str, *, user: str = "root") -> str:
        """What a shell script says; raises `ProofError` with its last lines if it fails."""
        done = subprocess.run(self._enter(script, user), capture_output=True, text=True, check=False)
        if done.returncode:
            last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
            raise ProofError(f"`{script}` ended with {done.returncode}:\n{last}")
        return done.stdout

    def start(self, script: str, *, user: str) -> subprocess.Popen[bytes]:
        """Starts a shell script that goes on by itself; killing what is returned ends all of it."""
        return subprocess.Popen(
            self._enter(script, user), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def _enter(self, script: str, user: str) -> list[str]:
        inside = (
            shlex.quote(script)
            if user == "root"
            else shlex.quote(f"exec su - {user} -c {shlex.quote(script)}")
        )
        outside = (
            'mount -t proc proc "$0/proc" && mkdir -p "$0/dev/shm" && mount -t tmpfs tmpfs "$0/dev/shm" && '
            'if [ -d /tmp/.X11-unix ]; then mkdir -p "$0/tmp/.X11-unix" && '
            'mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix"; fi && '
            f'exec chroot "$0" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 '
            f"DEBIAN_FRONTEND=noninteractive sh -c {inside}"
        )
        return ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", outside, str(self.root)]


def make_base(system: LinuxSystem) -> Path:
    """The system as debootstrap makes it, from the cache if it was made before."""
    base = find_cache() / "chroots" / system.name
    if not base.is_dir():
        work = base.with_suffix(".work")
        shutil.rmtree(work, ignore_errors=True)
        work.parent.mkdir(parents=True, exist_ok=True)
        command = [
            "debootstrap",
            "--variant=minbase",
            f"--components={_components(system)}",
            system.release,
            str(work),
        ]
        if system.archive is not None:
            command.append(list_mirrors()[system.archive])
        elif not (_SCRIPTS / system.release).exists():  # newer than debootstrap: all of Ubuntu share one
            command += ["", str(_SCRIPTS / "gutsy")]
        if system.archive is None and not _KEYS_OF_UBUNTU.exists():
            # Debian 12 has no package of Ubuntu's keys. What is not checked here is only what we test on.
            command.insert(1, "--no-check-gpg")
        subprocess.run(command, check=True, capture_output=True)
        work.rename(base)
    return base


def _components(system: LinuxSystem) -> str:
    return "main" if system.archive else "main,universe"


def _prove_package(chroot: Chroot, dist: Path) -> Iterator[str]:
    package = dist / f"reviewer_{read_version()}_amd64.deb"
    shutil.copy(package, chroot.root / "tmp" / package.name)
    said = chroot.run(
        f"apt-get update -q && apt-get install -q -y --no-install-recommends /tmp/{package.name}"
    )
    told = [line for line in said.splitlines() if line.startswith("The self-test passed: ")]
    if not told:
        raise ProofError("The installation did not tell of a self-test that passed.")
    yield f"installed; {told[-1]}"
    yield from _use_program(chroot, "reviewer")
    before = _list_case(chroot)
    chroot.run("apt-get purge -q -y reviewer")
    if left := _find_left(chroot):
        raise ProofError(f"The purge left {', '.join(left)}.")
    if _list_case(chroot) != before:
        raise ProofError("The purge changed the case.")
    yield "purged; nothing is left but the case and the account's settings, and the case is unchanged"


def _prove_portable(chroot: Chroot, dist: Path) -> Iterator[str]:
    version = read_version()
    archive = dist / f"reviewer-{version}-linux-x86_64.tar.xz"
    package = dist / f"reviewer_{version}_amd64.deb"
    command = ["dpkg-deb", "--field", str(package), "Depends"]
    depends = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    chroot.run(
        f"apt-get update -q && apt-get install -q -y xz-utils && apt-get satisfy -y -q {shlex.quote(depends)}"
    )
    folder = f"{HOME}/a folder"
    (chroot.root / folder.lstrip("/")).mkdir()
    with archive.open("rb") as packed:
        place = chroot.root / folder.lstrip("/")
        subprocess.run(["tar", "--extract", "--xz", "--directory", str(place)], stdin=packed, check=True)
    yield "the portable archive is unpacked"
    yield from _use_program(chroot, f"'{folder}/reviewer-{version}-linux-x86_64/reviewer'")


def _use_program(chroot: Chroot, program: str) -> Iterator[str]:
    said = chroot.run(f"QT_QPA_PLATFORM=offscreen {program} self-test", user="examiner")
    yield f"as an examiner: {said.splitlines()[-1]}"
    chroot.run(
        f"{program} new {CASE} --name Kept --examiner Examiner --unencrypted && "
        f"{program} demo --no-window {DEMO} && {program} verify {CASE}",
        user="examiner",
    )
    yield "a case and the demonstration were made, and the case is sound"
    yield from _see_window(chroot, program)


def _see_window(chroot: Chroot, program: str) -> Iterator[str]:
    """Opens the window on a screen of this machine, through the X11 libraries of the system."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        yield "no window was looked at, since Xvfb and xdotool are not installed here"
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-ac"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as screen:
        assert screen.stdout is not None  # noqa: S101
        display = f":{screen.stdout.readline().strip()}"
        window = chroot.start(f"DISPLAY={display} QT_QPA_PLATFORM=xcb {program}", user="examiner")
        try:
            looking = [
                "timeout",
                "120",
                "xdotool",
                "search",
                "--sync",
                "--onlyvisible",
                "--class",
                "reviewer",
            ]
            environment = {**os.environ, "DISPLAY": display}
            found = subprocess.run(looking, env=environment, capture_output=True, check=False)
            if found.returncode:
                raise ProofError("No window came up within two minutes.")
            if folder := os.environ.get("REVIEWER_PROVE_PICTURES"):
                picture = Path(folder) / f"{chroot.root.parent.name}.png"
                command = ["sh", "-c", 'sleep 5; import -window root "$0"', str(picture)]
                subprocess.run(command, env=environment, check=True)
        finally:
            window.kill()
            window.wait()
            screen.terminate()
    yield "the window came up on an X11 screen"


def _list_case(chroot: Chroot) -> str:
    return chroot.run(f"find {CASE} -type f -exec sha256sum {{}} + | sort")


def _find_left(chroot: Chroot) -> list[str]:
    """What has the program's name outside the accounts' folders, logs and the lists of dpkg's own."""
    found = chroot.run(
        "find / -xdev \\( -path /proc -o -path /home -o -path /tmp -o -path /var/log -o -path /var/cache/apt "
        "\\) -prune -o -iname '*reviewer*' -print"
    )
    return found.splitlines()
