"""`install.py` of the stick: it refuses what was changed, by name, and leaves what was there before."""

import runpy
import shutil
import subprocess
import sys

import pytest

from reviewer.system.installed import read_mark_in
from tests.packaging.stick.small_stick import INSTALLER, PASSES, PYTHON, SmallStick, hash_bytes, write_pip

INSIDE = runpy.run_path(str(INSTALLER))
REFUSED = INSIDE["InstallRefused"]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="The menu of Linux is looked at.")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A stick with the real pip, and what an installation from it said, whatever is set for pip here."""
    stick = SmallStick(tmp_path_factory.mktemp("filled"), INSIDE["name_system"](), write_pip)
    stick.fill("9.1")
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("PIP_NO_BINARY", ":all:")
        settings.setenv("PIP_TARGET", str(stick.folder.parent / "elsewhere"))
        settings.setenv("PYTHONPATH", str(stick.folder))
        done = stick.run()
    assert done.returncode == 0, done.stderr
    stick.said = done.stdout
    return stick


@pytest.fixture
def stick(tmp_path):
    """A stick whose pip is quick, and nothing installed."""
    made = SmallStick(tmp_path, INSIDE["name_system"]())
    made.fill("9.1")
    return made


def test_it_installs_proves_itself_and_makes_a_start_entry(filled):
    assert PASSES in filled.said
    assert hash_bytes((filled.folder / "SHA256SUMS").read_bytes()) in filled.said
    entry = (filled.home / "data/applications/reviewer-from-stick.desktop").read_text()
    assert f'Exec="{filled.program / "reviewer"}"' in entry
    started = subprocess.run([filled.program / "reviewer"], capture_output=True, text=True, check=False)
    assert started.stdout.strip() == PASSES


def test_the_program_can_say_which_stick_it_came_from(filled):
    (mark,) = filled.program.glob("environments/*/lib/python*/site-packages/reviewer/installed_by.txt")
    said = read_mark_in(mark.parent)
    assert said == f"stick with sums {hash_bytes((filled.folder / 'SHA256SUMS').read_bytes())}"


def test_there_is_an_entry_for_viewing_only(filled):
    entry = (filled.home / "data/applications/reviewer-from-stick-view-only.desktop").read_text()
    assert f'Exec="{filled.program / "reviewer"}" --view-only' in entry
    assert "Name=reviewer (view only)" in entry


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="desktop-file-validate checks them.")
def test_the_entries_are_as_desktops_ask(filled):
    entries = list((filled.home / "data/applications").iterdir())
    checked = subprocess.run(["desktop-file-validate", *entries], capture_output=True, text=True, check=False)
    assert (checked.stdout, checked.returncode) == ("", 0)


def test_it_writes_nothing_on_the_stick(stick):
    for path in [*stick.folder.rglob("*"), stick.folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = sorted(stick.folder.rglob("*"))
    assert stick.run().returncode == 0
    assert sorted(stick.folder.rglob("*")) == before


@pytest.mark.parametrize(
    "name", ["wheels/reviewer-9.1-py3-none-any.whl", "systems.json", "requirements.lock", "install.py"]
)
def test_one_changed_byte_is_refused_by_name_with_both_hashes(stick, name):
    path = stick.folder / name
    whole = path.read_bytes()
    changed = whole + b"\n" if name.endswith(".py") else whole[:-1] + bytes([whole[-1] ^ 1])
    path.write_bytes(changed)
    done = stick.run()
    assert done.returncode == 1
    said = done.stderr.strip()
    assert len(said.splitlines()) == 1
    assert f"The file {name} was changed" in said
    assert hash_bytes(changed) in said
    assert hash_bytes(whole) in said
    assert stick.list_home() == {}


def test_a_missing_wheel_is_named(stick):
    (stick.folder / "wheels" / stick.pip).unlink()
    done = stick.run()
    assert done.returncode == 1
    assert f"wheels/{stick.pip}" in done.stderr
    assert stick.list_home() == {}


def test_a_wheel_that_only_the_sums_know_is_refused_by_the_lock(stick):
    """Whoever changes a wheel can change SHA256SUMS with it."""
    wheel = stick.folder / "wheels/reviewer-9.1-py3-none-any.whl"
    locked = hash_bytes(wheel.read_bytes())
    wheel.write_bytes(wheel.read_bytes() + b"x")
    stick.sum_up()
    done = stick.run()
    assert done.returncode == 1
    assert "wheels/reviewer-9.1-py3-none-any.whl is not the locked one" in done.stderr
    assert locked in done.stderr
    assert hash_bytes(wheel.read_bytes()) in done.stderr


def test_a_newer_version_takes_the_place_of_an_older_one_and_nothing_else_stays(stick):
    assert stick.run().returncode == 0
    stick.fill("9.2", "print('the newer one')")
    done = stick.run()
    assert "the newer one" in done.stdout, done.stderr
    assert [path.name for path in (stick.program / "environments").iterdir()] == ["9.2-1"]
    started = subprocess.run([stick.program / "reviewer"], capture_output=True, text=True, check=False)
    assert started.stdout.strip() == "the newer one"


def test_a_newer_version_that_does_not_prove_itself_leaves_the_older_one(stick):
    assert stick.run().returncode == 0
    before = stick.list_home()
    stick.fill("9.2", "sys.exit('the decoders are broken')")
    done = stick.run()
    assert done.returncode == 1
    assert "the decoders are broken" in done.stderr
    assert stick.list_home() == before
    started = subprocess.run([stick.program / "reviewer"], capture_output=True, text=True, check=False)
    assert started.stdout.strip() == PASSES


def test_a_first_installation_that_fails_leaves_nothing(stick):
    stick.fill("9.1", "sys.exit(1)")
    assert stick.run().returncode == 1
    assert stick.list_home() == {}
    assert not stick.program.exists()


def test_an_attempt_that_was_cut_off_is_tidied_by_the_next(stick):
    assert stick.run().returncode == 0
    note = stick.program / "installed.json"
    note.write_text(note.read_text().replace('"format"', '"unfinished": ["9.2-1"],\n "format"'))
    (stick.program / "environments/9.2-1").mkdir()
    assert stick.run().returncode == 0
    assert [path.name for path in (stick.program / "environments").iterdir()] == ["9.1-2"]


def test_a_folder_with_other_files_is_refused_and_left(stick):
    other = stick.home / "papers"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    done = stick.run("--where", str(other))
    assert done.returncode == 1
    assert str(other) in done.stderr
    assert stick.list_home() == {"papers/letter.txt": b"mine"}


def test_somebody_elses_start_entry_is_left(stick):
    entry = stick.home / "data/applications/reviewer-from-stick.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\nName=mine\n")
    done = stick.run()
    assert done.returncode == 1
    assert str(entry) in done.stderr
    assert list(stick.list_home()) == ["data/applications/reviewer-from-stick.desktop"]


def test_removing_takes_away_its_own_and_leaves_and_names_the_rest(stick):
    where = stick.home / "programs" / "reviewer of mine"
    assert stick.run("--where", str(where)).returncode == 0
    (where / "notes.txt").write_text("mine")
    done = stick.run("--where", str(where), "--remove")
    assert done.returncode == 0, done.stderr
    assert stick.list_home() == {"programs/reviewer of mine/notes.txt": b"mine"}
    assert "notes.txt was left" in done.stdout


def test_a_changed_start_entry_is_not_removed(stick):
    assert stick.run().returncode == 0
    entry = stick.home / "data/applications/reviewer-from-stick.desktop"
    entry.write_text(entry.read_text() + "# mine\n")
    assert stick.run("--remove").returncode == 0
    assert list(stick.list_home()) == ["data/applications/reviewer-from-stick.desktop"]


def test_where_nothing_was_installed_nothing_is_removed(stick):
    (stick.program / "papers").mkdir(parents=True)
    done = stick.run("--remove")
    assert done.returncode == 1
    assert "nothing was removed" in done.stderr
    assert (stick.program / "papers").is_dir()


def test_a_note_that_names_folders_elsewhere_is_not_believed(stick):
    stick.program.mkdir(parents=True)
    (stick.program / "installed.json").write_text('{"environment": "../../x", "written": {}}')
    done = stick.run("--remove")
    assert done.returncode == 1
    assert "cannot be read" in done.stderr


def test_settings_of_pip_and_python_do_not_reach_it(filled):
    assert not (filled.folder.parent / "elsewhere").exists()


def test_a_system_that_the_stick_does_not_serve_is_told_why():
    described = {
        "systems": [{"system": "linux-x86_64", "python": PYTHON}],
        "without": [{"system": "windows-arm64", "reason": "pi-heif has no wheel for it."}],
    }
    with pytest.raises(REFUSED, match=r"windows-arm64, only for linux-x86_64. pi-heif has no wheel for it."):
        INSIDE["find_system"](described, "windows-arm64", PYTHON)
    with pytest.raises(REFUSED, match=f"Python 3.99; the stick has wheels for Python {PYTHON}"):
        INSIDE["find_system"](described, "linux-x86_64", "3.99")


def test_an_older_system_is_told_what_it_has_and_what_is_needed():
    with pytest.raises(REFUSED, match=r"glibc 2.31, and the wheels of the stick need glibc 2.34"):
        INSIDE["refuse_older"]("glibc", "2.31", "2.34")
    INSIDE["refuse_older"]("macOS", "13.10", "13.9")
