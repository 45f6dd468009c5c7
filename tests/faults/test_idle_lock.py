"""The window that nobody sits at: locked within a second after its time, whatever stood open on it."""

from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from reviewer.qt.entry.unlock import UnlockScreen
from tests.stories.conftest import desk  # noqa: F401 (a fixture)
from tests.support.cases import PASSPHRASE, ingested, made_case, opened
from tests.support.photos import encoded
from tests.support.waiting import until

CANARY = "Zanarazo"
COLOUR = (255, 0, 254)
NEAR = 12


class Clocks:
    """Nobody waits for ten minutes: they pass when they are told to."""

    def __init__(self, idle):
        self.now, self.idle = 1000.0, idle
        idle._seconds = idle._wall = lambda: self.now
        idle._asleep = lambda: 0.0
        idle._timer.setInterval(10**9)  # looks when it is told to

    def pass_until(self, locked, most):
        """A look each second, at a moment of it that is nobody's choice; when it was locked, or None."""
        begin = self.now
        while self.now - begin < most and not locked():
            self.now += 1
            self.idle.look()
        return self.now - begin if locked() else None


def shows_colour(picture):
    """Whether something of the photograph is on a picture of the window."""
    for down in range(0, picture.height(), 3):
        for across in range(0, picture.width(), 3):
            seen = QColor(picture.pixel(across, down)).getRgb()[:3]
            if all(abs(each - wanted) <= NEAR for each, wanted in zip(seen, COLOUR, strict=True)):
                return True
    return False


def words_on_screen():
    every = [
        label.text()
        for label in QApplication.allWidgets()
        if isinstance(label, QLabel | QLineEdit) and label.isVisible()
    ]
    titles = [each.windowTitle() for each in QApplication.topLevelWidgets() if each.isVisible()]
    return " ".join(every + titles)


def nothing(_reader):
    pass


def with_a_type_box(reader):
    reader.presses("/").types("bru")
    assert reader.reading.box.isVisible()


def with_the_commands(reader):
    reader.presses("Ctrl+K")
    assert reader.window.commands.isVisible()


def with_the_keys(reader):
    reader.presses("?")
    assert reader.window._keys.isVisible()


def with_the_manual(reader):
    reader.presses("F1")
    assert reader.window.help.panel.isVisible()


def with_a_sentence(reader):
    reader.window.show_screen("integrity")
    reader.window.say(f"Exported to {CANARY}")


STATES = (nothing, with_a_type_box, with_the_commands, with_the_keys, with_the_manual, with_a_sentence)


def secret_case(folder):
    (folder / f"{CANARY} drive").mkdir(parents=True)
    plain = Image.new("RGB", (640, 480), COLOUR)
    (folder / f"{CANARY} drive" / f"{CANARY}.png").write_bytes(encoded(plain, "PNG"))
    case = made_case(folder, f"{CANARY} case", f"Dr {CANARY}", PASSPHRASE)
    ingested(case, folder / f"{CANARY} drive")
    case.close()
    return case.folder


def unlocks(reader):
    until(lambda: isinstance(reader.window.door.page, UnlockScreen), "the passphrase is asked for")
    page = reader.window.door.page
    until(page.open.isEnabled, "it can be typed")
    page.passphrase.set_text(PASSPHRASE)
    page.try_passphrase()
    until(lambda: reader.session is not None, "open")


def locked_page(reader):
    """The window as it is when it is locked and has settled."""
    until(lambda: reader.session is None and reader.window.door.page.open.isEnabled(), "locked")
    return reader.window.grab().toImage()


def idles(reader, minutes):
    """Nobody is there until it locks: so many seconds past its time."""
    idle = reader.window.leaving.idle
    clocks = Clocks(idle)
    idle.watch(minutes)
    took = clocks.pass_until(lambda: reader.window.door.is_locked, 60 * minutes + 5)
    assert took is not None, "it locked"
    return took - 60 * minutes


def test_it_locks_within_a_second_and_nothing_of_the_case_can_be_seen(
    desk,  # noqa: F811
    tmp_path,
    rounds,
    chance,
    promise,
):
    promise("R25", "Left alone, the window locks within a second of its time and shows nothing of the case")
    rng, late = chance(25), []
    QApplication.setCursorFlashTime(0)
    reader = desk()
    folder = secret_case(tmp_path)
    reader.window.open_folder(folder)
    unlocks(reader)
    reference = None
    for number in range(rounds(len(STATES), 40)):
        reader.sees_photo(0)
        assert shows_colour(reader.window.grab().toImage()), (
            "what must not be seen afterwards is there before"
        )
        assert CANARY in words_on_screen()
        STATES[number % len(STATES)](reader)
        keys = reader.session.case.keys
        late.append(idles(reader, rng.choice([1, 2, 10, 60])))
        at_once = reader.window.grab().toImage()
        page = locked_page(reader)
        reference = reference or page
        told = words_on_screen()
        promise.tried += 1
        promise.lost += shows_colour(at_once) or shows_colour(page) or CANARY in told or page != reference
        assert not keys.can_sign(keys.examiner), "the keys are dropped"
        unlocks(reader)
        reader.window.show_screen("read")
    promise.seen = f"at most {max(late):.0f} s late"
    assert (promise.lost, max(late) <= 1) == (0, True)
    reader.leaves()


def test_a_file_dialog_goes_with_it(desk, tmp_path, promise):  # noqa: F811
    promise("R25", "A file dialog that stands open goes with the lock")
    reader = desk()
    folder = secret_case(tmp_path)
    reader.window.open_folder(folder)
    unlocks(reader)
    reader.sees_photo(0).presses("1").is_saved()
    seen = []

    def meanwhile():
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog))
        dialog.setDirectory(str(folder.parent))
        seen.append(dialog.isVisible())
        seen.append(idles(reader, 10))
        seen.append(dialog.isVisible())

    QTimer.singleShot(0, reader.window, meanwhile)
    reader.window.binder.run("case.backup")
    page = locked_page(reader)
    assert seen[0] is True
    assert seen[1] <= 1
    assert seen[2] is False
    promise.tried, promise.lost = 1, int(shows_colour(page) or CANARY in words_on_screen())
    assert not promise.lost
    unlocks(reader)
    reader.leaves()
    with opened(folder, PASSPHRASE) as case:
        assert case.counts().findings == 1
