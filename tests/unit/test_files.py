"""Documents on disk: what is read under which name, and writing that never loses a file."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from career_path.errors import DocumentError, FileError, UnknownIdError
from career_path.files import (
    catalog_ids,
    check_target,
    load_catalog,
    load_learner,
    load_pathway,
    load_timeline,
    write_text,
)
from career_path.formats.gate import MOST_BYTES

PATHWAY = 'schema = "career-path/pathway/1"\nid = "p"\ngoal = "job"\n[steps.job]\n'


def test_the_suffix_tells_the_syntax_and_else_the_first_character(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(PATHWAY)
    (tmp_path / "p.JSON").write_text(
        '{"schema": "career-path/pathway/1", "id": "p", "goal": "job", "steps": {"job": {}}}'
    )
    (tmp_path / "p.txt").write_text(PATHWAY)
    first = load_pathway(tmp_path / "p.toml")
    assert first.id == "p"
    assert load_pathway(str(tmp_path / "p.JSON")) == load_pathway(tmp_path / "p.txt") == first
    (tmp_path / "q.json").write_text(PATHWAY)
    with pytest.raises(DocumentError, match="syntax"):
        load_pathway(tmp_path / "q.json")


def test_a_learner_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "ana.toml").write_text('schema = "career-path/learner/1"\nid = "ana"')
    assert load_learner(tmp_path / "ana.toml").id == "ana"


def test_faults_carry_the_name_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('schema = "career-path/learner/1"\nborn = 5')
    for load in (load_learner, load_pathway, load_timeline):
        with pytest.raises(DocumentError) as caught:
            load(file)
        assert caught.value.name == str(file)
        assert str(caught.value).startswith(f"{file}: ")


def test_a_link_is_followed_for_reading(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(PATHWAY)
    (tmp_path / "link.toml").symlink_to(tmp_path / "p.toml")
    assert load_pathway(tmp_path / "link.toml").id == "p"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing.toml", "no such file or directory"),
        ("", "is a directory"),
        ("x" * 300, "file name too long"),
        ("a\0b", "no file can have this name"),
        ("loop", "too many levels of symbolic links"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(FileError) as caught:
        load_pathway(tmp_path / name)
    assert caught.value.file == str(tmp_path / name)
    assert caught.value.why == why


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(FileError, match="larger than 10,000,000 bytes"):
        load_pathway(tmp_path / "p.toml")


def test_every_pathway_of_the_catalog_can_be_loaded() -> None:
    ids = catalog_ids()
    assert ids == tuple(sorted(ids))
    assert "medical-assistant" in ids
    assert all(load_catalog(each).id == each for each in ids)


@pytest.mark.parametrize(
    "name",
    ["medical-asistant", "../catalog/medical-assistant", "/etc/passwd", "", "..", "a\0b", "medical-assistant.toml"],
)
def test_an_id_that_the_catalog_has_not_is_never_taken_for_a_path(name: str) -> None:
    with pytest.raises(UnknownIdError, match="there is no pathway in the catalog"):
        load_catalog(name)


def test_a_near_miss_is_told() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'medical-assistant'"):
        load_catalog("medical-asistant")


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    write_text(tmp_path / "a.ics", "BEGIN:VCALENDAR\r\nSUMMARY:Zürich\r\n")
    assert (tmp_path / "a.ics").read_bytes() == "BEGIN:VCALENDAR\r\nSUMMARY:Zürich\r\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.ics"]


@pytest.fixture
def narrow_umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.mark.usefixtures("narrow_umask")
def test_mode_bits_stay_and_new_files_follow_the_umask(tmp_path: Path) -> None:
    file = tmp_path / "a"
    write_text(file, "one")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    file.chmod(0o604)
    write_text(file, "two")
    assert stat.S_IMODE(file.stat().st_mode) == 0o604
    assert file.read_text() == "two"


def test_a_link_is_neither_replaced_nor_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    (tmp_path / "loose").symlink_to(tmp_path / "nowhere")
    for name in ("link", "loose"):
        assert refused(tmp_path / name) == "is a symbolic link"
        assert (tmp_path / name).is_symlink()
    assert (tmp_path / "target").read_text() == "old"


def test_a_file_that_may_not_be_written_is_not_replaced_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.write_text("old")
    asked: list[tuple[object, int]] = []

    def deny(path: object, mode: int) -> bool:
        asked.append((path, mode))
        return False

    monkeypatch.setattr(os, "access", deny)  # to the superuser everything is allowed
    assert refused(file) == "may not be written"
    assert asked == [(file, os.W_OK)]
    assert file.read_text() == "old"


def test_a_target_is_checked_without_being_touched(tmp_path: Path) -> None:
    check_target(tmp_path / "new")
    (tmp_path / "a").write_text("old")
    check_target(tmp_path / "a")
    with pytest.raises(FileError, match="is a directory"):
        check_target(tmp_path)
    with pytest.raises(FileError, match=r"no folder .*/a$"):
        check_target(tmp_path / "a" / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_system_that_cannot_open_folders_writes_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY")
    write_text(tmp_path / "a", "text")
    assert (tmp_path / "a").read_text() == "text"


def test_a_bare_name_goes_to_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_text("a", "text")
    assert (tmp_path / "a").read_text() == "text"


def refused(path: Path, text: str = "new") -> str:
    with pytest.raises(FileError) as caught:
        write_text(path, text)
    assert caught.value.file == str(path)
    return caught.value.why


def test_what_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null").symlink_to("/dev/null")
    assert refused(tmp_path / "folder") == "is a directory"
    assert refused(tmp_path / "none" / "a") == f"no folder {tmp_path / 'none'}"
    assert refused(tmp_path / "pipe") == "is not a plain file"
    assert refused(tmp_path / "null") == "is a symbolic link"
    assert refused(tmp_path / "a\0b") == "no file can have this name"
    assert refused(tmp_path / "a", "x\ud800") == "half a character at 1, which UTF-8 cannot write"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "null", "pipe"]


@pytest.mark.parametrize("function", ["fsync", "fchmod"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "a"
    file.write_text("old")
    monkeypatch.setattr(os, function, fail)
    assert refused(file) == "no space left on device"
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_leftovers_of_a_killed_process_are_stepped_over(tmp_path: Path) -> None:
    (tmp_path / ".career-path-0.part").write_text("left over")
    write_text(tmp_path / "a", "text")
    assert (tmp_path / "a").read_text() == "text"
    assert (tmp_path / ".career-path-0.part").read_text() == "left over"


def test_a_folder_full_of_leftovers_is_refused(tmp_path: Path) -> None:
    for number in range(101):
        (tmp_path / f".career-path-{number}.part").touch()
    assert refused(tmp_path / "a") == "file exists"


def test_a_process_killed_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("old")
    program = (
        "import os, signal, sys\n"
        "from career_path.files import write_text\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_text(sys.argv[1], 'new' * 100_000)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert file.read_text() == "old"
    write_text(file, "new")
    assert file.read_text() == "new"
