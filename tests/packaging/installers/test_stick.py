"""What the stick says of itself: what its wheels need, every file in its sums, a signature with a key."""

import hashlib
import shutil
import subprocess
from types import SimpleNamespace

import pytest


@pytest.fixture
def stick(installers):
    return installers("stick")


@pytest.mark.parametrize(
    ("names", "needs"),
    [
        (["a-1-py3-none-any.whl", "b-1-cp311-cp311-win_amd64.whl"], {}),
        (["a-1-cp311-abi3-manylinux2014_x86_64.manylinux_2_28_x86_64.whl"], {"glibc": "2.17"}),
        (
            [
                "a-1-cp311-abi3-manylinux_2_28_x86_64.whl",
                "b-1-cp311-cp311-manylinux_2_5_x86_64.manylinux1_x86_64.whl",
            ],
            {"glibc": "2.28"},
        ),
        (
            ["a-1-cp311-cp311-macosx_11_0_arm64.whl", "b-1-cp39-abi3-macosx_13_0_universal2.whl"],
            {"macos": "13.0"},
        ),
    ],
)
def test_a_system_needs_what_its_newest_wheel_needs(stick, names, needs):
    assert stick.find_needs(names) == needs


def test_every_file_is_in_the_sums_as_sha256sum_reads_them(stick, tmp_path):
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "b.whl").write_bytes(b"b")
    (tmp_path / "a.txt").write_bytes(b"a")
    stick.write_sums(tmp_path)
    a, b = (hashlib.sha256(content).hexdigest() for content in (b"a", b"b"))
    assert (tmp_path / "SHA256SUMS").read_text() == f"{a}  a.txt\n{b}  wheels/b.whl\n"


def test_what_somebody_built_for_their_own_mac_is_not_handed_on(stick, tmp_path):
    for name in ("a-win64-setup.exe", "a_amd64.deb", "a-macos-arm64.tar.gz", "a-1-py3-none-any.whl"):
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in stick.find_artefacts(tmp_path)] == ["a-win64-setup.exe", "a_amd64.deb"]


def test_every_source_of_the_python_for_linux_has_a_licence(stick):
    source = SimpleNamespace(package="openssl", version="3.5", sha256="ab" * 32)
    described = stick.describe_source(source)
    assert (described.licence, described.purl) == ("Apache-2.0", "pkg:deb/debian/openssl@3.5?arch=source")
    with pytest.raises(stick.LockError, match="no licence of other"):
        stick.describe_source(SimpleNamespace(package="other", version="1", sha256=""))
    assert all(runtime.licence for runtime in stick.list_runtimes())


def test_without_a_key_it_says_unsigned(stick, tmp_path, monkeypatch):
    monkeypatch.delenv("REVIEWER_MINISIGN_KEY", raising=False)
    assert stick.sign_sums(tmp_path, "1.0").startswith("unsigned")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not shutil.which("minisign"), reason="minisign signs and checks.")
def test_a_signature_is_checked_by_minisign_and_is_the_same_bytes_again(stick, tmp_path, monkeypatch):
    folder = tmp_path / "stick"
    folder.mkdir()
    pair = ["-p", tmp_path / "key.pub", "-s", tmp_path / "key"]
    subprocess.run(["minisign", "-G", "-W", *pair], check=True, capture_output=True)
    monkeypatch.setenv("REVIEWER_MINISIGN_KEY", str(tmp_path / "key"))
    (folder / "SHA256SUMS").write_text("x")
    made = []
    for _time in range(2):
        assert stick.sign_sums(folder, "1.0").startswith("signed")
        made.append((folder / "SHA256SUMS.minisig").read_bytes())
    assert made[0] == made[1]
    check = ["minisign", "-Vm", folder / "SHA256SUMS", "-p", tmp_path / "key.pub"]
    subprocess.run(check, check=True, capture_output=True)


def test_the_lock_on_the_stick_is_the_lock_and_the_wheel_of_the_program(stick, tmp_path):
    own = tmp_path / f"reviewer-{stick.read_version()}-py3-none-any.whl"
    own.write_bytes(b"a wheel")
    stick.write_locks(tmp_path, own)
    text = (tmp_path / "requirements.lock").read_text()
    assert text.startswith(stick.LOCK.read_text())
    digest = hashlib.sha256(b"a wheel").hexdigest()
    assert f"# {digest[:12]}  7  {own.name}\n" in text
    assert f"--hash=sha256:{digest}\n" in text
    assert "pip==" in (tmp_path / "pip.lock").read_text()
    assert "pip==" not in text
