"""Which names of the standard library a system does not have, and where code reaches for one all the same.

What a system has is read from the stubs that the type checker brings (typeshed), not kept here by hand. Code
is walked with the set of systems it can run on: `if sys.platform == "win32":` narrows it, an `else` and what
follows a branch that returns have the rest. Imports in functions count like those at the top.
"""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SYSTEMS = frozenset({"linux", "darwin", "win32"})
POSIX = SYSTEMS - {"win32"}
LINUX = frozenset({"linux"})
STUBS = Path(importlib.util.find_spec("mypy").origin).parent / "typeshed" / "stdlib"
PATHS = {"/proc/": LINUX, "/sys/": LINUX, "/dev/": LINUX, "/Volumes": SYSTEMS - {"linux", "win32"}}
"""Folders of one system by the beginning of their names."""
_CALLS_OF_LINUX = {"prctl", "syscall"}
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_IMPORT_FAULTS = {"ImportError", "ModuleNotFoundError", "AttributeError", "Exception"}

Found = Iterator[tuple[int, str]]
"""Lines, and what is reached for there on a system that does not have it."""


class Conditions:
    """What is known of the systems for which a condition may hold, and may not."""

    def __init__(self, constants: dict[str, ast.expr]) -> None:
        self._constants = constants

    def read(self, test: ast.expr) -> tuple[frozenset[str], frozenset[str]]:
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.read(test.operand)[::-1]
        if isinstance(test, ast.BoolOp):
            return self._join(test)
        if isinstance(test, ast.Name) and test.id in self._constants:
            return self.read(self._constants[test.id])
        having = _read_comparison(test) or _read_call(test)
        return (having, SYSTEMS - having) if having is not None else (SYSTEMS, SYSTEMS)

    def _join(self, test: ast.BoolOp) -> tuple[frozenset[str], frozenset[str]]:
        holds, fails = zip(*map(self.read, test.values), strict=True)
        if isinstance(test.op, ast.And):
            return frozenset.intersection(*holds), frozenset.union(*fails)
        return frozenset.union(*holds), frozenset.intersection(*fails)


def _read_comparison(test: ast.expr) -> frozenset[str] | None:
    if not isinstance(test, ast.Compare) or not isinstance(test.comparators[0], ast.Constant):
        return None
    left, right = ast.unparse(test.left), test.comparators[0]
    if left == "sys.platform":
        having = frozenset({right.value}) & SYSTEMS
    elif left == "os.name":
        having = frozenset({"win32"}) if right.value == "nt" else POSIX
    else:
        return None
    return having if isinstance(test.ops[0], ast.Eq) else SYSTEMS - having


def _read_call(test: ast.expr) -> frozenset[str] | None:
    if not isinstance(test, ast.Call):
        return None
    called = ast.unparse(test.func)
    if called == "sys.platform.startswith":
        return frozenset(name for name in SYSTEMS if name.startswith(ast.literal_eval(test.args[0])))
    if called == "hasattr" and len(test.args) == 2 and isinstance(test.args[1], ast.Constant):
        module = ast.unparse(test.args[0])
        return systems_having(module).get(test.args[1].value) if module in sys.stdlib_module_names else None
    return None


@cache
def systems_having(module: str) -> dict[str, frozenset[str]]:
    """The names in a module of the standard library, each with the systems that have it; {} if unknown."""
    place = STUBS.joinpath(*module.split("."))
    stub = next((f for f in (place.with_suffix(".pyi"), place / "__init__.pyi") if f.exists()), None)
    named: dict[str, frozenset[str]] = {}
    if stub is not None:
        _collect(ast.parse(stub.read_text(encoding="utf-8")).body, SYSTEMS, named, module)
    return named


def _collect(body: list[ast.stmt], systems: frozenset[str], named: dict, module: str) -> None:
    for statement in body:
        if isinstance(statement, ast.If):
            holds, fails = Conditions({}).read(statement.test)
            _collect(statement.body, systems & holds, named, module)
            _collect(statement.orelse, systems & fails, named, module)
        for name, having in _list_defined(statement):
            named[name] = named.get(name, frozenset()) | having & systems


def _list_defined(statement: ast.stmt) -> Iterator[tuple[str, frozenset[str]]]:
    """The names that a statement of a stub gives to others."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name, SYSTEMS
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        yield from ((target.id, SYSTEMS) for target in targets if isinstance(target, ast.Name))
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        for alias in statement.names:
            if alias.name == "*":
                yield from systems_having(statement.module).items()
            elif alias.asname == alias.name:  # so do stubs say what they pass on
                yield alias.name, SYSTEMS


@cache
def systems_of_module(module: str) -> frozenset[str]:
    """The systems on which a module of the standard library holds anything of its own."""
    named = [having for name, having in systems_having(module).items() if not name.startswith("_")]
    return frozenset.union(*named) if named else SYSTEMS


def _read_dotted(node: ast.expr) -> str:
    """`os.path` for the expression os.path; "" for what is no such name."""
    if isinstance(node, ast.Name):
        return node.id
    before = _read_dotted(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{before}.{node.attr}" if before else ""


class Walk:
    """One module of the program. `only_on` says which own modules and packages run on some systems only."""

    def __init__(self, text: str, only_on: dict[str, frozenset[str]]) -> None:
        self._tree = ast.parse(text)
        self._only_on = only_on
        self._modules: dict[str, str] = {}
        constants = {
            node.targets[0].id: node.value
            for node in self._tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        constants |= {
            node.target.id: node.value
            for node in self._tree.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value
        }
        self._conditions = Conditions(constants)
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Import):
                self._modules |= {alias.asname or alias.name: alias.name for alias in node.names}

    def find_systems(self) -> frozenset[str]:
        """The systems on which the module can be imported at all."""
        systems = SYSTEMS
        for node in self._tree.body:
            if isinstance(node, ast.Assert):
                systems &= self._conditions.read(node.test)[0]
        return systems

    def find_foreign(self) -> Found:
        yield from self._walk_body(self._tree.body, self.find_systems())

    def _walk_body(self, body: list[ast.stmt], systems: frozenset[str]) -> Found:
        for statement in body:
            if not systems:
                return
            if isinstance(statement, ast.If):
                holds, fails = self._conditions.read(statement.test)
                yield from self._walk(statement.test, systems)
                if ast.unparse(statement.test) != "TYPE_CHECKING":
                    yield from self._walk_body(statement.body, systems & holds)
                yield from self._walk_body(statement.orelse, systems & fails)
                if isinstance(statement.body[-1], _ENDS):
                    systems &= fails
            elif isinstance(statement, ast.Assert):
                systems &= self._conditions.read(statement.test)[0]
            elif isinstance(statement, ast.Try) and _catches_import_faults(statement):
                for rest in (statement.orelse, statement.finalbody, *(h.body for h in statement.handlers)):
                    yield from self._walk_body(rest, systems)
            else:
                yield from self._walk(statement, systems)

    def _walk(self, node: ast.AST, systems: frozenset[str]) -> Found:
        yield from self._look_at(node, systems)
        if isinstance(node, ast.BoolOp):
            for value in node.values:
                yield from self._walk(value, systems)
                holds, fails = self._conditions.read(value)
                systems &= holds if isinstance(node.op, ast.And) else fails
            return
        if isinstance(node, ast.IfExp):
            holds, fails = self._conditions.read(node.test)
            yield from self._walk(node.test, systems)
            yield from self._walk(node.body, systems & holds)
            yield from self._walk(node.orelse, systems & fails)
            return
        for _name, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                yield from self._walk_body(value, systems)
            else:
                for inner in value if isinstance(value, list) else [value]:
                    if isinstance(inner, ast.AST):
                        yield from self._walk(inner, systems)

    def _look_at(self, node: ast.AST, systems: frozenset[str]) -> Found:
        for name, having in self._list_wanted(node):
            if not systems <= having:
                lacking = ", ".join(sorted(systems - having))
                yield getattr(node, "lineno", 0), f"{name} is not there on {lacking}"

    def _list_wanted(self, node: ast.AST) -> Iterator[tuple[str, frozenset[str]]]:
        """What an expression or import reaches for, with the systems that have it."""
        if isinstance(node, ast.Import):
            yield from ((alias.name, self._having(alias.name)) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, self._having(node.module)
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole, self._only_on.get(whole, _having_name(node.module, alias.name))
        elif isinstance(node, ast.Attribute) and (module := self._modules.get(_read_dotted(node.value))):
            yield f"{module}.{node.attr}", _having_name(module, node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _list_called(node, node.func.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (
                (node.value, having) for start, having in PATHS.items() if node.value.startswith(start)
            )

    def _having(self, module: str) -> frozenset[str]:
        if module in self._only_on:
            return self._only_on[module]
        return systems_of_module(module) if module.partition(".")[0] in sys.stdlib_module_names else SYSTEMS


def _having_name(module: str, name: str) -> frozenset[str]:
    is_known = module.partition(".")[0] in sys.stdlib_module_names
    return systems_having(module).get(name, SYSTEMS) if is_known else SYSTEMS


def _list_called(call: ast.Call, name: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Functions of C, of which no stub tells."""
    if name == "CDLL" and call.args and ast.unparse(call.args[0]) == "None":
        yield "ctypes.CDLL(None)", POSIX
    elif name in _CALLS_OF_LINUX:
        yield name, LINUX


def _catches_import_faults(statement: ast.Try) -> bool:
    caught = {
        name.id
        for handler in statement.handlers
        if handler.type is not None
        for name in ast.walk(handler.type)
        if isinstance(name, ast.Name)
    }
    return bool(caught & _IMPORT_FAULTS)
