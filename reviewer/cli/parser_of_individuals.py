"""The verbs below `reviewer individuals`: their words and options, and their functions by name."""

from __future__ import annotations

from pathlib import Path

from reviewer.cli import choices
from reviewer.cli.options import Verbs, add_case_verb, add_examiner_options
from reviewer.domain.records.calendars import Calendar
from reviewer.domain.records.dates import DateOrder
from reviewer.domain.records.text_encodings import ENCODING_NAMES


def add_people_verbs(verbs: Verbs) -> None:
    """Add the sub-verbs to `individuals`."""
    for name, run, what in (
        ("list", "people.list_individuals", "everybody, accepted and proposed, with numbers and photographs"),
        ("accept", "people.accept_proposals", "accept proposals, all of them at once"),
        (
            "conflicts",
            "people.list_conflicts",
            "numbers and facts that do not fit together; 1 if there are any",
        ),
    ):
        parser = add_case_verb(verbs, name, run, what, lines=name != "accept")
        add_examiner_options(parser)
        if name == "accept":
            parser.add_argument("--from", dest="ground", choices=choices.PROPOSAL_GROUNDS, required=True)
            parser.add_argument(
                "--pattern",
                default="",
                metavar="P",
                help="for folders, e.g. {branch}/*/{examination}; without it folder by folder",
            )
            parser.add_argument("--dry-run", action="store_true", help="only say what would be accepted")
        if name == "conflicts":
            parser.add_argument(
                "--gaps",
                action="store_true",
                help="list examination numbers that this case does not have as well",
            )


def add_record_verbs(verbs: Verbs) -> None:
    """Add the verbs about records to `reviewer individuals`."""
    loading = add_case_verb(
        verbs, "load", "records.load_records", "load a file about the victims: CSV, TSV or XLSX"
    )
    loading.add_argument("file", type=Path, metavar="FILE")
    mapping = loading.add_mutually_exclusive_group()
    mapping.add_argument("--mapping", type=Path, metavar="FILE", help="JSON: which column holds which fact")
    mapping.add_argument("--like", metavar="FILE_ID", help="the mapping of a file that was loaded before")
    loading.add_argument("--sheet", metavar="NAME", help="which sheet, if several hold rows")
    loading.add_argument(
        "--dates", choices=[str(order) for order in DateOrder], help="the order of day and month"
    )
    loading.add_argument(
        "--encoding",
        choices=ENCODING_NAMES,
        metavar="NAME",
        help=f"of a text file: {', '.join(ENCODING_NAMES)}",
    )
    loading.add_argument("--header-row", type=int, metavar="N", help="the row with the names of the columns")
    loading.add_argument(
        "--header-rows", type=int, choices=range(1, 6), metavar="N", help="over how many rows the names stand"
    )
    loading.add_argument(
        "--calendar", choices=[str(calendar) for calendar in Calendar], help="the calendar of the dates"
    )
    loading.add_argument(
        "--plausible", metavar="FROM..TO", help="dates that can be meant; without it from 2000 to today"
    )
    loading.add_argument("--preview", action="store_true", help="show how it would be read and load nothing")
    loading.add_argument(
        "--again", action="store_true", help="read a file that was loaded before another way"
    )
    showing = add_case_verb(
        verbs,
        "records",
        "records.print_records",
        "every row of the files, what it fits and what was decided",
        lines=True,
    )
    showing.add_argument("--unresolved", action="store_true", help="only rows that are not settled")
    accepting = add_case_verb(
        verbs,
        "match",
        "records.accept_matches",
        "accept every row that fits one individual and contradicts nothing",
    )
    accepting.add_argument("--yes", action="store_true", help="without it, only the count is shown")
    linking = add_case_verb(verbs, "link", "records.link_row", "say which individual a row speaks of")
    linking.add_argument("record", metavar="RECORD", help="file:sheet:row, as `records` shows it")
    whom = linking.add_mutually_exclusive_group(required=True)
    whom.add_argument("--to", metavar="NUMBER", help="a number of the individual, or its id")
    whom.add_argument("--none", action="store_true", help="no individual of this case; needs a note")
    linking.add_argument("--note", default="", metavar="TEXT")
    for command in (loading, showing, accepting, linking):
        add_examiner_options(command)
