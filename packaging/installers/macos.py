"""Bundles for macOS on Apple processors: `Reviewer.app` and one for viewing only, without a Python.

No registry has a relocatable Python for macOS (decision 0071), so they start the Python 3.13 of the Mac.
A part that is under the GPL alone (decision 0073) keeps them from being handed out: then they are built only
for whoever builds them, with REVIEWER_FOR_OWN_MAC=1.
Nothing of this was run on a Mac; `docs/platforms.md` says what has to be tried there.
"""

from __future__ import annotations

import os
import plistlib
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from archives import PROGRAM_MODE, ArchiveEntry, list_entries, write_tar
from licences import check_gpl, open_wheel
from lock import PACKAGING
from own_wheel import ROOT, build_own_wheel, read_build_time, read_version
from unpacking import unpack_wheels
from unused import RemovedSizes, remove_unused_qt
from wheelhouse import fetch_wheels

MACOS = PACKAGING / "macos"
PLATFORM, PYTHON, OLDEST = "macos-arm64", "3.13", "13.0"
READ_ME = """\
Reviewer {version} for macOS 13 and later on Apple processors

1. Install Python 3.13 from python.org, if it is not there.
2. Move Reviewer.app into Applications. For looking only, move "Reviewer, viewing only.app" as well: it takes
   what it needs from Reviewer.app beside it.
3. The bundles are not signed by Apple's rules. After comparing the SHA-256 of the archive with the printed
   sheet, take the mark of the download away:  xattr -dr com.apple.quarantine /Applications/Reviewer*.app
4. Test it:  /Applications/Reviewer.app/Contents/MacOS/reviewer self-test

This archive was built for one Mac and is not to be handed on if the build said so (docs/decisions/0073).
To remove it, move both bundles to the bin. Cases and settings stay.
"""


def build_macos(into: Path) -> Path | None:
    """Builds the archive with both bundles into a folder; returns its path.

    None, with a sentence, where a wheel may not be handed out like this and nobody asked for one's own Mac.
    """
    refused = _find_refused()
    if refused and not os.environ.get("REVIEWER_FOR_OWN_MAC"):
        print(f"  left out: {refused[0]} For your own Mac: REVIEWER_FOR_OWN_MAC=1 packaging/build macos")
        return None
    version, when = read_version(), read_build_time()
    top = f"reviewer-{version}-macos-arm64"
    with TemporaryDirectory() as name:
        tree = Path(name) / top
        sizes = lay_out_macos(tree)
        print(f"  Qt: {sizes.before // 10**6} MB in the wheels, {sizes.after // 10**6} MB shipped")
        entries = [
            ArchiveEntry(entry.name, entry.content, PROGRAM_MODE) if "/MacOS/" in entry.name else entry
            for entry in list_entries(tree, f"{top}/")
        ]
        return write_tar(into / f"{top}.tar.gz", entries, when, "gz")


def _find_refused() -> list[str]:
    """What of the wheels is under the GPL alone, a sentence each."""
    with TemporaryDirectory() as name:
        wheels = fetch_wheels(PLATFORM, PYTHON, Path(name))
        return [f"{wheel.name}: {said}" for wheel in wheels for said in check_gpl(open_wheel(wheel))]


def lay_out_macos(tree: Path, own_wheel: Path | None = None) -> RemovedSizes:
    """Lays both bundles and the text about them into a folder that does not exist yet."""
    whole, viewing = tree / "Reviewer.app" / "Contents", tree / "Reviewer, viewing only.app" / "Contents"
    site_packages = whole / "Resources" / "site-packages"
    with TemporaryDirectory() as name:
        wheels = fetch_wheels(PLATFORM, PYTHON, Path(name) / "wheels")
        unpack_wheels([*wheels, own_wheel or build_own_wheel(Path(name) / "own")], site_packages)
    sizes = remove_unused_qt(site_packages)
    mark = f"the files for macOS of reviewer {read_version()}\n"
    (site_packages / "reviewer" / "installed_by.txt").write_text(mark, "ascii")
    _write_bundle(whole, "reviewer", "Reviewer")
    _write_bundle(viewing, "view-only", "Reviewer, viewing only")
    (tree / "READ ME.txt").write_text(READ_ME.format(version=read_version()), "utf-8")
    shutil.copyfile(ROOT / "LICENSE", tree / "LICENSE.txt")
    return sizes


def _write_bundle(contents: Path, starter: str, name: str) -> None:
    (contents / "MacOS").mkdir(parents=True)
    (contents / "Resources").mkdir(exist_ok=True)
    shutil.copyfile(MACOS / starter, contents / "MacOS" / starter)
    shutil.copyfile(MACOS / "reviewer.icns", contents / "Resources" / "reviewer.icns")
    (contents / "Info.plist").write_bytes(make_information(starter, name))


def make_information(starter: str, name: str) -> bytes:
    """Info.plist of a bundle, as Apple's "Information Property List" has it.

    No type of document is claimed: a case is a folder, and as a document the Finder would show it as a file.
    """
    told = {
        "CFBundleExecutable": starter,
        "CFBundleIconFile": "reviewer.icns",
        "CFBundleIdentifier": f"reviewer.{starter}",
        "CFBundleInfoDictionaryVersion": "6.0",
        "CFBundleName": name,
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": read_version(),
        "CFBundleVersion": read_version(),
        "LSArchitecturePriority": ["arm64"],
        "LSMinimumSystemVersion": OLDEST,
        "NSHighResolutionCapable": True,
    }
    return plistlib.dumps(told)
