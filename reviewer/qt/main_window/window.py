"""The one window: a rail of screens at the left, the screen that is on, and the actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QChildEvent, QEvent, QSize
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.photos.case import Examiner
from reviewer.qt.actions.binder import ActionBinder, Availability
from reviewer.qt.actions.key_words import name_keys
from reviewer.qt.actions.keymap import Keymap
from reviewer.qt.actions.own_keys import OwnKeys
from reviewer.qt.actions.spec import ActionSpec
from reviewer.qt.actions.worn_keys import wear_keymap
from reviewer.qt.bridge import GuiPost
from reviewer.qt.case.access import AccessScreen
from reviewer.qt.case.ingest import IngestScreen
from reviewer.qt.entry.sign_in import SignIn
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.qt.event_listening import unheard_events
from reviewer.qt.handing_over.handing_over import describe_unfinished
from reviewer.qt.look.appearance import Appearance
from reviewer.qt.look.dressing import DressingFrame, dress, dress_child
from reviewer.qt.look.room import is_low
from reviewer.qt.look.theme import Theme
from reviewer.qt.look.window_settings import WindowSettings
from reviewer.qt.main_window.helping import HelpBeside
from reviewer.qt.main_window.locking import SessionLocker
from reviewer.qt.main_window.making_place import MakingPlace
from reviewer.qt.main_window.menu_bar import MenuBar
from reviewer.qt.main_window.menus import MENUS
from reviewer.qt.main_window.on_top import focus_screen, watch_layers
from reviewer.qt.main_window.resume_point import LockedWindow, ResumePoint, make_locked_window
from reviewer.qt.main_window.screen_tabs import ScreenTabs
from reviewer.qt.main_window.screens import READ, SETTINGS, START
from reviewer.qt.main_window.session import Session
from reviewer.qt.main_window.session_actions import bind_session
from reviewer.qt.main_window.sidebar import Sidebar
from reviewer.qt.main_window.touring import TourGuide
from reviewer.qt.main_window.view_only import REFUSAL, TITLE, find_what_was_named, list_left_out
from reviewer.qt.main_window.window_header import WindowHeader
from reviewer.qt.painted_wait import PaintedWait
from reviewer.qt.settings.personal import PersonalSettings
from reviewer.qt.settings.screen import SettingsScreen
from reviewer.qt.widgets.fitting import ScreenStack, make_scroll_area
from reviewer.qt.widgets.keys_sheet import KeysSheet
from reviewer.qt.widgets.layouts import make_row
from reviewer.qt.widgets.screen import Screen
from reviewer.qt.widgets.type_box import TypeBox
from reviewer.services.account.last_person import find_last_person
from reviewer.services.case.open_case import OpenCase
from reviewer.services.demo.demonstration import find_demonstration
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.services.worklist.worklist import Worklist

_TITLE = "reviewer"
_SMALLEST = 800, 400
"""Fits a screen of 1366 x 768 at 150 %, with the bars of window and desktop."""


class MainWindow(QMainWindow):
    """Places the screens; what happens in them is theirs."""

    def __init__(
        self,
        post: GuiPost,
        taste: WindowSettings,
        actions: Sequence[ActionSpec],
        *,
        view_only: bool = False,
    ) -> None:
        """Make the window; with `view_only` it offers nothing that writes, and its title says so."""
        super().__init__()
        self.post, self._taste, self.is_view_only = post, taste, view_only
        self._left_out = frozenset(list_left_out(actions) if view_only else ())
        self.appearance = Appearance(taste, self._apply_theme, self._is_put_off, self)
        self.own_keys = OwnKeys(actions, taste.keymap_text(), taste.keep_keymap_text, self)
        self.personal = PersonalSettings(self.appearance, taste, self.own_keys)
        self._session: Session | None = None
        self._after_opening: tuple[Path, Callable[[Session], None]] | None = None
        self._rail = Sidebar(self.keymap, self.appearance.theme)
        self.header = WindowHeader(self.appearance.theme)
        self.tabs = ScreenTabs(self.keymap)
        self._stack = ScreenStack(self._dress_screen)
        self.door = SignIn(self._stack, post, view_only=view_only)
        self.start = self.door.start
        self._screen = START
        self.leaving = SessionLocker(
            self.door, lambda: self._session, lambda: self._screen, self._hide_case, self._end_for_lock
        )
        centre = self._arrange()
        self.binder = ActionBinder(self, self.keymap, self.say)
        self.binder.leave_out(self._left_out, REFUSAL)
        self.menus = MenuBar(self.binder, self)
        self.setMenuBar(self.menus)
        self._keys = KeysSheet(
            centre, self.offered_keymap, [id_ for menu in MENUS for id_ in menu.list_ids()]
        )
        self.commands = TypeBox(centre)
        self._dress_frame()
        self.layers = watch_layers(self, self._stack, self.binder)
        self.start.use_actions(self.binder.find)
        self.help.apply_theme(self.appearance.theme)
        self.tour.apply_theme(self.appearance.theme)
        self.tour.next_key = self.keymap.format_keys("help.tour")
        self.show_screen(START)
        self.own_keys.changed.connect(self._use_keymap)
        wear_keymap(self.keymap)
        for complaint in self.keymap.complaints:
            self.start.say(complaint)

    def _arrange(self) -> QWidget:
        centre = DressingFrame()
        row = make_row(centre, spacing=0)
        row.addWidget(self._rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        beside = make_row(spacing=0)
        around = make_scroll_area(self._stack)
        centre.left_out.append(around)
        self._scroll_bars = around.horizontalScrollBar(), around.verticalScrollBar()
        beside.addWidget(around, 1)
        column.addLayout(beside, 1)
        below = make_row(spacing=0)
        column.addLayout(below)
        self._making_place = MakingPlace(self._stack, below)
        row.addLayout(column, 1)
        self.help = HelpBeside(
            centre, self._stack, beside, self.show_screen, lambda: focus_screen(self._stack)
        )
        self.tour = TourGuide(
            centre,
            lambda: self._session,
            self._rail,
            self.header.search,
            lambda: self.layers.top is not None,
        )
        self.setCentralWidget(centre)
        self._show_title()
        self.setMinimumSize(*_SMALLEST)
        self.resize(self.screen().availableSize().boundedTo(QSize(1366, 768)))
        self.restoreGeometry(self._taste.geometry())
        for chooser in (self._rail, self.tabs):
            chooser.chosen.connect(lambda id_: self.binder.run(id_))
        self.header.pressed_beside.connect(lambda: focus_screen(self._stack))
        self.start.action_wanted.connect(lambda id_: self.binder.run(id_))
        self.header.search_wanted.connect(lambda: self.binder.run("search.find"))
        self.door.entered.connect(self._begin_session)
        self.door.going_in.connect(self._make_way)
        self.door.leave.connect(self.close)
        self.door.back.connect(self._show_frame)
        panel = self.help.panel
        panel.identity_wanted.connect(lambda: self.door.read_identity(panel.show_identity))
        self._stack.turned.connect(lambda _place: self._update_actions())
        return centre

    def _dress_frame(self) -> None:
        """What stands around the screens and over them wears the sheet from the start."""
        around: tuple[QWidget, ...] = (self.menus, self._rail, self.header, self.tabs, *self._scroll_bars)
        over = (self._keys, self.commands, self.help.panel, self.tour.plate, self.tour.ring)
        for part in (*around, *over):
            dress(part)

    # screens

    @property
    def session(self) -> Session | None:
        return self._session

    @property
    def screen_name(self) -> str:
        return self._screen

    def show_screen(self, name: str) -> None:
        """Show one of screens.SCREENS."""
        if not self.may_leave_page():
            return
        if self._session is None and name == SETTINGS:
            self._show_settings_aside()
            return
        if self._session is None and name != START:
            self.say("No case is open.")
            return
        page = self.door.page
        if self.door.is_aside or (name == START and page is not self.start and self._stack.now is page):
            self.door.back_to_start()
        if name != START:
            self.door.leave_page()
        self._screen = name
        with unheard_events():
            self._stack.turn_to(self._find_widget(name))
            if name == START:
                self.start.refresh()
            elif self._session is not None:
                self._session.screens[name].refresh()
            self._show_frame()
        self._update_actions()
        if self.help.is_open:
            self.help.panel.show_page_of_screen(name)
        self.tour.update()
        focus_screen(self._stack)

    def come_to_start(self) -> bool:
        """Show the start screen and no page before it; False where the page that is on has to stay."""
        if not self.may_leave_page():
            return False
        self.show_screen(START)
        if self.door.page is not self.start:
            self.door.back_to_start()
        return True

    def may_leave_page(self) -> bool:
        """Whether another page may come on. Not over a lock; nor over a recovery key, and that is said."""
        if self.door.is_showing_key:
            self.say(
                "The recovery key is shown only now. Write it down, tick the box and press Go on; "
                "everything else can be done after that."
            )
        return not (self.door.is_locked or self.door.is_showing_key)

    def _show_settings_aside(self) -> None:
        """The settings without a Case: what belongs to the account, and to whoever read last on it."""
        if self.door.is_aside:
            return
        settings = SettingsScreen(self.personal, load_vocabulary(), find_last_person())
        settings.back_wanted.connect(self.door.back_to_start)
        if self.door.show_aside(settings):
            self._show_before_case()
            focus_screen(self._stack)
        else:
            settings.deleteLater()
            self.say(
                "A page waits for an answer, or a case is on its way. The settings can be opened after that."
            )

    def _show_frame(self) -> None:
        """What stands around the screen that is on: the rail, the header and the tabs of an open Case."""
        name = self._screen
        screen = None if self._session is None else self._session.screens.look_up(name)
        self.menus.show()
        self._rail.setVisible(self._session is not None)
        self._rail.show_screen(name)
        self.header.show_screen(name, screen)
        self.tabs.show_screen(name)

    def _find_widget(self, name: str) -> QWidget:
        if self._session is None or name == START:
            return self.door.page
        return self._session.screens[name]

    def _update_actions(self) -> None:
        session, screen = self._session, self._screen
        has, read_only = session is not None, session.case.read_only if session else ""
        shown = self._stack.now
        hidden = session is not None and shown not in {self.start, session.screens.look_up(screen)}
        self.binder.update(Availability(has, screen if has else "", read_only, hidden))
        self.menus.show_screen(screen if has else START)

    def say(self, sentence: str) -> None:
        """One sentence where the person looks."""
        screen = self._stack.now
        if isinstance(screen, Screen) and screen.message is not None:
            screen.say(sentence)
        else:
            self.statusBar().show()
            self.statusBar().showMessage(name_keys(sentence), 8000)

    # opening and closing
    def open_folder(
        self,
        folder: Path,
        *,
        read_only: bool = False,
        examiner: str = "",
        then: Callable[[Session], None] | None = None,
    ) -> None:
        """Open a Case as if its folder had been chosen; `examiner` is the name of who reads, where that is
        known, and `then` runs once the Case is on screen."""
        if then is not None:
            self._after_opening = folder, then
        self.door.open_folder(folder, read_only, examiner)

    def view_folder(self, path: Path) -> None:
        """Open a case for reading only, or check a court pack, whichever lies there."""
        folder, is_pack = find_what_was_named(path)
        if is_pack:
            self.check_pack(folder)
        else:
            self.open_folder(folder, read_only=True)

    def check_pack(self, folder: Path) -> None:
        """Check a court pack on a page of its own, in front of the case that is open."""
        if self.come_to_start() and self.door.check_pack(folder):
            self._show_before_case()
            focus_screen(self._stack)

    def test_this_copy(self) -> None:
        """Run the self-test on a page of its own, in front of the case that is open."""
        if self.come_to_start() and self.door.test_this_copy():
            self._show_before_case()
            focus_screen(self._stack)

    def choose_pack(self) -> None:
        """Ask for the folder of a court pack, and check it."""
        if self.may_leave_page() and (folder := self.start.choose("Choose the folder of the court pack")):
            self.check_pack(Path(folder))

    def _begin_session(self, case: OpenCase, examiner: Examiner, worklist: Worklist) -> None:
        session = Session(
            case, examiner, worklist, self.post, self.show_screen, self._stack.add, self.personal, self
        )
        self._session = session
        self.door.hand_over(case)
        bind_session(self.binder, session, self.show_screen, self._taste)
        for name, screen in session.screens.list_made_by_name():
            self._take_screen(name, screen)
        session.screens.on_made.connect(self._take_screen)
        self.leaving.begin(session.lock_minutes)
        self._making_place.take(session.making, session.reading)
        session.making.list_wanted.connect(lambda: self.show_screen("made"))
        self.door.close_page()
        self.header.use_finder(session.search)
        words = "Read-only: knows less than a receipt" if case.knows_less is not None else "Read-only"
        self.header.saved.show_read_only(case.read_only, words)
        session.desk.on_save_state.connect(self.header.saved.show_state)
        self.header.saved.show_state(session.desk.state)
        self.tabs.show_encryption(not session.is_encrypted)
        self._show_title(session.title)
        self.show_screen(READ if len(worklist) else "ingest")
        session.shown_parts.hide(self._taste.hidden_parts())
        if self._taste.side_width():
            session.reading.set_side_width(self._taste.side_width())
        session.begin()
        for notice in session.list_notices():
            self.say(notice)
        after, self._after_opening = self._after_opening, None
        if after is not None and after[0] == case.folder:  # another case may have been opened instead
            after[1](session)

    def _take_screen(self, name: str, screen: Screen) -> None:
        """A screen of the open Case was made: it gets its place, and the window hears of it."""
        self.header.take_screen(name, screen, self.require_session().case.name)
        if self.is_view_only:
            screen.leave_out_what_writes()
        if isinstance(screen, AccessScreen):
            screen.recovery_key.connect(self._show_recovery_key)
            screen.backup_wanted.connect(lambda: self.binder.run("case.backup"))
        elif isinstance(screen, SettingsScreen):
            screen.care_changed.connect(lambda care: self.leaving.idle.watch(care.lock_minutes))
        elif isinstance(screen, IngestScreen):
            screen.status_changed.connect(self.header.show_adding)

    def close_case(self) -> None:
        """Close the Case; then its receipt is shown if anything was recorded, or the start screen."""
        stopped = describe_unfinished(self._session.jobs) if self._session is not None else ""
        self._end_session()
        self.start.say(f"{stopped} Closing the case has stopped that." if stopped else "")
        if self.door.show_receipts(leaving=False):
            self._show_before_case()
        else:
            self.show_screen(START)

    def _end_session(self) -> None:
        session, self._session = self._session, None
        if session is None:
            return
        self.tour.leave_session(session)
        self.leaving.idle.stop()
        self._taste.keep_hidden_parts(session.shown_parts.list_hidden())
        if session.reading.side_width:
            self._taste.keep_side_width(session.reading.side_width)
        said = session.describe_leaving()
        wait = PaintedWait(lambda: self._say_leaving(said))
        self.setUpdatesEnabled(self.door.is_locked)  # else what is on stays until it is clear what comes
        for screen in session.screens.list_made():
            self._stack.remove(screen)
            screen.hide()
        self.header.forget_screens()
        self._making_place.forget()
        try:
            receipt = session.issue_receipt(wait)
            session.close(wait)
        finally:
            self.setUpdatesEnabled(True)
        for screen in session.screens.list_made():
            screen.deleteLater()
        if not session.case.read_only:
            self.door.copying.start()
        self.door.keep_receipt(receipt, session.case.said_at_close)
        session.deleteLater()
        self._show_title()
        self.tabs.show_encryption(False)

    def _say_leaving(self, sentence: str) -> None:
        """Closing takes a while: say what is still being finished, on the page that is in front."""
        if not self.door.is_locked:
            self._show_before_case()
        self.setUpdatesEnabled(True)
        (self.door.say if self.door.is_locked else self.say)(sentence)

    def _make_way(self) -> None:
        """Another Case is on its way in: the one before goes, with all that stood around it."""
        self._end_session()
        self._show_before_case()

    def _show_before_case(self) -> None:
        self._screen = START
        self._show_frame()
        self._update_actions()

    def _show_recovery_key(self, recovery_key: str) -> None:
        """A new one, made on the access screen: shown once, then back."""
        case = self.require_session().case
        page = self.door.show_recovery_key(case.name, recovery_key, case.examiners())
        page.done.connect(lambda: self.show_screen("access"))

    def _hide_case(self) -> None:
        self.statusBar().clearMessage()
        self.layers.put_all_away()
        self.help.hide()
        self.tour.leave()
        for widget in (self.menus, self._rail, self.header, self.tabs, self.statusBar()):
            widget.hide()
        session = self.require_session()
        session.making.hide()
        for screen in session.screens.list_made():
            screen.close_windows()
        centre = self.centralWidget()
        layout = centre.layout() if centre is not None else None
        if layout is not None:
            layout.activate()  # the page in front takes all the room now, and tells nothing of what was open
        self._show_title()

    def _end_for_lock(self, left: ResumePoint) -> None:
        self._end_session()
        self._stay_locked(left)

    def _stay_locked(self, left: ResumePoint) -> None:
        def go_on(again: Session) -> None:
            again.services.entries_before = left.entries_before
            self.show_screen(left.screen)
            again.go_on_ingesting()
            if left.stopped:
                self.say(f"{left.stopped} The lock has stopped that: begin it again.")

        self._after_opening = left.case, go_on
        self._show_before_case()

    def describe_locked(self, left: ResumePoint) -> LockedWindow:
        """What a process needs that goes on with this window, locked as it is; its place is kept."""
        self._taste.keep_geometry(self.saveGeometry())
        return make_locked_window(
            left,
            self.door.list_owed_receipts(),
            is_in_front=self.isActiveWindow(),
            is_minimized=self.isMinimized(),
            is_view_only=self.is_view_only,
        )

    def show_locked(self, locked: LockedWindow) -> UnlockScreen:
        """Stand where another window stood when it was locked."""
        left = locked.resume
        for receipt in locked.receipts:
            self.door.keep_receipt(receipt)
        page = self.door.show_locked(left.case, left.read_only, left.examiner)
        self._stay_locked(left)
        return page

    def require_session(self) -> Session:
        if self._session is None:
            raise KnownError("No case is open.")
        return self._session

    # the window itself

    def _apply_theme(self, theme: Theme) -> None:
        self._rail.apply_theme(theme)
        self.header.apply_theme(theme)
        self._tell_theme(self._stack.now)
        self.help.apply_theme(theme)
        self.tour.apply_theme(theme)
        self._fit()
        if self._session is not None:
            self._session.apply_theme(theme)

    def _is_put_off(self, part: QWidget) -> bool:
        """A screen that is not on is dressed when it comes on."""
        return self._stack.holds(part) and part is not self._stack.now

    def _dress_screen(self, screen: QWidget) -> None:
        """A screen comes on: it wears the theme of now."""
        if dress(screen):
            self._tell_theme(screen)

    def _tell_theme(self, screen: QWidget | None) -> None:
        theme = self.appearance.theme
        if isinstance(screen, Screen):
            screen.apply_theme(theme)
            screen.set_colours(theme.colour("canvas"), theme.colour("canvas_text"))

    def _fit(self) -> None:
        """Join lines where the window is low, leave out words where it is narrow."""
        self._rail.fit()
        low = is_low(self, self.appearance.theme.text_scale)
        self.header.end_in(self.menus if low else None)

    def _show_title(self, of_case: str = "") -> None:
        """The title of the window: the Case that is on screen, the program, and whether it is for viewing."""
        said = [of_case, _TITLE, TITLE if self.is_view_only else ""]
        self.setWindowTitle(" \u2013 ".join(filter(None, said)))

    @property
    def keymap(self) -> Keymap:
        return self.own_keys.keymap

    @property
    def offered_keymap(self) -> Keymap:
        """The keys of the actions that this window offers."""
        return self.keymap.without(self._left_out)

    def _use_keymap(self) -> None:
        """Other keys hold from now on."""
        wear_keymap(self.keymap)
        for view in (self.binder, self._rail, self.tabs):
            view.use_keymap(self.keymap)
        self._keys.use_keymap(self.offered_keymap)
        self.tour.next_key = self.keymap.format_keys("help.tour")
        self.start.show_keys()

    def toggle_keys(self) -> None:
        """Show the keys of the screen that is on, or hide them."""
        self._keys.toggle(self._screen)

    def toggle_help(self) -> None:
        """Show the page of the manual about the screen that is on, or close the manual."""
        self.help.toggle(self._screen)

    def begin_tour(self) -> None:
        """Begin the tour, or go to its next step; without a case it is in the demonstration."""
        if self._session is None:
            if self.come_to_start():
                case = find_demonstration().case
                self._after_opening = case, lambda _session: self.begin_tour()
                self.start.open_demonstration()
            return
        if len(self._session.reader.worklist) == 0:
            raise KnownError("The tour needs photographs. Add some first, or begin it in the demonstration.")
        if self._screen != READ:
            self.show_screen(READ)
        self.tour.begin()

    def toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        dress_child(event, [self.centralWidget()])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self._session is not None:
            self._session.reading.left()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.appearance.fit_width(event.size().width())
        self._fit()
        if self._keys.isVisible():
            self._keys.put_away()

    def closeEvent(self, event: QCloseEvent) -> None:
        session = self._session
        why = self.leaving.why_not_yet(session) if session is not None else ""
        if why:
            (self.door.say if self.door.is_locked else self.say)(why)
            event.ignore()
            return
        self._taste.keep_geometry(self.saveGeometry())
        self._end_session()
        if not self.leaving.is_ending and self.door.show_receipts(leaving=True):
            self._show_before_case()
            event.ignore()  # the receipt is on screen
            return
        self.hide()  # nobody looks at a window that waits for a drive
        self.door.close()
        event.accept()
