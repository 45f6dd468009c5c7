"""The way into a case and out of it: start screen, passphrase, recovery key, receipts, who reads, lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reviewer.domain.errors import KnownError
from reviewer.domain.ledger.receipt import Receipt
from reviewer.domain.photos.case import Examiner
from reviewer.qt.entry.copying import ReceiptCopying
from reviewer.qt.entry.key_question import KeyQuestionScreen
from reviewer.qt.entry.knows_less import KnowsLessScreen
from reviewer.qt.entry.pack_check import PackCheckScreen
from reviewer.qt.entry.papers import ReceiptScreen, RecoveryScreen
from reviewer.qt.entry.privacy import clear_clipboard
from reviewer.qt.entry.renew import RecoverAccessScreen
from reviewer.qt.entry.self_test import SelfTestScreen
from reviewer.qt.entry.start import StartScreen
from reviewer.qt.entry.unlock import UnlockScreen
from reviewer.qt.entry.who import ChooseExaminerScreen
from reviewer.qt.painted_wait import PaintedWait
from reviewer.qt.widgets.fitting import ScreenStack
from reviewer.qt.widgets.screen import Screen
from reviewer.services.account.recent_cases import remember_case
from reviewer.services.case.kept_receipts import begin_judging, record_judgement
from reviewer.services.case.open_case import KnowsLess, OpenCase
from reviewer.services.case.roles import read_only_for_observer
from reviewer.services.case.witnessing import witness_others
from reviewer.services.jobs import JobControl, Jobs, LatestJob, Post
from reviewer.services.pictures.decoding import warm_up_decoding
from reviewer.services.worklist.worklist import Worklist
from reviewer.system.identity import find_identity

_CLOSING = "The case is being closed."


class SignIn(QObject):
    """`entered` carries an OpenCase, its Examiner and Worklist; the door closes the case until it is let in.

    `going_in` comes when a case was opened and one before has to be left; `leave` when the person is through
    with the last page of the program; `back` when the start screen is on.
    """

    entered = Signal(object, object, object)
    going_in = Signal()
    leave = Signal()
    back = Signal()

    def __init__(self, stack: ScreenStack, post: Post, *, view_only: bool = False) -> None:
        """With `view_only` cases are opened for reading only, as they are, and not remembered."""
        super().__init__(stack)
        self._is_view_only = view_only
        self._stack, self._post, self._jobs = stack, post, Jobs()
        self._opening = LatestJob(self._jobs)
        self._page: Screen | None = None
        self._aside: Screen | None = None
        self._case: OpenCase | None = None
        self._loading: OpenCase | None = None
        self._expected = Path(), ""
        self.is_locked = False
        self._owed: dict[str, tuple[Receipt, str]] = {}
        self.copying = ReceiptCopying(self._jobs, post, self._say_copied)
        self.start = StartScreen(post, self._opening, view_only=view_only)
        self.start.began.connect(self._close_half_open)
        self.start.opened.connect(self._on_opened)
        self.start.passphrase_needed.connect(self._ask_passphrase)
        self.start.demonstration_made.connect(lambda case, who: self.open_folder(case, False, who))
        stack.add(self.start)

    @property
    def page(self) -> QWidget:
        """What stands before the case: the start screen or one of the pages behind it."""
        return self._page or self.start

    def open_folder(self, folder: Path, read_only: bool, examiner: str = "") -> None:
        """Open a case; `examiner` is the name of who reads, "" to ask where several can."""
        self._expected = folder, examiner
        if self._page is not None:
            self._page.leave()
        self.start.open_folder(folder, read_only)

    def check_pack(self, folder: Path) -> bool:
        """Check a court pack on a page; False while the page that is on has to stay."""
        return self._show_or_drop(PackCheckScreen(folder, self._post, self._opening))

    def read_identity(self, then: Callable[[], None]) -> None:
        """Read which copy of the program this is, beside the window; then call `then`."""
        self._jobs.start(
            "identity", lambda _control: find_identity(), self._post, on_done=lambda _who: then()
        )

    def test_this_copy(self) -> bool:
        """Run the self-test on a page; False while the page that is on has to stay."""
        return self._show_or_drop(SelfTestScreen(self._post, self._opening))

    def _show_or_drop(self, page: PackCheckScreen | SelfTestScreen) -> bool:
        page.left.connect(self.back_to_start)
        if self.show_aside(page):
            return True
        page.leave()
        page.deleteLater()
        return False

    def show_locked(self, folder: Path, read_only: bool, examiner: str = "") -> UnlockScreen:
        """Show the page that unlocks the case; nothing of the case stays on screen. `examiner` is the name of
        who reads, where no passphrase says so."""
        self.is_locked = True
        self._expected = folder, examiner
        self.start.leave()
        self._close_half_open()
        page = UnlockScreen(
            folder, read_only, self._post, self._opening, locked=True, untouched=self._is_view_only
        )
        page.opened.connect(self._on_opened)
        page.left.connect(lambda: self._go_on_after_receipt(leaving=False))
        self._show_page(page)
        return page

    def say(self, sentence: str) -> None:
        """Said on the page on which one unlocks, if that is on, else on the start screen."""
        (self._page if isinstance(self._page, UnlockScreen) else self.start).say(sentence)

    def keep_receipt(self, receipt: Receipt | None, said: str = "") -> None:
        """Keep the receipt of a session that ended until it is shown; a later one of its Case covers it.
        `said` is what could not be done with the copies of it."""
        if receipt is not None:
            self._owed[receipt.case] = receipt, said

    def list_owed_receipts(self) -> list[Receipt]:
        """The receipts that are still to be shown."""
        return [receipt for receipt, _said in self._owed.values()]

    def show_receipts(self, *, leaving: bool) -> bool:
        """One page after the other for what is owed; False if nothing is. After a lock without any name."""
        if not self._owed:
            return False
        receipt, said = self._owed.pop(next(iter(self._owed)))
        shown = receipt.without_names() if self.is_locked else receipt
        page = ReceiptScreen(shown, leaving, said, is_copied=self.copying.is_busy)
        page.done.connect(lambda: self._go_on_after_receipt(leaving=leaving))
        self._show_page(page)
        return True

    def _say_copied(self, trouble: str) -> None:
        """What became of the copy of the receipts, where the person looks."""
        if isinstance(self._page, ReceiptScreen):
            self._page.show_copied(trouble)
        elif trouble:
            self.say(trouble)

    def _go_on_after_receipt(self, *, leaving: bool) -> None:
        if self.show_receipts(leaving=leaving):
            return
        if leaving:
            self.leave.emit()
        else:
            self.back_to_start()

    def show_recovery_key(
        self, case: str, recovery_key: str, examiners: Sequence[Examiner] = ()
    ) -> RecoveryScreen:
        page = RecoveryScreen(case, recovery_key, examiners)
        page.done.connect(self.close_page)
        self._show_page(page)
        return page

    @property
    def is_showing_key(self) -> bool:
        """Whether a recovery key is on screen: it is shown once, and no other page may take its place."""
        return isinstance(self._page, RecoveryScreen)

    def show_aside(self, page: Screen) -> bool:
        """Show a page that has nothing to do with a case. False, and nothing changes, while the page that is
        on waits for an answer that would be lost, or a case that was opened is on its way."""
        waits = not isinstance(self._page, UnlockScreen | None) and self._page is not self._aside
        if self.is_locked or waits or self._case is not None:
            return False
        self.leave_page()
        self._show_page(page)
        self._aside = page
        return True

    @property
    def is_aside(self) -> bool:
        """Whether a page is on that has nothing to do with a case."""
        return self._page is not None and self._page is self._aside

    def back_to_start(self) -> None:
        self.is_locked = False
        self.close_page()
        self._close_half_open()
        self._stack.turn_to(self.start)
        self.start.refresh()
        self.start.setFocus()
        self.back.emit()

    def close_page(self) -> None:
        """Close the page."""
        page, self._page = self._page, None
        self._aside = None
        if page is not None:
            page.leave()
            self._stack.remove(page)
            page.hide()
            page.deleteLater()

    def leave_page(self) -> None:
        """Another screen is shown: give up opening a case, or close one that was not entered yet."""
        self.start.leave()
        if self._page is not None:
            self._page.leave()
        self._close_half_open()

    def hand_over(self, case: OpenCase) -> None:
        """Give the case away: it is on screen, and the session closes it from now on."""
        if self._case is case:
            self._case = None

    def close(self) -> None:
        """Close a case that was opened and not entered; forget a copied receipt. A copy of the receipts that
        is being written is waited for, a second at the most."""
        self._close_half_open()
        self._jobs.stop()
        clear_clipboard()

    def _close_half_open(self) -> None:
        case, self._case = self._case, None
        if case is not None:
            case.jobs.abandon()
            wait = PaintedWait(lambda: self.say(_CLOSING))
            wait.run(case.close)
            if wait.was_slow:
                self.say("")
            self.copying.start()

    def _ask_passphrase(self, folder: Path, read_only: bool) -> None:
        """Ask for it; while it is typed, the decoders are loaded, which the first photograph waits for."""
        self._jobs.start("warm up", lambda _control: warm_up_decoding(), self._post)
        page = UnlockScreen(
            folder, read_only, self._post, self._opening, locked=False, untouched=self._is_view_only
        )
        page.opened.connect(self._on_opened)
        page.left.connect(self.back_to_start)
        page.failed.connect(lambda error: self._on_refused(folder, error))
        self._show_page(page)

    def _on_refused(self, folder: Path, error: KnownError) -> None:
        """It is not the passphrase: the start screen says what it is, and offers what is possible."""
        self.back_to_start()
        self.start.show_refusal(folder, error)

    def _on_opened(self, case: OpenCase) -> None:
        self.going_in.emit()
        was_locked, self.is_locked = self.is_locked, False
        self._close_half_open()
        self._case = case
        if case.knows_less is not None and not (was_locked and case.read_only):
            self._ask_about_receipts(case, case.knows_less)
        else:
            self._go_in(case)

    def _ask_about_receipts(self, case: OpenCase, lack: KnowsLess) -> None:
        """Say what kept receipts know that the case does not, before anything of it is shown."""

        reading = LatestJob(case.jobs)

        def become_read_only(_control: JobControl) -> None:
            if not case.read_only:
                case.become_read_only(lack.message)

        def read() -> None:
            reading.start(
                "read only",
                become_read_only,
                self._post,
                on_done=lambda _none: self._go_in(case),
                on_failed=self._on_load_failed,
            )

        def judge(reason: str) -> None:
            case.jobs.start(
                "judge",
                lambda _control: begin_judging(case, reason),
                self._post,
                on_done=lambda _none: self._go_in(case),
                on_failed=self._on_load_failed,
            )

        page = KnowsLessScreen(case, lack)
        page.read_wanted.connect(read)
        page.judged.connect(judge)
        page.left.connect(self.back_to_start)
        self._show_page(page)

    def _go_in(self, case: OpenCase) -> None:
        if not self._is_view_only:
            remember_case(case.folder, "" if case.keys.encrypted else case.name, case.keys.examiner)
        self.start.refresh()
        if case.recovery_key:
            page = self.show_recovery_key(case.name, case.recovery_key, case.examiners())
            case.recovery_key = ""
            page.done.connect(lambda: self._choose_examiner(case))
        else:
            self._choose_examiner(case)

    def _choose_examiner(self, case: OpenCase) -> None:
        """Who reads: the passphrase has said so, or it is asked."""
        if case.keys.encrypted and not case.keys.examiner and not case.read_only:
            renew = RecoverAccessScreen(case, self._post)
            renew.chosen.connect(self._load_worklist)
            self._show_page(renew)
            return
        people = case.readers()
        known = [examiner for examiner in people if (case.folder, examiner.name) == self._expected]
        if len(people) == 1 or known:
            self._load_worklist(case, (known or people)[0])
            return
        who = ChooseExaminerScreen(case)
        who.chosen.connect(self._load_worklist)
        self._show_page(who)

    def _load_worklist(self, case: OpenCase, examiner: Examiner) -> None:
        """Read what there is to read; until that is done one can still leave.

        Asked for once: a second press on the same answer must not open the case a second time. A key that
        differs is asked about before.
        """
        if examiner.id in case.key_questions and not case.read_only:
            question = KeyQuestionScreen(case, examiner, self._post)
            question.answered.connect(self._load_worklist)
            self._show_page(question)
            return
        if self._loading is case:
            return
        self._loading = case
        worklist = Worklist(case, examiner.id)

        def load(_control: JobControl) -> Worklist:
            read_only_for_observer(case, examiner.id)
            if case.judgement and not case.read_only:
                record_judgement(case, examiner.id)
            witness_others(case, examiner.id)
            return worklist.load()

        case.jobs.start(
            "worklist",
            load,
            self._post,
            on_done=lambda loaded: self._on_loaded(case, examiner, loaded),
            on_failed=self._on_load_failed,
        )

    def _on_loaded(self, case: OpenCase, examiner: Examiner, worklist: Worklist) -> None:
        self._loading = None
        self.entered.emit(case, examiner, worklist)

    def _on_load_failed(self, error: KnownError) -> None:
        self._loading = None
        self.back_to_start()
        self.say(str(error))

    def _show_page(self, page: Screen) -> None:
        self.close_page()
        self._page = page
        self._stack.add(page)
        self._stack.turn_to(page)
        page.setFocus()
