"""A right click selects what lies there, names it, and offers what can be done with it."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from reviewer.domain.vocabulary.scales import Certainty
from reviewer.qt.reading.filmstrip import Filmstrip
from reviewer.qt.widgets.context_menu import ContextMenu
from tests.stories.test_marks import upright
from tests.support.waiting import until


@pytest.fixture
def reader(desk, case_folder):
    return upright(desk().opens(case_folder))


class Menu:
    """What a right click at a place of a widget shows."""

    def __init__(self, widget, place):
        widget.customContextMenuRequested.emit(place)
        shown = [menu for menu in widget.findChildren(ContextMenu) if menu.isVisible()]
        self.menu = shown[-1] if shown else None
        actions = self.menu.actions() if self.menu is not None else []
        self.title = actions[0].text() if actions else ""
        self.entries = {action.text().partition("\t")[0]: action for action in actions[1:] if action.text()}
        self.names = list(self.entries)

    def chooses(self, words):
        self.entries[words].trigger()
        self.closes()

    def closes(self):
        self.menu.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def middle(view, row=0):
    return view.visualRect(view.model().index(row, 0)).center()


def test_a_mark_is_selected_named_and_removed_last(reader):
    reader.presses("2", "R").drags((300, 200), (600, 500)).presses("Esc", "V").is_saved()
    reader.presses("5").is_saved()
    menu = Menu(reader.reading.canvas, reader.spot(450, 350))
    assert reader.finding.term == reader.reader.quick_tags[1]
    assert menu.title.startswith("1  Bruise")
    assert menu.names[-1] == "Remove this mark"
    menu.chooses("Probable")
    assert reader.finding.certainty is Certainty.PROBABLE
    again = Menu(reader.reading.canvas, reader.spot(450, 350))
    assert again.entries["Probable"].isChecked()
    assert not again.entries["Definite"].isChecked()
    again.chooses("Remove this mark")
    assert reader.finding.marks == ()


def test_beside_the_marks_it_is_about_the_photograph(reader):
    name = reader.reader.masking.name_at(reader.reader.position)
    menu = Menu(reader.reading.canvas, reader.spot(20, 20))
    assert menu.title == name
    assert menu.names[0] == "Add finding…"
    menu.chooses("Nothing visible")
    assert reader.reader.reading.conclusion is not None


def test_a_right_press_moves_no_photograph(reader):
    canvas, before = reader.reading.canvas, reader.reading.canvas.view
    reader.presses("Ctrl+1")
    before = canvas.view
    Menu(canvas, reader.spot(*map(int, canvas.to_photo(canvas.rect().center())))).closes()
    assert canvas.view == before


def test_while_a_shape_is_drawn_nothing_is_offered(reader):
    reader.presses("2", "P").clicks((300, 200), (600, 220))
    assert Menu(reader.reading.canvas, reader.spot(450, 350)).menu is None


def test_a_finding_of_the_list(reader):
    reader.presses("2", "5").is_saved()
    findings = reader.reading.side.findings
    menu = Menu(findings, middle(findings))
    assert reader.finding.term == reader.reader.quick_tags[1]
    assert "Say the region…" in menu.names[:1]
    menu.chooses("Remove this finding")
    assert reader.terms == [reader.reader.quick_tags[4]]


def test_a_region_of_the_body_map_says_whether_the_finding_is_there(reader):
    reader.presses("2").is_saved()
    body_map = reader.reading.side.body_map
    place = body_map.middle_of("chest.L").toPoint()
    Menu(body_map, place).chooses("The selected finding is here")
    assert reader.finding.regions == ("chest.L",)
    again = Menu(body_map, place)
    assert again.entries["The selected finding is here"].isChecked()
    again.closes()
    assert Menu(body_map, QPoint(0, 0)).menu is None


def test_a_thumbnail_is_gone_to(reader):
    reader.presses("Home")
    strip = reader.reading.findChild(Filmstrip)
    until(lambda: strip.model().rowCount() > 1, "an individual with two photographs")
    menu = Menu(strip, middle(strip, 1))
    assert reader.reader.position == 1
    assert menu.title == reader.reader.masking.name_at(1)
    menu.closes()


def test_the_gallery(reader):
    reader.presses("Ctrl+Shift+G")
    grid = reader.session.gallery.grid
    until(lambda: grid.count > 3, "photographs in the gallery")
    menu = Menu(grid, QPoint(60, 60))
    assert menu.title == grid.current_row().name
    menu.chooses("Select all")
    assert Menu(grid, QPoint(60, 60)).title == f"{grid.count:,} photographs selected"
    grid.findChildren(ContextMenu)[-1].close()
    menu = Menu(grid, QPoint(60, 60))
    menu.chooses("Open for reading")
    until(lambda: reader.window.screen_name == "read", "the reading screen")


def test_rows_of_individuals_and_photographs_of_a_card(reader):
    reader.presses("Ctrl+Shift+I")
    people = reader.session.individuals
    until(lambda: people.table.model.persons(), "everybody is listed")
    menu = Menu(people.table.table, middle(people.table.table, 2))
    assert menu.title == people.table.model.person(2).label == people.table.current().label
    menu.chooses("Open the card")
    until(lambda: people.page is people.card, "a card")
    strip = people.card.strip
    menu = Menu(strip, middle(strip))
    assert menu.names[0] == "Read this photograph"
    assert menu.names[-1] == "Take out…"
    menu.chooses("Read this photograph")
    until(lambda: reader.window.screen_name == "read", "the reading screen")


@pytest.mark.parametrize("name", ["read", "gallery", "sort", "compare", "individuals", "cards"])
def test_everything_that_shows_photographs_offers_something(reader, name):
    reader.window.binder.run(f"window.{name}")
    screen = reader.session.screens[name]
    if name == "individuals":
        until(lambda: screen.table.model.persons(), "everybody is listed")
    if name == "gallery":
        until(lambda: screen.grid.count, "photographs")
    home = {
        "read": lambda: reader.reading.canvas,
        "gallery": lambda: screen.grid,
        "sort": lambda: screen.view,
        "compare": lambda: screen.panes[0].view,
        "individuals": lambda: screen.table.table,
        "cards": lambda: screen.view,
    }[name]()
    shown = home.viewport() if isinstance(home, QAbstractScrollArea) else home
    menu = Menu(home, QPoint(60, min(60, shown.height() - 1)))
    assert menu.title, name
    assert len(menu.names) > 3
    assert any(menu.entries[words].isEnabled() for words in menu.names)
    menu.closes()
