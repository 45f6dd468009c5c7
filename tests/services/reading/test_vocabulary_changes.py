"""What signs meant when findings were made: told, counted, and found again."""

import csv
import io
import json
from dataclasses import replace

import pytest

from reviewer.domain.commands import finding_commands
from reviewer.domain.figures.document import BulletList, Paragraph
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.search.fields import VOCABULARY_VERSIONS
from reviewer.domain.vocabulary.earlier_meanings import EarlierTerm, EarlierVocabulary
from reviewer.main import main
from reviewer.services.reading.vocabulary_changes import find_vocabulary_changes, load_vocabulary_changes
from reviewer.services.report.earlier_meanings import make_earlier_meaning_blocks
from reviewer.services.search import search
from reviewer.services.vocabulary.vocabulary import EARLIER_VERSIONS, load_vocabulary
from reviewer.services.worklist.worklist import Worklist
from reviewer.storage.reading.terms import FindingsUnderVersion
from tests.support import exports
from tests.support.cases import ingested, made_case
from tests.support.photos import drive

VOCABULARY = load_vocabulary()
OLD = "marks of manual strangulation"


def test_the_versions_a_query_knows_are_those_of_the_vocabulary():
    assert (*EARLIER_VERSIONS, VOCABULARY.version) == VOCABULARY_VERSIONS
    assert tuple(each.version for each in VOCABULARY.earlier) == EARLIER_VERSIONS


def test_every_term_that_is_called_or_means_something_else_says_what_changed():
    before = VOCABULARY.earlier[-1].terms
    other = [key for key in before if VOCABULARY.earlier_meaning(key, "1.1.0") and VOCABULARY.term(key)]
    assert len(other) > 30
    assert [key for key in other if not VOCABULARY.term(key).changed] == []
    assert [key for key in before if VOCABULARY.term(key) is None] == []


def test_what_a_term_meant_then():
    then = VOCABULARY.earlier_meaning("neck.manual", "1.1.0")
    assert (then.name, VOCABULARY.term_name("neck.manual")) == (OLD, "round or crescent marks of the neck")
    assert VOCABULARY.earlier_meaning("neck.manual", "2.0.0") is None
    assert VOCABULARY.earlier_meaning("blunt.abrasion", "1.1.0") is None
    assert VOCABULARY.earlier_meaning("neck.manual", "9") is None
    said = VOCABULARY.earlier_meaning_in_words("med.cannula", "1.1.0")
    assert said.startswith("Made under vocabulary 1.1.0 as \u201ccannula\u201d: A cannula in a vein")
    assert VOCABULARY.earlier_meaning_in_words("blunt.abrasion", "1.1.0") == ""


def test_a_term_that_is_gone_keeps_its_earlier_name():
    earlier = EarlierVocabulary("1.1.0", {"old.term": EarlierTerm("old.term", "old sign", "It was seen.")})
    vocabulary = replace(VOCABULARY, earlier=(earlier,))
    assert vocabulary.term_name("old.term") == "old sign"
    assert vocabulary.earlier_meaning("old.term", "1.1.0").definition == "It was seen."
    (change,) = find_vocabulary_changes(vocabulary, [FindingsUnderVersion("old.term", "1.1.0", 3, 2)]).changed
    assert (change.then, change.now, change.query) == ("old sign", "", "")


def test_findings_of_a_term_that_means_the_same_are_only_counted():
    found = find_vocabulary_changes(
        VOCABULARY,
        [
            FindingsUnderVersion("blunt.abrasion", "1.1.0", 5, 4),
            FindingsUnderVersion("neck.manual", "1.1.0", 2, 1),
        ],
    )
    assert (found.alike, [each.term for each in found.changed]) == (5, ["neck.manual"])


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vocabulary")
    (folder / "drive").mkdir()
    made = made_case(folder)
    ingested(made, drive(folder / "drive"))
    author = made.examiners()[0].id
    photos = [item.sha256 for item in Worklist(made, author).load().items]
    findings = [
        (photos[0], Finding("a", "neck.manual", "1.1.0", regions=("neck.front",))),
        (photos[1], Finding("b", "neck.manual", "2.0.0", regions=("neck.front",))),
        (photos[1], Finding("c", "blunt.abrasion", "1.1.0")),
        (photos[2], Finding("d", "neck.manual", "1.0.0")),
    ]
    for photo, finding in findings:
        made.record(finding_commands.add_finding(Reading(author, photo), finding), author)
    yield made, photos, author
    made.close()


def test_what_changed_is_listed_with_its_findings_and_found_by_its_query(case):
    made, photos, author = case
    found = load_vocabulary_changes(made)
    assert found.alike == 1
    assert [(e.term, e.version, e.findings, e.photos) for e in found.changed] == [
        ("neck.manual", "1.0.0", 1, 1),
        ("neck.manual", "1.1.0", 1, 1),
    ]
    assert search.find_photos(made, found.changed[1].query, author).photos == (photos[0],)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("vocabulary:1.1.0", [0, 1]),
        ("vocabulary<2.0", [0, 1, 2]),
        ("made_under:2.0.0", [1]),
        ("vocabulary!=2.0.0 term:neck.manual", [0, 2]),
        ("vocabulary:1.1.0 region:neck", [0]),
        ("vocabulary<2.0 term:abrasion region:neck", []),
        (f'term="{OLD}"', [0, 1, 2]),
        (f'term:"{OLD}"', [0, 1, 2]),
    ],
)
def test_a_query_asks_for_the_version_that_a_finding_was_made_under(case, query, places):
    made, photos, author = case
    assert set(search.find_photos(made, query, author).photos) == {photos[place] for place in places}


def test_the_command_line_lists_them(case, capsys):
    made, _photos, _author = case
    assert main(["vocabulary", str(made.folder)]) == 0
    told = capsys.readouterr().out
    assert "round or crescent marks of the neck (neck.manual): 1 finding on 1 photograph, made under" in told
    assert f"then: {OLD}." in told
    assert "read again: vocabulary:1.1.0 term=neck.manual answer:any" in told
    assert "2 findings were made under a meaning that is another one in vocabulary 2.0.0; 1 other" in told
    assert main(["vocabulary", str(made.folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["version"] for each in told["changed"]] == ["1.0.0", "1.1.0"]


def test_the_dictionary_of_the_tables_tells_the_earlier_meaning(case, tmp_path):
    made, _photos, _author = case
    out = exports.made(made, "csv", tmp_path / "out")
    rows = list(csv.reader(io.StringIO((out / "dictionary.csv").read_text(encoding="utf-8"))))
    told = [row[2] for row in rows if row[:2] == ["findings.csv", "term"]]
    assert any(each.startswith(f"neck.manual under vocabulary 1.1.0: {OLD}. Round or oval") for each in told)
    assert not any("blunt.abrasion" in each for each in told)


def test_a_sheet_tells_each_earlier_meaning_once():
    made = [Finding(id_, "neck.manual", "1.1.0") for id_ in "ab"] + [Finding("c", "blunt.bruise", "2.0.0")]
    paragraph, points = make_earlier_meaning_blocks(made, VOCABULARY)
    assert isinstance(paragraph, Paragraph)
    assert isinstance(points, BulletList)
    assert len(points.items) == 1
    assert points.items[0].startswith("round or crescent marks of the neck. Made under vocabulary 1.1.0")
    assert list(make_earlier_meaning_blocks(made[2:], VOCABULARY)) == []
