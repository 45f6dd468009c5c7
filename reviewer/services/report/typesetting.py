"""Typst as reports use it: with the program's own typefaces only, without the network, files in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import typst

from reviewer.system.resources import find_resource

_compile: Callable[..., Any] = typst.compile  # its types do not know files in memory


def compile_typst(files: Mapping[str, bytes], **options: object) -> tuple[bytes, ...]:
    """What "main.typ" among the files makes, pictures page by page; typst.TypstError if it fails."""
    fonts = [str(find_resource("fonts"))]
    made = _compile(dict(files), ignore_system_fonts=True, font_paths=fonts, **options)
    return (made,) if isinstance(made, bytes) else tuple(made)
