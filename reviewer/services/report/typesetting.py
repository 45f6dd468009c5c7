"""Typst as reports use it: the program's own typefaces only, no network, files in memory. The one module to
know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import typst

from reviewer.system.resources import find_resource


class TypesettingFailed(Exception):
    """What Typst says: its sentence, and `diagnostic` with the lines it means."""

    def __init__(self, said: str, diagnostic: str) -> None:
        super().__init__(said)
        self.diagnostic = diagnostic


_compile: Callable[..., Any] = typst.compile  # its types do not know files in memory


def compile_typst(files: Mapping[str, bytes], **options: object) -> tuple[bytes, ...]:
    """Compile "main.typ" among the files, one result for each page of pictures. TypesettingFailed if that
    fails."""
    fonts = [str(find_resource("fonts"))]
    try:
        made = _compile(dict(files), ignore_system_fonts=True, font_paths=fonts, **options)
    except typst.TypstError as error:
        raise TypesettingFailed(str(error), error.diagnostic) from error
    return (made,) if isinstance(made, bytes) else tuple(made)
