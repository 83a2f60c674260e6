"""P2: from a document to a calendar in one process, next to a script that does it with the usual packages."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from conftest import MeasureProcess

HERE = Path(__file__).parent
PATHWAY = str(HERE / "twelve_steps.toml")
DAYS = ("--start", "2027-01-11", "--hours", "20", "--today", "2027-01-04")
COMMANDS = {
    "career_path": ["career-path", "plan", PATHWAY, *DAYS, "--format", "ics", "-o"],
    "peer script": ["python", str(HERE / "peer_process.py"), PATHWAY],
    "bare interpreter": ["python", "-c", "pass"],
}


@pytest.mark.parametrize("who", COMMANDS)
def test_process(who: str, benchmark: BenchmarkFixture, measure_process: MeasureProcess, tmp_path: Path) -> None:
    benchmark.group = "P2"
    benchmark.extra_info.update(row="P2", size="12 steps", part="whole process", who=who, per=1)
    target = tmp_path / "plan.ics"
    measure_process([*COMMANDS[who], str(target)])
    assert who == "bare interpreter" or target.read_bytes().startswith(b"BEGIN:VCALENDAR")
