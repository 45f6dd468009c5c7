"""The list of parts holds every distribution that an installation has, and does not change by itself."""

import json
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement

WHEN = 1_700_000_000


@pytest.fixture
def sbom(installers):
    return installers("sbom")


@pytest.fixture
def licences(installers):
    return installers("licences")


def find_installed(licences, name="reviewer"):
    """The distributions that are installed because the program is, by following what each requires."""
    found, left = set(), [name]
    while left:
        name = licences.normalize_name(left.pop())
        if name in found:
            continue
        found.add(name)
        for line in distribution(name).requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                left.append(requirement.name)
    return found


def test_every_installed_distribution_is_listed_with_its_version_and_licence(sbom, licences, installers):
    lock = installers("lock")
    platform = lock.find_platform("linux-x86_64")
    locked = {wheel.distribution for wheel in lock.list_wheels(platform, "3.11")}
    installed = find_installed(licences)
    assert installed - {"reviewer"} <= locked
    parts = [
        part
        for name in sorted(locked)
        for part in licences.describe_files(licences.open_installed(distribution(name)))
    ]
    made = json.loads(sbom.write_sbom("1.0", WHEN, parts, {}, [], []))
    assert made["specVersion"] == "1.6"
    listed = {component["name"]: component for component in made["components"]}
    assert installed - {"reviewer"} <= set(listed)
    for name in installed - {"reviewer"}:
        assert listed[name]["version"] == distribution(name).version
        assert listed[name]["licenses"]
    packed = [part["name"] for part in listed["pyside6-essentials"]["components"]]
    assert "Qt" in packed


def test_files_runtimes_and_artefacts_stand_with_their_hashes(sbom, licences):
    part = licences.ShippedPart("thing", "1", "MIT", {"LICENSE": b"x"})
    wheel = sbom.ShippedFile("wheels/thing.whl", "ab" * 32)
    runtime = sbom.ShippedRuntime("Python", "3.13", "PSF-2.0", "pkg:generic/python@3.13", "cd" * 32)
    setup = sbom.ShippedFile("setup.exe", "ef" * 32)
    text = sbom.write_sbom("1.0", WHEN, [part], {"thing 1": [wheel]}, [runtime], [setup])
    listed = {component["name"]: component for component in json.loads(text)["components"]}
    assert listed["thing"]["externalReferences"][0]["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
    assert listed["Python"]["hashes"][0]["content"] == "cd" * 32
    assert listed["setup.exe"]["hashes"][0]["content"] == "ef" * 32


def test_it_is_the_same_bytes_again_and_has_another_serial_number_for_other_files(sbom, licences):
    part = licences.ShippedPart("thing", "1", "MIT", {"LICENSE": b"x"})
    made = [
        sbom.write_sbom(
            "1.0", WHEN, [part], {"thing 1": [sbom.ShippedFile("thing.whl", digest * 32)]}, [], []
        )
        for digest in ("ab", "ab", "cd")
    ]
    assert made[0] == made[1]
    serials = [json.loads(text)["serialNumber"] for text in made]
    assert serials[0] != serials[2]
    assert json.loads(made[0])["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"


@pytest.mark.parametrize("licence", ["MIT AND", "Apache 2.0", "Mitt"])
def test_a_licence_that_is_none_is_refused(sbom, licences, licence):
    part = licences.ShippedPart("thing", "1", licence, {"LICENSE": b"x"})
    with pytest.raises(ValueError, match="is no licence expression"):
        sbom.write_sbom("1.0", WHEN, [part], {}, [], [])
