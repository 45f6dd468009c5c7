"""The command line as a table: one verb, its words, its function, whose module is imported when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import reviewer
from reviewer.cli import choices
from reviewer.cli.options import (
    VerbFunction,
    VerbParser,
    Verbs,
    add_case_verb,
    add_examiner_options,
    add_passphrase_option,
    add_verb,
)
from reviewer.cli.parser_of_individuals import add_people_verbs, add_record_verbs


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options, with the function to call as `run`; end the program with 2 for wrong ones."""
    return make_parser().parse_args(arguments)


def make_parser() -> argparse.ArgumentParser:
    parser = VerbParser(prog="reviewer", description=reviewer.__doc__)
    parser.add_argument("--version", action="version", version=f"reviewer {reviewer.__version__}")
    parser.add_argument("--verbose", action="store_true", help="log to standard error as well")
    parser.set_defaults(run=VerbFunction("window.open_window"), leaves_nothing=False)
    parser.add_argument(
        "--view-only",
        nargs="?",
        const="",
        metavar="PATH",
        help="the window for looking only, on the case or the court pack at PATH; nothing is written there",
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", parser_class=VerbParser)
    _add_case_verbs(verbs)
    _add_card_verb(verbs)
    _add_individuals_verbs(verbs)
    _add_searching_verbs(verbs)
    _add_keeping_verbs(verbs)
    _add_receipt_verbs(verbs)
    _add_window_verbs(verbs)
    return parser


def _add_case_verbs(verbs: Verbs) -> None:
    new = add_case_verb(verbs, "new", "case.make_case", "make a case")
    new.add_argument("--name", required=True)
    new.add_argument("--examiner", required=True, metavar="NAME")
    new.add_argument("--unencrypted", action="store_true", help="keep everything readable for whoever has it")
    add_passphrase_option(new)

    ingest = add_case_verb(verbs, "ingest", "ingest.ingest", "bring the photographs of folders into the case")
    ingest.add_argument("sources", type=Path, nargs="+", metavar="SOURCE")
    ingest.add_argument("--manifest", type=Path, metavar="FILE", help="compare with hashes others made")
    add_examiner_options(ingest)

    for name, run, what in (
        (
            "status",
            "status.print_status",
            "how many photos, files, problems, individuals, readings, findings, acts",
        ),
        ("ledger", "status.print_ledger", "every act, oldest first"),
    ):
        looking_verb = add_case_verb(verbs, name, run, what, lines=name == "ledger")
        add_passphrase_option(looking_verb)

    _add_problem_verbs(verbs)
    _add_rules_verb(verbs)
    _add_mandate_verb(verbs)

    alike = add_case_verb(
        verbs, "duplicates", "near_duplicates.list_duplicates", "the groups of near-duplicates", lines=True
    )
    alike.add_argument("--find", action="store_true", help="look for them first and record what is new")
    add_examiner_options(alike)

    _add_report_verb(verbs)
    _add_export_verb(verbs)


def _add_card_verb(verbs: Verbs) -> None:
    cards_verb = add_case_verb(
        verbs,
        "cards",
        "cards.print_cards",
        "how many number cards were read, and where passes differ",
        lines=True,
    )
    cards_verb.add_argument("--mismatches", action="store_true", help="list the cards to be decided")
    add_passphrase_option(cards_verb)


def _add_individuals_verbs(verbs: Verbs) -> None:
    what = "who the photographs show: proposed, accepted, in conflict; the files about them"
    parser = verbs.add_parser("individuals", help=what, description=what)
    below = parser.add_subparsers(title="verbs", metavar="VERB", parser_class=VerbParser, required=True)
    add_people_verbs(below)
    add_record_verbs(below)


def _add_searching_verbs(verbs: Verbs) -> None:
    find = add_case_verb(
        verbs, "find", "search.print_found", "the photographs that match a query", lines=True
    )
    find.add_argument("query", nargs="+", metavar="QUERY")
    find.add_argument("--order", choices=choices.HIT_ORDERS, default=choices.HIT_ORDERS[0])
    find.add_argument("--limit", type=int, metavar="N", help="only the first N")
    find.add_argument("--count", action="store_true", help="only how many")
    find.add_argument("--why", action="store_true", help="say why each is found")
    find.add_argument("--all-examiners", action="store_true", help="what any examiner found and wrote")
    add_examiner_options(find)

    lists = add_case_verb(verbs, "lists", "search.print_lists", "saved queries and samples", lines=True)
    add_passphrase_option(lists)

    what = "findings whose sign meant something else when they were made, and how to read them again"
    meant = add_case_verb(verbs, "vocabulary", "vocabulary.print_vocabulary_changes", what, lines=True)
    add_passphrase_option(meant)

    _add_counting_verb(verbs)

    sample = add_case_verb(
        verbs, "sample", "search.draw_and_save_sample", "draw a sample and keep it as a list"
    )
    sample.add_argument("--from", dest="query", default="", metavar="QUERY", help="what is drawn from")
    sample.add_argument("--name", required=True, help="of the list")
    sample.add_argument("--of", choices=choices.SAMPLE_UNITS, default=choices.SAMPLE_UNITS[0])
    sample.add_argument("--size", type=int, metavar="N")
    sample.add_argument(
        "--within", type=float, metavar="PERCENT", help="as many as +- PERCENT at 95 %% takes"
    )
    sample.add_argument("--expected", type=float, default=50, metavar="PERCENT", help="the share expected")
    sample.add_argument(
        "--by", metavar="FIELD", help=f"from each stratum: {', '.join(choices.STRATUM_FIELDS)}"
    )
    sample.add_argument("--equal", action="store_true", help="as many from each stratum")
    sample.add_argument("--seed", type=int, metavar="N", help="without it one is made and recorded")
    add_examiner_options(sample)


def _add_counting_verb(verbs: Verbs) -> None:
    what = "every figure: present, absent, cannot tell, both shares"
    count = add_case_verb(verbs, "count", "count.count", what, lines=True)
    count.add_argument("--query", default="", metavar="QUERY", help="only what a query finds")
    count.add_argument("--as-of", type=int, metavar="N", help="as of the first N entries of the ledger")
    count.add_argument(
        "--csv",
        type=Path,
        metavar="FILE",
        help="a new file with the ids in each column of each figure as well",
    )
    count.add_argument("--bom", action="store_true", help="it begins with the mark of UTF-8, for Excel")
    count.add_argument(
        "--compare-rules",
        action="store_true",
        help="each sign that the first rule of the summary counted otherwise, and of whom",
    )
    add_examiner_options(count)


def _add_keeping_verbs(verbs: Verbs) -> None:
    verify = add_case_verb(
        verbs, "verify", "verify.verify", "the ledger, the state rebuilt from it, the originals"
    )
    verify.add_argument("--evidence", action="store_true", help="hash every original as well")
    verify.add_argument("--receipt", type=Path, metavar="FILE", help="check a receipt that was kept")
    add_examiner_options(verify)

    locate = add_case_verb(verbs, "locate", "verify.locate", "find sources that lie in another place now")
    locate.add_argument("folder", type=Path, nargs="?", metavar="FOLDER")
    add_examiner_options(locate)

    backup = add_case_verb(
        verbs, "backup", "safekeeping.make_backup", "a whole copy of the case, on another drive"
    )
    backup.add_argument("into", type=Path, metavar="FOLDER")
    add_examiner_options(backup)

    pack = add_case_verb(
        verbs, "pack", "pack.write_pack", "a court pack: a bag that others can check without this program"
    )
    pack.add_argument("out", type=Path, metavar="OUT")
    pack.add_argument("--query", metavar="QUERY", help='what the exhibits are; "" is every photograph')
    pack.add_argument("--as-of", type=int, metavar="N", help="as of the first N entries of the ledger")
    pack.add_argument("--originals", action="store_true", help="put the originals of the exhibits in")
    pack.add_argument("--redacted", action="store_true", help="put redacted copies of the exhibits in")
    pack.add_argument("--no-reports", action="store_true", help="leave the report of the collection out")
    pack.add_argument("--confidentiality", default="confidential", metavar="TEXT", help="of the exhibits")
    add_examiner_options(pack)

    check = add_verb(
        verbs, "pack-check", "pack.print_pack_verdict", "whether a court pack is what was signed"
    )
    check.add_argument("folder", type=Path, metavar="FOLDER")

    _add_stamp_verbs(verbs)

    change = add_case_verb(
        verbs,
        "passphrase",
        "safekeeping.set_passphrase",
        "change a passphrase, or set one by the recovery key",
    )
    change.add_argument("--new-passphrase-file", type=Path, metavar="F", help="the new passphrase")
    change.add_argument("--for", dest="whose", metavar="NAME", help="of a colleague who lost hers")
    add_examiner_options(change)

    suggest = add_verb(
        verbs, "suggest-passphrase", "passphrases.print_suggestion", "a new passphrase of random words"
    )
    suggest.add_argument("--words", type=int, choices=range(5, 13), default=6, metavar="N", help="5 to 12")
    _add_verbs_about_examiners(verbs)


def _add_verbs_about_examiners(verbs: Verbs) -> None:
    vouch = add_case_verb(verbs, "vouch", "keys.vouch", "keys that wait, and vouching for one of them")
    vouch.add_argument("--for", dest="whose", metavar="NAME", help="whose key you vouch for")
    vouch.add_argument("--fingerprint", metavar="TEXT", help="of that key, as it was read to you")
    add_passphrase_option(vouch)

    role = add_case_verb(verbs, "role", "keys.set_or_list_roles", "the roles of the examiners, or set one")
    role.add_argument("--of", dest="whose", metavar="NAME", help="whose role is set")
    role.add_argument("--set", dest="role", choices=choices.ROLES, help="to what")
    add_examiner_options(role)

    _add_access_verbs(verbs)


def _add_receipt_verbs(verbs: Verbs) -> None:
    receipt = add_case_verb(
        verbs,
        "receipt",
        "safekeeping.print_receipt",
        "what the ledger is now, to be kept apart from the case",
    )
    add_passphrase_option(receipt)

    what = "the receipts that are kept by themselves: compare, judge, and where they are kept"
    kept = add_verb(verbs, "receipts", "receipts.show_or_judge_receipts", what)
    kept.add_argument("case", type=Path, nargs="?", metavar="CASE")
    kept.add_argument(
        "--judge", metavar="REASON", help="let a case be written that contradicts them, and why"
    )
    second = kept.add_mutually_exclusive_group()
    second.add_argument(
        "--second",
        type=Path,
        metavar="FOLDER",
        help="keep them in a second place as well, a stick or a share",
    )
    second.add_argument("--no-second", action="store_true", help="keep them in this account alone")
    add_examiner_options(kept)


def _add_window_verbs(verbs: Verbs) -> None:
    demo = add_verb(
        verbs,
        "demo",
        "demo.make_and_open_demo",
        "make a demonstration case if there is none, and open it",
    )
    demo.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    demo.add_argument("--photos", type=int, default=200, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="N")
    demo.add_argument("--no-window", action="store_true")
    demo.add_argument("--bare", action="store_true", help="nothing is done in the case: only its photographs")

    open_ = add_case_verb(verbs, "open", "window.open_window_on_case", "the window, on this case", json=False)
    open_.add_argument("--read-only", action="store_true")

    add_verb(
        verbs,
        "design",
        "window.open_design_page",
        "what the window is made of, on one page, for those who build it",
        json=False,
    )
    test = add_verb(
        verbs, "self-test", "self_test.run_self_test", "check this copy of the program end to end"
    )
    test.set_defaults(leaves_nothing=True)
    test.add_argument(
        "--sheet",
        nargs="?",
        const="",
        metavar="LIBRARIES",
        help="only print the line as it has to be; LIBRARIES: a folder of those of another system",
    )


def _add_report_verb(verbs: Verbs) -> None:
    report = add_case_verb(verbs, "report", "report.write_report", "write a report as PDF, HTML or .docx")
    report.add_argument("out", type=Path, metavar="OUT", help="a new .pdf, .html or .docx file, or a folder")
    report.add_argument("--query", default="", metavar="QUERY", help="which photographs, which individuals")
    report.add_argument("--as-of", type=int, metavar="ENTRY", help="as the case was after this entry")
    report.add_argument("--individual", default="", metavar="NUMBER", help="the sheet of one individual")
    report.add_argument("--sheets", action="store_true", help="a sheet of each individual")
    report.add_argument("--receipt", action="store_true", help="the receipt of the case as it stands now")
    report.add_argument(
        "--form", choices=("pdf", "html", "docx"), default="pdf", help="of the sheets of a folder"
    )
    report.add_argument(
        "--photos",
        choices=choices.SHEET_PHOTOGRAPHS,
        default="none",
        help="photographs on sheets",
    )
    add_examiner_options(report)


def _add_export_verb(verbs: Verbs) -> None:
    export = add_verb(
        verbs, "export", "export.export", "write findings and readings in an open format", lines=True
    )
    export.add_argument("--list", action="store_true", help="the formats, what they hold and what they lose")
    export.add_argument("case", type=Path, nargs="?", metavar="CASE")
    export.add_argument("format", nargs="?", metavar="FORMAT")
    export.add_argument("out", type=Path, nargs="?", metavar="OUT")
    export.add_argument("--query", metavar="QUERY", help="only the photographs it finds, and whom they show")
    export.add_argument("--as-of", type=int, metavar="N", help="as of the first N entries of the ledger")
    export.add_argument(
        "--all-examiners",
        action="store_true",
        help="everybody's readings, also where --examiner says who acts",
    )
    export.add_argument(
        "--bom", action="store_true", help="CSV files begin with the mark of UTF-8, by which Excel knows it"
    )
    export.add_argument(
        "--recorded", action="store_true", help="coco: pixels of the file, before EXIF orientation"
    )
    export.add_argument(
        "--all", action="store_true", help="redacted: copies of what has no area to redact too, said so"
    )
    add_examiner_options(export)


def _add_problem_verbs(verbs: Verbs) -> None:
    looking = add_case_verb(
        verbs,
        "problems",
        "problems.print_problems",
        "every file that could not be used, what it is, and why",
        lines=True,
    )
    _add_choice_options(looking)
    looking.add_argument("--count", action="store_true", help="only how many, by kind")
    add_passphrase_option(looking)

    seen = add_case_verb(
        verbs,
        "seen-elsewhere",
        "problems.record_seen_elsewhere",
        "say that files which may hold photographs were seen elsewhere",
    )
    seen.add_argument("files", nargs="*", metavar="FILE", help="paths as `problems` prints them, or SHA-256")
    _add_choice_options(seen)
    seen.add_argument("--reason", default="", metavar="TEXT", help="how and where they were seen")
    seen.add_argument("--open-again", action="store_true", help="they are still to be looked at")
    add_examiner_options(seen)

    archive = add_case_verb(
        verbs,
        "archive",
        "problems.print_archive_names",
        "the names and sizes in an archive; nothing is unpacked",
        lines=True,
    )
    archive.add_argument("file", metavar="FILE", help="its path as `problems` prints it, or its SHA-256")
    add_passphrase_option(archive)


def _add_choice_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kind", choices=choices.CONTENT_KINDS, default="", help="only files of this kind of content"
    )
    parser.add_argument("--may-hold", action="store_true", help="only what may hold photographs")
    parser.add_argument("--open", action="store_true", help="only what may hold photographs and is open")


def _add_rules_verb(verbs: Verbs) -> None:
    parser = add_case_verb(
        verbs,
        "rules",
        "reading_rules.set_and_print_rules",
        "the order in which a case is read, and what is masked meanwhile",
    )
    parser.add_argument("--draw", action="store_true", help="draw a new order; only the lead can")
    parser.add_argument("--seed", default="", metavar="TEXT", help="draw it from this seed")
    parser.add_argument("--mask", choices=("yes", "no"), help="mask who a person is; only the lead can")
    add_examiner_options(parser)


def _add_mandate_verb(verbs: Verbs) -> None:
    parser = add_case_verb(
        verbs,
        "mandate",
        "mandate.write_and_print_mandate",
        "the mandate and its limits, which stand on page 1 of every report",
    )
    texts = parser.add_mutually_exclusive_group()
    texts.add_argument("--text", metavar="TEXT", help="write the mandate; only the lead can")
    texts.add_argument("--file", type=Path, metavar="FILE", help="write it from a text file in UTF-8")
    limits = parser.add_mutually_exclusive_group()
    limits.add_argument("--limits", metavar="TEXT", help="write its limits; only the lead can")
    limits.add_argument("--limits-file", type=Path, metavar="FILE", help="write them from a text file")
    add_examiner_options(parser)


def _add_stamp_verbs(verbs: Verbs) -> None:
    ask = add_case_verb(
        verbs,
        "stamp-request",
        "time_stamps.ask_for_stamp",
        "a request for a time stamp over the ledger, to be carried",
    )
    ask.add_argument("out", type=Path, metavar="FILE.tsq")
    add_passphrase_option(ask)

    add = add_case_verb(
        verbs, "stamp-add", "time_stamps.keep_stamp", "keep the time stamp that an authority gave"
    )
    add.add_argument("answer", type=Path, metavar="FILE.tsr")
    add.add_argument("--root", type=Path, metavar="FILE", help="the certificate at which its chain must end")
    add_examiner_options(add)

    told = add_case_verb(verbs, "stamps", "time_stamps.list_stamps", "the time stamps that the ledger holds")
    add_passphrase_option(told)


def _add_access_verbs(verbs: Verbs) -> None:
    what = "remove an examiner and change the key of the case, so that her passphrase opens nothing newer"
    remove = add_case_verb(verbs, "remove-examiner", "access.remove_from_case", what)
    remove.add_argument("--of", dest="whose", required=True, metavar="NAME", help="who is removed")
    remove.add_argument("--why", required=True, metavar="TEXT", help="it stands in the ledger")
    add_examiner_options(remove)

    what = "change the key of the case: old key files, old passphrases, the recovery key open nothing newer"
    change = add_case_verb(verbs, "change-key", "access.change_key", what)
    change.add_argument("--lost", action="store_true", help="because a machine or a copy was lost")
    add_examiner_options(change)
