"""Whether a Windows without anything added could load what is shipped: read from the files, nothing is run.

Each .exe, .dll and .pyd names the libraries it asks for, and what it wants of each. A library must lie where
the loader looks (in the folder of python.exe, in those of its own package, in one that its package adds) or
belong to Windows 10; a library that is shipped must export what is asked of it.
"""

from __future__ import annotations

import re
from pathlib import Path

from linked import PeFile

SYSTEM = frozenset(
    (
        *("advapi32", "authz", "bcrypt", "bcryptprimitives", "cfgmgr32", "combase", "comctl32"),
        *("comdlg32", "crypt32", "d2d1", "d3d11", "d3d12", "d3d9", "dnsapi", "dwmapi"),
        *("dwrite", "dxgi", "gdi32", "icuuc", "imm32", "iphlpapi", "kernel32", "mpr", "msvcrt"),
        *("ncrypt", "netapi32", "ntdll", "ole32", "oleaut32", "pdh", "powrprof", "propsys"),
        *("psapi", "rpcrt4", "secur32", "setupapi", "shcore", "shell32", "shlwapi", "ucrtbase"),
        *("uiautomationcore", "user32", "userenv", "uxtheme", "version", "winhttp", "winmm"),
        *("winspool.drv", "ws2_32", "wtsapi32"),
    )
)
"""What every Windows 10 since 1703 has (icuuc came last), without ".dll"; beside it api-ms-win-*."""
_ADDED_FOLDERS = {"PySide6": ("PySide6", "shiboken6")}
"""Of a package, folders below site-packages that it adds to those the loader looks into."""


def find_unmet_imports(tree: Path) -> list[str]:
    """What is asked for and not to be had, one sentence each; `tree` is the folder of python.exe."""
    files = [path for path in tree.rglob("*") if path.suffix.lower() in (".exe", ".dll", ".pyd")]
    exports: dict[Path, frozenset[str]] = {}
    unmet = []
    for path in sorted(files):
        for library, names in PeFile(path.read_bytes()).list_imports():
            if is_of_windows(library):
                continue
            found = find_library(library, path, tree)
            if found is None:
                unmet.append(f"{path.relative_to(tree).as_posix()} asks for {library}")
                continue
            if found not in exports:
                exports[found] = frozenset(PeFile(found.read_bytes()).list_exports())
            missing = sorted(set(names) - exports[found])
            if missing:
                unmet.append(f"{path.relative_to(tree).as_posix()} asks {library} for {missing[0]}")
    return unmet


def is_of_windows(library: str) -> bool:
    """Whether a library belongs to Windows 10."""
    name = library.lower()
    return name.removesuffix(".dll") in SYSTEM or re.match(r"(api|ext)-ms-win-", name) is not None


def find_library(library: str, asking: Path, tree: Path) -> Path | None:
    """Where the loader finds a shipped library, the folder of python.exe first."""
    packages = tree / "Lib" / "site-packages"
    own = asking.relative_to(packages).parts[0] if asking.is_relative_to(packages) else ""
    folders = [tree, asking.parent, packages / f"{own}.libs"]
    for folder in [*folders, *(packages / name for name in _ADDED_FOLDERS.get(own, ()))]:
        for path in folder.glob("*") if folder.is_dir() else ():
            if path.name.lower() == library.lower():
                return path
    return None
