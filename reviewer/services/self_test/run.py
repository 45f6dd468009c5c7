"""The self-test as a whole: its parts in order, and the one line that is compared with the printed sheet."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

from reviewer.services.jobs import Cancelled, JobControl
from reviewer.services.pictures.decoding import new_pool
from reviewer.services.self_test.confinement import check_confinement
from reviewer.services.self_test.decoders import check_decoders
from reviewer.services.self_test.demonstration import check_demonstration
from reviewer.services.self_test.encryption import check_encryption
from reviewer.services.self_test.engine import check_engine
from reviewer.services.self_test.expected import load_expected
from reviewer.services.self_test.files import check_files
from reviewer.services.self_test.part import REINSTALL, PartFailed, PartOutcome, PartResult
from reviewer.services.self_test.window import check_fonts, check_window, draw_window
from reviewer.system.identity import (
    NOT_KNOWN,
    describe_architecture,
    find_identity,
    hash_packages,
    list_packages,
)

BeginPart = Callable[[str], AbstractContextManager[JobControl]]
"""Called with the name of each part; what it gives is told how far the part is, and can cancel it."""
TryPart = Callable[[JobControl], PartResult]
PART_NAMES = (
    *("files", "engine", "encryption", "confinement", "decoders", "demonstration", "fonts", "window"),
)
_DIGITS = 16
"""Hexadecimal digits of a hash that stand in the line: 64 bits, as many as a person compares."""
logger = logging.getLogger(__name__)


def run_parts(folder: Path, begin_part: BeginPart) -> Iterator[PartOutcome]:
    """Try one part after the other in an empty folder, and yield what each comes to; none stops the others.

    What is kept of the account has to lie in that folder too, so that nothing stays.
    """
    for name, part in list_parts(folder).items():
        with begin_part(name) as control:
            outcome = _try_part(name, part, control)
        yield outcome


def list_parts(folder: Path) -> dict[str, TryPart]:
    """The parts, by name, in order."""
    told = cache(draw_window)  # fonts and window are told of in one go

    def with_pool(work: Callable[[Any], PartResult]) -> PartResult:
        pool = new_pool()
        try:
            return work(pool)
        finally:
            pool.close()

    parts: dict[str, TryPart] = {
        "files": check_files,
        "engine": lambda _control: check_engine(folder),
        "encryption": lambda _control: check_encryption(),
        "confinement": lambda _control: check_confinement(folder),
        "decoders": lambda control: with_pool(lambda pool: check_decoders(pool, control)),
        "demonstration": lambda control: with_pool(lambda pool: check_demonstration(folder, pool, control)),
        "fonts": lambda _control: check_fonts(told()),
        "window": lambda _control: check_window(told()),
    }
    return {name: parts[name] for name in PART_NAMES}


def _try_part(name: str, part: TryPart, control: JobControl) -> PartOutcome:
    try:
        result = part(control)
    except PartFailed as failed:
        return PartOutcome(name, failed.wrong, False, failed.advice)
    except Cancelled:
        raise
    except Exception as error:  # whatever does not work here is what this is for
        logger.info("the part %s of the self-test", name, exc_info=True)
        return PartOutcome(name, f"{error.__class__.__name__}: {error}", False, REINSTALL)
    return PartOutcome(name, result.said, True, constant=result.constant)


def make_code(constants: dict[str, str]) -> str:
    """Eight digits from what comes out the same on every system, by the name of each part."""
    lines = "".join(f"{name} {constants.get(name, '')}\n" for name in PART_NAMES)
    return _group(hashlib.sha256(lines.encode("utf-8")).hexdigest()[:8])


def make_line(outcomes: Sequence[PartOutcome]) -> str:
    """The line to compare with the printed sheet; a part that failed gives another code."""
    constants = {of.name: of.constant if of.is_well else "failed" for of in outcomes}
    return _format_line(make_code(constants), hash_packages(list_packages()), describe_architecture())


def make_sheet_line(packages: Path | None = None) -> str:
    """The line as it has to be, without trying anything; `packages` is a folder of libraries (site-packages,
    or unpacked wheels) of another system, of which the line then says no name."""
    code, libraries = load_expected().code, hash_packages(list_packages(packages))
    return _format_line(code, libraries, "" if packages else describe_architecture())


def _format_line(code: str, libraries: str, system: str) -> str:
    who = find_identity()
    parts = [
        f"reviewer {who.version}",
        f"program {_group(who.program[:_DIGITS])}",
        f"libraries {_group(libraries[:_DIGITS]) or NOT_KNOWN}",
        f"result {code}",
        system,
    ]
    return " | ".join(filter(None, parts))


def _group(digits: str) -> str:
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))
