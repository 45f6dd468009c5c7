"""Completing a Reading by one key, and the one question that may stand before it.

A Finding counts only with a certainty that the Examiner stated. So what is completed without one is asked for
all Findings at once, in place: one key answers it, and the Reading is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewer.domain.reading.finding_place import lacks_region
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import Certainty
from reviewer.qt.widgets.type_box import Option, Question
from reviewer.services.reading.reader import Reader

CERTAINTY_LETTERS = {"Q": Certainty.DEFINITE, "W": Certainty.PROBABLE, "E": Certainty.POSSIBLE}
_MOST = 6


class ReadingCompletion:
    """`ask` shows a Question over the photograph."""

    def __init__(self, reader: Reader, ask: Callable[[Question], None]) -> None:
        self._reader, self._ask = reader, ask
        self._meanings = {step.key: step.definition for step in reader.vocabulary.certainties}

    def complete(self) -> None:
        self._complete(self._reader.complete)

    def complete_and_go_on(self) -> None:
        self._complete(self._reader.complete_and_go_on)

    def _complete(self, complete: Callable[[], None]) -> None:
        """Complete the reading; ask first how certain Findings are whose certainty was not stated."""
        findings = self._reader.list_findings_without_certainty()
        if not findings:
            complete()
            return

        def take(key: str) -> None:
            self._reader.state_certainty(Certainty(key))
            complete()

        options = [
            Option(str(certainty), f"{certainty} for all", self._meanings[str(certainty)])
            for certainty in CERTAINTY_LETTERS.values()
        ]
        self._ask(
            Question(
                f"Nobody stated how certain these findings are: {self._format_names(findings)}. "
                "Q definite, W probable, E possible for all; Esc goes back",
                lambda _typed: options,
                take,
                letters="".join(CERTAINTY_LETTERS),
                ahead=True,
                aside=True,
                is_choice=True,
                instead=lambda _typed: self._format_hint(findings),
            )
        )

    def _format_names(self, findings: Sequence[Finding]) -> str:
        names = [self._reader.vocabulary.term_name(finding.term) for finding in findings]
        beyond = len(names) - _MOST
        return ", ".join(names) if beyond <= 0 else f"{', '.join(names[:_MOST])} and {beyond} more"

    def _format_hint(self, findings: Sequence[Finding]) -> str:
        """How to answer; and what does not count yet for another reason."""
        vocabulary = self._reader.vocabulary
        nowhere = [finding for finding in findings if lacks_region(finding, vocabulary.term(finding.term))]
        told = (
            f" Without a region, so not counted until it has one: {self._format_names(nowhere)}."
            if nowhere
            else ""
        )
        return f"One key or a click states it for all.{told}"
