"""Exports made in tests: written without noting them, so that the state of the case stays as it is."""

import os
from dataclasses import replace

from reviewer.domain.commands import finding_commands
from reviewer.domain.geometry.mark import Mark, MarkShape
from reviewer.domain.reading.reading import Finding
from reviewer.domain.vocabulary.scales import FindingAnswer
from reviewer.services.export.all_formats import EXPORT_FORMATS
from reviewer.services.export.contents import open_contents
from reviewer.services.export.folder import new_folder
from reviewer.services.jobs import JobControl, post_at_once
from reviewer.services.reading.act_queue import ActQueue
from reviewer.services.worklist.worklist import Worklist
from tests.support.cases import ingested, made_case
from tests.support.photos import drive, encoded, jpeg, picture


def made(case, key, out, control=None):
    """The folder of an export that no entry tells of."""
    (chosen,) = [each for each in EXPORT_FORMATS if each.key == key]
    control = control or JobControl()
    with new_folder(out) as folder, open_contents(case, case.examiners()[0].id, control) as found:
        chosen.make(found, folder, control)
    return out


def content(folder):
    """Every file of an export by its name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


SHAPES = (
    Mark("rectangle", MarkShape.RECTANGLE, ((10, 12), (30, 20))),
    Mark("ellipse", MarkShape.ELLIPSE, ((5, 5), (25, 15))),
    Mark("polygon", MarkShape.POLYGON, ((1, 1), (20, 2), (10, 30))),
    Mark("freehand", MarkShape.FREEHAND, ((2, 2), (9, 4), (14, 3))),
    Mark("line", MarkShape.LINE, ((3, 3), (3, 40))),
    Mark("point", MarkShape.POINT, ((7, 8),)),
)


def marked_case(folder):
    """A case with a mark of each shape on a photograph that lies on its side, and with all that is to be
    left out or told: an absent finding, one nobody confirmed, a retired term, a damaged photograph."""
    source = folder / "=drive"
    source.mkdir()
    (source / "a side.jpg").write_bytes(jpeg(64, 48, seed=40, orientation=6))
    (source / "a side.png").write_bytes(encoded(picture(50, 40, 41), "PNG"))
    whole = jpeg(640, 480, seed=50)
    (source / "cut.jpg").write_bytes(whole[: len(whole) * 2 // 3])
    (source / "z copy.jpg").write_bytes(jpeg(64, 48, seed=40, orientation=6))
    with open(os.path.join(os.fsencode(source), b"\xff no text.jpg"), "wb") as file:
        file.write(jpeg(seed=60))
    case = made_case(folder, "@case")
    ingested(case, drive(source))
    found = {item.name: item.sha256 for item in Worklist(case, "").load().items}
    desk = ActQueue(case, case.examiners()[0], post_at_once)
    version = case.vocabulary.version
    marked = Finding("f-marked", "neck.ligature_mark", version, regions=("neck.front",))
    other = Finding("f-other", "old.term", "0.9.0", FindingAnswer.NON_SPECIFIC)
    absent = Finding("f-absent", "elec.mark", version, FindingAnswer.ABSENT)
    copied = Finding("f-copied", "blunt.bruise", version, copied_from="0" * 64, confirmed=False)
    for photo, finding, marks in (
        (found["a side.jpg"], marked, SHAPES),
        (found["a side.png"], other, SHAPES[:1]),
        (found["cut.jpg"], absent, SHAPES[:1]),
        (found["cut.jpg"], copied, SHAPES[:1]),
    ):
        desk.submit(finding_commands.add_finding(desk.reading(photo), finding))
        for mark in marks:
            own = replace(mark, id=f"{finding.id} {mark.id}")
            desk.submit(finding_commands.add_mark(desk.reading(photo), finding, own))
    desk.submit(finding_commands.write_note(desk.reading(found["a side.jpg"]), '<b>"ملاحظة"</b>\n=1'))
    case.writer.drain()
    desk.detach()
    return case
