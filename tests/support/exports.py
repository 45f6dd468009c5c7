"""Exports made in tests: written without noting them, so that the state of the case stays as it is."""

from reviewer.services.export.contents import contents
from reviewer.services.export.folder import new_folder
from reviewer.services.export.formats import FORMATS
from reviewer.services.jobs import JobControl


def made(case, key, out, control=None):
    """The folder of an export that no entry tells of."""
    (chosen,) = [each for each in FORMATS if each.key == key]
    with new_folder(out) as folder, contents(case) as found:
        chosen.make(found, folder, control or JobControl())
    return out


def content(folder):
    """Every file of an export by its name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
