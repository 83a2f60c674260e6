"""These tests need what only a notebook needs. Without it they are left out, and `test_installed.py` says so.

With `CAREER_PATH_NOTEBOOKS=1`, as in CI, a missing package is a failure.
"""

from __future__ import annotations

from importlib.util import find_spec

import pytest

NEEDED = ("ipykernel", "jinja2", "matplotlib", "nbclient", "nbformat", "pandas", "polars", "rich")
MISSING = tuple(name for name in NEEDED if find_spec(name) is None)

collect_ignore = ["test_careers_frame.py", "test_examples.py", "test_frames.py", "test_plots.py"] if MISSING else []


@pytest.fixture
def missing() -> tuple[str, ...]:
    """The packages that are needed and not there."""
    return MISSING
