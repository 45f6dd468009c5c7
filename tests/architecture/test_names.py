"""One word, one meaning: what a name stands for, and what the glossary and ARCHITECTURE.md say of names."""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAME_THING_FOR_SCRIPTS = {"Examiner", "Individual", "Mark", "Finding", "Reading", "Figure"}
"""Classes of `reviewer.api` that show the thing of the same name to scripts."""
ALIAS_VALUES = (ast.Subscript, ast.BinOp, ast.Attribute)


def names_of_types(tree):
    """Classes at any depth, and aliases of types at the top: `Point = tuple[int, int]`."""
    yield from (node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ALIAS_VALUES):
            target = node.targets[0]
            if isinstance(target, ast.Name) and re.fullmatch(r"_?[A-Z][a-z]\w+", target.id):
                yield target.id


def homes_of_types(root):
    homes = defaultdict(set)
    for path in root.rglob("*.py"):
        for name in names_of_types(ast.parse(path.read_text(encoding="utf-8"))):
            homes[name].add(str(path.relative_to(root)))
    return homes


def meanings_too_many(homes):
    several = {name: sorted(places) for name, places in homes.items() if len(places) > 1}
    for name in SAME_THING_FOR_SCRIPTS & set(several):
        if len(several[name]) == 2 and several[name][0] == "api/plain.py":
            del several[name]
    return several


def test_the_name_of_a_class_stands_for_one_thing():
    assert meanings_too_many(homes_of_types(ROOT / "reviewer")) == {}


def test_a_second_meaning_is_seen(tmp_path):
    (tmp_path / "one.py").write_text("class Wish:\n    class Inner: ...\nPoint = tuple[int, int]\n")
    (tmp_path / "two.py").write_text("class Wish: ...\nPoint = tuple[float, float]\nplace = dict[str, int]\n")
    assert set(meanings_too_many(homes_of_types(tmp_path))) == {"Wish", "Point"}


def glossary_rows():
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][
        1:
    ]


def test_each_row_of_the_glossary_has_a_word_of_its_own_and_a_meaning():
    rows = glossary_rows()
    assert len(rows) > 250
    assert all(len(row) == 4 and row[0] and row[1] for row in rows)
    words = [row[0].casefold() for row in rows]
    assert sorted(words) == sorted(set(words))


def test_classes_that_the_glossary_names_are_there():
    homes = homes_of_types(ROOT / "reviewer")
    named = {
        word for row in glossary_rows() for word in re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", row[0])
    }
    assert named - set(homes) == set()
    assert len(named) > 60


PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
LAYERS = ("domain", "services", "storage", "media", "keys", "system", "cli", "api", "qt")


def test_the_page_that_explains_the_house_can_be_read_in_one_go():
    assert len(PAGE.split()) <= 1500
    assert max(map(len, PAGE.splitlines())) <= 120


def test_every_path_that_the_page_names_is_there():
    named = set(re.findall(r"`([a-z_]+(?:/[\w*.]+)+)`", PAGE))
    assert len(named) > 40
    for path in named:
        base = ROOT / "reviewer" if path.partition("/")[0] in LAYERS else ROOT
        assert list(base.glob(path)), path


def test_the_drawing_has_every_shelf_of_the_domain_and_of_the_services():
    drawing = PAGE.split("```")[1]
    for layer in ("domain", "services"):
        shelves = {path.parent.name for path in (ROOT / "reviewer" / layer).glob("*/__init__.py")}
        assert {shelf for shelf in shelves if not re.search(rf"\b{shelf}\b", drawing)} == set(), layer


def test_few_modules_stand_beside_the_shelves():
    for layer in ("domain", "services"):
        modules = [path.name for path in (ROOT / "reviewer" / layer).glob("[!_]*.py")]
        assert len(modules) <= 6, modules


BARE_PARTICIPLE = re.compile(r"_?(\w+ed|told|made|found|kept|said|shown|drawn|given|taken|built|sent|left)")


def names_that_say_nothing(tree):
    """Loop variables called `each`, and functions whose name is a participle alone: done what, to what?"""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "each" and isinstance(node.ctx, ast.Store):
            yield f"each, line {node.lineno}"
        is_own = isinstance(node, ast.FunctionDef) and re.fullmatch("_[a-z]+", node.name)
        if is_own and not node.decorator_list and BARE_PARTICIPLE.fullmatch(node.name):
            yield f"{node.name}, line {node.lineno}"


def test_names_say_what_they_hold_and_functions_what_they_do():
    found = {
        str(path.relative_to(ROOT)): names
        for path in (ROOT / "reviewer").rglob("*.py")
        if (names := list(names_that_say_nothing(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert found == {}


def test_a_name_that_says_nothing_is_seen():
    tree = ast.parse("def _told(): ...\ndef _tell_error(): ...\nfor each in (): ...\n[p for p in ()]\n")
    assert sorted(names_that_say_nothing(tree)) == ["_told, line 1", "each, line 3"]
