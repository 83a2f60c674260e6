"""What the benchmarks share: the library as users have it, and processes measured as a whole."""

from __future__ import annotations

import compileall
import os
import shutil
import site
import subprocess
import sys
import venv
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import career_path

_SCRIPT = "import sys\nfrom career_path.__main__ import main\nif __name__ == '__main__':\n    sys.exit(main())\n"


class MeasureProcess(Protocol):
    """Measures a command of the installed environment: a name in its `bin`, then arguments."""

    def __call__(self, command: Sequence[str]) -> None: ...


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment with a copy of this package in it, its byte code compiled: what its wheel unpacks to.

    The packages that it needs are those of the environment that runs the benchmarks.
    """
    folder = tmp_path_factory.mktemp("environment")
    builder = venv.EnvBuilder(symlinks=True)
    builder.create(folder)
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "needed.pth").write_text("".join(f"{path}\n" for path in site.getsitepackages()))
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(career_path.__file__).parent, packages / "career_path", ignore=ignored)
    compileall.compile_dir(packages / "career_path", quiet=2)
    command = folder / "bin" / "career-path"
    command.write_text(f"#!{folder / 'bin' / 'python'}\n{_SCRIPT}")
    command.chmod(0o755)
    return folder / "bin"


@pytest.fixture
def measure_process(benchmark: BenchmarkFixture, installed: Path) -> MeasureProcess:
    """Measures commands as whole processes, from their start to their end."""
    without = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "COVERAGE_PROCESS_START")
    environment = {name: value for name, value in os.environ.items() if name not in without}

    def measure(command: Sequence[str]) -> None:
        name, *arguments = command
        run = partial(subprocess.run, [str(installed / name), *arguments], check=True, env=environment)
        benchmark.pedantic(run, rounds=5, warmup_rounds=1)

    return measure


def pytest_report_header() -> str:
    """Which interpreter and which copy of the library."""
    return f"measuring {Path(career_path.__file__).parent} with {sys.executable}"
