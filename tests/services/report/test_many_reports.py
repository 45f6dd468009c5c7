"""Reports as they come: every word lies on its page, and programs from outside find nothing wrong."""

import io
import random
import shutil
import subprocess

import pytest
from pypdf import PdfReader

from reviewer.domain.figures.figures import CountedUnit, Figure, Table
from reviewer.services.report.collection import make_collection_document
from reviewer.services.report.pdf import render_pdf
from reviewer.services.vocabulary.body_maps import find_maps_showing_all
from reviewer.services.vocabulary.vocabulary import load_vocabulary
from tests.services.report.test_layout import FRONT, counted, outside, words_of
from tests.support import drawn

WORDS = [
    "burn",
    "with",
    "charring,",
    "soot",
    "or",
    "singed",
    "hair",
    "كدمة",
    "على",
    "الرقبة",
    "Ligature-mark",
    "undernourishment",
    "215-12?",
    "骨折",
]
pytestmark = pytest.mark.skipif(
    not (shutil.which("pdftotext") and shutil.which("qpdf")), reason="needs poppler-utils and qpdf"
)


def a_table(draw, key, title):
    """Up to sixty figures with any names and numbers, of a drawn sample or not."""
    drawn = draw.random() < 0.5
    figures = []
    for number in range(draw.choice((1, 3, 12, 13, 40, 60))):
        name = f"n{number:02d} {' '.join(draw.choices(WORDS, k=draw.randint(0, 14)))}"
        counts = [
            tuple(f"{number}-{side}-{each}" for each in range(draw.randint(0, 90))) for side in range(6)
        ]
        figures.append(Figure(f"{key}/{number}", name, CountedUnit.INDIVIDUAL, *counts, drawn=drawn))
    notes = tuple(
        " ".join(draw.choices(WORDS, k=draw.randint(3, 120))) for _each in range(draw.randint(0, 3))
    )
    return Table(key, title, CountedUnit.INDIVIDUAL, tuple(figures), notes)


def regions(draw):
    figures = tuple(
        Figure(
            f"regions/{region.key}",
            region.name,
            CountedUnit.INDIVIDUAL,
            *(tuple(f"{side}{each}" for each in range(draw.randint(0, 20))) for side in range(3)),
        )
        for region in load_vocabulary().body
    )
    return Table("regions", "Regions", CountedUnit.INDIVIDUAL, figures)


def a_report(seed):
    draw = random.Random(seed)
    keys = draw.sample(
        ["signs", "groups", "together", "month", "days", "branch", "sex"], k=draw.randint(1, 5)
    )
    tables = [a_table(draw, key, f"{key.capitalize()}, by individuals") for key in keys]
    if draw.random() < 0.4:
        tables.append(regions(draw))
    return tables, render_pdf(make_collection_document(counted(tables), find_maps_showing_all(), FRONT))


@pytest.mark.drawn
@pytest.mark.parametrize("seed", range(drawn.count(8, 20)))
def test_every_word_lies_on_its_page_and_the_file_is_sound_and_tagged(seed, tmp_path):
    tables, content = a_report(seed)
    words, sizes = words_of(content, tmp_path)
    assert outside(words, sizes) == []
    assert all(each.left > 0 and each.right < sizes[0][0] for each in words)
    said = [each.text for each in words]
    for table in tables:
        if table.key not in {"regions", "month", "days"}:
            assert said.count("n00") >= 1
    checked = subprocess.run(
        ["qpdf", "--check", tmp_path / "made.pdf"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    read = PdfReader(io.BytesIO(content))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    figures = [each for each in elements(root["/StructTreeRoot"]) if each.get("/S") == "/Figure"]
    assert len(figures) >= len(tables), "at least one plot of each table"
    assert all(each.get("/Alt") for each in figures), "each with words for who cannot see it"


def elements(node):
    """Every element of the tree of tags below one."""
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from elements(each)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from elements(node["/K"])
