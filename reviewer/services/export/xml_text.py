"""Text as it can stand in XML, with nothing in it that hides or reorders what stands beside it."""

from __future__ import annotations

import re

from reviewer.domain.names import make_printable

_NOT_ALLOWED_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def show_in_xml(text: str) -> str:
    """One line that XML 1.0 can hold (section 2.2); all other characters as their numbers: \\u202e, \\uffff.
    Not escaped."""
    return _NOT_ALLOWED_IN_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", make_printable(text))


def show_lines_in_xml(text: str) -> str:
    """The same for a longer text, keeping its lines and tabs."""
    lines = ("\t".join(map(show_in_xml, line.split("\t"))) for line in text.split("\n"))
    return "\n".join(lines)
