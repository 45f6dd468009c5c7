"""What of Qt the program does not use, and what is therefore not shipped.

What stays follows from two lists and the files themselves: the modules that the program imports, the
plugins that Qt loads by itself for such a window, and every library that these ask for, as far as it lies
in the wheels. All else of PySide6 goes: QML and Quick, Designer and the other tools, translations (the
window is in English), SQL, network and TLS, typing stubs and headers.
"""

from __future__ import annotations

import ast
import csv
import io
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from linked import list_linked

USED_MODULES = ("QtCore", "QtGui", "QtPrintSupport", "QtSvg", "QtWidgets")
"""What the program imports of PySide6; `find_used_modules` reads it from the code, a test compares."""

USED_PLUGINS = (
    # The screens there are, and none, for the self-test.
    *("platforms/qwindows", "platforms/qcocoa", "platforms/qxcb", "platforms/qoffscreen"),
    *("platforms/qwayland", "wayland-shell-integration/xdg-shell", "wayland-decoration-client/"),
    # Letters that are not on the keyboard, file dialogs of the desktop, printers.
    *("platforminputcontexts/composeplatform", "platforminputcontexts/ibusplatform"),
    *("platformthemes/", "printsupport/"),
    # JPEG is all that Qt decodes here (PNG is in QtGui): small pictures that the program made itself.
    "imageformats/qjpeg",
)
"""How the paths of wanted plugins begin below `plugins`, without "lib" before their names."""

_PLUGINS_NEVER = ("platforms/qwayland-egl",)
"""The window paints without OpenGL."""
UNUSED_ELSEWHERE = ("cv2/opencv_videoio_ffmpeg*.dll",)
"""Nobody here reads films. Only on Windows is FFmpeg a file that OpenCV loads when it is asked for one."""
_PYTHON_FILES_NEVER = ("scripts", "support/generate_pyi.py", "doc")


@dataclass(frozen=True)
class RemovedSizes:
    """Bytes of PySide6 and shiboken6 with all that was in their wheels, and what is left."""

    before: int
    after: int


def find_used_modules(package: Path) -> tuple[str, ...]:
    """The modules of PySide6 that Python files below a folder import, sorted."""
    found = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            found |= {name.split(".")[1] for name in names if name.startswith("PySide6.Qt")}
    return tuple(sorted(found))


def remove_unused_qt(site_packages: Path) -> RemovedSizes:
    """Removes from installed PySide6 and shiboken6 all that the program does not use, and FFmpeg on Windows.

    Their lists of installed files (RECORD) are shortened alike.
    """
    packages = [site_packages / "PySide6", site_packages / "shiboken6"]
    files = [path for package in packages for path in sorted(package.rglob("*")) if path.is_file()]
    before = sum(path.stat().st_size for path in files)
    kept = find_wanted_files(files, site_packages)
    for path in files:
        if path not in kept:
            path.unlink()
    for package in packages:
        _remove_empty_folders(package)
    for pattern in UNUSED_ELSEWHERE:
        for path in site_packages.glob(pattern):
            path.unlink()
    for record in site_packages.glob("*.dist-info/RECORD"):
        if record.parent.name.lower().startswith(("pyside6", "shiboken6", "opencv")):
            _shorten_record(record, site_packages)
    return RemovedSizes(before, sum(path.stat().st_size for path in kept))


def find_wanted_files(files: list[Path], site_packages: Path) -> set[Path]:
    """Which of these files of PySide6 and shiboken6 stay, see the top of this module."""
    names = {path: path.relative_to(site_packages).as_posix() for path in files}
    kept = {path for path, name in names.items() if _is_wanted(name)}
    by_name: dict[str, list[Path]] = {}
    for path in files:
        by_name.setdefault(path.name.lower(), []).append(path)
    waiting = sorted(kept)
    while waiting:
        asking = waiting.pop()
        for library in list_linked(asking):
            for path in _find_nearest(by_name.get(PurePosixPath(library).name.lower(), []), asking):
                if path not in kept:
                    kept.add(path)
                    waiting.append(path)
    frameworks = {path.parents[2] for path in kept if path.parent.parent.name == "Versions"}
    kept |= {path for path in files if frameworks & set(path.parents) and "/Headers/" not in names[path]}
    return kept


def _find_nearest(found: list[Path], asking: Path) -> list[Path]:
    """Of files of one name, the one in the package of the asking file, else all."""
    own = [path for path in found if path.parts[: len(asking.parent.parts)] == asking.parent.parts]
    return own or found


def _is_wanted(name: str) -> bool:
    package, _, inside = name.partition("/")
    if "/plugins/" in name:
        plugin = name.split("/plugins/")[1]
        folder, _, file = plugin.rpartition("/")
        plain = f"{folder}/{file.removeprefix('lib')}"
        return plain.startswith(USED_PLUGINS) and not plain.startswith(_PLUGINS_NEVER)
    if inside.endswith(".py"):
        return not inside.startswith(_PYTHON_FILES_NEVER)
    if not inside.endswith((".pyd", ".abi3.so")) or "/" in inside:
        return False
    module = inside.split(".")[0]
    return module in USED_MODULES or package == "shiboken6"


def _remove_empty_folders(top: Path) -> None:
    for folder in sorted((path for path in top.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _shorten_record(record: Path, site_packages: Path) -> None:
    rows = list(csv.reader(io.StringIO(record.read_text("utf-8"))))
    kept = [row for row in rows if row and (site_packages / row[0]).exists()]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(kept)
    record.write_text(text.getvalue(), "utf-8")
