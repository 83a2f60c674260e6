"""Whole outputs of the first pathway, byte by byte.

The files in `tests/golden` were looked through when they were made. After a change that is meant to alter them:

    CAREER_PATH_RENEW_GOLDEN=1 pytest tests/unit/test_golden.py

rewrites them; read the difference before it is committed.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from career_path.cli import application

GOLDEN = Path(__file__).parents[1] / "golden"
COMMAND = shlex.split("plan medical-assistant --choose cma-aama --start 2027-01-11 --hours 20 --today 2027-01-04")
RUNNER = CliRunner(env={"COLUMNS": None})  # as wide as without a terminal
RENEW = bool(os.environ.get("CAREER_PATH_RENEW_GOLDEN"))


def renewed_or_kept(name: str, printed: bytes) -> bytes:
    """The bytes of a golden file; renewed first where that was asked for."""
    path = GOLDEN / name
    if RENEW:
        path.write_bytes(printed)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("medical-assistant.txt", []),
        ("medical-assistant.json", ["--format", "json"]),
        ("medical-assistant.ics", ["--format", "ics"]),
    ],
)
def test_a_plan_is_printed_byte_by_byte_as_before(name: str, more: list[str]) -> None:
    result = RUNNER.invoke(application, [*COMMAND, *more])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == renewed_or_kept(name, result.stdout_bytes)


@pytest.mark.parametrize("name", ["medical-assistant.json", "medical-assistant.ics"])
def test_a_plan_is_written_to_a_file_byte_by_byte_as_before(name: str, tmp_path: Path) -> None:
    """A file may differ from a pipe: line ends and encoding are the writer's own there."""
    target = tmp_path / name
    result = RUNNER.invoke(application, [*COMMAND, "-o", str(target), "--format", target.suffix[1:]])
    assert (result.exit_code, result.stderr) == (0, "")
    assert target.read_bytes() == renewed_or_kept(name, target.read_bytes())
