"""The package for Debian: what it says of itself, and what it lays where."""

import gzip
import os
import stat
import subprocess
from pathlib import Path

import pytest

from reviewer.cli.parser import make_parser

WHEN = 1750000000


@pytest.fixture
def laid(installers, tmp_path):
    """All of a package but /opt/reviewer, laid into a folder."""
    installers("debian").lay_desktop_files(tmp_path, "1.2", WHEN)
    return tmp_path


def test_a_package_lays_exactly_what_a_desktop_needs(laid):
    names = {path.relative_to(laid).as_posix() for path in laid.rglob("*") if not path.is_dir()}
    icons = {name for name in names if name.startswith("usr/share/icons/hicolor/")}
    assert names - icons == {
        "usr/bin/reviewer",
        "usr/share/applications/reviewer.desktop",
        "usr/share/applications/reviewer-view-only.desktop",
        "usr/share/doc/reviewer/changelog.gz",
        "usr/share/doc/reviewer/copyright",
        "usr/share/lintian/overrides/reviewer",
        "usr/share/man/man1/reviewer.1.gz",
        "usr/share/mime/packages/reviewer.xml",
    }
    assert os.readlink(laid / "usr/bin/reviewer") == "/opt/reviewer/reviewer"
    assert "usr/share/icons/hicolor/scalable/apps/reviewer.svg" in icons


def test_every_icon_has_the_size_of_its_folder(installers, laid):
    from PySide6.QtGui import QImage

    for size in installers("desktop_icon").SIZES:
        image = QImage(str(laid / f"usr/share/icons/hicolor/{size}x{size}/apps/reviewer.png"))
        assert (image.width(), image.height()) == (size, size)
        assert image.hasAlphaChannel()


def test_the_manual_page_names_every_verb_of_the_command_line(installers, laid):
    page = gzip.decompress((laid / "usr/share/man/man1/reviewer.1.gz").read_bytes()).decode()
    verbs = installers("man_page").list_verbs(make_parser())
    assert {"open", "self-test", "verify"} <= set(verbs)
    for name in verbs:
        escaped = name.replace("-", "\\-")
        assert f"\n\\fB{escaped}\\fR" in page


def test_the_manual_page_names_every_option_of_the_program(installers):
    page = installers("man_page").write_man_page(make_parser(), "1.2", WHEN)
    for option in ("--version", "--verbose", "--view-only", "--passphrase-file"):
        assert option.replace("-", "\\-") in page
    assert '.TH REVIEWER 1 "2025-06-15" "reviewer 1.2"' in page


def test_a_line_of_the_manual_page_that_begins_with_a_point_is_no_command(installers):
    assert installers("man_page")._escape(".docx and -x") == "\\&.docx and \\-x"


def test_the_control_file_has_the_fields_that_policy_asks_for(installers):
    control = installers("debian").write_control("1.2", ("libc6 (>= 2.28), libx11-6", ""), 2049)
    lines = control.splitlines()
    fields = dict(line.split(": ", 1) for line in lines if not line.startswith(" "))
    assert fields["Package"] == "reviewer"
    assert fields["Version"] == "1.2"
    assert fields["Architecture"] == "amd64"
    assert fields["Depends"] == "libc6 (>= 2.28), libx11-6"
    assert fields["Installed-Size"] == "3"
    assert "Recommends" not in fields
    assert {"Section", "Priority", "Maintainer", "Description"} <= set(fields)
    assert all(len(line) <= 80 for line in lines if line.startswith(" "))
    assert control.endswith("\n")


def test_libraries_become_packages_under_both_names_that_they_have(installers):
    debian = installers("debian")
    window, theme = Path("PySide6/Qt/lib/libQt6Gui.so.6"), Path("plugins/platformthemes/libqgtk3.so")
    needed, recommended = debian.name_packages(
        {"libglib-2.0.so.0": [window], "libc.so.6": [window], "libgtk-3.so.0": [theme]}
    )
    assert "libglib2.0-0t64 | libglib2.0-0" in needed.split(", ")
    assert recommended == "libgtk-3-0t64 | libgtk-3-0"


def test_a_library_whose_package_is_not_known_stops_the_build(installers):
    lock = installers("lock")
    with pytest.raises(lock.LockError, match=r"libnew\.so\.9, which libQt6Gui\.so\.6 asks for"):
        installers("debian").name_packages({"libnew.so.9": [Path("libQt6Gui.so.6")]})


def test_a_library_that_more_than_a_plugin_asks_for_is_needed_and_not_recommended(installers):
    both = [Path("plugins/printsupport/libcupsprintersupport.so"), Path("libQt6PrintSupport.so.6")]
    needed, recommended = installers("debian").name_packages({"libcups.so.2": both})
    assert "libcups2t64 | libcups2" in needed
    assert recommended == ""


def test_the_script_of_the_installation_is_a_valid_shell_script(installers):
    linux = installers("linux_tree").LINUX
    for name in ("postinst", "reviewer", "reviewer-open"):
        subprocess.run(["sh", "-n", str(linux / name)], check=True)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ""),
        (["/cases/a b.case"], "open /cases/a b.case"),
        (["/cases/a b.case/case.db"], "open /cases/a b.case"),
    ],
)
def test_the_desktop_entry_opens_a_case_by_its_folder_or_the_file_in_it(
    installers, tmp_path, given, expected
):
    starter = tmp_path / "reviewer-open"
    starter.write_bytes((installers("linux_tree").LINUX / "reviewer-open").read_bytes())
    program = tmp_path / "reviewer"
    program.write_text('#!/bin/sh\necho "$*"\n', "utf-8")
    for path in (starter, program):
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    said = subprocess.run([str(starter), *given], capture_output=True, text=True, check=True).stdout
    assert said == f"{expected}\n"
