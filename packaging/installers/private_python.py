"""A Python of our own for Linux on x86_64 that runs from any folder, with any glibc from 2.28 (2018) on.

CPython and the libraries it needs are built from the sources in Debian 13 by the compiler of one wheel (zig),
which links against the glibc that it is told. Nothing of the building machine comes into it (decision 0072).
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from debian_sources import SourceArchive, fetch_source
from lock import LockedFile, LockError
from wheelhouse import fetch_files, find_cache

GLIBC = (2, 28)
"""The oldest glibc it runs with: the same that the wheels ask for (`PLATFORMS` in lock.py)."""
MINOR = "3.13"
COMPILER = LockedFile(
    "ziglang",
    "0.15.2",
    "ziglang-0.15.2-py3-none-manylinux_2_12_x86_64.manylinux2010_x86_64.musllinux_1_1_x86_64.whl",
    "806316453d1ede7174ed3fefb8e5348154629089c3bb5fe812dfd0e172fac130",
    93508126,
)
PYTHON = SourceArchive(
    "python3.13",
    "3.13.5",
    "python3.13_3.13.5.orig.tar.xz",
    "93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640",
)
LIBRARIES = (
    SourceArchive(
        "zlib",
        "1.3.1",
        "zlib_1.3.dfsg+really1.3.1.orig.tar.gz",
        "60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb",
    ),
    SourceArchive(
        "bzip2",
        "1.0.8",
        "bzip2_1.0.8.orig.tar.gz",
        "ab5a03176ee106d3f0fa90e381da478ddae405918153cca248e682cd0c4a2269",
    ),
    SourceArchive(
        "xz-utils",
        "5.8.1",
        "xz-utils_5.8.1.orig.tar.xz",
        "0b54f79df85912504de0b14aec7971e3f964491af1812d83447005807513cd9e",
    ),
    SourceArchive(
        "libffi",
        "3.4.8",
        "libffi_3.4.8.orig.tar.gz",
        "cbb7f0b3b095dc506387ec1e35b891bfb4891d05b90a495bc69a10f2293f80ff",
    ),
    SourceArchive(
        "openssl",
        "3.5.7",
        "openssl_3.5.7.orig.tar.gz",
        "a8c0d28a529ca480f9f36cf5792e2cd21984552a3c8e4aa11a24aa31aeac98e8",
    ),
)
EPOCH = 1750000000
"""The time that stands in what is compiled, in seconds since 1970: it is the same on any day."""
HOST = "x86_64-linux-gnu"
PLACE = "/opt/reviewer/python"
"""What stands in it as its place; it runs from any other as well."""

UNUSED = (
    *("ensurepip", "idlelib", "lib2to3", "pydoc_data", "test", "tkinter", "turtledemo", "turtle.py", "venv"),
    *("dbm", "sqlite3", "curses", "config-*", "_pyrepl", "__phello__", "site-packages"),
)
"""Of `lib/python3.13`: what serves development, or stands on a library that is left out."""


LICENCES = {
    "python3.13": ("LICENSE",),
    "zlib": ("LICENSE",),
    "bzip2": ("LICENSE",),
    "xz-utils": ("COPYING", "COPYING.0BSD"),
    "libffi": ("LICENSE",),
    "openssl": ("LICENSE.txt",),
}
"""The files of each source that say under which licence it is passed on."""


@dataclass(frozen=True)
class Step:
    """A command of a build and the folder it is run in."""

    folder: Path
    command: tuple[str, ...]


def build_private_python(into: Path) -> None:
    """Lays the Python into a folder that does not exist yet: `bin/python3.13` and `lib/python3.13`.

    A build is kept in the cache, under all that it was made from; the second one is a copy.
    """
    kept = find_cache() / "python" / name_build()
    if not kept.is_dir():
        work = find_cache() / "python" / f"{name_build()}.work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        _build(work)
        (work / "python").rename(kept)
        shutil.rmtree(work)
    shutil.copytree(kept, into, symlinks=True)


def name_build() -> str:
    """A name that says from what a build is made and how: sources, compiler, commands, environment."""
    folder = Path("/folder")
    steps = [step for source in LIBRARIES for step in list_library_steps(source.package, folder, folder)]
    steps += list_python_steps(folder, folder, folder)
    recipe = (COMPILER, PYTHON, LIBRARIES, GLIBC, steps, make_environment(folder, folder), UNUSED, LICENCES)
    return sha256(repr(recipe).encode()).hexdigest()[:16]


def _build(work: Path) -> None:
    tools = write_compiler_scripts(work)
    environment = make_environment(work, tools)
    prefix = work / "libraries"
    for name in ("include", "lib"):
        (prefix / name).mkdir(parents=True)
    for source in LIBRARIES:
        folder = unpack_source(fetch_source(source), work / source.package)
        run_steps(list_library_steps(source.package, folder, prefix), environment, work)
    folder = unpack_source(fetch_source(PYTHON), work / PYTHON.package)
    run_steps(list_python_steps(folder, prefix, work / "installed"), environment, work)
    made = work / "installed" / PLACE.lstrip("/")
    _tidy(made, work)
    _copy_licences(work, made / "licences")
    if telling := find_files_with(made, str(work).encode()):
        raise LockError(f"The path of the build stands in {', '.join(map(str, telling))}.")
    made.rename(work / "python")


def write_compiler_scripts(work: Path) -> Path:
    """Unpacks the compiler and writes `cc`, `ar` and `ranlib` that call it; returns their folder."""
    wheel = fetch_files([COMPILER], work)[0]
    with ZipFile(wheel) as archive:
        archive.extractall(work / "compiler")
    wheel.unlink()
    program = work / "compiler" / "ziglang" / "zig"
    program.chmod(0o755)
    tools = work / "tools"
    tools.mkdir()
    target = f"{HOST}.{GLIBC[0]}.{GLIBC[1]}"
    for name in ("cc", "ar", "ranlib"):
        options = f" -target {target} -ffile-prefix-map={work}=/build -Wno-date-time" if name == "cc" else ""
        (tools / name).write_text(f'#!/bin/sh\nexec "{program}" {name}{options} "$@"\n', "utf-8")
        (tools / name).chmod(0o755)
    return tools


def make_environment(work: Path, tools: Path) -> dict[str, str]:
    """The whole environment of the build: nothing of the account's own comes through."""
    return {
        "PATH": f"{tools}:/usr/bin:/bin",
        "HOME": str(work),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": str(EPOCH),
        "PYTHONHASHSEED": "0",
        "ZIG_GLOBAL_CACHE_DIR": str(work / "compiler-cache"),
        "ZIG_LOCAL_CACHE_DIR": str(work / "compiler-cache"),
        "CC": "cc",
        "AR": "ar",
        "RANLIB": "ranlib",
        "CFLAGS": "-O2 -g0 -fPIC -fno-sanitize=all",
        "LDFLAGS": "-s",
    }


def list_library_steps(package: str, folder: Path, prefix: Path) -> list[Step]:
    """How one library becomes a static one below `prefix`."""
    make = ("make", "-s", "-j2")
    configure = (
        "./configure",
        "-q",
        f"--prefix={prefix}",
        f"--host={HOST}",
        f"--build={HOST}",
        "--disable-shared",
    )
    commands: dict[str, list[tuple[str, ...]]] = {
        "zlib": [("./configure", "--static", f"--prefix={prefix}"), (*make, "install")],
        "bzip2": [
            ("sh", "-c", 'make -s libbz2.a CC="$CC" AR="$AR" RANLIB="$RANLIB" CFLAGS="$CFLAGS"'),
            ("cp", "bzlib.h", str(prefix / "include")),
            ("cp", "libbz2.a", str(prefix / "lib")),
        ],
        "xz-utils": [
            (
                *configure,
                *("--disable-xz", "--disable-xzdec", "--disable-lzmadec", "--disable-lzmainfo"),
                *("--disable-lzma-links", "--disable-scripts", "--disable-doc", "--disable-nls"),
            ),
            (*make, "install"),
        ],
        "libffi": [
            ("autoreconf", "-fi"),
            (*configure, "--disable-docs", "--disable-exec-static-tramp", "--disable-multi-os-directory"),
            (*make, "install"),
        ],
        "openssl": [
            (
                *("perl", "Configure", "linux-x86_64", f"--prefix={PLACE}", "--libdir=lib"),
                *("--openssldir=/etc/ssl", "no-shared", "no-apps", "no-docs", "no-tests", "no-module"),
                *("no-dso", "no-engine", "no-legacy", "no-quic", "no-http"),
            ),
            (*make, "build_generated"),
            (*make, "build_libs"),
            ("cp", "-R", "include/openssl", str(prefix / "include")),
            ("cp", "libcrypto.a", "libssl.a", str(prefix / "lib")),
        ],
    }
    return [Step(folder, command) for command in commands[package]]


def list_python_steps(folder: Path, prefix: Path, installed: Path) -> list[Step]:
    """How CPython is built with these libraries and laid below `installed`."""
    configure = (
        *("./configure", "-q", f"--prefix={PLACE}", f"--host={HOST}", f"--build={HOST}"),
        *(f"--with-openssl={prefix}", "--without-ensurepip", "--disable-test-modules", "--without-readline"),
        *("--without-static-libpython", "--with-pkg-config=no"),
    )
    missing = (
        *("_curses", "_curses_panel", "_dbm", "_gdbm", "_sqlite3", "_ssl", "_tkinter", "_uuid", "nis"),
        "readline",
    )
    settings = {
        "CPPFLAGS": f"-I{prefix / 'include'}",
        "LDFLAGS": f"-s -L{prefix / 'lib'}",
        "ZLIB_CFLAGS": f"-I{prefix / 'include'}",
        "ZLIB_LIBS": f"{prefix / 'lib' / 'libz.a'}",
        "BZIP2_CFLAGS": f"-I{prefix / 'include'}",
        "BZIP2_LIBS": f"{prefix / 'lib' / 'libbz2.a'}",
        "LIBLZMA_CFLAGS": f"-I{prefix / 'include'}",
        "LIBLZMA_LIBS": f"{prefix / 'lib' / 'liblzma.a'}",
        "LIBFFI_CFLAGS": f"-I{prefix / 'include'}",
        "LIBFFI_LIBS": f"{prefix / 'lib' / 'libffi.a'}",
        **{f"py_cv_module_{name}": "n/a" for name in missing},
    }
    assigned = tuple(f"{name}={value}" for name, value in settings.items())
    return [
        Step(folder, (*configure, *assigned)),
        Step(folder, ("make", "-s", "-j2")),
        Step(folder, ("make", "-s", "install", f"DESTDIR={installed}")),
    ]


def unpack_source(archive: Path, into: Path) -> Path:
    """Unpacks a source archive, without the folder that holds everything in it."""
    into.mkdir()
    command = [
        "tar",
        "--extract",
        "--strip-components=1",
        "--no-same-owner",
        "--file",
        archive,
        "--directory",
        into,
    ]
    subprocess.run(list(map(str, command)), check=True)
    return into


def run_steps(steps: Iterable[Step], environment: dict[str, str], work: Path) -> None:
    """Runs commands one after the other; what they say is kept in `build.log`."""
    with (work / "build.log").open("ab") as log:
        for step in steps:
            log.write(f"\n$ {' '.join(step.command)}\n".encode())
            log.flush()
            subprocess.run(
                step.command,
                check=True,
                cwd=step.folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )


def _tidy(python: Path, work: Path) -> None:
    """Leaves what runs programs: no headers, no tools, no tests, no path of the build."""
    library = python / "lib" / f"python{MINOR}"
    for pattern in UNUSED:
        for path in library.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in [
        *python.rglob("__pycache__"),
        python / "include",
        python / "share",
        python / "lib" / "pkgconfig",
    ]:
        shutil.rmtree(path, ignore_errors=True)
    for path in (python / "bin").iterdir():
        if path.name != f"python{MINOR}":
            path.unlink()
    for path in library.glob("_sysconfig*.py"):
        path.write_text(path.read_text("utf-8").replace(str(work), "/build"), "utf-8")
    (library / "site-packages").mkdir()


def _copy_licences(work: Path, into: Path) -> None:
    for package, names in LICENCES.items():
        for name in names:
            place = into / package / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(work / package / name, place)


def find_files_with(folder: Path, text: bytes) -> list[Path]:
    """The files below a folder that hold these bytes, sorted."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and text in path.read_bytes()]
