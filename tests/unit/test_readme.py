"""The README shows what its commands really print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from calendars import read_back
from career_path import catalog_ids, load_catalog
from career_path.cli import application

README = Path(__file__).parents[2] / "README.md"
MOST_LINES = 20


def block(kind: str, number: int = 0) -> str:
    """A fenced block of the README, by its language."""
    found = re.findall(rf"^```{kind}\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return str(found[number])


def test_the_page_tells_the_first_and_the_last_day_on_which_a_source_was_checked() -> None:
    days = [each.checked for name in catalog_ids() for each in load_catalog(name).sources if each.checked is not None]
    told = re.search(r"last checked from\s(\S+)\sthrough\s(\S+);", README.read_text("utf-8"))
    assert told is not None
    assert told.groups() == (str(min(days)), str(max(days)))


@pytest.fixture
def arguments() -> list[str]:
    command = shlex.split(block("sh").split("&&")[-1])
    assert command[0].endswith("career-path")
    return command[1:]


def test_the_command_prints_what_the_page_shows_and_writes_a_sound_calendar(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(application, arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == block("text")
    assert len(result.stdout.splitlines()) <= MOST_LINES
    assert read_back((tmp_path / "medical-assistant.ics").read_bytes().decode()).walk("VEVENT")


def test_the_python_lines_give_the_same_finish_as_the_command() -> None:
    shown = re.search(r"date\((\d+), (\d+), (\d+)\)\n", block("python").splitlines(keepends=True)[-2])
    assert shown is not None
    assert f"the job starts on {shown[1]}-{int(shown[2]):02}-{int(shown[3]):02}" in block("text")


@pytest.mark.parametrize("number", [0, 1])
def test_each_command_is_one_line(number: int) -> None:
    assert len(block("sh", number).strip().splitlines()) == 1
