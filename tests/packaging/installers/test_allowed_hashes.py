"""The lists for application control hold every library of Windows once, by the hash Windows asks for."""

import csv
import hashlib
import zipfile
from xml.etree import ElementTree as Xml

import pytest

from tests.packaging.installers.small_pe import (
    AUTHENTICODE,
    AUTHENTICODE_OF_ODD,
    make_small_library,
    sign_by_hand,
)

POLICY = "{urn:schemas-microsoft-com:sipolicy}"


@pytest.fixture
def allowed_hashes(installers):
    return installers("allowed_hashes")


@pytest.fixture
def files(allowed_hashes, tmp_path):
    with zipfile.ZipFile(tmp_path / "thing-1-win_amd64.whl", "w") as archive:
        archive.writestr("thing/one.pyd", make_small_library())
        archive.writestr("thing/tool.exe", make_small_library(b"a tool that nothing starts"))
        archive.writestr("thing/text.dll", b"a text that is called a library")
    with zipfile.ZipFile(tmp_path / "portable.zip", "w") as archive:
        archive.writestr("thing/one.pyd", make_small_library())
        archive.writestr("other.dll", sign_by_hand(make_small_library(b"odd"), AUTHENTICODE_OF_ODD))
    (tmp_path / "setup.exe").write_bytes(make_small_library(b"a program"))
    return allowed_hashes.list_allowed_files(sorted(tmp_path.iterdir()))


def test_every_library_is_listed_with_both_hashes(allowed_hashes, files):
    rows = list(csv.DictReader(allowed_hashes.write_csv(files).splitlines()))
    assert [(row["archive"], row["file"], row["signed"]) for row in rows] == [
        ("portable.zip", "other.dll", "yes"),
        ("portable.zip", "thing/one.pyd", "no"),
        ("setup.exe", "setup.exe", "no"),
        ("thing-1-win_amd64.whl", "thing/one.pyd", "no"),
    ]
    assert rows[1]["authenticode_sha256"] == AUTHENTICODE
    assert rows[1]["flat_sha256"] == hashlib.sha256(make_small_library()).hexdigest()


def test_app_control_allows_each_digest_once_and_refers_to_each_rule(allowed_hashes, files):
    policy = Xml.XML(allowed_hashes.write_app_control(files, "1.0"))
    rules = policy.findall(f".//{POLICY}Allow")
    assert sorted(rule.get("Hash").lower() for rule in rules) == sorted({file.authenticode for file in files})
    named = [rule.get("RuleID") for rule in policy.findall(f".//{POLICY}FileRuleRef")]
    assert named == [rule.get("ID") for rule in rules]
    assert policy.get("PolicyType") == "Supplemental Policy"


def test_applocker_allows_programs_and_libraries_by_their_endings(allowed_hashes, files):
    policy = Xml.XML(allowed_hashes.write_applocker(files, "1.0"))
    listed = {
        collection.get("Type"): [found.get("SourceFileName") for found in collection.iter("FileHash")]
        for collection in policy.findall("RuleCollection")
    }
    assert listed == {"Exe": ["setup.exe"], "Dll": ["other.dll"]}
    assert next(policy.iter("FileHash")).get("Data").startswith("0x")


def test_a_signature_that_states_another_digest_stops_the_build(allowed_hashes, tmp_path):
    (tmp_path / "bad.exe").write_bytes(sign_by_hand(make_small_library(), AUTHENTICODE_OF_ODD))
    with pytest.raises(ValueError, match=r"bad.exe .* does not state the digest"):
        allowed_hashes.list_allowed_files([tmp_path / "bad.exe"])


def test_the_same_files_give_the_same_bytes(allowed_hashes, files):
    assert allowed_hashes.write_app_control(files, "1.0") == allowed_hashes.write_app_control(
        files[::-1], "1.0"
    )
