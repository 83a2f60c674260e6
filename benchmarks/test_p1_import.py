"""P1: what it costs to import the library, next to the packages that one would import instead."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from conftest import MeasureProcess

US = "career_path"
COMMANDS = {
    ("import career_path", US): "import career_path",
    ("import career_path", "bare interpreter"): "pass",
    ("import career_path", "attrs + relativedelta"): "import attrs; from dateutil.relativedelta import relativedelta",
    ("import career_path", "networkx"): "import networkx",
    ("plan at hand", US): "from career_path import plan",
    ("plan at hand", "attrs + relativedelta"): "import attrs; from dateutil.relativedelta import relativedelta",
    ("plan at hand", "attrs + relativedelta + networkx"): (
        "import attrs, networkx; from dateutil.relativedelta import relativedelta"
    ),
}


@pytest.mark.parametrize(("part", "who"), COMMANDS)
def test_import(part: str, who: str, benchmark: BenchmarkFixture, measure_process: MeasureProcess) -> None:
    benchmark.group = f"P1 {part}"
    benchmark.extra_info.update(row="P1", size="one process", part=part, who=who, per=1)
    measure_process(["python", "-c", COMMANDS[part, who]])
