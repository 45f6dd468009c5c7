"""`--jsonl`: the rows of --json, each on a line of its own, each there before the next is looked for."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from reviewer.cli import search
from reviewer.cli.parser import make_parser
from reviewer.domain.commands import finding_commands
from reviewer.domain.commands.card_commands import transcribe_card
from reviewer.domain.commands.near_duplicate_commands import group_duplicates
from reviewer.domain.people.individual import PhotoFacts, Transcription, TranscriptionPass
from reviewer.domain.reading.reading import Finding
from reviewer.main import main
from reviewer.services.case import history
from reviewer.services.case.opening import open_case
from reviewer.services.jobs import post_at_once
from reviewer.services.people.individuals import load_individuals
from reviewer.services.reading.act_queue import ActQueue
from tests.support.counting import finds

ROOT = Path(__file__).parents[2]
# verb with its options -> (words after the case, where --json has the rows)
VERBS = {
    "find": (("term:bruise",), "photos"),
    "find --why": (("term:bruise",), "photos"),
    "ledger": ((), "entries"),
    "problems": ((), "problems"),
    "archive": (("box.zip",), "names"),
    "lists": ((), "lists"),
    "duplicates": ((), "groups"),
    "vocabulary": ((), "changed"),
    "individuals list": ((), "individuals"),
    "individuals conflicts": (("--gaps",), "conflicts"),
    "individuals records": ((), "records"),
    "cards --mismatches": ((), "mismatches"),
    "count --compare-rules": ((), "changes"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A demonstration case with something for every verb that lists."""
    folder = tmp_path_factory.mktemp("lines")
    (folder / "photographs").mkdir()
    with zipfile.ZipFile(folder / "photographs" / "box.zip", "w") as archive:
        archive.writestr("a.jpg", b"no photograph")
    case = str(folder / "Demonstration.case")
    do("demo", folder, "--photos", 24, "--bare", "--no-window")
    pattern = "{branch}-{examination}"
    do("individuals", "accept", case, "--from", "folders", "--pattern", pattern)
    do("individuals", "load", case, folder / "records.csv", "--dates", "day-first")
    do("sample", case, "--name", "Half", "--size", 3)
    opened = open_case(Path(case))
    author = opened.examiners()[0]
    desk = ActQueue(opened, author, post_at_once)
    photos = [photo for each in load_individuals(opened, "").persons if each.id for photo in each.photos]
    finds(desk, photos[0])
    finds(desk, photos[1])
    earlier = Finding("earlier", "neck.manual", "1.1.0", regions=("neck.front",))
    desk.submit(finding_commands.add_finding(desk.reading(photos[2]), earlier))
    drafts = [group_duplicates([photos[:2]], "test", 1, {})]
    for number, detainee in ((TranscriptionPass.FIRST, "12"), (TranscriptionPass.SECOND, "13")):
        card = Transcription(number, detainee=detainee, branch="215")
        drafts.append(transcribe_card(PhotoFacts(photos[0]), card))
    for draft in drafts:
        opened.record(draft, author.id)
    opened.writer.drain()
    desk.detach()
    opened.close()
    return Path(case)


def do(*words):
    assert main([str(word) for word in words]) == 0


@pytest.fixture
def ask(made, capsys):
    def run(verb, *words):
        name, *options = verb.split(" --")
        options = [f"--{each}" for each in options]
        status = main([*name.split(), str(made), *words, *options])
        return status, capsys.readouterr().out

    return run


@pytest.mark.parametrize("verb", VERBS)
def test_the_lines_are_the_rows_of_the_object(verb, ask):
    words, key = VERBS[verb]
    status, whole = ask(verb, *words, "--json")
    same, lines = ask(verb, *words, "--jsonl")
    rows = [json.loads(line) for line in lines.splitlines()]
    assert rows == json.loads(whole)[key]
    assert rows, "there is something to compare"
    assert same == status
    assert lines.endswith("\n")


def test_formats_and_figures_are_lines_too(ask, made, capsys):
    assert main(["export", "--list", "--json"]) == 0
    formats = json.loads(capsys.readouterr().out)["formats"]
    assert main(["export", "--list", "--jsonl"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == formats
    tables = json.loads(ask("count", "--json")[1])["tables"]
    lines = [json.loads(line) for line in ask("count", "--jsonl")[1].splitlines()]
    assert [(each.pop("table"), each.pop("title"), each.pop("unit"), each) for each in lines] == [
        (table["key"], table["title"], table["unit"], figure)
        for table in tables
        for figure in table["figures"]
    ]
    states = [json.loads(line) for line in ask("cards", "--jsonl")[1].splitlines()]
    assert {each["state"]: each["cards"] for each in states} == json.loads(ask("cards", "--json")[1])["cards"]


class _Counting(io.StringIO):
    """A pipe that knows how many lines whoever reads it has."""

    flushed = 0

    def flush(self):
        self.flushed = self.getvalue().count("\n")


def test_each_line_is_there_before_the_next_row_is_looked_for(made, monkeypatch):
    pipe, seen = _Counting(), []
    monkeypatch.setattr("sys.stdout", pipe)
    entries = history.iterate_entries

    def watched(case):
        for entry in entries(case):
            seen.append(pipe.flushed)
            yield entry

    monkeypatch.setattr(history, "iterate_entries", watched)
    assert main(["ledger", str(made), "--jsonl"]) == 0
    assert seen == list(range(len(seen)))
    assert len(seen) > 5


def test_why_is_explained_photograph_by_photograph(made, monkeypatch):
    pipe, seen = _Counting(), []
    monkeypatch.setattr("sys.stdout", pipe)

    def explained(*_asked):
        seen.append(pipe.flushed)
        return ["why"]

    monkeypatch.setattr(search, "explain_match", explained)
    assert main(["find", str(made), "has:individual", "--why", "--jsonl"]) == 0
    assert seen == list(range(24))


def test_a_mistake_is_a_line_and_a_sentence(ask, made, capsys):
    assert main(["find", str(made), "colour:red", "--jsonl"]) == 3
    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["code"] == "query"
    assert err.startswith("reviewer: Column 1")
    for words in (["find", str(made), "term:bruise", "--count"], ["problems", str(made), "--count"]):
        assert main([*words, "--jsonl"]) == 3
        assert "--count gives no rows" in capsys.readouterr().err
    assert main(["export", str(made), "csv", "out", "--jsonl"]) == 3
    with pytest.raises(SystemExit) as ended:
        main(["lists", str(made), "--json", "--jsonl"])
    assert ended.value.code == 2


def listing_verbs(parser, name=""):
    """Every verb that has --jsonl, those below another verb with both words."""
    for action in parser._actions:
        if "--jsonl" in action.option_strings:
            yield name
        if isinstance(action.choices, dict):
            for verb, below in action.choices.items():
                yield from listing_verbs(below, f"{name} {verb}".strip())


def test_the_manual_names_every_verb_that_has_it():
    text = (ROOT / "docs" / "manual" / "command-line.md").read_text(encoding="utf-8")
    table = text.partition("## Rows as lines")[2].partition("## ")[0]
    named = [row.split("`")[1] for row in table.splitlines() if row.startswith("| `")]
    verbs = list(listing_verbs(make_parser()))
    assert sorted(verbs) == sorted(named)
    assert {verb.partition(" --")[0] for verb in VERBS} | {"count", "export"} == set(verbs)
