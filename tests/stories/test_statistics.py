"""Figures are counted, drawn, broken down and followed back to the photographs, by the keyboard."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from reviewer.domain.acts import acts, shared_acts
from reviewer.domain.commands import finding_commands
from reviewer.domain.ledger.entry import Draft
from reviewer.domain.reading.reading import Finding, Reading
from reviewer.domain.vocabulary.scales import NotAssessableReason
from reviewer.qt.statistics import counting
from reviewer.qt.widgets.context_menu import ContextMenu
from reviewer.services.counting.run import count_case
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import opened
from tests.support.shared import made_individual
from tests.support.waiting import until

BRUISE, MARK = "blunt.bruise", "neck.ligature_mark"


@pytest.fixture(scope="module")
def case_that_was_read(tmp_path_factory, filled_case):
    """Four individuals of two photographs; bruises on two of them, of one examiner; a mark on one."""
    folder = shutil.copytree(filled_case, tmp_path_factory.mktemp("read") / "read.case")
    with opened(folder) as case:
        author = case.examiners()[0].id
        photos = [item.sha256 for item in Worklist(case, author).load().items][:8]
        made = [made_individual(f"i{n}", photos[2 * n : 2 * n + 2]) for n in range(4)]
        case.record(Draft(shared_acts.INDIVIDUALS_MADE, "", {"individuals": made}), author)
        for number, (photo, term) in enumerate(((0, BRUISE), (1, BRUISE), (2, BRUISE), (4, MARK))):
            finding = Finding(f"f{number}", term, "1.1.0", certainty_stated=True, regions=("neck.front",))
            case.record(finding_commands.add_finding(Reading(author, photos[photo]), finding), author)
        for number, photo in enumerate(photos):
            if number not in {0, 1, 2, 4}:
                case.record(
                    finding_commands.conclude_not_assessable(
                        Reading(author, photo), NotAssessableReason.BLURRED
                    ),
                    author,
                )
        for photo in photos:
            case.record(Draft(acts.COMPLETED, photo), author)
    return folder, photos


@pytest.fixture
def read(case_that_was_read, tmp_path):
    folder, photos = case_that_was_read
    return shutil.copytree(folder, tmp_path / "story.case"), photos


def counts(reader):
    """Go to the statistics screen and wait for the figures."""
    reader.presses("Ctrl+Shift+T")
    screen = reader.session.statistics
    until(lambda: screen.counted is not None and not screen.counting.is_running, "it is counted")
    return screen


def goes_to(reader, screen, key):
    """Down to one table; the last leads to the first again."""
    for _table in screen.counted.tables:
        if screen.key == key:
            return
        reader.presses("Down")
    assert screen.key == key


def again(screen, condition, what):
    until(lambda: not screen.counting.is_running and condition(), what)


def test_a_figure_is_counted_and_its_photographs_are_looked_at(desk, read):
    folder, photos = read
    reader = desk().opens(folder)
    screen = counts(reader)
    assert screen.table.title == "Findings, by individuals"
    assert "4 individuals" in screen.page.text
    assert "all photographs of 4 were read" in screen.page.text
    assert "Readings of Dr Okoye only; all photographs; " in screen.page.text
    assert screen.counted.basis.head[:16] in screen.page.text
    reader.presses("Enter")
    assert "Choose a figure first" in screen.said
    reader.presses("Right")
    assert screen.page.figure_line.text().startswith("Bruise: 2 of 4, 50.0 %; share of those")
    assert (screen.page.photographs.word, screen.page.photographs.key) == ("Show the 3 photographs", "Enter")
    assert screen.page.head.line.text() == "4 individuals. Near-duplicates counted once."
    assert screen.page.left_out.text().startswith("Left out: 0 of 4 individuals and ")
    assert screen.page.drawn_keys()[0] == screen.figure.key
    reader.presses("Enter")
    gallery = reader.session.gallery
    until(lambda: gallery.isVisible() and gallery.grid.count == 3, "the three photographs are shown")
    assert [row.sha256 for row in gallery.model.shown.rows] == photos[:3]
    assert gallery.model.worklist.name == "bruise (Findings, by individuals)"
    assert "behind the figure 2 of 4" in gallery.model.worklist.why


def test_a_right_click_chooses_a_figure_and_offers_its_photographs(desk, read):
    reader = desk().opens(read[0])
    screen = counts(reader)
    plot = screen.page.bars
    key = plot.drawn_keys()[0]
    plot.customContextMenuRequested.emit(plot.rectangle_of(key).center().toPoint())
    (menu,) = plot.findChildren(ContextMenu)
    assert screen.figure.key == key
    assert menu.actions()[0].text() == screen.figure.label
    assert [action.text() for action in menu.actions() if "Copy figure" in action.text()]
    menu.actions()[2].trigger()
    menu.close()
    until(lambda: reader.session.gallery.grid.count == 3, "the three photographs are shown")


def test_tables_are_gone_through_and_a_figure_is_broken_down(desk, read):
    reader = desk().opens(read[0])
    screen = counts(reader)
    reader.presses("Right", "Right", "Left")
    bruise = screen.figure
    reader.presses("B").types("sex").presses("Enter")
    assert screen.table.title.startswith("bruise: Sex")
    (male,) = [each for each in screen.table.figures if each.label == "male"]
    assert (len(male.present), male.untold) == (2, 2)
    reader.presses("B")
    assert "Choose a figure first" in screen.said
    reader.presses("Right", "B")
    assert "Esc goes back" in screen.said
    reader.presses("Esc")
    assert screen.table.of(bruise.key) is bruise
    goes_to(reader, screen, "regions")
    assert (len(screen.page.plot.plots), screen.page.bars.drawn_keys()) == (1, screen.page.drawn_keys()[:1])
    goes_to(reader, screen, "month")
    assert "nobody verified it" in screen.page.text


def test_a_saved_list_is_looked_into(desk, read):
    reader = desk().opens(read[0])
    body = {"name": "marked", "query": "term:ligature", "sorting": "", "details": "", "photos": []}
    reader.session.desk.submit(Draft(shared_acts.LIST_SAVED, "kept", body)).result()
    screen = counts(reader)
    reader.presses("/").types("list:marked").presses("Enter")
    again(screen, lambda: screen.counted.individuals == 1, "one individual is counted")
    assert " in list:marked). Who was chosen" in screen.page.text


def test_only_what_a_query_finds_and_as_of_an_earlier_entry(desk, read):
    reader = desk().opens(read[0])
    screen = counts(reader)
    there = screen.counted.basis.entries
    reader.presses("/").types("term:ligature").presses("Enter")
    again(screen, lambda: screen.counted.individuals == 1, "one individual is counted")
    assert "photographs found by term:" in screen.page.text
    assert screen.page.head.title.text() == "Of a selection: Findings, by individuals"
    assert "3 of 4 individuals that somebody accepted" in screen.page.text
    assert "Warning: the query speaks of what is counted" in screen.page.text
    reader.presses("/").types("tem:x").presses("Enter")
    again(screen, lambda: "there is no field tem" in screen.said, "the mistake is said")
    assert screen.counted.individuals == 1
    reader.presses("/").presses("Enter")
    again(screen, lambda: screen.counted.individuals == 4, "everybody is counted")
    assert screen.page.head.title.text() == "Findings, by individuals"
    reader.presses("S").types(str(there - 1)).presses("Enter")
    again(screen, lambda: screen.counted.basis.entries == there - 1, "it is counted as it was")
    assert (screen.counted.readings.whole, screen.counted.individuals) == (3, 4)
    reader.presses("S").types("soon").presses("Enter")
    assert "soon is no number of an entry" in screen.said
    reader.presses("S").types("99999").presses("Enter")
    again(screen, lambda: f"The ledger has {there} entries" in screen.said, "there are not so many")
    reader.presses("S").presses("Enter")
    again(screen, lambda: screen.counted.basis.entries == there, "as it stands")


def test_what_is_read_meanwhile_is_counted_when_the_screen_comes_on(desk, read):
    reader = desk().opens(read[0])
    screen = counts(reader)
    before = screen.counted
    reader.presses("Ctrl+Shift+3", "Home").sees_photo()
    reader.presses("Ctrl+Shift+T")
    assert screen.counted is before
    assert not screen.counting.is_running
    reader.presses("Ctrl+Shift+3").adds("burn").is_saved()
    reader.presses("Ctrl+Shift+T")
    entries = before.basis.entries
    again(screen, lambda: screen.counted.basis.entries > entries, "the act is counted")
    reader.presses("F5")
    again(screen, lambda: screen.counted is not before, "it is counted again")


def test_a_click_chooses_a_bar_and_a_double_click_opens_its_photographs(desk, read):
    reader = desk().opens(read[0])
    screen = counts(reader)
    bars = screen.page.bars
    (figure,) = [figure for figure in screen.table.figures if figure.label == "ligature mark"]
    place = bars.rectangle_of(figure.key).center().toPoint()
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=place)
    assert screen.figure is figure
    assert screen.isVisible()
    QTest.mouseDClick(bars, Qt.MouseButton.LeftButton, pos=place)
    until(lambda: reader.session.gallery.isVisible(), "the gallery is on")
    until(lambda: reader.session.gallery.grid.count == 1, "with the one photograph")


def test_a_figure_is_copied_as_a_report_prints_it(desk, read):
    reader = desk().opens(read[0])
    screen = counts(reader)
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    reader.presses("Ctrl+C")
    image = clipboard.image()
    assert image.width() > 1360
    assert image.pixelColor(2, 2).name() == "#ffffff"
    assert "copied" in screen.said
    goes_to(reader, screen, "regions")
    reader.presses("Ctrl+C")
    assert clipboard.image().height() > image.height()


def test_before_anybody_was_accepted_a_sentence_says_so(desk, case_folder):
    reader = desk().opens(case_folder)
    screen = counts(reader)
    assert "No individual was accepted yet" in screen.page.head.line.text()
    assert screen.page.drawn_keys() == []
    reader.presses("Right")
    assert "No figure is drawn here" in screen.said
    while screen.key != "category":
        reader.presses("Down")
    assert screen.page.drawn_keys() != []
    reader.presses("Down")
    assert "How far the reading of Dr Okoye is" in screen.page.head.title.text()


def test_drawings_follow_the_theme_and_the_size_of_type(desk, read):
    reader = desk().opens(read[0])
    screen = counts(reader)
    goes_to(reader, screen, "regions")
    dark, low = screen.page.plot.plots[0].svg, screen.page.bars.height()
    reader.presses("Ctrl+Shift+L")
    assert screen.page.plot.plots[0].svg != dark
    reader.window.appearance.scale_text(1)  # as large as it gets
    assert screen.page.bars.height() > low
    assert 0 < screen.page.plot.width() <= screen.page.width()


def test_counting_is_stopped_by_a_key_and_begun_again(desk, read, monkeypatch):
    def endless(_moment, _query, _examiners, control):
        control._cancelled.wait()
        control.check()

    monkeypatch.setattr(counting, "count_case", endless)
    reader = desk().opens(read[0])
    reader.presses("Ctrl+Shift+T")
    screen = reader.session.statistics
    until(lambda: screen.counting.is_running, "it counts")
    assert screen.page.head.title.text() == "Counting"
    assert screen.state.is_busy
    reader.presses("Esc")
    until(lambda: not screen.counting.is_running, "it has stopped")
    assert screen.page.head.title.text() == "Nothing was counted. F5 counts."
    assert not screen.state.is_busy
    monkeypatch.setattr(counting, "count_case", count_case)
    reader.presses("F5")
    again(screen, lambda: screen.counted is not None, "it is counted")
    reader.leaves()


def test_leaving_while_it_counts_stops_it(desk, read):
    reader = desk().opens(read[0])
    reader.presses("Ctrl+Shift+T")
    reader.leaves()
