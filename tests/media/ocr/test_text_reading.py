"""Reading text in pixels, in a process of its own: the protocol, deadlines, models, confinement.

The text reader is an optional part and is not needed here: a stand-in answers, or the real process runs with
stand-ins for what it imports. `packaging/bench ocr` tries the real one.
"""

import hashlib
import sys

import pytest

from reviewer.media.ocr import text_models
from reviewer.media.ocr.text_process import TextProcess, TextUnreadable
from reviewer.media.workers.pool import Picture
from tests.support.text_reader import command

LINUX = sys.platform == "linux"
PICTURE = Picture(4, 3, 20, bytes(range(60)))
MODELS = ("det.onnx", "cls.onnx", "rec.onnx")
WORKER = """
import sys
sys.path.insert(0, {stand_ins!r})
from pathlib import Path
from reviewer.media.ocr import text_models, text_worker
text_models.find_models_folder = lambda: {folder}
text_models.MODELS = {models!r}
text_models._read_versions = lambda: {versions!r}
text_worker.main(sys.argv[1:])
"""
READER = """
import os, socket, threading
class Said:
    def __init__(self, *txts): self.txts = txts
def attempt(work):
    try: work()
    except (OSError, MemoryError) as error: return "refused"
    return "escaped"
class RapidOCR:
    def __init__(self, params):
        self.params = params
{at_start}
    def __call__(self, pixels):
        return Said(
            "x".join(map(str, pixels.shape)),
            attempt(lambda: open("/etc/hostname")),
            attempt(lambda: socket.socket(socket.AF_INET)),
            attempt(lambda: os.fork() or os._exit(0)),
            *sorted(value for key, value in self.params.items() if key.endswith("model_path")),
        )
"""
ONNX = "def disable_telemetry_events(): pass"


@pytest.fixture
def process():
    made = []

    def begin(words, **options):
        made.append(TextProcess(words, **options))
        return made[-1]

    yield begin
    for each in made:
        each.close()


def test_the_process_is_given_the_pixels_of_the_area_and_nothing_else(process):
    reader = process(command("pixels"))
    rows = [bytes(range(start, start + 8)).hex() for start in (24, 44)]
    assert reader.read(PICTURE, (1, 1, 2, 2)) == ("2x2", "".join(rows))
    assert reader.layers == ("none, it stands in",)


def test_what_reaches_beyond_the_picture_is_cut_and_without_an_area_all_of_it_is_read(process):
    reader = process(command("pixels"))
    assert reader.read(PICTURE, (3, -5, 40, 6))[0] == "1x1"
    assert reader.read(PICTURE)[0] == "4x3"
    assert reader.read(PICTURE, (50, 50, 2, 2))[0] == "4x3"


def test_a_reader_that_overruns_is_killed_and_the_next_question_starts_another(process):
    reader = process(command("stuck"), seconds=0.2)
    for _time in range(2):
        with pytest.raises(TextUnreadable, match="took too long"):
            reader.read(PICTURE)
        assert reader.pid is None


def test_a_reader_that_ends_is_a_sentence(process):
    with pytest.raises(TextUnreadable, match="ended without an answer"):
        process(command("dying")).read(PICTURE)


@pytest.mark.parametrize(
    "answer",
    [
        "nonsense",
        "[]",
        '{"ok": true}',
        '{"ok": true, "texts": 5}',
        '{"ok": true, "bytes": -1}',
        '{"ok": true, "texts": ["a", 5]}',
        '{"ok": true, "texts": ["a"], "bytes": 1}',
        "[" * 100_000,
        '{"ok": true, "texts": [' + ", ".join(['"x"'] * 41) + "]}",
    ],
)
def test_an_answer_that_is_none_is_a_sentence(process, answer):
    with pytest.raises(TextUnreadable, match="ended without an answer"):
        process(command("lying", answer)).read(PICTURE)


def test_only_short_lines_that_can_be_shown_pass(process):
    answer = '{"ok": true, "texts": ["a\\u202eb\\nc", "", "' + "9" * 500 + '"' + ', "x"' * 37 + "]}"
    texts = process(command("lying", answer)).read(PICTURE)
    assert texts[:2] == ("a b c", "9" * 80)
    assert len(texts) == 39


def worker(tmp_path, *, contents=MODELS, versions=None, at_start="        pass", is_there=True):
    """The real process with stand-ins for the reader, onnxruntime and the models."""
    stand_ins, folder = tmp_path / "stand-ins", tmp_path / "models"
    stand_ins.mkdir()
    folder.mkdir()
    (stand_ins / "onnxruntime.py").write_text(ONNX)
    (stand_ins / "rapidocr.py").write_text(READER.format(at_start=at_start))
    for name, content in zip(MODELS, contents, strict=False):
        (folder / name).write_text(content)
    code = WORKER.format(
        stand_ins=str(stand_ins),
        folder=f"Path({str(folder)!r})" if is_there else None,
        models={
            part: (name, hashlib.sha256(name.encode()).hexdigest())
            for part, name in zip("ABC", MODELS, strict=True)
        },
        versions=versions or {"rapidocr": "3.10.0", "onnxruntime": "1.23.2"},
    )
    return [sys.executable, "-c", code]


def why_not(process, *arguments, **options):
    with pytest.raises(TextUnreadable) as caught:
        process(worker(*arguments, **options)).read(PICTURE)
    return str(caught.value)


def test_the_real_process_reads_confined_with_models_named_by_their_paths(process, tmp_path):
    reader = process(worker(tmp_path))
    size, *attempts, _cls, _det, rec = reader.read(PICTURE, (0, 0, 3, 2))
    assert size == "2x3x3"
    assert rec == str(tmp_path / "models" / "rec.onnx")[:80], "a line is cut at 80"
    if LINUX:
        assert attempts == ["refused"] * 3
        words = "; ".join(reader.layers)
        assert all(layer in words for layer in ("memory", "landlock", "seccomp"))


def test_without_the_optional_part_each_question_gets_one_sentence(process, tmp_path):
    assert why_not(process, tmp_path, is_there=False) == text_models.ABSENT


def test_missing_models_are_said_before_anything_is_imported_that_would_look_for_them(process, tmp_path):
    at_start = f"        open({str(tmp_path / 'begun')!r}, 'w')"
    assert why_not(process, tmp_path, contents=MODELS[:2], at_start=at_start) == text_models.INCOMPLETE
    assert not (tmp_path / "begun").exists()


def test_other_models_are_not_loaded(process, tmp_path):
    assert (
        why_not(process, tmp_path, contents=("det.onnx", "cls.onnx", "other")) == text_models.UNKNOWN_MODELS
    )


@pytest.mark.parametrize("version", ["1.32.0", "1.24.0", "1.22.1", "of no version", "2"])
def test_a_version_that_may_report_over_the_network_is_not_loaded(process, tmp_path, version):
    told = why_not(process, tmp_path, versions={"rapidocr": "3.10.4", "onnxruntime": version})
    assert told == f"onnxruntime {version} is not used here; reviewer[ocr] takes 1.23 to before 1.24."


@pytest.mark.parametrize(
    "reach", ["socket.create_connection(('127.0.0.1', 9))", "socket.getaddrinfo('a', 1)"]
)
def test_a_reader_that_reaches_for_the_network_while_it_loads_is_not_used(process, tmp_path, reach):
    told = why_not(process, tmp_path, at_start=f"        {reach}")
    assert told == "The text reader could not be loaded (PermissionError)."


@pytest.mark.skipif(not LINUX, reason="threads are counted where landlock and seccomp are")
def test_a_reader_with_threads_that_would_escape_confinement_is_not_used(process, tmp_path):
    start = "        threading.Thread(target=threading.Event().wait, daemon=True).start()"
    assert "began threads" in why_not(process, tmp_path, at_start=start)
