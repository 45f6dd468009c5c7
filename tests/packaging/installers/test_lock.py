"""The lock names one wheel for each thing that each system and Python needs, and nothing beside them."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]


@pytest.fixture
def lock(installers):
    return installers("lock")


def test_every_platform_and_python_has_a_wheel_of_everything_it_wants(lock):
    used = set()
    for platform in lock.PLATFORMS:
        for python_version in lock.PYTHONS:
            used.update(lock.list_wheels(platform, python_version))
    locked = {file for requirement in lock.read_lock() for file in requirement.files}
    assert used == locked


def test_every_dependency_of_the_program_is_locked_at_a_version_it_allows(lock):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    assert len(wanted) > 20
    for platform in lock.PLATFORMS:
        versions = {wheel.distribution: wheel.version for wheel in lock.list_wheels(platform, "3.13")}
        for requirement in wanted:
            if lock.is_wanted(str(requirement.marker or ""), platform, "3.13"):
                assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)])
            else:
                assert canonicalize_name(requirement.name) not in versions


def test_a_lock_is_read_back_as_it_was_written(lock, tmp_path):
    requirements = [*lock.read_lock(), *lock.read_lock(lock.TOOLS_LOCK)]
    lock.write_lock(tmp_path / "again.lock", "One line.\nAnother.", requirements)
    assert lock.read_lock(tmp_path / "again.lock") == requirements


def test_a_hash_that_its_comment_does_not_name_is_refused(lock, tmp_path):
    text = lock.LOCK.read_text("utf-8")
    first = lock.read_lock()[0].files[0].sha256
    (tmp_path / "changed.lock").write_text(text.replace(f"sha256:{first}", "sha256:" + "0" * 64), "utf-8")
    with pytest.raises(lock.LockError, match="name other files than its hashes"):
        lock.read_lock(tmp_path / "changed.lock")


def test_a_line_that_pip_would_take_otherwise_is_refused(lock, tmp_path):
    (tmp_path / "loose.lock").write_text("numpy>=2\n", "utf-8")
    with pytest.raises(lock.LockError, match=r"Line 1 of loose\.lock"):
        lock.read_lock(tmp_path / "loose.lock")


def test_the_oldest_glibc_that_a_platform_names_is_enough_for_its_wheels(lock):
    for name, newest in (("linux-x86_64", 28), ("linux-aarch64", 31)):
        for wheel in lock.list_wheels(lock.find_platform(name), "3.11"):
            asked = [
                int(tag.platform.split("_")[2])
                for tag in lock.parse_wheel_filename(wheel.filename)[3]
                if tag.platform.startswith("manylinux_2_")
            ]
            assert not asked or min(asked) <= newest


def test_the_best_wheel_is_the_one_for_that_very_python(lock):
    files = [
        lock.LockedFile("thing", "1.0", f"thing-1.0-{tags}.whl", "0" * 64, 1)
        for tags in ("py3-none-any", "cp311-abi3-win_amd64", "cp313-cp313-win_amd64", "cp313-cp313-win32")
    ]
    windows = lock.find_platform("windows-x86_64")
    assert lock.choose_file(files, windows, "3.13") == files[2]
    assert lock.choose_file(files, windows, "3.12") == files[1]
    assert lock.choose_file(files, lock.find_platform("macos-arm64"), "3.12") == files[0]
    assert lock.choose_file(files[1:], lock.find_platform("macos-arm64"), "3.12") is None


def test_a_platform_that_is_not_there_is_named_with_those_that_are(lock):
    with pytest.raises(lock.LockError, match=r'"amiga".*windows-x86_64'):
        lock.find_platform("amiga")


def test_the_marker_of_a_requirement_is_true_on_its_platforms_alone(lock, installers):
    renewing = installers("renewing")
    for chosen in (
        lock.PLATFORMS[:1],
        lock.PLATFORMS[:2],
        lock.PLATFORMS[-1:],
        lock.PLATFORMS[-2:],
        lock.PLATFORMS,
    ):
        marker = renewing._say_marker(list(chosen))
        assert [p for p in lock.PLATFORMS if lock.is_wanted(marker, p, "3.12")] == list(chosen)
