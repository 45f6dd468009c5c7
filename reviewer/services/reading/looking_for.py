"""Going through lists of signs: what is said of the Photo on screen, what would be said, and what has ended.

The act names the lists, so that "absent" rests on a statement whose signs could be read where it was made.
"""

from __future__ import annotations

from reviewer.domain.errors import NotAllowed
from reviewer.domain.reading.reading import CheckedSignList, Reading
from reviewer.domain.reading.sign_lists import (
    count_signs,
    find_checked_lists_for_coverage,
    lists_in_few_words,
    lists_in_one_line,
    signs_in_words,
)
from reviewer.domain.vocabulary.coverage import find_assessable_keys
from reviewer.domain.vocabulary.vocabulary import Term
from reviewer.services.reading.reader import Reader

_NOTHING_SHOWN = "Say first what the photograph shows (Coverage): a list is gone through for what is shown."
_NO_LIST = (
    "No list of signs belongs to what is marked as shown: mark a part of the body as assessable (Coverage)."
)

_NO_SIGN_ABSENT = (
    "Recorded: nothing is visible. No sign counts as absent by that alone: for this, say with Coverage what "
    "is shown, then go through the lists of signs with Nothing else."
)


class SignListChecker:
    """Makes acts on lists of signs for the Photo on screen, and says what its Reading went through."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._vocabulary = reader.vocabulary
        self._before: Reading | None = None
        reader.on_moved.connect(self._remember_reading)
        reader.on_reading.connect(self._announce_ended_check)

    # wishes

    def toggle(self) -> None:
        """Record that nothing else of the lists for what is shown is visible, or take that back.

        NotAllowed, with the reason, where no list can be gone through.
        """
        reader = self._reader
        lists = self.find_offered_lists()
        stands = reader.reading.looked_for
        if not lists and not stands:
            reader.must_see()
            raise NotAllowed(self._explain_no_list())
        wanted = () if not lists or stands == tuple(sorted(lists)) else lists
        reader.look_for(wanted)
        if wanted:
            reader.say(self._tell_taken(wanted))
        else:
            reader.say(f"No longer looked for{lists_in_one_line(self._vocabulary, stands)}.")

    def nothing_visible(self) -> None:
        """Record that nothing is visible, of these lists either, or take both back."""
        reader = self._reader
        lists, stands = self.find_offered_lists(), reader.reading.looked_for
        reader.nothing_visible()
        if reader.reading.conclusion:
            reader.say(f"Nothing visible. {self._describe_lists(lists)}" if lists else _NO_SIGN_ABSENT)
        elif stands:
            reader.say(
                "Nothing visible is withdrawn, and with it what was looked for: "
                f"{lists_in_few_words(self._vocabulary, stands)}."
            )
        else:
            reader.say("Nothing visible is withdrawn.")

    def find_offered_lists(self) -> tuple[CheckedSignList, ...]:
        """Return the lists that belong to what the Photo on screen shows."""
        return find_checked_lists_for_coverage(self._vocabulary, self._reader.reading.coverage)

    # what is said

    def describe_check(self) -> str:
        """Describe in one line what was looked for, or what was not yet."""
        stands, lists = self._reader.reading.looked_for, self.find_offered_lists()
        if stands:
            return f"Looked for{lists_in_one_line(self._vocabulary, stands)}"
        if lists:
            return f"Not looked for{lists_in_one_line(self._vocabulary, lists)}"
        return "No list: say what is shown (Coverage)"

    def describe_check_shortly(self) -> str:
        """The same in a few words, for a narrow place: how many signs, without the names of the lists."""
        stands, lists = self._reader.reading.looked_for, self.find_offered_lists()
        if not stands and not lists:
            return "No list of signs"
        signs = count_signs(self._vocabulary, stands or lists)
        told = "1 sign" if signs == 1 else f"{signs:,} signs"
        return f"Looked for: {told}" if stands else f"Not looked for: {told}"

    def describe_signs(self) -> list[str]:
        """Describe the lists gone through or offered, one line each: name and signs."""
        return signs_in_words(self._vocabulary, self._reader.reading.looked_for or self.find_offered_lists())

    def list_terms(self) -> list[tuple[str, Term]]:
        """Return (name of the list, sign) of these lists, each sign once. NotAllowed, with the reason, if
        there are none."""
        vocabulary = self._vocabulary
        keys = [key for key, _version in self._reader.reading.looked_for or self.find_offered_lists()]
        found: dict[str, tuple[str, Term]] = {}
        for listed in (term_list for term_list in vocabulary.lists if term_list.key in keys):
            for term in filter(None, map(vocabulary.term, listed.terms)):
                found.setdefault(term.key, (listed.name, term))
        if not found:
            raise NotAllowed(self._explain_no_list())
        return list(found.values())

    def _explain_no_list(self) -> str:
        return _NO_LIST if self._reader.reading.coverage else _NOTHING_SHOWN

    def _describe_lists(self, lists: tuple[CheckedSignList, ...]) -> str:
        return f"Looked for{lists_in_one_line(self._vocabulary, lists)}."

    def _tell_taken(self, lists: tuple[CheckedSignList, ...]) -> str:
        """What now counts as looked for, and where each sign of it can be read."""
        named = lists_in_one_line(self._vocabulary, lists)
        return (
            f"Nothing else visible of{named}. "
            "Click Looked for, beside the body map, to read each sign; Nothing else again takes it back."
        )

    # what has ended

    def _remember_reading(self) -> None:
        self._before = self._reader.reading if self._reader.photo is not None else None

    def _announce_ended_check(self) -> None:
        """Say that a check was ended by another act, so that it is not thought to stand."""
        if self._reader.photo is None:
            return
        before, now = self._before, self._reader.reading
        self._before = now
        if before is None or before.photo != now.photo or now.looked_for or not before.looked_for:
            return
        ended = lists_in_few_words(self._vocabulary, before.looked_for)
        again = f"Nothing counts as looked for until you say it again (comma): {ended}."
        if find_assessable_keys(now.coverage) - find_assessable_keys(before.coverage):
            self._reader.say(f"More is marked as shown now. {again}")
        elif any(now.finding(finding.id) is None for finding in before.findings):
            self._reader.say(f"A finding was taken away. {again}")
