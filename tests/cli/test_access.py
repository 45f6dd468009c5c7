"""Removing an examiner and changing the key of a case by the command line."""

import json

import pytest

from reviewer.domain.errors import WrongPassphrase
from reviewer.main import main
from reviewer.services.case.enrolment import enrol
from reviewer.services.case.opening import open_case
from tests.support.cases import PASSPHRASE, made_case

OTHER = "seven quiet rooms by the sea"


def test_an_examiner_is_removed_and_the_key_is_changed_again(tmp_path, capsys):
    case = made_case(tmp_path, passphrase=PASSPHRASE)
    enrol(case, "Dr Hansen", OTHER)
    case.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE)
    common = [str(case.folder), "--passphrase-file", str(secret)]
    assert main(["remove-examiner", *common, "--of", "Dr Hansen", "--why", "left"]) == 0
    said = capsys.readouterr().out
    assert "Dr Hansen is removed." in said and "New recovery key: " in said
    assert "Backups and copies that were made before still open" in said
    with pytest.raises(WrongPassphrase):
        open_case(case.folder, OTHER)
    assert main(["change-key", *common, "--lost", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["changed"], told["left_behind"]) == (True, [])
    opened = open_case(case.folder, told["recovery_key"], read_only=True)
    opened.close()


def test_a_passphrase_is_suggested(capsys):
    assert main(["suggest-passphrase", "--words", "7", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["passphrase"].split(" ")) == 7 and told["bits"] > 90
