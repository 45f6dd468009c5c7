"""Single changes of a court pack by another enrolled examiner: every cell, row, file and line of it.

Three hands do it. One signs the changed pack anew. One states anew in her own name what it holds, which she
may; then only what follows from the ledger is seen, and the rest is what docs/pack-format.md lists. One
changes a pack of an earlier state, in which nothing is stated.
"""

import re
import shutil
from dataclasses import replace

import pytest

from reviewer.domain.acts import acts
from reviewer.domain.evidence import pack_format
from reviewer.domain.ledger.entry import ChainSlot, compute_entry_hash
from reviewer.services.case.made import load_made
from reviewer.services.pack.check import check_pack
from reviewer.services.pack.definitions import make_definitions, state_definitions
from reviewer.services.pack.run import PackRequest, make_redactor_factory
from reviewer.services.pictures.decoding import new_pool
from tests.support import pack_changes
from tests.support.full_case import make_full_case
from tests.support.packs import (
    NOT_SOUND,
    SOUND,
    VERIFY,
    hashed_anew,
    ledger_lines,
    made_to_fit,
    own_verdict,
    packed,
    signed_anew,
    stated_anew,
    verified_here,
)
from tests.support.rewriting import entries_of

PAGE = VERIFY.with_name("FORMAT.md")
UNSEEN_WHEN_STATED = (
    r"reports/|(tables/.*|from-ledger/photographs\.csv): another order|a redacted copy is another picture"
    r"|problems\.csv: (another|no) (content|media_type|problem|reason|may_hold_photographs)$"
)
"""Changes that both checkers let pass if the maker states them in her own name, and makes all fit: what the
page lists, of what stands in one place only."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The open case, a pack of it with everything, and one of an earlier state; not to be changed."""
    folder = tmp_path_factory.mktemp("bound")
    case = make_full_case(folder)
    pool = new_pool()
    try:
        redact = make_redactor_factory(case, pool)
        wish = PackRequest(query="", originals=True, redact=redact, reports=(("summary.pdf", b"%PDF"),))
        pack = packed(case, folder / "pack", wish).folder
        earlier = packed(case, folder / "earlier", replace(wish, entries=case.counts().entries - 1)).folder
    finally:
        pool.close()
    yield case, pack, earlier
    case.close()


def haddad(case):
    """The other examiner: her id, and her hand."""
    (her,) = [each.id for each in case.examiners() if each.name == "Dr Haddad"]
    return her, lambda hash_: case.keys.sign(her, hash_)


def sample(changes, rounds, short):
    """As many of the changes as are to be tried, from all over the list."""
    step = max(1, len(changes) // rounds(short, len(changes)))
    return changes[::step]


def change_copy(pack, tmp_path, run):
    folder = shutil.copytree(pack, tmp_path / "changed")
    run(folder)
    return folder


def assert_another_changes_nothing_unseen(case, pack, tmp_path, how_many, promise):
    """Change a pack in one place after the other, in the hand of another enrolled examiner."""
    her, sign = haddad(case)
    changes = pack_changes.list_changes(pack)
    assert len(changes) > 1000
    for name, run in sample(changes, *how_many):
        folder = change_copy(pack, tmp_path, run)
        if (folder / pack_format.BAG_INFO).exists():
            hashed_anew(folder)
            signed_anew(folder, sign, her)
        said = verified_here(folder), own_verdict(folder)
        promise.tried += 1
        promise.lost += SOUND in (said[0][0], said[1][0])
        assert SOUND not in (said[0][0], said[1][0]), (name, said)
        shutil.rmtree(folder)


def test_nothing_that_another_examiner_changes_and_signs_anew_is_unseen(made, tmp_path, rounds, promise):
    promise("R26 bound", "A pack that another examiner changed and signed anew is seen by both checkers")
    case, pack, _earlier = made
    assert_another_changes_nothing_unseen(case, pack, tmp_path, (rounds, 24), promise)


def test_what_a_maker_states_in_her_own_name_is_seen_as_far_as_it_follows(made, tmp_path, rounds):
    case, pack, _earlier = made
    her, sign = haddad(case)
    wanted = [
        (name, run)
        for name, run in pack_changes.list_changes(pack)
        if name.startswith("data/") and ": gone" not in name and not name.startswith("data/ledger")
    ]
    for name, run in sample(wanted, rounds, 16):
        folder = change_copy(pack, tmp_path, run)
        made_to_fit(folder, pack)
        stated_anew(folder, sign, her, "Dr Haddad")
        (theirs, words), (ours, faults) = verified_here(folder), own_verdict(folder)
        assert theirs <= ours, (name, words, faults)
        assert ours == NOT_SOUND or re.search(UNSEEN_WHEN_STATED, name), name
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("findings", "marks"),
        ("findings", "display_recipe"),
        ("findings", "seen_as_is"),
        ("findings", "category"),
        ("coverage", "level"),
        ("coverage", "aspect"),
        ("readings", "conclusion"),
    ],
)
def test_both_make_these_from_the_ledger(made, tmp_path, table, column):
    """Also against the maker, and where nothing is stated."""
    case, pack, earlier = made
    her, sign = haddad(case)
    name = f"data/tables/{table}.csv: another {column}"
    run = dict(pack_changes.list_changes(pack))[name]
    folder = change_copy(pack, tmp_path, run)
    stated_anew(folder, sign, her, "Dr Haddad")
    assert verified_here(folder)[0] == own_verdict(folder)[0] == NOT_SOUND
    assert verified_here(earlier)[0] == SOUND


@pytest.mark.parametrize(
    "name",
    [
        "data/tables/statements.csv: another value",
        "data/tables/card_passes.csv: another detainee",
        "data/tables/measurements.csv: another margin",
        "data/tables/measurements.csv: another takes",
        "data/tables/merges.csv: another stands_for_it",
        "data/tables/decisions.csv: another why",
        "data/tables/photographs.csv: another individual",
        "data/loadfile.csv: another title",
        "data/loadfile.csv: another type",
        "data/loadfile.csv: another order",
        "data/loadfile.csv: a column more",
        "data/loadfile.dat: another number",
        "data/loadfile.dat: another hash",
        "data/loadfile.dat: no mark of UTF-8",
        "data/loadfile.opt: more pictures",
        "data/evidence/source-1.sha256: a byte more",
        "data/evidence/source-1.hashdeep.txt: a byte more",
        "data/evidence/files.csv: another order",
        "data/evidence/files.csv: a column more",
        "data/evidence/: a file more",
        "data/tables/about.csv: another value",
        "data/tables/dictionary.csv: a row more",
        "data/tables/samples.csv: another weight",
        "data/tables/sample_units.csv: another unit",
        "data/tables/record_rows.csv: another cells",
        "data/tables/record_rows.csv: another individual",
        "data/tables/record_rows.csv: no rows",
        "data/tables/problems.csv: another seen_elsewhere",
        "data/tables/problems.csv: a row less",
        "data/tables/photographs.csv: a row less",
        "data/tables/photographs.csv: another files_with_this_content",
        "data/tables/findings.csv: another view",
        "data/tables/measurements.csv: another result",
    ],
)
def test_the_program_makes_these_from_the_ledger_as_well(made, tmp_path, name):
    """Also if everything else is made to fit."""
    case, pack, _earlier = made
    her, sign = haddad(case)
    folder = change_copy(pack, tmp_path, dict(pack_changes.list_changes(pack))[name])
    made_to_fit(folder, pack)
    stated_anew(folder, sign, her, "Dr Haddad")
    assert own_verdict(folder)[0] == NOT_SOUND


def test_what_is_only_made_to_fit_is_as_it_was(made, tmp_path):
    _case, pack, _earlier = made
    folder = change_copy(pack, tmp_path, lambda _folder: None)
    made_to_fit(folder, pack)
    assert (own_verdict(folder), verified_here(folder)[0]) == ((SOUND, ""), SOUND)


def test_nothing_that_another_examiner_changes_in_a_pack_of_an_earlier_state_is_unseen(
    made, tmp_path, rounds, promise
):
    promise("R26 earlier", "... nor in a pack of an earlier state")
    case, _pack, earlier = made
    assert_another_changes_nothing_unseen(case, earlier, tmp_path, (rounds, 12), promise)


def test_a_pack_of_an_earlier_state_says_so_and_its_statement_stands_in_the_case(made):
    case, pack, earlier = made
    stated = pack_format.entry_from_line((earlier / pack_format.STATED).read_bytes()[:-1])
    assert stated in entries_of(case)
    assert stated.body["entries"] == len(ledger_lines(earlier))
    assert check_pack(earlier).later == stated.body["later"] > 0 == check_pack(pack).later
    assert f"an earlier state: {stated.body['later']} entries had followed" in verified_here(earlier)[1]
    assert "an earlier state" not in verified_here(pack)[1]


@pytest.mark.parametrize(
    "change",
    [
        {"tick": 1},
        {"act": acts.EXPORT_MADE},
        {"subject": "another"},
        {"later": 0},
        {"later": 7},
        {"entries": 12},
        {"signature": "0" * 128},
    ],
)
def test_a_statement_that_cannot_be_of_the_pack_is_none(made, tmp_path, change):
    """The maker herself signs what she changed in the entry beside the ledger."""
    case, _pack, earlier = made
    folder = change_copy(earlier, tmp_path, lambda _folder: None)
    author = case.examiners()[0].id
    stated = pack_format.entry_from_line((folder / pack_format.STATED).read_bytes()[:-1])
    body = {name: change.get(name, value) for name, value in stated.body.items()}
    told = {name: value for name, value in change.items() if name not in stated.body}
    stated = replace(stated, body=body, **told)
    slot = ChainSlot(stated.author, stated.station, stated.seq, stated.prev, stated.tick, stated.seen)
    hash_ = compute_entry_hash(slot, stated.at, stated.act, stated.subject, body, "")
    signature = told.get("signature") or case.keys.sign(author, hash_)
    stated = replace(stated, hash=hash_, signature=signature)
    (folder / pack_format.STATED).write_bytes(pack_format.entry_to_line(stated))
    hashed_anew(folder)
    signed_anew(folder, lambda hash_: case.keys.sign(author, hash_), author)
    theirs, ours = verified_here(folder)[0], own_verdict(folder)[0]
    assert ours == NOT_SOUND
    assert theirs == (SOUND if change == {"later": 7} else NOT_SOUND), "METHOD.txt is made anew by one only"


@pytest.mark.parametrize("name", ["a redacted copy is the open one", "a redacted copy is left out"])
def test_an_open_photograph_does_not_stand_for_a_redacted_copy(made, tmp_path, name):
    case, pack, _earlier = made
    her, sign = haddad(case)
    folder = change_copy(pack, tmp_path, dict(pack_changes.list_changes(pack))[name])
    stated_anew(folder, sign, her, "Dr Haddad")
    assert verified_here(folder)[0] == own_verdict(folder)[0] == NOT_SOUND


def test_who_states_a_pack_anew_without_a_change_makes_a_pack_of_her_own(made, tmp_path):
    case, pack, _earlier = made
    her, sign = haddad(case)
    folder = change_copy(pack, tmp_path, lambda _folder: None)
    stated_anew(folder, sign, her, "Dr Haddad")
    assert (verified_here(folder)[0], own_verdict(folder)) == (SOUND, (SOUND, ""))
    method = (folder / pack_format.METHOD).read_text(encoding="utf-8")
    assert "Pack made by: Dr Haddad\n" in method


def test_a_pack_from_which_the_statement_was_cut_is_not_sound(made, tmp_path):
    """Unless it says that it is of an earlier state, and by whom."""
    case, _pack, earlier = made
    her, sign = haddad(case)
    assert verified_here(earlier)[0] == own_verdict(earlier)[0] == SOUND
    for old, new in ((b"AN EARLIER STATE", b"A STATE"), (b"made by: Dr Okoye", b"made by: Dr Haddad")):
        folder = change_copy(earlier, tmp_path, lambda _folder: None)
        method = folder / pack_format.METHOD
        method.write_bytes(method.read_bytes().replace(old, new))
        author = case.examiners()[0].id
        hashed_anew(folder)
        signed_anew(folder, lambda hash_, author=author: case.keys.sign(author, hash_), author)
        assert verified_here(folder)[0] == own_verdict(folder)[0] == NOT_SOUND
        shutil.rmtree(folder)
    folder = change_copy(earlier, tmp_path, lambda _folder: None)
    signed_anew(folder, sign, her)
    assert verified_here(folder)[0] == own_verdict(folder)[0] == NOT_SOUND


def test_definitions_are_stated_once_and_lie_in_the_pack(made):
    case, pack, _earlier = made
    stated = [entry for entry in entries_of(case) if entry.act == acts.DEFINITIONS_STATED]
    assert len(stated) == 1
    assert not state_definitions(case, case.examiners()[0].id), "they are the same"
    for path, content in make_definitions().items():
        assert (pack / path).read_bytes() == content
        assert stated[0].body["files"][path] == pack_format.hashlib.sha256(content).hexdigest()
    assert (VERIFY.parent / "RULES.md").read_bytes() == (VERIFY.parents[2] / "docs/rules.md").read_bytes()


def test_a_pack_ends_with_what_it_holds_and_its_making_follows(made):
    case, pack, _earlier = made
    last = pack_format.entry_from_line(ledger_lines(pack)[-1])
    assert last.act == acts.PACK_STATED
    assert last.body["entries"] == len(ledger_lines(pack)) - 1
    assert load_made(case)[-1].entry.seen == load_made(case)[-1].entry.body["head"]


def test_the_list_of_what_does_not_follow_is_short():
    page = PAGE.read_text(encoding="utf-8")
    section = page.split("### What does not follow from the ledger\n")[1].split("\n## ")[0]
    assert len([line for line in section.split("\n") if line.strip()]) <= 10
