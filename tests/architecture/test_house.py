"""Habits of the house that a machine can see."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "reviewer").rglob("*.py"))
BANNED_NAMES = {"utils", "helpers", "manager", "misc", "common", "base"}
NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "PySide6.QtNetwork"}
LONGEST_FILE, LONGEST_FUNCTION = 700, 60


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_is_small_says_why_it_exists_and_stays_off_the_network(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module says why it exists"
    assert len(text.splitlines()) <= LONGEST_FILE
    assert path.stem not in BANNED_NAMES
    allowed = {"socket"} if path.name in {"channels.py", "probe.py"} else set()
    assert not (NETWORK - allowed) & set(imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


def test_the_one_socket_is_a_nameless_pair_that_leads_nowhere():
    text = (ROOT / "reviewer" / "media" / "workers" / "channels.py").read_text(encoding="utf-8")
    made = re.findall(r"socket\.(socket|socketpair|create_\w+)\(([^)]*)\)", text)
    assert made == [("socketpair", "socket.AF_UNIX, socket.SOCK_SEQPACKET"), ("socket", "fileno=descriptor")]


def test_the_domain_needs_the_standard_library_only():
    for path in (ROOT / "reviewer" / "domain").rglob("*.py"):
        for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names or name.startswith("reviewer.domain"), (path, name)


def test_qt_never_opens_a_picture_by_its_path():
    """A path given to Qt is sniffed by content: an SVG named .jpg would show another file of the machine."""
    opening = re.compile(r"Q(Pixmap|Icon|Image|ImageReader|Movie)\(\s*(str\(|path|folder|f?\")")
    for path in (ROOT / "reviewer" / "qt").rglob("*.py"):
        assert not opening.search(path.read_text(encoding="utf-8")), path


def test_every_label_is_plain_text():
    """Qt guesses whether a text is markup; a file name may look like it."""
    raw = re.compile(r"(?<![\w.])QLabel\(|setTextFormat\((?!Qt\.TextFormat\.PlainText)|setHtml\(|QMessageBox")
    for path in (ROOT / "reviewer" / "qt").rglob("*.py"):
        text = path.read_text(encoding="utf-8").replace("(QLabel)", "")
        assert not raw.search(text), path


def test_what_a_screen_is_told_in_its_tests_comes_on_its_own_thread():
    """Posted at once it would come on the thread of the job: widgets are touched there, and the test reads
    them half told."""
    at_once = re.compile(r"post_at_once|lambda work: work\(\)")
    tests = list((ROOT / "tests" / "qt").rglob("*.py"))
    assert tests
    assert not [path.name for path in tests if at_once.search(path.read_text(encoding="utf-8"))]


def test_no_box_or_slider_is_turned_by_a_wheel_that_scrolls_past_it():
    """Those of Qt change at a turn of the wheel over them; `still_boxes` holds the ones that do not."""
    boxes = "(Combo|FontCombo|Spin|DoubleSpin)Box|Slider|Dial|(Date|Time|DateTime)Edit|Tab(Bar|Widget)"
    raw = re.compile(rf"(?<![\w.])Q({boxes}|Calendar\w+)\b")
    assert raw.search("box = QComboBox()"), "the rule sees one"
    for path in (ROOT / "reviewer" / "qt").rglob("*.py"):
        if path.stem != "still_boxes":
            assert not raw.search(path.read_text(encoding="utf-8")), path


SHOWN_ONLY = {"details_panel", "printable"}
"""Fields of several lines that nobody writes into."""


def test_every_field_of_several_lines_follows_the_script_of_what_is_written():
    raw = re.compile(r"(?<![\w.])Q(PlainTextEdit|TextEdit)\b")
    assert raw.search("class Note(QPlainTextEdit):"), "the rule sees one"
    for path in (ROOT / "reviewer" / "qt").rglob("*.py"):
        if path.stem not in {"free_text", *SHOWN_ONLY}:
            assert not raw.search(path.read_text(encoding="utf-8")), path


def test_originals_are_opened_in_one_place_only():
    for path in (ROOT / "reviewer" / "media").rglob("*.py"):
        if path.stem not in {"evidence_file", "worker_process", "worker"}:
            text = path.read_text(encoding="utf-8")
            assert "os.open(" not in text, path
            assert not re.search(r"(?<![\w.])open\(", text), path


CATCH_ALL = {
    "worker": "what it does not know becomes a Problem of that file",
    "table_worker": "the same, of a file of records",
    "text_worker": "the same, of a picture of a card",
    "serving": "one that cannot work within its confinement says so",
    "spreadsheet": "a damaged workbook is one sentence, whatever the library raises",
}


def test_an_error_of_a_decoder_is_never_lost_in_a_catch_of_everything():
    """Such a catch showed broken pictures as whole: the error came while something else was asked for."""
    for path in (ROOT / "reviewer" / "media").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            caught = []
            if isinstance(node, ast.ExceptHandler) and ast.unparse(node.body[-1]) != "raise":
                caught = [node.type] if node.type is None or isinstance(node.type, ast.Name) else []
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
                caught = node.args
            names = {"Exception" if each is None else ast.unparse(each) for each in caught}
            assert not names & {"Exception", "BaseException"} or path.stem in CATCH_ALL, path


JOBS_ARE_MADE_IN = {"services/jobs.py"}
"""Everywhere else a job is started with an owner, who ends it: an open case, the sign-in, or who waits."""
OWNERS_OF_JOBS = {
    "qt/entry/sign_in.py",
    "qt/painted_wait.py",
    "qt/main_window/succession.py",
    "qt/successor.py",
    "services/case/open_case.py",
}


def find_calls(path, name):
    """The lines on which `name` is called, however it is written: Job(), jobs.Job(), Job[int]()."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.value if isinstance(node.func, ast.Subscript) else node.func
            if name in (getattr(called, "id", ""), getattr(called, "attr", "")):
                yield node.lineno


@pytest.mark.parametrize(
    ("name", "allowed"), [("Job", JOBS_ARE_MADE_IN), ("Jobs", OWNERS_OF_JOBS)], ids=["job", "owner"]
)
def test_each_job_has_an_owner_who_ends_it(name, allowed):
    package = ROOT / "reviewer"
    found = {
        (path.relative_to(package).as_posix(), line) for path in FILES for line in find_calls(path, name)
    }
    assert {place for place, _line in found} == allowed, sorted(found)


def test_that_a_case_is_open_for_reading_only_is_said_in_one_place():
    said = re.compile(r"(?<!\")\"(This case is open|Open) for reading only\.")
    places = [path for path in FILES if said.search(path.read_text(encoding="utf-8"))]
    assert places == [ROOT / "reviewer" / "domain" / "errors.py"]
