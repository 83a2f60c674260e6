"""The command as a process of its own: pipes, encodings, what it imports, and life without the optional packages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PLAN = (
    "plan",
    "medical-assistant",
    "--choose",
    "cma-aama",
    "--start",
    "2027-01-11",
    "--hours",
    "20",
    "--today",
    "2027-01-04",
)


def run(*args: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "career_path", *args],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        timeout=120,
    )


def imported(*args: str) -> set[str]:
    """The modules that a run of the command has imported."""
    code = (
        "import sys\nfrom career_path.cli import application\n"
        f"status = application.main({list(args)!r}, standalone_mode=False)\n"
        "assert status == 0, status\nprint('\\n' + ' '.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("shape", ["json", "ics"])
def test_machine_formats_import_no_drawing_and_no_graph_package(shape: str) -> None:
    modules = imported(*PLAN, "--format", shape)
    assert "career_path.planning" in modules
    assert modules.isdisjoint({"rich", "networkx", "icalendar", "numpy", "dateutil"})


@pytest.mark.parametrize("args", [("list",), ("show", "medical-assistant")])
def test_reading_the_catalog_imports_no_drawing_package(args: tuple[str, ...]) -> None:
    assert imported(*args).isdisjoint({"rich", "networkx", "icalendar"})


def test_the_table_is_what_imports_rich() -> None:
    assert "rich" in imported(*PLAN)


def test_a_reader_that_leaves_early_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "career_path", *PLAN, "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=120), errors) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line_and_exit_code_two() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "career_path", "list"], stdout=full, stderr=subprocess.PIPE, check=False, timeout=120
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"standard output: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes a stream")
def test_a_closed_standard_output_is_one_line_and_exit_code_two() -> None:
    command = ["sh", "-c", '"$0" -m career_path list >&-', sys.executable]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (2, b"standard output: is closed\n")


def test_an_encoding_that_lacks_a_character_breaks_nothing(tmp_path: Path) -> None:
    document = tmp_path / "p.toml"
    document.write_text(
        'schema = "career-path/pathway/1"\nid = "p"\ntitle = "Pflegekr\u00e4fte \u2192"\ngoal = "a"\n[steps.a]\n',
        encoding="utf-8",
    )
    done = run("show", str(document), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stdout.startswith(b"Pflegekr?fte ? (p)")


def test_json_is_utf8_whatever_the_terminal_speaks() -> None:
    plain = run(*PLAN, "--format", "json")
    ascii_only = run(*PLAN, "--format", "json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert plain.returncode == 0
    assert ascii_only.stdout == plain.stdout


def test_no_escape_codes_reach_a_pipe() -> None:
    assert b"\x1b" not in run(*PLAN, FORCE_COLOR="1").stdout


def test_the_same_command_writes_the_same_bytes_under_another_hash_seed() -> None:
    assert run(*PLAN, PYTHONHASHSEED="1").stdout == run(*PLAN, PYTHONHASHSEED="2").stdout


def test_the_plan_of_the_catalog_fits_on_a_screen() -> None:
    done = run(*PLAN)
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(lines) <= 20
    assert max(map(len, lines)) <= 100
    assert lines[-1] == "Check every date with the issuer."


def test_without_click_one_line_names_the_extra() -> None:
    code = "import sys; sys.modules['click'] = None\nfrom career_path.__main__ import main\nmain()\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "the command line needs the extra 'cli': pip install 'career-path[cli]'\n"


def test_without_rich_the_table_names_the_extra_and_json_still_works() -> None:
    code = (
        "import sys; sys.modules['rich'] = None; sys.modules['rich.cells'] = None\n"
        f"sys.argv = ['career-path', *{PLAN!r}, *sys.argv[1:]]\n"
        "from career_path.__main__ import main\nmain()\n"
    )
    command = [sys.executable, "-c", code]
    table = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (table.returncode, table.stdout) == (2, "")
    assert table.stderr == "the table of a plan needs the extra 'cli': pip install 'career-path[cli]'\n"
    machine = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=False, timeout=120)
    assert (machine.returncode, machine.stderr) == (0, "")
