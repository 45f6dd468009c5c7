"""Whether what is installed is what was shipped."""

from __future__ import annotations

from reviewer.services.jobs import JobControl
from reviewer.services.self_test.part import REINSTALL, PartFailed, PartResult
from reviewer.system.identity import InstalledPackage, find_altered_files, find_identity, list_packages

_MOST_NAMED = 3


def check_files(control: JobControl) -> PartResult:
    """Hash every file of the libraries, and compare it with the RECORD of its wheel.

    Files of the program itself are not judged here: the line to compare with the sheet has their hash.
    """
    packages = list_packages()
    if not packages:
        return PartResult("nothing says which libraries are needed, so none was compared")
    altered: list[str] = []
    for done, package in enumerate(packages, start=1):
        control.advance(done, len(packages))
        altered += [f"{path} of {package.name}" for path in find_altered_files(package)]
    if altered:
        named = ", ".join(altered[:_MOST_NAMED])
        more = f" and {len(altered) - _MOST_NAMED:,} more" if len(altered) > _MOST_NAMED else ""
        raise PartFailed(f"these files are not what was shipped: {named}{more}.", REINSTALL)
    return PartResult(_describe(packages))


def _describe(packages: list[InstalledPackage]) -> str:
    files, missing = sum(len(p.files) for p in packages), sum(p.missing for p in packages)
    left_out = f"; {missing:,} files of them are left out of this installation" if missing else ""
    return (
        f"{find_identity().way}; {files:,} files of {len(packages)} libraries as they were shipped{left_out}"
    )
