"""Names that lead elsewhere, disks that are full, and two writers at once. More on one writer: `unit/test_files.py`."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from career_path import files
from career_path.errors import FileError, UnknownIdError

OUTSIDE_NAMES = (
    "/",
    "~",
    "~root",
    "*",
    "medical-*",
    "C:",
    "C:\\catalog",
    "\\\\server\\share",
    "./medical-assistant",
    "medical-assistant/",
    "medical-assistant/.",
    "../catalog/medical-assistant.toml",
    "%2e%2e%2fetc%2fpasswd",
    "MEDICAL-ASSISTANT",
    "medical-assistant ",
    "medical-assistant\n",
    "medical-assistant\0",
    "medical\u2010assistant",
    "\uff4dedical-assistant",
    "con",
    "nul.toml",
    "__init__",
    "x" * 100_000,
)


@pytest.mark.parametrize("name", OUTSIDE_NAMES, ids=lambda name: ascii(name[:30]))
def test_only_the_ids_of_the_catalog_name_something_in_it(name: str) -> None:
    with pytest.raises(UnknownIdError) as caught:
        files.load_catalog(name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_a_folder_that_ends_in_toml_is_a_file_error(tmp_path: Path) -> None:
    (tmp_path / "p.toml").mkdir()
    with pytest.raises(FileError, match="is a directory"):
        files.load_pathway(tmp_path / "p.toml")


def test_an_endless_file_is_read_up_to_the_limit_and_refused() -> None:
    with pytest.raises(FileError, match="larger than"):
        files.load_pathway("/dev/zero")


WRITE_TOO_MUCH = """
import resource, sys
from career_path.errors import FileError
from career_path.files import write_text
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
try:
    write_text(sys.argv[1], "new" * 100_000)
except FileError as error:
    print(error.why)
"""


def test_a_disk_that_is_full_in_the_middle_of_a_file_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text("old")
    done = subprocess.run(
        [sys.executable, "-c", WRITE_TOO_MUCH, str(file)], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "file too large\n"
    assert file.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.json"]


def test_of_many_writers_at_once_one_wins_whole(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    texts = [f"{number}" * 200_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: files.write_text(file, text), texts * 4))
    assert file.read_text() in texts
    assert [each.name for each in tmp_path.iterdir()] == ["plan.json"]


def test_a_reader_beside_a_writer_sees_a_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    texts = ["a" * 100_000, "b" * 100_000]
    files.write_text(file, texts[0])
    with ThreadPoolExecutor(2) as pool:
        writing = pool.map(lambda turn: files.write_text(file, texts[turn % 2]), range(40))
        seen = {file.read_text() for _ in range(200)}
        assert len(list(writing)) == 40
    assert seen <= set(texts)


def test_a_link_in_the_place_of_the_part_that_is_written_first_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("old")
    (tmp_path / ".career-path-0.part").symlink_to(victim)
    files.write_text(tmp_path / "plan.json", "new")
    assert victim.read_text() == "old"
    assert (tmp_path / "plan.json").read_text() == "new"
    assert not (tmp_path / "plan.json").is_symlink()
