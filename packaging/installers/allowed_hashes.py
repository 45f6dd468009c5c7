"""Lists of hashes by which an administrator allows the program where only allowed programs run on Windows.

App Control for Business (WDAC) and AppLocker both know a program or library by the SHA-256 of Authenticode
(`pe_digest.py`). App Control looks at all that is loaded as code, whatever it is called; AppLocker looks at
`.exe`, at `.dll` only where its collection of libraries is switched on, and never at the `.pyd` of Python.
Where the SHA-256 of each whole file is asked for, it stands in `hashes.csv` beside the other.
"""

from __future__ import annotations

import csv
import hashlib
import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from pe_digest import is_portable_executable, measure_digest

_NAMESPACE = "urn:schemas-microsoft-com:sipolicy"
_PLATFORM = "{2E07F7E4-194C-4D20-B7C9-6F44A6C5A234}"
_DEFAULT_BASE = "{A244370E-44C9-4C06-B551-F6016E563076}"
_OURS = uuid.uuid5(uuid.NAMESPACE_DNS, "application-control.reviewer.invalid")


@dataclass(frozen=True, order=True)
class AllowedFile:
    """A program or library of Windows: where it is (`archive`, path `inside` it), and its hashes.

    `authenticode` and `flat` are 64 hexadecimal digits, `size` counts bytes. `is_signed`: somebody signed it,
    and their signature states this very digest."""

    archive: str
    inside: str
    size: int
    authenticode: str
    flat: str
    is_signed: bool


def list_allowed_files(archives: Iterable[Path]) -> list[AllowedFile]:
    """List the programs and libraries of Windows in wheels, zips and programs, in order of their names.

    Programs in wheels (tools for developers of Qt) are left out: nothing starts them.
    Raises ValueError for one whose signature states another digest, or asks for hashes of pages."""
    return sorted(
        _describe(archive.name, inside, content)
        for archive in archives
        for inside, content in _read_all(archive)
        if is_portable_executable(content) and not (archive.suffix == ".whl" and inside.endswith(".exe"))
    )


def _read_all(archive: Path) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(archive) and archive.suffix != ".exe":
        with zipfile.ZipFile(archive) as opened:
            for member in opened.infolist():
                if not member.is_dir():
                    yield member.filename, opened.read(member)
    else:
        yield archive.name, archive.read_bytes()


def _describe(archive: str, inside: str, content: bytes) -> AllowedFile:
    digest = measure_digest(content)
    if digest.is_signed and not digest.is_confirmed:
        raise ValueError(f"The signature of {inside} in {archive} does not state the digest {digest.sha256}.")
    if digest.has_page_hashes:
        raise ValueError(f"{inside} in {archive} is signed with hashes of its pages, which are not listed.")
    flat = hashlib.sha256(content).hexdigest()
    return AllowedFile(archive, inside, len(content), digest.sha256, flat, digest.is_signed)


def write_csv(files: Iterable[AllowedFile]) -> str:
    """The plain list, for whatever else asks for hashes: one row for each file."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(["archive", "file", "bytes", "authenticode_sha256", "flat_sha256", "signed"])
    for file in files:
        signed = "yes" if file.is_signed else "no"
        rows.writerow([file.archive, file.inside, file.size, file.authenticode, file.flat, signed])
    return text.getvalue()


def write_app_control(files: Iterable[AllowedFile], version: str) -> str:
    """A supplemental policy of App Control for Business that allows these files and nothing else."""
    unique = _take_once(files)
    policy = ElementTree.Element("SiPolicy", {"xmlns": _NAMESPACE, "PolicyType": "Supplemental Policy"})
    identity = f"{{{str(uuid.uuid5(_OURS, version)).upper()}}}"
    texts = {
        "VersionEx": "10.0.0.0",
        "PlatformID": _PLATFORM,
        "PolicyID": identity,
        "BasePolicyID": _DEFAULT_BASE,
    }
    for name, text in texts.items():
        ElementTree.SubElement(policy, name).text = text
    rule = ElementTree.SubElement(ElementTree.SubElement(policy, "Rules"), "Rule")
    ElementTree.SubElement(rule, "Option").text = "Enabled:Unsigned System Integrity Policy"
    ElementTree.SubElement(policy, "EKUs")
    rules = ElementTree.SubElement(policy, "FileRules")
    for number, file in enumerate(unique, 1):
        said = f"reviewer {version}: {file.inside} of {file.archive}, Hash Sha256"
        given = {"ID": f"ID_ALLOW_A_{number}", "FriendlyName": said, "Hash": file.authenticode.upper()}
        ElementTree.SubElement(rules, "Allow", given)
    ElementTree.SubElement(policy, "Signers")
    _add_scenarios(policy, len(unique))
    for name in ("UpdatePolicySigners", "CiSigners"):
        ElementTree.SubElement(policy, name)
    ElementTree.SubElement(policy, "HvciOptions").text = "0"
    return _print(policy)


def _add_scenarios(policy: ElementTree.Element, count: int) -> None:
    """Drivers (131): none. Programs (12): every rule above."""
    scenarios = ElementTree.SubElement(policy, "SigningScenarios")
    for value, name in (("131", "DRIVERS"), ("12", "WINDOWS")):
        given = {"Value": value, "ID": f"ID_SIGNINGSCENARIO_{name}", "FriendlyName": name.capitalize()}
        signers = ElementTree.SubElement(
            ElementTree.SubElement(scenarios, "SigningScenario", given), "ProductSigners"
        )
        if value == "12":
            named = ElementTree.SubElement(signers, "FileRulesRef")
            for number in range(1, count + 1):
                ElementTree.SubElement(named, "FileRuleRef", {"RuleID": f"ID_ALLOW_A_{number}"})


def write_applocker(files: Iterable[AllowedFile], version: str) -> str:
    """A policy of AppLocker: one rule for programs, one for libraries; it enforces nothing by itself."""
    unique = _take_once(files)
    policy = ElementTree.Element("AppLockerPolicy", {"Version": "1"})
    for kind, ending in (("Exe", ".exe"), ("Dll", ".dll")):
        chosen = [file for file in unique if file.inside.lower().endswith(ending)]
        given = {"Type": kind, "EnforcementMode": "NotConfigured"}
        collection = ElementTree.SubElement(policy, "RuleCollection", given)
        if not chosen:
            continue
        named = {
            "Id": str(uuid.uuid5(_OURS, f"{version} {kind}")),
            "Name": f"reviewer {version}: files that end in {ending}",
            "Description": "",
            "UserOrGroupSid": "S-1-1-0",
            "Action": "Allow",
        }
        conditions = ElementTree.SubElement(
            ElementTree.SubElement(collection, "FileHashRule", named), "Conditions"
        )
        hashes = ElementTree.SubElement(conditions, "FileHashCondition")
        for file in chosen:
            told = {"Type": "SHA256", "Data": f"0x{file.authenticode.upper()}"}
            told |= {"SourceFileName": Path(file.inside).name, "SourceFileLength": str(file.size)}
            ElementTree.SubElement(hashes, "FileHash", told)
    return _print(policy)


def _take_once(files: Iterable[AllowedFile]) -> list[AllowedFile]:
    """One file for each digest: the same library lies in several wheels."""
    return sorted({file.authenticode: file for file in sorted(files, reverse=True)}.values())


def _print(root: ElementTree.Element) -> str:
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'
