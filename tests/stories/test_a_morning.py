"""An ordinary morning: reading at the real window with the keyboard alone."""

from reviewer.domain.commands import finding_commands
from reviewer.domain.reading.reading import Conclusion, Finding, Reading, ReadingState
from reviewer.domain.vocabulary.scales import Certainty, FindingAnswer
from reviewer.services.evidence.verify_case import verify_case
from reviewer.services.export.run import export
from reviewer.services.jobs import JobControl
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import opened
from tests.support.tables import rows as table


def test_twenty_photos_by_keyboard_then_undo_close_reopen_redo_resume_export(desk, case_folder, tmp_path):
    morning = desk().opens(case_folder).sees_photo(0)
    for number in range(20):
        morning.sees_photo(number)
        if number % 4 == 0:
            morning.presses("1", "Q").places("neck f")
        elif number % 4 == 1:
            morning.adds("tram").places("chest l").presses("W", "2")
        elif number % 4 == 2:
            morning.presses("N")
        else:
            morning.presses("U", "4")
        morning.presses("Enter", *("E" if number % 4 == 1 else ""))
    morning.sees_photo(20).is_saved()
    findings_before = {p: morning.session.desk.reading(i.sha256) for p, i in enumerate(items(morning)[:20])}
    assert all(reading.state is ReadingState.COMPLETE for reading in findings_before.values())

    morning.presses("Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z").is_saved()
    assert morning.reader.position in {17, 18}
    left_at = morning.reader.position
    morning.leaves()

    noon = desk().opens(case_folder)
    assert noon.reader.position == left_at, "reading resumes where it was left"
    noon.presses("Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+Y", "Ctrl+Y").is_saved()
    for position, item in enumerate(items(noon)[:20]):
        before, now = findings_before[position], noon.session.desk.reading(item.sha256)
        assert (now.findings, now.state, now.conclusion) == (before.findings, before.state, before.conclusion)
    noon.leaves()

    with opened(case_folder) as case:
        assert verify_case(case, JobControl()).sound
        export(case, case.examiners()[0].id, "csv", tmp_path / "out", JobControl())
    rows = table(tmp_path / "out" / "findings.csv")
    made = [
        (f.id, f.term, str(f.certainty), ";".join(f.regions))
        for r in findings_before.values()
        for f in r.findings
    ]
    exported = [(row["finding_id"], row["term"], row["certainty"], row["regions"]) for row in rows]
    assert sorted(exported) == sorted(made)
    assert len(made) == 15
    readings = table(tmp_path / "out" / "readings.csv")
    assert sum(row["conclusion"] == str(Conclusion.NOTHING_VISIBLE) for row in readings) == 5
    assert sum(row["reason"] == "dark" for row in readings) == 5


def items(examiner):
    return examiner.reader.worklist.items


def test_quick_tags_go_on_and_off_and_zero_clears_them(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("1", "3", "9")
    assert reader.terms == ["neck.ligature_mark", "elec.mark", "nonspecific.lesion"]
    reader.presses("3")
    assert reader.terms == ["neck.ligature_mark", "nonspecific.lesion"]
    reader.presses("0").is_saved()
    assert reader.terms == []
    reader.presses("Ctrl+Z").is_saved()
    assert reader.terms == ["neck.ligature_mark", "nonspecific.lesion"]


def test_a_tag_goes_to_the_photograph_on_screen_when_the_key_went_down(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("2", "Right").sees_photo(1).presses("4", "Left").is_saved()
    assert reader.terms == ["blunt.bruise"]
    reader.presses("Right")
    assert reader.terms == ["blunt.abrasion"]


def test_everything_that_can_be_said_of_a_finding(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0).presses("1", "E")
    assert reader.finding.certainty is Certainty.POSSIBLE
    reader.points_at("neck.front").points_at("nape")
    assert reader.finding.regions == ("neck.front", "nape")
    reader.points_at("neck.front")
    assert reader.finding.regions == ("nape",)
    reader.presses("Y").types("dir").presses("Enter").types("obl").presses("Enter", "Esc")
    assert dict(reader.finding.qualifiers) == {"lig_direction": ("oblique",)}
    reader.presses("T", "3")
    assert reader.finding.answer is FindingAnswer.NON_SPECIFIC
    reader.presses("T", "4", "2")
    assert (reader.finding.answer, reader.finding.reason) == (FindingAnswer.NOT_ASSESSABLE, "covered")
    reader.presses("Y").types("degree").presses("Enter")
    assert reader.said == (
        "A degree of consistency is given of a sign that is present; this one is recorded as not assessable."
    )
    reader.presses("Esc", "T", "1", "Y").types("degree").presses("Enter")
    assert reader.said == "A sign that is only possible has no degree of consistency."
    reader.presses("Esc", "W", "Y").types("degree").presses("Enter").types("typical")
    assert "not commonly used" in reader.reading.box.detail.text()
    assert not any("diagnostic" in text for text in reader.reading.box.texts())
    reader.presses("Enter", "2")
    reader.types("a cord drawn tight").presses("Enter").is_saved()
    assert (reader.finding.degree, reader.finding.mechanism) == ("typical", "a cord drawn tight")
    assert reader.finding.alleged_by == "record"
    assert reader.reading.recorded.text() == "typical of a cord drawn tight, as a record says"
    assert reader.finding.certainty_stated


def test_an_empty_reading_cannot_be_completed_and_says_why(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0).presses("Enter")
    assert reader.reader.position == 0
    assert "Nothing is recorded" in reader.said
    reader.presses("D").is_saved()
    assert reader.reader.reading.state is ReadingState.SET_ASIDE


def test_findings_are_copied_from_the_previous_photo_and_wait_to_be_confirmed(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0).presses("1", "2", "Right").sees_photo(1)
    reader.presses("C")
    assert "only where you completed the photo once by your own look" in reader.said
    reader.presses("N", "Shift+Enter", "C")
    assert [finding.confirmed for finding in reader.reader.reading.findings] == [False, False]
    reader.presses("Enter")
    assert "confirmed" in reader.said
    reader.presses("Ctrl+Enter", "Enter", "W").is_saved()
    assert reader.reader.position == 2


def test_a_note_is_kept_when_the_photo_is_left_and_letters_do_not_tag(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0)
    reader.presses("S").types("1 belt, 2 cords q").presses("Esc", "Right").is_saved()
    assert reader.terms == []
    reader.presses("Left")
    assert reader.reader.reading.note == "1 belt, 2 cords q"
    assert reader.terms == []


def test_every_action_is_bound(desk, case_folder):
    reader = desk().opens(case_folder)
    assert reader.window.binder.list_unbound() == []


def test_a_mechanism_that_is_typed_makes_no_finding_and_says_to_choose_what_is_seen(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0).adds("strangulation")
    box = reader.reading.box
    assert reader.terms == []
    assert "This is a mechanism: choose what is seen." in box.detail.text()
    assert {"ligature mark", "round or crescent marks of the neck", "fold of the skin"} <= set(box.texts())
    reader.presses("Down", "Enter").is_saved()
    assert reader.terms == ["neck.ligature_mark"]


def test_gunshot_is_the_wound_whose_direction_is_left_open(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0).adds("gunshot").is_saved()
    assert reader.terms == ["gsw.undetermined"]


def test_a_finding_keeps_the_meaning_under_which_it_was_made(desk, case_folder):
    with opened(case_folder) as case:
        author = case.examiners()[0].id
        photo = Worklist(case, author).load().items[0].sha256
        made = Finding("old", "neck.ligature_mark", "1.1.0")
        case.record(finding_commands.add_finding(Reading(author, photo), made), author)
    reader = desk().opens(case_folder).sees_photo(0)
    detail = reader.reading.side.detail
    meant = reader.reader.vocabulary.earlier_meaning_in_words("neck.ligature_mark", "1.1.0")
    assert (detail.then.isHidden(), detail.then.text()) == (False, meant)
    reader.presses("Y").types("what it")
    assert reader.reading.box.detail.text() == meant
    reader.presses("Esc", "3").is_saved()
    assert detail.then.isHidden()


def test_recorded_words_that_are_wider_than_the_photograph_stand_in_several_lines(desk, case_folder):
    reader = desk().opens(case_folder).sees_photo(0).presses("2", "Q")
    words = reader.reading.recorded
    one_line = words.height()
    reader.presses("Y").types("degree").presses("Enter", "2", "1").types("blows with a rod " * 8).presses(
        "Enter"
    )
    assert words.text().endswith("as a witness says")
    assert words.width() <= reader.reading.canvas.width()
    assert words.height() >= words.heightForWidth(words.width()) > one_line
    reader.is_saved()
