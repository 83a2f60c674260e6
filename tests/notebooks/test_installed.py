"""Whether the other tests of this folder run at all."""

from __future__ import annotations

import os

import pytest


def test_everything_that_a_notebook_needs_is_installed(missing: tuple[str, ...]) -> None:
    if missing and os.environ.get("CAREER_PATH_NOTEBOOKS") != "1":
        pytest.skip(f"not installed: {', '.join(missing)}; .ci/notebooks installs them and runs these tests")
    assert missing == ()
