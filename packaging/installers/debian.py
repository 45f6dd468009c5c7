"""`reviewer_VERSION_amd64.deb`: the program under /opt/reviewer, and what a desktop needs to find it."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from email.utils import formatdate
from pathlib import Path

from desktop_icon import write_icons
from elf import list_elf_files, list_system_libraries
from linux_tree import LINUX, PLACE, measure
from lock import LockError
from man_page import write_man_page
from own_wheel import ROOT, read_build_time, read_version

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2t64 | libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libgio-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgmodule-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-util.so.1": "libxcb-util1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""The package of each library, for Debian 11 to 13 and Ubuntu 22.04 and 24.04; the newer name first."""
OPTIONAL = {
    **{name: "libgtk-3-0t64 | libgtk-3-0" for name in ("libgtk-3.so.0", "libgdk-3.so.0")},
    **{name: "libpango-1.0-0" for name in ("libpango-1.0.so.0", "libpangocairo-1.0.so.0")},
    "libgdk_pixbuf-2.0.so.0": "libgdk-pixbuf-2.0-0",
    "libcairo-gobject.so.2": "libcairo-gobject2",
    "libcairo.so.2": "libcairo2",
    "libatk-1.0.so.0": "libatk1.0-0t64 | libatk1.0-0",
    "libcups.so.2": "libcups2t64 | libcups2",
}
"""Asked for by plugins alone without which the program works: file dialogs of the desktop, printers."""
GLIBC_LIBRARIES = frozenset(
    {
        *("ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6"),
        *("libpthread.so.0", "libresolv.so.2", "librt.so.1", "libutil.so.1"),
    }
)
ALWAYS = ("libc6 (>= 2.28)", "libseccomp2", "fontconfig", "fonts-dejavu-core", "xkb-data")
"""glibc, the filter of system calls that the program loads by itself, letters, names of keys."""
DESCRIPTION = """\
Description: forensic review of large photograph collections
 A desktop program with which forensic pathologists go through large collections
 of photographs, one at a time, and tag what they find. Every act is kept in a
 signed ledger, cases are encrypted, and no network is used.
 .
 It brings its own Python and Qt below /opt/reviewer. Cases lie where their
 examiners put them; no removal of this package touches them."""


def pack_debian(root: Path, dist: Path) -> Path:
    """Adds to a folder that holds /opt/reviewer the rest of the package, and packs it.

    The package is the same to the byte wherever and whenever it is packed.
    """
    version, when = read_version(), read_build_time()
    lay_desktop_files(root, version, when)
    write_control_files(root, version, list_depends(root), when)
    _set_times(root, when)
    dist.mkdir(parents=True, exist_ok=True)
    package = dist / f"reviewer_{version}_amd64.deb"
    command = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", "-z1", "--threads-max=1", root, package]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(when)}
    subprocess.run(list(map(str, command)), check=True, env=environment, stdout=subprocess.DEVNULL)
    return package


def lay_desktop_files(root: Path, version: str, when: int) -> None:
    """Lays what is outside /opt/reviewer: link in /usr/bin, entries, icons, types of files, manual page."""
    from reviewer.cli.parser import make_parser

    share = root / "usr" / "share"
    documents = share / "doc" / "reviewer"
    programs = root / "usr" / "bin"
    for folder in (
        programs,
        documents,
        share / "applications",
        share / "mime" / "packages",
        share / "man" / "man1",
    ):
        folder.mkdir(parents=True)
    (programs / "reviewer").symlink_to(f"{PLACE}/reviewer")
    for entry in sorted(LINUX.glob("*.desktop")):
        shutil.copyfile(entry, share / "applications" / entry.name)
    shutil.copyfile(LINUX / "reviewer-mime.xml", share / "mime" / "packages" / "reviewer.xml")
    write_icons(share)
    page = write_man_page(make_parser(), version, when).encode()
    (share / "man" / "man1" / "reviewer.1.gz").write_bytes(gzip.compress(page, 9, mtime=0))
    (documents / "copyright").write_text(write_copyright(), "utf-8")
    (documents / "changelog.gz").write_bytes(
        gzip.compress(write_changelog(version, when).encode(), 9, mtime=0)
    )
    overrides = share / "lintian" / "overrides" / "reviewer"
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(LINUX / "lintian-overrides", overrides)


def write_control_files(root: Path, version: str, depends: tuple[str, str], when: int) -> None:
    """Writes control file, script and sums of a package; `depends`: what it needs, what it recommends."""
    control = root / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(write_control(version, depends, measure(root)), "utf-8")
    shutil.copyfile(LINUX / "postinst", control / "postinst")
    (control / "postinst").chmod(0o755)
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    names = [path.relative_to(root).as_posix() for path in files]
    listed = [name for name in names if not name.startswith("DEBIAN/")]
    sums = subprocess.run(["md5sum", *listed], cwd=root, check=True, capture_output=True, text=True).stdout
    (control / "md5sums").write_text(sums, "utf-8")


def write_control(version: str, depends: tuple[str, str], size: int) -> str:
    """The control file (Debian Policy 5.3); `size` in bytes."""
    needed, recommended = depends
    fields = [
        "Package: reviewer",
        f"Version: {version}",
        "Section: science",
        "Priority: optional",
        "Architecture: amd64",
        "Maintainer: The authors of Reviewer <reviewer@localhost>",
        f"Installed-Size: {(size + 1023) // 1024}",
        f"Depends: {needed}",
        f"Recommends: {recommended}",
        DESCRIPTION,
    ]
    return "\n".join(field for field in fields if not field.endswith(": ")) + "\n"


def list_depends(root: Path) -> tuple[str, str]:
    """What the files of a package ask of the system, as packages: needed ones, and those of optional plugins.

    Raises `LockError` for a library whose package is not known: a new wheel asks for more than the old one.
    """
    return name_packages(list_system_libraries(list_elf_files(root)))


def name_packages(asked: dict[str, list[Path]]) -> tuple[str, str]:
    """The packages of libraries, each given with the files that ask for it; see `list_depends`."""
    needed, recommended, unknown = set(ALWAYS), set(), []
    for library, files in asked.items():
        optional = all("plugins/platformthemes" in str(path) or "printsupport" in str(path) for path in files)
        if library in GLIBC_LIBRARIES:
            continue
        if library in OPTIONAL and optional:
            recommended.add(OPTIONAL[library])
        elif library in PACKAGES:
            needed.add(PACKAGES[library])
        else:
            unknown.append(f"{library}, which {files[0].name} asks for")
    if unknown:
        raise LockError(f"debian.py knows no package for {'; '.join(unknown)}.")
    return _join(needed), _join(recommended - needed)


def _join(packages: Iterable[str]) -> str:
    return ", ".join(sorted(packages))


def write_changelog(version: str, when: int) -> str:
    """The changelog in Debian's form; what changed stands in the program's own."""
    return (
        f"reviewer ({version}) stable; urgency=medium\n\n"
        "  * What is new in this version stands in CHANGELOG.md of the program's source.\n\n"
        f" -- The authors of Reviewer <reviewer@localhost>  {formatdate(when)}\n"
    )


def write_copyright() -> str:
    """The copyright file in Debian's machine-readable form: the program, and where those of its parts lie."""
    licence = (ROOT / "LICENSE").read_text("utf-8").rstrip().splitlines()
    body = "\n".join(f" {line}" if line.strip() else " ." for line in licence)
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: reviewer\n"
        "Comment: Python, Qt and the libraries below /opt/reviewer/python come with licences of their own.\n"
        f" They lie in {PLACE}/licences and {PLACE}/python/licences.\n"
        " Qt and PySide6 (LGPL-3) are unchanged files that can be replaced by others of the same version.\n"
        "\n"
        "Files: *\n"
        f"Copyright: {time.gmtime(read_build_time()).tm_year} the authors of Reviewer\n"
        "License: Apache-2.0\n"
        f"{body}\n"
    )


def _set_times(root: Path, when: int) -> None:
    for path in [root, *root.rglob("*")]:
        os.utime(path, (when, when), follow_symlinks=False)
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
