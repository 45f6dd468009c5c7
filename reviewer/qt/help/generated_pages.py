"""Pages of help that are made from what the program holds: the terms of the vocabulary, and its version."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion

from reviewer import __version__
from reviewer.domain.ledger.receipt import format_hash_in_groups
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from reviewer.system.identity import NOT_KNOWN, peek_identity

GLOSSARY, ABOUT = "glossary", "about"
_LICENCES = (
    ("The program itself", "Apache 2.0"),
    ("Qt and PySide6", "LGPL 3.0"),
    ("Inter, the typeface of the window", "SIL Open Font Licence 1.1"),
    ("Noto Sans Arabic UI", "SIL Open Font Licence 1.1"),
    ("Amiri, the Arabic typeface of reports", "SIL Open Font Licence 1.1"),
    ("SQLCipher", "BSD, 3 clauses"),
)


def make_glossary_page() -> str:
    """Make the page of all terms that are offered, group by group, each with its definition."""
    vocabulary = load_vocabulary()
    parts = [
        "# Glossary",
        f"The terms of the vocabulary {vocabulary.version}, with what each of them means. The words of the "
        "program stand in [Words](words.md).",
    ]
    for group in vocabulary.term_groups:
        terms = [term for term in vocabulary.terms if term.group == group.key and not term.retired]
        if terms:
            parts.append(f"## {group.name}")
        for term in terms:
            also = f" Also found by: {', '.join(term.synonyms)}." if term.synonyms else ""
            parts.append(f"**{term.name}**. {term.definition}{also}")
    for title, steps in (("Answers", vocabulary.answers), ("Certainties", vocabulary.certainties)):
        parts.append(f"## {title}")
        parts.extend(f"**{step.name}**. {step.definition}" for step in steps)
    return "\n\n".join(parts) + "\n"


def make_identity_section() -> str:
    """Make what About says of this copy of the program; whoever shows it asks again once it is read."""
    who = peek_identity()
    if who is None:
        return "## This copy\n\nIts files are being read\u2026\n"
    libraries = format_hash_in_groups(who.libraries) or NOT_KNOWN
    return (
        f"## This copy\n\nVersion {who.version}, {who.way}. {who.system}.\n\n"
        f"**Files of the program**: {format_hash_in_groups(who.program)}\n\n"
        f"**Libraries**: {libraries}\n\n"
        "The same stands in reports and court packs. Test this copy\u2026 in the menu Help tries whether it "
        "works.\n"
    )


def make_about_page() -> str:
    """Make the page of versions and licences."""
    rows = "\n".join(f"| {what} | {licence} |" for what, licence in _LICENCES)
    return (
        "# About\n\n"
        f"reviewer {__version__}\n\n"
        "A desktop program for forensic pathologists who read photographs of people who died in custody. "
        "It never opens a network connection.\n\n"
        f"Python {platform.python_version()}, Qt {qVersion()}, "
        f"vocabulary {load_vocabulary().version}\n\n"
        f"## Licences\n\n| what | licence |\n|---|---|\n{rows}\n"
    )
