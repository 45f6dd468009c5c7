"""PySide reads no source of what is imported."""

import linecache
import sys

import shibokensupport.feature as feature

import reviewer.qt  # noqa: F401 (it keeps PySide from it)


def test_the_source_of_a_module_is_not_read_at_its_import(tmp_path, monkeypatch):
    path = tmp_path / "module_with_a_source.py"
    path.write_text("# PySide6\n")
    monkeypatch.syspath_prepend(tmp_path)
    __import__(path.stem)  # importlib would pass PySide by
    try:
        assert feature.pyside_feature_dict[path.stem] == -1, "PySide was asked and looked into nothing"
        assert str(path) not in linecache.cache
    finally:
        del sys.modules[path.stem]
