"""Runs the examples of docstrings and pages as tests."""

from pathlib import Path

import pytest
from sybil import Sybil
from sybil.integration.pytest import SybilItem
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

_docstrings = Sybil(parsers=[DocTestParser()], path="src", patterns=["*.py"])
_pages = Sybil(parsers=[PythonCodeBlockParser()], patterns=["README.md", "docs/*.md"])

pytest_collect_file = (_docstrings + _pages).pytest()

_run: dict[Path, int] = {}
"""The line of the last example of each page that this process has run."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The examples of one page build on each other: those before that another process has run are run here too."""
    if isinstance(item, SybilItem):
        for example in item.example.document.examples():
            if _run.get(item.path, 0) < example.line < item.example.line:
                example.evaluate()
        _run[item.path] = item.example.line
